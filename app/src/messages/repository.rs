//! The words of a repository's page.

texts! {
    /// The words of a repository's page.
    RepositoryTexts {
        policy: "Policy", "策略";
        lifecycle: "Lifecycle", "生命周期";
        about: "About this repository", "仓库信息";
        uri: "URI", "URI";
        arn: "ARN", "ARN";
        created: "Created", "创建时间";
        settings: "Settings", "设置";
        no_settings: "not known", "未知";
        mutability: "Tag mutability", "标签可变性";
        scan_on_push: "Scan on push", "推送时扫描";
        on: "on", "开启";
        off: "off", "关闭";
        encryption: "Encryption", "加密";
        images: "Images", "镜像";
        counts(images: &str, untagged: &str): "{images}, {untagged} untagged", "{images} 个，其中 {untagged} 个无标签";
        tags: "Tags", "标签";
        size: "Size", "大小";
        size_hint: "Compressed, layers shared between images counted each time", "压缩后大小，镜像间共享的层重复计算";
        findings: "Findings, tagged images", "有标签镜像的漏洞";
        not_read: "not read yet", "尚未读取";
        counts_not_kept: "none found, or not scanned", "未发现或未扫描";
        platforms_apart_hidden: "ecr:BatchGetImage is not granted: the platforms of an index stand in the list as images of their own, and count as such.", "未授予 ecr:BatchGetImage：索引的各平台镜像在列表中单独列出，并单独计数。";
        platforms_apart_unread: "Gantry has not read all indexes: their platforms stand in the list as images of their own, and count as such.", "Gantry 未读取全部索引：其各平台镜像在列表中单独列出，并单独计数。";
        seen: "Shown to you", "您的查看权限";
        policy_fact: "Repository policy", "仓库策略";
        policy_set: "set", "已设置";
        policy_not_set: "none", "未设置";
        lifecycle_fact: "Lifecycle policy", "生命周期策略";
        resource_tags: "Resource tags", "资源标签";
        no_resource_tags: "none", "无";
        pull: "Pull and deploy", "拉取与部署";
        example(of: &str): "shown for {of}", "以 {of} 为例";
        example_first(of: &str): "shown for {of}, the first below", "以下方第一个镜像 {of} 为例";
        list: "Tags and images", "标签与镜像";
        caption: "Images of this repository", "此仓库的镜像";
        filter: "Filter images", "筛选镜像";
        filter_hint: "Filter by tag or digest", "按标签或摘要筛选";
        tags_filter: "Tags", "标签";
        any_tags: "Tagged and untagged", "有无标签均可";
        tagged: "Tagged", "有标签";
        untagged: "Untagged", "无标签";
        floating: "With a floating tag", "有浮动标签";
        severity: "Findings", "漏洞";
        any_severity: "Any findings", "任意漏洞";
        apply: "Apply", "应用";
        clear: "Clear filters", "清除筛选";
        select: "Select", "选择";
        select_image(digest: &str): "Select {digest}", "选择 {digest}";
        selected(count: usize): { if count == 1 { "1 image selected".into() } else { format!("{count} images selected") } }, { format!("已选择 {count} 个镜像") };
        copy_references: "Copy references", "复制引用";
        clear_selection: "Clear selection", "清除选择";
        tag: "Tags", "标签";
        platforms: "Platforms", "平台";
        digest: "Digest", "摘要";
        pushed: "Pushed", "推送时间";
        pulled: "Last pulled", "最近拉取";
        found: "Findings", "漏洞";
        never_pulled: "not recorded", "无记录";
        never_pulled_why: "ECR has recorded no pull; it records them about once a day, and not for every role", "ECR 没有拉取记录；它约每天更新一次，且不记录某些角色的拉取";
        counted(matching: &str, total: &str): "{matching} of {total} images", "{total} 个镜像中的 {matching} 个";
        all(total: u32): { if total == 1 { "1 image".into() } else { format!("{} images", crate::components::bytes::grouped(total)) } }, { format!("{} 个镜像", crate::components::bytes::grouped(total)) };
        incomplete: "still reading from Amazon ECR", "仍在从 Amazon ECR 读取";
        no_match: "No image matches", "没有匹配的镜像";
        no_match_next: "Loosen or clear the filters.", "请放宽或清除筛选条件。";
        empty: "No image was pushed yet", "尚未推送任何镜像";
        empty_next: "Push one, then reload this page: it shows new images within half a minute.", "请推送镜像后刷新本页，新镜像会在半分钟内显示。";
        reading: "Still reading", "正在读取";
        reading_next: "Gantry is reading this repository's images from Amazon ECR. Reload in a moment.", "Gantry 正在从 Amazon ECR 读取此仓库的镜像，请稍后刷新。";
        reload: "Reload", "刷新";
        tags_only: "Only ecr:ListImages is granted: sizes, dates and findings need ecr:DescribeImages.", "仅授予了 ecr:ListImages；查看大小、时间和漏洞需要 ecr:DescribeImages。";
    }
}
