//! The words of the list of repositories.

texts! {
    /// The words of the list of repositories.
    Repositories {
        title: "Repositories", "仓库";
    }
}
