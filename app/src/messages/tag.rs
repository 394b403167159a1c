//! The words of a tag's page.

texts! {
    /// The words of a tag's page.
    TagTexts {
        title: "Tag", "标签";
        reference: "image reference", "镜像引用";
        points_at: "Points at", "指向";
        siblings: "Other tags on this image", "此镜像的其他标签";
        no_siblings: "none", "无";
        advice_floating: "This tag can move to another image at any time, so two nodes can run different things under it. Deploy by the digest.", "此标签随时可能指向其他镜像，不同节点可能因此运行不同内容。部署时请使用摘要。";
        advice_unknown: "This tag can move to another image. Deploy by the digest.", "此标签可能指向其他镜像。部署时请使用摘要。";
        advice_or: "Or by a unique tag of the same image:", "或使用同一镜像的唯一标签：";
        advice_locked: "This tag stays with this image: fine to deploy by, as is the digest.", "此标签固定在此镜像上，可用于部署，也可使用摘要。";
        advice_unique: "This tag looks unique, but it can still move. Deploy by the digest, or make the repository's tags immutable.", "此标签看似唯一，但仍可能移动。部署时请使用摘要，或将仓库标签设为不可变。";
        history: "Where it has pointed", "指向历史";
        history_note: "Amazon ECR keeps no history. This is what Gantry has seen since it first looked; moves between two looks, and all before, are not known.", "Amazon ECR 不保存历史。以下是 Gantry 首次查看以来观察到的内容；两次查看之间以及更早的移动均未知。";
        now: "now", "现在";
        not_known: "not known", "未知";
        before: "before Gantry looked", "Gantry 查看之前";
        not_there: "not there", "不存在";
        absent: "when Gantry looked ", "Gantry 于 ";
        absent_end: "", "查看时";
        first_seen: "Gantry first saw it", "Gantry 首次看到";
        since: "since ", "";
        since_end: "", "起";
        from: "seen from ", "";
        until: " to ", "至 ";
        first_look: "Gantry first looked", "Gantry 首次查看";
        timeline(count: usize): { if count == 1 { "Time line: one image since Gantry first looked".into() } else { format!("Time line: {count} images since Gantry first looked") } }, { format!("时间线：Gantry 首次查看以来指向过 {count} 个镜像") };
        space: " ", "";
        more_sightings(count: u32): { if count == 1 { "1 earlier image is left out".into() } else { format!("{count} earlier images are left out") } }, { format!("另有 {count} 条更早的指向未列出") };
        away(last: &str, gone: &str, back: &str): "deleted between {last} and {gone}; pushed again, first seen at {back}", "于 {last} 与 {gone} 之间被删除；后重新推送，{back} 首次看到";
        gone(last: &str, gone: &str): "deleted between {last} and {gone}", "于 {last} 与 {gone} 之间被删除";
        is_gone: "It was deleted.", "它已被删除。";
        returns(count: usize): { if count == 1 { "It was deleted and pushed again once.".into() } else { format!("It was deleted and pushed again {count} times.") } }, { format!("被删除后又重新推送 {count} 次。") };
        no_move: "It was not seen to move.", "未观察到移动。";
        moves(count: usize): { if count == 1 { "It was seen to move once.".into() } else { format!("It was seen to move {count} times.") } }, { format!("观察到移动 {count} 次。") };
    }
}
