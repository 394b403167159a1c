//! The words of a lifecycle policy's page.

use crate::components::bytes::grouped;

texts! {
    /// The words of a lifecycle policy's page.
    LifecycleTexts {
        title: "Lifecycle policy", "生命周期策略";
        repository_policy: "Repository policy", "仓库策略";
        rules: "Rules in plain words", "规则的白话解读";
        rules_note: "The lowest priority number comes first; an image falls under one rule at most. Rules look at archived images only where they say so. An image that was restored from the archive counts from its restore.", "优先级数字越小越先生效；每个镜像最多只受一条规则影响。除非注明“已归档”，规则只针对未归档的镜像。从归档恢复的镜像从恢复时起算。";
        priority(priority: i64): "Priority {priority}", "优先级 {priority}";
        any_images(archived: bool): { if archived { "all archived images" } else { "all images" }.into() }, { if archived { "所有已归档的镜像" } else { "所有镜像" }.into() };
        untagged_images(archived: bool): { images_en(archived, "without a tag") }, { images_zh("没有标签的", archived) };
        tagged_images(archived: bool): { images_en(archived, "with a tag") }, { images_zh("带有标签的", archived) };
        with_prefix(archived: bool): { images_en(archived, "with a tag that begins with ") }, { format!("{}：", images_zh("带有以下前缀标签的", archived)) };
        with_prefixes(archived: bool): { images_en(archived, "with tags that begin with each of ") }, { format!("{}：", images_zh("同时带有以下各前缀标签的", archived)) };
        with_pattern(archived: bool): { images_en(archived, "with a tag that matches ") }, { format!("{}：", images_zh("带有匹配以下模式的标签的", archived)) };
        with_patterns(archived: bool): { images_en(archived, "with tags that match each of ") }, { format!("{}：", images_zh("同时带有匹配以下各模式的标签的", archived)) };
        other_status(archived: bool, status: &str): { images_en(archived, &format!("with the tag status “{status}”, which Gantry does not know")) }, { images_zh(&format!("标签状态为“{status}”（Gantry 不认识）的"), archived) };
        of: "Of ", "在";
        of_end: ", ", "中，";
        newest(count: u64): { if count == 1 { "the newest one stays".into() } else { format!("the newest {} stay", grouped(count)) } }, { format!("保留最新的 {} 个", grouped(count)) };
        pushed_within(days: u64): { format!("those pushed within the last {} stay", days_en(days)) }, { format!("保留最近 {days} 天内推送的") };
        pulled_within(days: u64): { format!("those pulled within the last {} stay", days_en(days)) }, { format!("保留最近 {days} 天内拉取过的") };
        archived_within(days: u64): { format!("those archived within the last {} stay", days_en(days)) }, { format!("保留最近 {days} 天内归档的") };
        other_keep(rule: &str): "ECR keeps what “{rule}” says, which Gantry does not know", "按 Gantry 不认识的“{rule}”保留";
        expire: "; the others expire and are deleted.", "，其余的过期并被删除。";
        transition: "; the others move to the archive.", "，其余的转入归档存储。";
        other_action(action: &str): "; the action for the others is “{action}”, which Gantry does not know.", "，对其余镜像执行 Gantry 不认识的“{action}”。";
        never_pulled: " An image that was never pulled counts from its push.", "从未被拉取的镜像从推送时起算。";
        unknown_parts: " The rule has parts that Gantry does not know: ", "此规则还有 Gantry 不认识的内容：";
        unknown_beside: "The policy has parts beside its rules that Gantry does not know: ", "除规则外，策略还有 Gantry 不认识的内容：";
        full_stop: ".", "。";
        goes_expire: "is deleted", "将被删除";
        goes_transition: "is archived", "将被归档";
        unreadable_title: "The rules cannot be read", "无法解读规则";
        unreadable: "Amazon ECR holds this text; Gantry does not understand it. It stands below as it is.", "Amazon ECR 保存了这段文本，但 Gantry 无法解读，原文见下。";
        text: "As it is set", "策略原文";
        policy_text: "policy text", "策略原文";
        not_evaluated: "Amazon ECR has not evaluated this policy yet. It does so within 24 hours after the policy was set.", "Amazon ECR 尚未评估此策略，会在设置策略后 24 小时内评估。";
        last_evaluated: "Last evaluated by Amazon ECR ", "Amazon ECR 上次评估：";
        none_title: "No lifecycle policy is set", "未设置生命周期策略";
        none: "Images stay until somebody deletes them, and are paid for as long.", "镜像会一直保留并计费，直到有人删除。";
        none_next: "Whoever may use ecr:PutLifecyclePolicy can set one.", "拥有 ecr:PutLifecyclePolicy 权限的人可以设置策略。";

        preview: "Preview", "预览";
        preview_note: "Amazon ECR tries out the policy on the images that are there now. A preview changes no image.", "由 Amazon ECR 用现有镜像试运行策略。预览不会更改任何镜像。";
        requested: "Last requested through Gantry ", "上次通过 Gantry 请求预览：";
        requested_unknown: "Amazon ECR does not say when it made this preview, and it was not requested through Gantry.", "Amazon ECR 不提供此预览的生成时间，且此预览不是通过 Gantry 请求的。";
        start: "Start preview", "开始预览";
        start_again: "Start a new preview", "重新预览";
        no_preview: "There is no preview yet.", "还没有预览。";
        outdated_title: "This preview is of another policy", "此预览基于其他策略";
        outdated: "The policy was changed after this preview. Its priorities do not belong to the rules above. Start a new preview.", "此预览之后策略已更改，其中的优先级与上面的规则不对应。请重新预览。";
        running_title: "Amazon ECR is making the preview", "Amazon ECR 正在生成预览";
        running: "This takes from seconds to minutes. You can leave this page and come back.", "需要几秒到几分钟。您可以离开此页，稍后再回来。";
        look_again: "Reload", "刷新";
        failed_title: "Amazon ECR could not make the preview", "Amazon ECR 未能生成预览";
        failed: "No image was changed. Start a new preview. If it fails again, check that the policy is valid.", "没有任何镜像被更改。请重新预览；若仍失败，请检查策略是否有效。";
        nothing_title: "No image would be deleted or archived", "没有镜像会被删除或归档";
        nothing: "No rule takes an image now.", "目前没有镜像符合清理规则。";
        would_go(count: u32): { if count == 1 { "1 image would be deleted or archived".into() } else { format!("{} images would be deleted or archived", grouped(count)) } }, { format!("{} 个镜像会被删除或归档", grouped(count)) };
        order: "by rule, oldest push first", "按规则排列，最早推送的在前";
        first(count: usize): "{count} of them are listed", "此处列出其中 {count} 个";
        caption: "Images that the lifecycle policy would delete or archive now", "生命周期策略现在会删除或归档的镜像";
        digest: "Image", "镜像";
        tags: "Tags", "标签";
        pushed: "Pushed", "推送时间";
        pulled: "Last pulled", "最近拉取";
        rule: "Taken by", "所依规则";
        fate: "What happens", "处理方式";

        started_title: "The preview has started", "预览已开始";
        started: "No image is changed. If the preview is not shown below, reload this page in a moment.", "不会更改任何镜像。如果下方未显示预览，请稍后刷新本页。";
        not_started_title: "The preview was not started", "预览未开始";
        start_withheld: "No role of your teams is granted ecr:StartLifecyclePolicyPreview on this repository. Nothing was changed. Ask the owners of the repository to grant it.", "您所在团队的角色都没有此仓库的 ecr:StartLifecyclePolicyPreview 权限。没有任何内容被更改。请仓库的所有者授予该权限。";
        start_undecided: "Gantry could not read the policies of this repository again, so it could not check your access. Nothing was changed. Try again in a minute.", "Gantry 无法重新读取此仓库的策略，因此无法检查您的权限。没有任何内容被更改。请一分钟后重试。";
        start_not_recorded: "Gantry could not write to its audit log, and does nothing that it cannot record. Nothing was changed. Try again in a minute. If it continues, tell your Gantry administrator.", "Gantry 无法写入审计日志，因此不执行无法记录的操作。没有任何内容被更改。请一分钟后重试。若持续出现，请告诉 Gantry 管理员。";
        start_throttled: "Amazon ECR limits the rate of requests. Nothing was changed. Try again in a minute.", "Amazon ECR 限制了请求速率。没有任何内容被更改。请一分钟后重试。";
        start_failed: "Amazon ECR refused the request. Nothing was changed. Try again. If it fails again, tell your Gantry administrator: the log has the cause.", "Amazon ECR 拒绝了此请求。没有任何内容被更改。请重试。若仍失败，请告诉 Gantry 管理员，日志中有具体原因。";
        unanswered_title: "The preview may or may not have started", "无法确定预览是否已开始";
        unanswered: "Amazon ECR did not answer in time. No image was changed. Reload this page in a minute. If there is no new preview, start it again.", "Amazon ECR 未在限定时间内响应。没有任何镜像被更改。请一分钟后刷新本页；若没有新的预览，请重新开始。";
    }
}

/// "archived images without a tag".
fn images_en(archived: bool, which: &str) -> String {
    let images = if archived {
        "archived images"
    } else {
        "images"
    };
    format!("{images} {which}")
}

/// “没有标签的已归档镜像”。
fn images_zh(which: &str, archived: bool) -> String {
    let images = if archived {
        "已归档镜像"
    } else {
        "镜像"
    };
    format!("{which}{images}")
}

/// A number of days in English, which minds whether it is one.
fn days_en(days: u64) -> String {
    if days == 1 {
        "day".to_owned()
    } else {
        format!("{} days", grouped(days))
    }
}
