//! The words of a repository's page.

texts! {
    /// The words of a repository's page.
    Repository {
        title: "Repository", "仓库";
    }
}
