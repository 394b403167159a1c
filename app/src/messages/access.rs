//! The words of "My access".

texts! {
    /// The words of "My access".
    AccessTexts {
        title: "My access", "我的权限";
    }
}
