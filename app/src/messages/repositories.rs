//! The words of the list of repositories.

texts! {
    /// The words of the list of repositories.
    RepositoriesTexts {
        title: "Repositories", "仓库";
    }
}
