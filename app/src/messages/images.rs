//! Words about images and tags.

texts! {
    /// Words about images and tags.
    ImagesTexts {
        digest: "digest", "摘要";
        digest_of(short: &str): "digest {short}", "摘要 {short}";
        reference: "reference", "引用";
        stable: "stable", "会移动";
        unique: "unique", "唯一";
        locked: "Unique: the repository does not let this tag move.", "唯一标签：仓库不允许移动此标签。";
        moved: "Stable: this tag has been seen to move. Pin the digest to deploy.", "稳定标签：曾观察到此标签移动。部署时请固定摘要。";
        looks_stable: "Stable by its name: it may move to another image at any time. Pin the digest to deploy.", "从名称看是稳定标签，随时可能指向其他镜像。部署时请固定摘要。";
        looks_unique: "Unique by its name. It may still move to another image.", "从名称看是唯一标签，但仍可能指向其他镜像。";
        untagged: "untagged", "无标签";
        critical: "critical", "严重";
        high: "high", "高危";
        medium: "medium", "中危";
        low: "low", "低危";
        informational: "informational", "提示";
        undefined: "undefined", "未定级";
        findings_of(count: u32, severity: &str): "{count} {severity}", "{severity} {count} 个";
        no_findings: "no findings", "未发现漏洞";
        not_scanned: "not scanned", "未扫描";
        scan_pending: "scanning", "扫描中";
        scan_failed: "scan failed", "扫描失败";
        index: "index", "索引";
        image: "image", "镜像";
        artifact: "artifact", "制品";
        archived: "archived", "已归档";
        archived_why: "Archived: pulls answer “not found” until it is restored.", "已归档：恢复之前，拉取会返回“未找到”。";
        more_tags(count: usize): "+{count} more", "另有 {count} 个";
    }
}
