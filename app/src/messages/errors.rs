//! What the error pages and alerts say: what happened, whether anything changed, what to do next.

texts! {
    /// What the error pages and alerts say.
    ErrorsTexts {
        not_found_title: "Not found", "未找到";
        not_found: "There is nothing here that you may see.", "这里没有您可以查看的内容。";
        not_found_why: "Either it does not exist, or its repository policy grants none of your teams a look at it. Gantry does not tell the two apart, so that names stay private.", "它可能不存在，也可能是仓库策略没有向您的团队开放。为了不泄露名称，Gantry 不区分这两种情况。";
        not_found_next: "Check the spelling, or ask the owners of the repository to grant ecr:DescribeImages to your team's role. A new repository or a new grant appears within a minute.", "请检查拼写，或请仓库的所有者把 ecr:DescribeImages 授予您团队的角色。新建的仓库或新授予的权限会在一分钟内生效。";
        no_such_tag_title: "No such tag", "没有此标签";
        no_such_tag(name: &str, tag: &str): "{name} has no tag {tag}.", "{name} 中没有标签 {tag}。";
        no_such_image_title: "No such image", "没有此镜像";
        no_such_image(name: &str, digest: &str): "{name} has no image {digest}.", "{name} 中没有镜像 {digest}。";
        several_images_title: "More than one image", "有多个镜像";
        several_images(name: &str, digest: &str): "{name} has more than one image whose digest begins with {digest}.", "{name} 中有多个镜像的摘要以 {digest} 开头。";
        no_such_next: "Check the spelling. It may have been deleted. If it was pushed a moment ago, reload this page in a few seconds.", "请检查拼写。它可能已被删除。如果刚刚推送，请几秒后刷新本页。";
        nearest_tags: "Did you mean:", "您要找的是不是：";
        nearest_images: "Images whose digests begin alike:", "摘要开头相近的镜像：";
        back_to_repository: "All tags of this repository", "此仓库的全部标签";
        still_reading_title: "Gantry is still reading the registry", "Gantry 正在读取镜像仓库";
        still_reading: "Gantry has just started and does not know yet what you may see.", "Gantry 刚刚启动，尚未确定您可以查看的内容。";
        still_reading_next: "Try again in a few seconds.", "请几秒后重试。";
        undecided_title: "Access cannot be checked now", "暂时无法检查访问权限";
        undecided: "Gantry could not read the policy of this repository again, so it shows nothing of it.", "Gantry 无法重新读取此仓库的策略，因此不显示其任何内容。";
        undecided_next: "Try again in a minute. If it continues, give the request ID below to your Gantry administrator.", "请一分钟后重试。若持续出现，请把下面的请求编号告诉 Gantry 管理员。";
        withheld_title: "Not granted", "没有权限";
        withheld(action: &str): "No role of your teams is granted {action} on this repository.", "您所在团队的角色都没有此仓库的 {action} 权限。";
        withheld_next: "Ask the owners of the repository to grant it in the repository policy. “My access” shows what you are granted.", "请仓库的所有者在仓库策略中授予该权限。“我的权限”页列出了您已获得的权限。";
        nothing_changed: "Nothing was changed.", "没有任何内容被更改。";
        signed_out_title: "Signed out", "已退出登录";
        signed_out: "Your session has ended.", "您的会话已结束。";
        signed_out_next: "Sign in again; you will come back to this page.", "请重新登录，之后会回到此页面。";
        bad_request_title: "Not understood", "无法理解的请求";
        bad_request: "The request is not one that this page makes.", "该请求不是由本页面发出的。";
        bad_request_next: "Go back, reload the page and try again.", "请返回，刷新页面后重试。";
        too_many_title: "Too many requests", "请求过于频繁";
        too_many: "You sent more requests in a minute than Gantry accepts from one person.", "您在一分钟内发送的请求超过了 Gantry 对单个用户的限制。";
        too_many_writes: "You sent more changes in a minute than Gantry accepts from one person. It did not make this one.", "您在一分钟内提交的更改超过了 Gantry 对单个用户的限制。本次更改未执行。";
        too_many_anonymous: "Your network address sent more requests in a minute than Gantry accepts without a sign-in.", "您的网络地址在一分钟内发送的未登录请求超过了 Gantry 的限制。";
        too_many_sign_ins: "There were too many sign-ins from your network address. You are not signed in.", "来自您的网络地址的登录次数过多。您尚未登录。";
        too_many_person_sign_ins: "You signed in more often in a minute than Gantry accepts from one person. You are not signed in.", "您在一分钟内的登录次数超过了 Gantry 对单个用户的限制。您尚未登录。";
        too_many_link_misses: "Your network address opened too many share links that do not exist. A link that exists still opens.", "您的网络地址打开了过多不存在的分享链接。有效的链接仍可打开。";
        too_many_link_views: "Your network address opened this share link more often in a minute than Gantry accepts. Other share links still open.", "您的网络地址在一分钟内打开此分享链接的次数超过了 Gantry 的限制。其他分享链接仍可打开。";
        too_many_at_once: "You have too many requests open at the same time. Gantry is still sending answers to your other requests.", "您同时打开的请求过多，Gantry 仍在发送其他请求的响应。";
        too_many_anonymous_at_once: "Your network address has too many requests open at the same time. Gantry is still sending answers to other requests from your network address.", "您的网络地址同时打开的请求过多，Gantry 仍在发送其他请求的响应。";
        too_many_next(seconds: u32): { if seconds == 1 { "Wait 1 second, then try again.".into() } else { format!("Wait {seconds} seconds, then try again.") } }, { format!("请等待 {seconds} 秒后重试。") };
        store_title: "Gantry's store does not answer", "Gantry 的存储没有响应";
        store: "Gantry could not read what it keeps: sessions, links and the audit log.", "Gantry 无法读取它保存的会话、链接和审计日志。";
        store_next: "Try again in a minute. If it goes on, give the request id below to whoever runs Gantry.", "请一分钟后重试。若持续出现，请把下面的请求编号告诉 Gantry 的运维人员。";
        internal_title: "An error of Gantry's own", "Gantry 内部错误";
        internal: "Gantry could not build this page.", "Gantry 无法生成此页面。";
        internal_next: "Try again. If it happens again, give the request id below to whoever runs Gantry.", "请重试。若仍然出现，请把下面的请求编号告诉 Gantry 的运维人员。";
        unreachable_title: "No connection to Gantry", "无法连接 Gantry";
        unreachable: "The browser could not reach Gantry.", "浏览器无法连接到 Gantry。";
        unreachable_next: "Check your connection and try again.", "请检查网络连接后重试。";
        problem_title: "Amazon ECR did not answer as it should", "Amazon ECR 未能正常响应";
        throttled: "Amazon ECR asked to slow down, and went on doing so through every retry.", "Amazon ECR 限制了请求速率，多次重试后仍未恢复。";
        throttled_next: "Wait a minute, then load the page again.", "请等一分钟后重新加载页面。";
        host_denied: "The role that Gantry runs as may not make this call.", "Gantry 所用的角色没有执行此调用的权限。";
        host_denied_next: "Whoever runs Gantry must add the missing action to its role: the log names it.", "请 Gantry 的运维人员为其角色补上缺少的权限，日志中有具体的操作名。";
        credentials: "Gantry's own AWS credentials are missing, expired or refused.", "Gantry 自身的 AWS 凭证缺失、过期或被拒绝。";
        credentials_next: "Whoever runs Gantry must renew them. Your own sign-in is fine.", "请 Gantry 的运维人员更新凭证。您的登录没有问题。";
        ecr_unreachable: "Amazon ECR did not answer in time.", "Amazon ECR 未在限定时间内响应。";
        ecr_unreachable_next: "Load the page again in a moment. If it goes on, check the health of AWS and the network of Gantry's host.", "请稍后重新加载页面。若持续出现，请检查 AWS 服务状态和 Gantry 主机的网络。";
        failing: "Amazon ECR answered with an error of its own.", "Amazon ECR 返回了服务端错误。";
        failing_next: "Load the page again in a moment. If it goes on, check the health of AWS.", "请稍后重新加载页面。若持续出现，请检查 AWS 服务状态。";
        gone: "It was there a moment ago, and is gone by now.", "它刚才还在，现在已经不存在了。";
        gone_next: "Go back to the repository and reload it.", "请返回仓库页并刷新。";
        malformed: "What was pushed cannot be shown: it is not valid, too large, nested too deeply, or not what its digest promises.", "推送的内容无法显示：格式无效、过大、嵌套过深，或与摘要不符。";
        malformed_next: "Ask whoever pushed it to build and push it again.", "请推送者重新构建并推送。";
        unexpected: "Amazon ECR answered in a way that Gantry does not know.", "Amazon ECR 返回了 Gantry 不认识的响应。";
        unexpected_next: "Give the request id below to whoever runs Gantry.", "请把下面的请求编号告诉 Gantry 的运维人员。";
        request_id: "Request id", "请求编号";
        back_to_repositories: "All repositories", "全部仓库";
        try_again: "Try again", "重试";
        my_access: "My access", "我的权限";
        sign_in: "Sign in", "登录";
    }
}
