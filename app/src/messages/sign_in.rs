//! The words of the sign-in page.

texts! {
    /// The words of the sign-in page.
    SignInTexts {
        title: "Sign in", "登录";
    }
}
