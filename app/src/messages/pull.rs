//! How to pull.

texts! {
    /// How to pull.
    PullTexts {
        title: "Pull", "拉取";
        client: "Container client", "容器客户端";
        remember: "Remember this client", "记住此客户端";
        log_in: "Log in (the token lasts 12 hours)", "登录（令牌有效期 12 小时）";
        login_command: "login command", "登录命令";
        no_login: "crictl has no login: it takes credentials with each pull.", "crictl 没有登录命令，每次拉取时提供凭证。";
        by_tag: "By tag: whatever the tag points at when the command runs", "按标签拉取：以命令运行时标签所指的镜像为准";
        by_digest: "By digest: this very image, always", "按摘要拉取：始终是这一个镜像";
        pull_command_by_tag: "pull command by tag", "按标签拉取的命令";
        pull_command_by_digest: "pull command by digest", "按摘要拉取的命令";
        deploy: "Deploy, pinned by digest", "部署（固定摘要）";
        ecs: "ECS container definition", "ECS 容器定义";
        kubernetes: "Kubernetes container", "Kubernetes 容器";
        by_version: "By version", "按版本拉取";
        pull_command_by_version: "pull command by version", "按版本拉取的命令";
        manifest: "The manifest alone", "仅获取清单";
        manifest_command: "manifest command", "获取清单的命令";
        withheld: "Your teams' roles are not granted a pull; the commands are for those who are.", "您团队的角色没有拉取权限；以下命令供有权限的人使用。";
    }
}
