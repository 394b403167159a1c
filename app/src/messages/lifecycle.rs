//! The words of a lifecycle policy's page.

texts! {
    /// The words of a lifecycle policy's page.
    LifecycleTexts {
        title: "Lifecycle policy", "生命周期策略";
    }
}
