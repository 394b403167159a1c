//! Words that many pages share.

texts! {
    /// Words that many pages share.
    CommonTexts {
        copy: "Copy", "复制";
        copied: "Copied", "已复制";
        copy_failed: "Copying failed: select the text and copy it by hand", "复制失败，请手动选中并复制";
        unknown: "unknown", "未知";
        never: "never", "从未";
        none: "none", "无";
        just_now: "just now", "刚刚";
        minutes_ago(count: i64): { if count == 1 { "1 minute ago".into() } else { format!("{count} minutes ago") } }, { format!("{count} 分钟前") };
        hours_ago(count: i64): { if count == 1 { "1 hour ago".into() } else { format!("{count} hours ago") } }, { format!("{count} 小时前") };
        days_ago(count: i64): { if count == 1 { "1 day ago".into() } else { format!("{count} days ago") } }, { format!("{count} 天前") };
        months_ago(count: i64): "{count} months ago", "{count} 个月前";
        years_ago(count: i64): "{count} years ago", "{count} 年前";
        in_minutes(count: i64): { if count == 1 { "in a minute".into() } else { format!("in {count} minutes") } }, { format!("{count} 分钟后") };
        in_hours(count: i64): { if count == 1 { "in an hour".into() } else { format!("in {count} hours") } }, { format!("{count} 小时后") };
        in_days(count: i64): "in {count} days", "{count} 天后";
        in_the_future: "in the future", "在将来";
        bytes(count: u64): { if count == 1 { "1 byte".into() } else { format!("{} bytes", crate::components::bytes::grouped(count)) } }, { format!("{} 字节", crate::components::bytes::grouped(count)) };
        waiting_for_ecr: "Reading from Amazon ECR for the first time…", "正在首次从 Amazon ECR 读取…";
        stop: ". ", "。";
        colon: ": ", "：";
        list_comma: ", ", "、";
        in_brackets(words: &str): " ({words})", "（{words}）";
        as_of: "as of ", "数据时间：";
        sorted_ascending: "sorted, smallest first", "已按升序排列";
        sorted_descending: "sorted, greatest first", "已按降序排列";
        previous_page: "Previous page", "上一页";
        next_page: "Next page", "下一页";
        page_of(number: u32, pages: u32): "Page {number} of {pages}", "第 {number} 页，共 {pages} 页";
        pages: "Pages", "分页";
        close: "Close", "关闭";
        withheld(action: &str): "{action} is not granted", "未授予 {action} 权限";
        withheld_on(action: &str, repository: &str): "{action} on {repository} is not granted to any role of your teams.", "您所在团队的角色都没有 {repository} 的 {action} 权限。";
        withheld_by(statement: &str): "Decided by statement {statement} of the repository policy.", "由仓库策略的语句 {statement} 决定。";
        withheld_from_link: "Withheld: the repository policy does not grant it to the team that this link was made for.", "未显示：仓库策略没有把它授予此链接所属的团队。";
        withheld_hint: "The repository policy does not grant it to any role of your teams.", "仓库策略没有把它授予您所在团队的任何角色。";
        granted_through(team: &str, principal: &str): "through {team} as {principal}", "经团队 {team}，以 {principal} 身份";
        granted_by_review: "as an administrator's review", "以管理员审查身份";
    }
}

impl CommonTexts {
    /// What stands between two sentences: a full-width stop brings its own room.
    pub fn gap(self) -> Option<&'static str> {
        (self.0 == model::Locale::En).then_some(" ")
    }
}
