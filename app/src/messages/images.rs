//! Words about images and tags.

texts! {
    /// Words about images and tags.
    ImagesTexts {
        digest: "digest", "摘要";
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
        not_scanned_why: "Amazon ECR lists no scan of this image. With AWS native basic scanning its list never does: the image’s page tells.", "Amazon ECR 的镜像列表中没有此镜像的扫描。使用 AWS 原生基本扫描时列表不提供扫描结果，请打开镜像页面查看。";
        scans_failed(count: u32): { if count == 1 { "1 scan failed".into() } else { format!("{} scans failed", crate::components::bytes::grouped(count)) } }, { format!("{} 个扫描失败", crate::components::bytes::grouped(count)) };
        scans_pending(count: &str): "{count} being scanned", "{count} 个扫描中";
        scanned_of(count: &str, total: &str): "{count} of {total} scanned", "已扫描 {count}/{total}";
        platforms_scanned_of(count: &str, total: &str): "{count} of {total} platforms scanned", "已扫描 {count}/{total} 个平台";
        comma: ", ", "，";
        no_tagged_images: "no tagged images", "没有带标签的镜像";
        unreadable: "on platforms that you may not read", "在您无权读取的平台镜像上";
        unreadable_from_link: "on platforms that are not shown", "在未显示的平台镜像上";
        number_of(count: &str, what: &str): "{count} {what}", "{count} 个{what}";
        unreadable_why: "Amazon ECR scans the platforms of an index, not the index. Which images these are takes ecr:BatchGetImage, which is not granted.", "Amazon ECR 扫描索引中的各平台镜像，而不是索引本身。查看有哪些平台镜像需要 ecr:BatchGetImage 权限，该权限未授予。";
        unread: "on platforms that Gantry has not read", "在 Gantry 未读取的平台镜像上";
        unread_why: "Amazon ECR scans the platforms of an index, not the index. Gantry has not read the manifest that lists them.", "Amazon ECR 扫描索引中的各平台镜像，而不是索引本身。Gantry 没有读取列出这些镜像的清单。";
        index: "index", "索引";
        image: "image", "镜像";
        artifact: "artifact", "制品";
        archived: "archived", "已归档";
        archived_why: "Archived: pulls answer “not found” until it is restored.", "已归档：恢复之前，拉取会返回“未找到”。";
        more_tags(count: usize): "+{count} more", "另有 {count} 个";
    }
}
