//! The words of a tag's page.

texts! {
    /// The words of a tag's page.
    Tag {
        title: "Tag", "标签";
    }
}
