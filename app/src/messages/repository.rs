//! The words of a repository's page.

texts! {
    /// The words of a repository's page.
    RepositoryTexts {
        title: "Repository", "仓库";
    }
}
