//! The words of the audit log.

texts! {
    /// The words of the audit log.
    AuditTexts {
        title: "Audit log", "审计日志";
        about: "Who did what, when, and by which statement. Each row’s hash covers the row before it: “gantry audit verify” finds what was changed afterwards.", "谁在何时做了什么，由哪条语句决定。每一行的哈希都包含上一行的哈希：运行“gantry audit verify”可以查出事后的改动。";
        filter: "Search the audit log", "搜索审计日志";
        filter_hint: "Person, team, repository, tag or request id", "人员、团队、仓库、标签或请求编号";
        event: "Event", "事件";
        any_event: "Any event", "全部事件";
        outcome: "Outcome", "结果";
        any_outcome: "Any outcome", "全部结果";
        since: "From", "从";
        until: "To", "到";
        apply: "Search", "搜索";
        clear: "Clear", "清除";
        caption: "The audit log, newest first", "审计日志，最新的在前";
        shown(count: usize): { if count == 1 { "1 row".into() } else { format!("{count} rows") } }, { format!("{count} 行") };
        newest_first: "newest first, days in UTC", "最新的在前，日期为 UTC";
        number: "Row", "行号";
        when: "When", "时间";
        what: "What", "事件";
        who: "Who", "人员";
        on: "On", "对象";
        more: "Details", "详情";
        nobody: "nobody signed in", "无人登录";
        by_itself: "seen by Gantry", "由 Gantry 发现";
        statement: "statement", "语句";
        trace: "Request and hash", "请求和哈希";
        request: "request", "请求";
        hash: "hash", "哈希";
        unreadable: "unreadable", "无法读取";
        unreadable_next(columns: &str): "These columns hold values that Gantry did not write: {columns}. The rest of the row is shown. Run “gantry audit verify”.", "以下列中的内容并非由 Gantry 写入：{columns}。此行的其余内容照常显示。请运行“gantry audit verify”。";
        newest: "Newest rows", "最新的行";
        older: "Older rows", "更早的行";
        pages: "Pages of the audit log", "审计日志分页";
        export: "Export what is filtered:", "导出筛选结果：";
        csv: "CSV", "CSV";
        json_lines: "JSON Lines", "JSON Lines";
        nothing: "Nothing is recorded yet", "还没有记录";
        nothing_next: "Sign-ins, writes and links are recorded from now on, and changes of policies and tags that Gantry sees.", "从现在起会记录登录、写操作和链接，以及 Gantry 发现的策略和标签变化。";
        no_match: "No row matches", "没有匹配的行";
        no_match_next: "Use fewer or other words, or other days.", "请减少或更换关键词，或更换日期。";
        cut(number: u64): "The log begins after row {number}: rows up to there were older than [audit] keep and were cut off. An audit-cut row holds the hash of the last one, so the rest still verifies.", "日志从第 {number} 行之后开始：此前的行超过了 [audit] keep 的保留期，已被截去。一条 audit-cut 记录保存了最后一行的哈希，因此其余部分仍可验证。";
        sign_in: "signed in", "登录";
        sign_out: "signed out", "退出登录";
        sessions_ended: "sessions ended", "结束会话";
        link_made: "link made", "创建链接";
        link_viewed: "link viewed", "查看链接";
        link_revoked: "links revoked", "撤销链接";
        write: "write", "写操作";
        policy_changed: "policy changed", "策略变化";
        tag_moved: "tag moved", "标签移动";
        tags_unwatched: "tags not watched", "停止监视标签";
        audit_cut: "old rows cut off", "截去旧记录";
        begun: "begun", "已开始";
        done: "done", "已完成";
        refused: "refused", "已拒绝";
        failed: "failed", "失败";
    }
}
