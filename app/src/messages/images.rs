//! Words about images and tags.

texts! {
    /// Words about images and tags.
    ImagesTexts {
        digest: "digest", "摘要";
        digest_of(short: &str): "digest {short}", "摘要 {short}";
        reference: "reference", "引用";
        floating: "floating", "浮动";
        unique: "unique", "唯一";
        immutable: "immutable", "不可变";
        locked: "Immutable: the repository does not let this tag move.", "不可变标签：仓库不允许移动此标签。";
        moved: "Floating: Gantry has seen this tag move. Use the digest to deploy.", "浮动标签：Gantry 曾观察到此标签移动。部署时请使用摘要。";
        looks_floating: "Floating, guessed from the name: this tag can move to another image at any time. Use the digest to deploy.", "根据名称推测为浮动标签：随时可能指向其他镜像。部署时请使用摘要。";
        looks_unique: "Unique, guessed from the name: this tag can still move to another image.", "根据名称推测为唯一标签：仍可能指向其他镜像。";
        unknown_kind: "The name does not say whether this tag moves. Use the digest to deploy.", "从名称无法判断此标签是否会移动。部署时请使用摘要。";
        untagged: "untagged", "无标签";
        critical: "critical", "严重";
        high: "high", "高危";
        medium: "medium", "中危";
        low: "low", "低危";
        informational: "informational", "提示";
        undefined: "undefined", "未定级";
        critical_letter: "C", "严";
        high_letter: "H", "高";
        medium_letter: "M", "中";
        low_letter: "L", "低";
        informational_letter: "I", "提";
        undefined_letter: "U", "未";
        or_worse(severity: &str): "{severity} or worse", "{severity}及以上";
        any_finding: "with findings", "有漏洞";
        findings_of(count: u32, severity: &str): "{count} {severity}", "{severity} {count} 个";
        no_findings: "no findings", "未发现漏洞";
        not_scanned: "not scanned", "未扫描";
        never_scanned: "not scanned by ECR", "ECR 不扫描";
        never_scanned_why: "Amazon ECR scans container images. It does not scan charts, signatures and other artifacts.", "Amazon ECR 只扫描容器镜像，不扫描 Chart、签名等其他制品。";
        scan_not_known: "scan not known", "扫描情况未知";
        unreadable_short: "not readable by you", "您无权读取";
        unread_short: "not read by Gantry", "Gantry 未读取";
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
