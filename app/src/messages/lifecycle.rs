//! The words of a lifecycle policy's page.

texts! {
    /// The words of a lifecycle policy's page.
    Lifecycle {
        title: "Lifecycle policy", "生命周期策略";
    }
}
