//! What stands around every page.

texts! {
    /// What stands around every page.
    ShellTexts {
        product: "Gantry", "Gantry";
        tagline: "A dashboard for Amazon ECR", "Amazon ECR 仪表盘";
        title(page: &str): "{page} · Gantry", "{page} · Gantry";
        skip: "Skip to content", "跳到正文";
        main_navigation: "Main", "主导航";
        trail: "Where this page stands", "所在位置";
        repositories: "Repositories", "仓库";
        access: "My access", "我的权限";
        audit: "Audit log", "审计日志";
        links: "Share links", "分享链接";
        people: "People", "人员";
        sessions: "Your sessions", "您的会话";
        search: "Search", "搜索";
        no_teams: "no team", "未加入团队";
        administrator: "administrator", "管理员";
        account_menu: "Account and preferences", "账户与偏好";
        teams: "Teams", "团队";
        theme: "Theme", "主题";
        theme_system: "System", "跟随系统";
        theme_light: "Light", "浅色";
        theme_dark: "Dark", "深色";
        language: "Language", "语言";
        sign_out: "Sign out", "退出登录";
        sign_out_everywhere: "Sign out everywhere", "在所有设备上退出";
        sign_in: "Sign in", "登录";
        version(number: &str): "Gantry {number}", "Gantry {number}";
        request(id: &str): "request {id}", "请求 {id}";
        keyboard: "Keyboard shortcuts", "键盘快捷键";
    }
}
