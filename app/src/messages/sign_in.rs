//! The words of the sign-in page.

texts! {
    /// The words of the sign-in page.
    SignInTexts {
        title: "Sign in", "登录";
        lead: "See the container images that your teams may see, and nothing else.", "查看您的团队有权查看的容器镜像，仅此而已。";
        choose: "Choose who to be. This demo has no passwords.", "请选择一个身份。本演示不需要密码。";
        sign_in_as(name: &str): "Sign in as {name}", "以 {name} 登录";
        sign_in_with(provider: &str): "Sign in with {provider}", "使用 {provider} 登录";
        at_the_provider: "You sign in there, and come back to the page you asked for.", "您将在那里登录，之后会回到所请求的页面。";
        not_by_load_balancer: "This request did not come with a sign-in", "此请求没有附带登录信息";
        not_by_load_balancer_next: "The load balancer before Gantry signs people in. Open Gantry by its usual address; if you did, tell whoever runs it: the rule that authenticates may be missing, or differ from Gantry's configuration.", "登录由 Gantry 前面的负载均衡器完成。请用常用地址打开 Gantry；如果已经如此，请告诉运维人员：可能缺少身份验证规则，或规则与 Gantry 的配置不一致。";
        nobody_signed_in: "You are not signed in. Nothing was changed.", "您尚未登录。没有任何内容被更改。";
        ended: "Your session has ended", "您的会话已结束";
        ended_next: "Sign in again. You come back to the page that you were on.", "请重新登录，之后会回到原来的页面。";
        denied: "The sign-in was refused", "登录被拒绝";
        denied_next: "You, or the sign-in's provider, said no. Try again, or ask for access to Gantry there.", "您或登录服务拒绝了登录。请重试，或申请 Gantry 的访问权限。";
        expired: "The sign-in took too long", "登录超时";
        expired_next: "Sign in again, and finish within ten minutes.", "请重新登录，并在十分钟内完成。";
        state: "This answer belongs to no sign-in that was begun here", "此回应不属于在此处开始的登录";
        state_next: "It was used before, or begun in another browser. Sign in again.", "它已被使用过，或是在另一个浏览器中开始的。请重新登录。";
        token: "The provider's answer cannot be trusted", "无法信任登录服务的回应";
        token_next: "Try again. If it happens again, tell whoever runs Gantry: the log says what is wrong with it.", "请重试。若仍然出现，请告诉 Gantry 的运维人员，日志中有具体原因。";
        provider: "The sign-in's provider does not answer as it should", "登录服务未能正常响应";
        provider_next: "Try again in a moment. Whoever is signed in already is not affected.", "请稍后重试。已登录的人不受影响。";
        limited: "There are too many sign-ins at the moment", "当前登录次数过多";
        limited_next: "Wait a minute, then try again.", "请等一分钟后重试。";
        signed_out: "Signed out of Gantry", "已退出 Gantry";
        signed_out_next: "Sign out of the provider too", "同时退出登录服务";
    }
}
