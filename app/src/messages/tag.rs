//! The words of a tag's page.

texts! {
    /// The words of a tag's page.
    TagTexts {
        title: "Tag", "标签";
    }
}
