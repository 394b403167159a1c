//! The words of a lifecycle policy's page.

texts! {
    /// The words of a lifecycle policy's page.
    LifecycleTexts {
        title: "Lifecycle policy", "生命周期策略";
        rules: "Rules in plain words", "规则的白话解读";
        rules_note: "The lowest priority number comes first; an image falls under one rule at most.", "优先级数字越小越先生效；每个镜像最多只受一条规则影响。";
        priority(priority: i64): "Priority {priority}", "优先级 {priority}";
        any_images: "all images", "所有镜像";
        untagged_images: "images without a tag", "没有标签的镜像";
        with_prefix: "images with a tag that begins with ", "带有以下前缀标签的镜像：";
        with_prefixes: "images with tags that begin with each of ", "同时带有以下各前缀标签的镜像：";
        with_pattern: "images with a tag that matches ", "带有匹配以下模式的标签的镜像：";
        with_patterns: "images with tags that match each of ", "同时带有匹配以下各模式的标签的镜像：";
        of: "Of ", "在";
        of_end: ", ", "中，";
        newest(count: &str): "the newest {count} stay", "保留最新的 {count} 个";
        pushed_within(days: u64): { format!("those pushed within the last {} stay", days_en(days)) }, { format!("保留最近 {days} 天内推送的") };
        pulled_within(days: u64): { format!("those pulled within the last {} stay", days_en(days)) }, { format!("保留最近 {days} 天内拉取过的") };
        archived_within(days: u64): { format!("those archived within the last {} stay", days_en(days)) }, { format!("保留最近 {days} 天内归档的") };
        other_keep(rule: &str): "ECR keeps what “{rule}” says, which Gantry does not know", "按 Gantry 不认识的“{rule}”保留";
        expire: "; the others expire and are deleted.", "，其余的过期并被删除。";
        transition: "; the others move to the archive.", "，其余的转入归档存储。";
        other_action(action: &str): "; the action for the others is “{action}”.", "，对其余镜像执行“{action}”。";
        goes_expire: "is deleted", "将被删除";
        goes_transition: "is archived", "将被归档";
        unreadable_title: "The rules cannot be read", "无法解读规则";
        unreadable: "Amazon ECR holds this text; Gantry does not understand it. It stands below as it is.", "Amazon ECR 保存了这段文本，但 Gantry 无法解读，原文见下。";
        text: "As it is set", "策略原文";
        policy_text: "policy text", "策略原文";
        last_evaluated: "Last evaluated by Amazon ECR", "Amazon ECR 上次评估";
        none_title: "No lifecycle policy is set", "未设置生命周期策略";
        none: "Images stay until somebody deletes them, and are paid for as long.", "镜像会一直保留并计费，直到有人删除。";
        none_next: "Whoever may use ecr:PutLifecyclePolicy can set one.", "拥有 ecr:PutLifecyclePolicy 权限的人可以设置策略。";

        preview: "What would go now", "现在会清理哪些镜像";
        preview_note: "Amazon ECR tries the policy out. Nothing is deleted by it.", "由 Amazon ECR 试运行策略，不会删除任何内容。";
        start: "Ask Amazon ECR", "请 Amazon ECR 预览";
        start_again: "Ask again", "重新预览";
        no_preview: "No preview was asked for yet.", "尚未请求预览。";
        no_policy_to_preview: "Without a policy there is nothing to try out.", "没有策略，无可预览。";
        running_title: "Amazon ECR is working it out", "Amazon ECR 正在计算";
        running: "That takes from seconds to minutes. You may leave this page and come back.", "需要几秒到几分钟。您可以离开此页，稍后再回来。";
        look_again: "Look again", "刷新查看";
        failed_title: "Amazon ECR could not work it out", "Amazon ECR 未能完成预览";
        failed: "Nothing was changed. Ask again; if it fails again, look whether the policy is valid.", "没有任何内容被更改。请重新预览；若仍失败，请检查策略是否有效。";
        nothing_title: "Nothing would go", "没有镜像会被清理";
        nothing: "No image falls under a rule right now.", "目前没有镜像符合清理规则。";
        would_go(count: u32): { if count == 1 { "1 image would go".into() } else { format!("{} images would go", crate::components::bytes::grouped(count)) } }, { format!("{} 个镜像会被清理", crate::components::bytes::grouped(count)) };
        first(count: usize): "the first {count} are listed", "列出前 {count} 个";
        caption: "Images that the lifecycle policy would take now", "生命周期策略现在会清理的镜像";
        digest: "Image", "镜像";
        tags: "Tags", "标签";
        pushed: "Pushed", "推送时间";
        rule: "Taken by", "所依规则";
        fate: "What happens", "处理方式";
    }
}

/// A number of days in English, which minds whether it is one.
fn days_en(days: u64) -> String {
    if days == 1 {
        "day".to_owned()
    } else {
        format!("{days} days")
    }
}
