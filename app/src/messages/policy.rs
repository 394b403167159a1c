//! The words of a repository policy's page.

texts! {
    /// The words of a repository policy's page.
    PolicyTexts {
        title: "Repository policy", "仓库策略";
    }
}
