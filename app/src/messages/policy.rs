//! The words of a repository policy's page.

texts! {
    /// The words of a repository policy's page.
    Policy {
        title: "Repository policy", "仓库策略";
    }
}
