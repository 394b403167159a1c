//! The words of the pages about sessions.

texts! {
    /// The words of the pages about sessions.
    SessionsTexts {
        title: "Your sessions", "您的会话";
        about: "A session is one browser in which you are signed in. End any that you do not recognize.", "每个会话对应一个已登录的浏览器。如有不认识的会话，请将其结束。";
        count(total: usize): { if total == 1 { "1 session".into() } else { format!("{total} sessions") } }, { format!("{total} 个会话") };
        most(most: u32): "You can have {most} sessions. One more sign-in ends the session that you used longest ago.", "最多可有 {most} 个会话。再次登录时，最久未使用的会话将自动结束。";
        caption: "Your sessions, last used first", "您的会话，最近使用的在前";
        browser: "Browser", "浏览器";
        unknown_browser: "Unknown browser", "未知浏览器";
        this_one: "This session", "当前会话";
        network: "Network", "网络";
        network_hint: "Gantry keeps the network from which you signed in, not the address.", "Gantry 只保存登录时所在的网段，不保存完整地址。";
        unknown: "unknown", "未知";
        begun: "Signed in", "登录时间";
        used: "Last used", "最近使用";
        ends: "Ends", "到期时间";
        ends_hint: "Earlier if nobody uses it.", "若长时间未使用会提前结束。";
        action: "Action", "操作";
        end: "End", "结束";
        end_this(browser: &str, network: &str): "End the session of {browser} from {network}", "结束 {browser}（{network}）的会话";
        end_others: "End all other sessions…", "结束其他所有会话…";
        end_all: "Sign out everywhere", "在所有设备上退出";
        ended(count: u64): { match count { 0 => "No session was ended: it had ended already.".into(), 1 => "1 session was ended.".into(), _ => format!("{count} sessions were ended.") } }, { match count { 0 => "没有结束任何会话：会话此前已结束。".into(), _ => format!("已结束 {count} 个会话。") } };
        links_go_on: "Share links that you made keep working after your sessions end.", "会话结束后，您创建的分享链接仍然有效。";
        to_links: "Revoke your links", "撤销您的链接";

        balancer_title: "Your load balancer keeps your sessions", "会话由负载均衡器管理";
        balancer: "Gantry cannot list or end them. “Sign out” in the account menu removes the load balancer’s cookies from this browser. A session in another browser lasts until the load balancer’s session timeout; ask your Gantry administrator if you cannot wait.", "Gantry 无法列出或结束这些会话。账户菜单中的“退出登录”会清除此浏览器中的负载均衡器 Cookie。其他浏览器中的会话会持续到负载均衡器的会话超时；如果不能等待，请联系您的 Gantry 管理员。";
        balancer_people_title: "The load balancer keeps everyone’s sessions", "所有会话由负载均衡器管理";
        balancer_people: "Gantry cannot list or end them. To keep someone out, block them at your identity provider, revoke their links, and wait for the load balancer’s session timeout. To keep them out now, remove their group from the Gantry configuration and restart Gantry.", "Gantry 无法列出或结束这些会话。如需阻止某人访问，请在身份提供商处停用其账户，撤销其链接，并等待负载均衡器的会话超时。如需立即阻止，请从 Gantry 配置中移除其所属的组并重启 Gantry。";

        people_title: "Signed-in people", "已登录人员";
        people_about: "People who have a session now. When you end someone’s sessions, they have to sign in again and get the groups that the identity provider has then.", "当前有会话的人员。会话被结束后，对方必须重新登录，并使用身份提供商届时提供的组信息。";
        search: "Search people", "搜索人员";
        search_hint: "Search by name or ID", "按姓名或编号搜索";
        apply: "Search", "搜索";
        clear: "Clear search", "清除搜索";
        people_count(total: u32): { if total == 1 { "1 person".into() } else { format!("{} people", crate::components::bytes::grouped(total)) } }, { format!("{} 人", crate::components::bytes::grouped(total)) };
        people_some(matching: &str, total: &str): "{matching} of {total} people", "{total} 人中的 {matching} 人";
        people_caption: "People who have sessions, last seen first", "有会话的人员，最近使用的在前";
        person: "Person", "人员";
        sessions: "Sessions", "会话数";
        end_of(name: &str): "End all sessions of {name}", "结束 {name} 的所有会话";
        end_person: "End sessions…", "结束会话…";
        confirm_title: "End sessions", "结束会话";
        confirm_person(count: &str, name: &str, id: &str): "You are about to end {count} of {name} ({id}).", "即将结束 {name}（{id}）的 {count}。";
        confirm_others(count: &str): "You are about to end {count} of yours. The session of this browser goes on.", "即将结束您的 {count}，此浏览器中的会话不受影响。";
        confirm_next: "This cannot be undone. Whoever uses one of these sessions has to sign in again.", "此操作无法撤消。使用这些会话的人必须重新登录。";
        confirm(count: &str): "End {count}", "结束 {count}";
        confirm_nothing: "There is no session to end", "没有可结束的会话";
        confirm_nothing_next: "They have ended already.", "这些会话已结束。";
        back: "Back", "返回";
        cancel: "Cancel", "取消";
        revoke_links: "Revoke links…", "撤销链接…";
        revoke_links_of(name: &str): "Revoke the links of {name}", "撤销 {name} 的链接";
        people_links: "Ending sessions does not revoke share links. To stop everything that a person shared, revoke their links too.", "结束会话不会撤销分享链接。如需停止某人分享的全部内容，请同时撤销其链接。";
        no_match: "Nobody matches", "没有匹配的人员";
        no_match_next: "Use fewer or other words.", "请减少或更换关键词。";
    }
}
