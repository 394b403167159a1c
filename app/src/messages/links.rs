//! The words of the pages that make, list and end share links.

texts! {
    /// The words of the pages that make, list and end share links.
    LinksTexts {
        share: "Share", "分享";
        reach: "Read-only links", "只读链接";
        live(count: u32): { match count { 0 => "none".into(), 1 => "1 live".into(), _ => format!("{count} live") } }, { if count == 0 { "无".into() } else { format!("{count} 个有效") } };

        new_title: "Share a read-only view", "分享只读视图";
        new_about: "Whoever has the link sees this and nothing else, without signing in, for as long as the team below may see it. Paste it into the incident's ticket.", "任何拥有链接的人无需登录即可查看此内容（且仅此内容），前提是下面的团队仍有权查看。可粘贴到事件工单中。";
        shows: "What it shows", "显示内容";
        a_tag(tag: &str, repository: &str): "the tag {tag} of {repository} and the image that it points at", "{repository} 的标签 {tag} 及其指向的镜像";
        an_image(digest: &str, repository: &str): "the image {digest} of {repository}", "{repository} 的镜像 {digest}";
        a_repository(repository: &str): "the repository {repository} and the list of its images", "仓库 {repository} 及其镜像列表";
        already(count: u32): { if count == 1 { "1 live link reaches this repository already.".into() } else { format!("{count} live links reach this repository already.") } }, { format!("已有 {count} 个有效链接可查看此仓库。") };
        moment: "As of when", "显示哪个时间";
        both: "Then and now", "当时与现在";
        both_about: "What is there now is kept, and stands beside what is there when somebody looks.", "保留现在的内容，并与查看时的内容并列显示。";
        frozen: "Then only", "仅当时";
        frozen_about: "What is there now is kept; nothing newer is shown.", "保留现在的内容，不显示之后的变化。";
        live_moment: "Now only", "仅现在";
        live_about: "What is there when somebody looks; nothing is kept.", "显示查看时的内容，不保留任何内容。";
        expiry: "Until when", "有效期";
        hour: "1 hour", "1 小时";
        day: "1 day", "1 天";
        two_weeks: "14 days", "14 天";
        ninety_days: "90 days", "90 天";
        date: "Until this time, UTC", "到此时间（UTC）";
        date_field: "Date and time, UTC", "日期与时间（UTC）";
        note: "What for", "用途";
        note_hint: "A ticket's number, such as INC-4711. It stands on the page.", "例如工单号 INC-4711，会显示在页面上。";
        hidden: "Hidden unless chosen", "默认隐藏";
        environment: "Show values of environment variables, and build steps", "显示环境变量的值和构建步骤";
        environment_about: "They hold passwords and keys more often than they should: whoever has the link reads them.", "其中常含有不该出现的密码和密钥：任何拥有链接的人都能读到。";
        accounts: "Show account ids", "显示账户编号";
        accounts_about: "They name the AWS account of the registry, and make references that can be pulled by.", "它们会透露注册表所在的 AWS 账户，并使镜像引用可直接用于拉取。";
        bearer: "On whose behalf", "代表哪个团队";
        bearer_about: "The link shows this for as long as this team's role may see it, and no longer.", "只要该团队的角色仍有权查看，链接就有效；否则立即失效。";
        bearer_of(team: &str, role: &str): "{team}, as {role}", "{team}，以 {role} 身份";
        make: "Make the link", "创建链接";
        cancel: "Cancel", "取消";
        wrong: "No link was made", "未创建链接";
        wrong_next: "What you typed is kept; mend what is marked and send it again.", "您填写的内容已保留，请修改标出的部分后重新提交。";
        wrong_note: "200 characters at most, and none that hide or reorder others.", "最多 200 个字符，且不能包含隐藏或重排其他字符的字符。";
        wrong_expiry: "Choose a time at least an hour and at most 90 days from now.", "请选择一小时之后、90 天之内的时间。";
        wrong_date: "Give a date and time as in 2026-11-30T18:00, in UTC.", "请按 2026-11-30T18:00 的格式填写日期与时间（UTC）。";
        wrong_moment: "Choose one of these.", "请选择其中一项。";
        wrong_bearer: "Choose one of these: another does not show this to you.", "请选择其中一项：其他身份无权向您显示此内容。";
        store_title: "No link was made", "未创建链接";
        store: "Gantry's own store does not answer. Nothing was changed; try again in a minute.", "Gantry 的存储没有响应。没有任何内容被更改，请一分钟后重试。";

        made_title: "The link is made", "链接已创建";
        made_once: "Copy it now: it cannot be shown again. Gantry keeps only a hash of it.", "请立即复制：之后无法再次显示，Gantry 只保存其哈希值。";
        url: "link", "链接";
        for_team(team: &str): "For as long as {team} may see it.", "前提是 {team} 仍有权查看。";
        ends: "Ends", "到期";
        hides: "Hidden", "已隐藏";
        hides_environment: "values of environment variables, build steps", "环境变量的值、构建步骤";
        hides_accounts: "account ids", "账户编号";
        hides_nothing: "nothing", "无";
        to_links: "All my links", "我的全部链接";
        back: "Back to what it shows", "返回所分享的内容";

        title: "Links", "链接";
        about: "Read-only views that anybody may open who has the link. Each shows one thing, for as long as its team may see it.", "任何拥有链接的人都能打开的只读视图。每个链接只显示一项内容，前提是其团队仍有权查看。";
        filter: "Filter links", "筛选链接";
        filter_hint: "Filter by repository, note, maker or team", "按仓库、用途、创建者或团队筛选";
        ended: "Also ended ones", "包括已结束的";
        everybody: "Everybody's", "所有人的";
        apply: "Apply", "应用";
        clear: "Clear filters", "清除筛选";
        caption: "Share links", "分享链接";
        counted(matching: &str, total: &str): "{matching} of {total} links", "{total} 个链接中的 {matching} 个";
        all(total: u32): { if total == 1 { "1 link".into() } else { format!("{} links", crate::components::bytes::grouped(total)) } }, { format!("{} 个链接", crate::components::bytes::grouped(total)) };
        only_mine: "Yours; those of others are shown to administrators.", "仅您创建的；其他人的链接只对管理员显示。";
        of_maker(name: &str): "made by {name}", "由 {name} 创建";
        of_team(name: &str): "for the team {name}", "{name} 团队";
        of_repository(name: &str): "to {name}", "指向 {name}";
        select: "Select", "选择";
        select_link(what: &str): "Select the link to {what}", "选择指向 {what} 的链接";
        scope: "Shows", "显示内容";
        for_what: "What for", "用途";
        made_by: "Made by", "创建者";
        team: "For", "团队";
        expires: "Expires", "到期";
        views: "Views", "查看次数";
        never_viewed: "not yet", "尚未查看";
        last_viewed: "last", "最近";
        from(network: &str): "from {network}", "来自 {network}";
        network_hint: "The address is kept as its network alone.", "只保留地址所在的网段。";
        state: "State", "状态";
        state_live: "live", "有效";
        state_expired: "expired", "已过期";
        state_revoked: "revoked", "已撤销";
        revoked_by(name: &str, when: &str): "by {name}, {when}", "由 {name} 于 {when} 撤销";
        revoke: "Revoke", "撤销";
        revoke_this(what: &str): "Revoke the link to {what}", "撤销指向 {what} 的链接";
        revoke_selected: "Revoke selected", "撤销所选";
        revoke_all: "Revoke all of these…", "全部撤销…";
        revoked(count: u64): { match count { 0 => "No link was revoked: none of them was live.".into(), 1 => "1 link was revoked. It opens no more.".into(), _ => format!("{count} links were revoked. They open no more.") } }, { match count { 0 => "没有撤销任何链接：其中没有有效的链接。".into(), _ => format!("已撤销 {count} 个链接，它们不再能打开。") } };
        no_match: "No link matches", "没有匹配的链接";
        no_match_next: "Loosen or clear the filters, or look among those that have ended too.", "请放宽或清除筛选条件，或包括已结束的链接。";
        empty: "You have no links", "您还没有链接";
        empty_all: "There are no links", "没有任何链接";
        empty_next: "A link shows one tag, image or repository to whoever has it, without signing in: for an incident's ticket. Make one with “Share” on the page of what you want to show.", "链接可让任何拥有它的人无需登录就查看一个标签、镜像或仓库，适合放进事件工单。请在要分享的页面上点击“分享”来创建。";

        confirm_title: "Revoke links", "撤销链接";
        confirm_maker(count: &str, name: &str): "This ends {count}, made by {name}, for every team.", "这会结束由 {name} 创建的 {count}，不论属于哪个团队。";
        confirm_team(count: &str, name: &str): "This ends {count} that carry the grant of the team {name}, whoever made them.", "这会结束以 {name} 团队权限创建的 {count}，不论由谁创建。";
        confirm_next: "Whoever opens one after that gets the page of a link that never was. It cannot be undone; new ones can be made.", "此后打开这些链接的人只会看到“没有这个链接”。此操作无法撤消，但可以重新创建链接。";
        confirm_nothing: "There is nothing to revoke.", "没有可撤销的链接。";
        confirm(count: &str): "Revoke {count}", "撤销 {count}";
    }
}
