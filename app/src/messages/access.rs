//! The words of "My access".

texts! {
    /// The words of "My access".
    Access {
        title: "My access", "我的权限";
    }
}
