//! The words of the sign-in page.

texts! {
    /// The words of the sign-in page.
    SignIn {
        title: "Sign in", "登录";
    }
}
