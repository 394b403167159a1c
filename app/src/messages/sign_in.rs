//! The words of the sign-in page.

texts! {
    /// The words of the sign-in page.
    SignInTexts {
        title: "Sign in", "登录";
        lead: "See the container images that your teams may see, and nothing else.", "查看您的团队有权查看的容器镜像，仅此而已。";
        choose: "Choose who to be. This demo has no passwords.", "请选择一个身份。本演示不需要密码。";
        sign_in_as(name: &str): "Sign in as {name}", "以 {name} 登录";
        no_sign_in: "No sign-in is configured", "尚未配置登录方式";
        no_sign_in_next: "Ask whoever runs Gantry to configure one.", "请联系 Gantry 的运维人员进行配置。";
    }
}
