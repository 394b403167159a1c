//! The words of an image's page.

texts! {
    /// The words of an image's page.
    ImageTexts {
        title: "Image", "镜像";
        on_this_page: "On this page", "本页内容";
        overview: "Overview", "概览";
        digest: "digest", "摘要";
        kind: "Kind", "类型";
        single_image: "image for one platform", "单平台镜像";
        index_of(count: usize): { if count == 1 { "index of 1 platform".into() } else { format!("index of {count} platforms") } }, { format!("含 {count} 个平台的索引") };
        index: "index", "索引";
        platforms_fact: "Platforms", "平台";
        platform: "Platform", "平台";
        size: "Compressed size", "压缩后大小";
        pushed: "Pushed", "推送时间";
        pulled: "Last pulled", "最近拉取";
        pulled_hint: "To about a day; pulls by some roles may not be recorded", "精确到约一天；某些角色的拉取可能不被记录";
        never_pulled: "not recorded", "无记录";
        found: "Findings", "漏洞";
        found_worst: "Findings, worst platform", "漏洞（最严重的平台）";
        tags: "Tags", "标签";
        untagged: "No tag points at this image.", "没有标签指向此镜像。";
        more_tags(count: usize): "{count} more tags", "另外 {count} 个标签";
        archived_title: "Archived", "已归档";
        archived: "Pulls answer “not found” until somebody restores it.", "恢复之前，拉取会返回“未找到”。";
        part_of: "Part of", "隶属于";
        about: "Refers to", "引用的镜像";
        more_part_of(count: u32): { if count == 1 { "1 more index contains this image and is not listed.".into() } else { format!("{} more indexes contain this image and are not listed.", crate::components::bytes::grouped(count)) } }, { format!("另有 {} 个索引包含此镜像，未列出。", crate::components::bytes::grouped(count)) };
        use_it: "Pull and deploy", "拉取与部署";
        pull: "Pull", "拉取";
        deploy: "Deploy, pinned by digest", "部署（固定摘要）";
        facts_withheld: "Sizes, dates and findings", "大小、时间与漏洞";

        platforms: "Platforms", "平台";
        platforms_caption: "The images of this index, by platform", "此索引包含的各平台镜像";
        image: "Image", "镜像";
        role: "What it is", "用途";
        all_platforms: "All platforms", "全部平台";
        all_platforms_hint: "A finding counts once for each platform that has it.", "同一漏洞在每个受影响的平台各计一次。";
        no_platform: "none", "无";
        image_role: "image", "镜像";
        unknown_role: "unknown: no platform", "未知：无平台";
        bytes: "Size", "大小";

        findings: "Findings", "漏洞";
        findings_absent: "Amazon ECR has no scan of this image. It scans when images are pushed, where that is switched on.", "Amazon ECR 没有此镜像的扫描结果。开启推送扫描后，会在推送镜像时扫描。";
        findings_of_platforms: "Amazon ECR scans the images of an index, not the index: open a platform for its findings.", "Amazon ECR 扫描索引中的各平台镜像，而不是索引本身。请打开具体平台查看漏洞。";
        no_findings_title: "Nothing found", "未发现漏洞";
        no_findings: "The scan found no known vulnerability.", "扫描未发现已知漏洞。";
        scan_pending: "The scan is under way; reload in a minute.", "正在扫描，请一分钟后刷新。";
        scan_failed: "Amazon ECR could not scan this image.", "Amazon ECR 无法扫描此镜像。";
        not_scanned: "This image was not scanned.", "此镜像未扫描。";
        scanned: "Scanned", "扫描时间";
        findings_bar(counts: &str): "Findings by severity: {counts}", "按严重程度统计的漏洞：{counts}";
        findings_caption: "Findings, worst first", "漏洞，最严重的在前";
        finding: "Finding", "漏洞";
        severity: "Severity", "严重程度";
        package: "Package", "软件包";
        version: "Version", "版本";
        fixed_in: "Fixed in", "修复版本";
        fix_unknown: "unknown", "未提供";
        about_it: "What it is", "说明";
        each_finding: "Each finding", "逐项列出";
        more_findings(count: u32): { if count == 1 { "1 more finding is not listed.".into() } else { format!("{} more findings are not listed.", crate::components::bytes::grouped(count)) } }, { format!("另有 {} 个漏洞未列出。", crate::components::bytes::grouped(count)) };

        layers: "Layers", "镜像层";
        layers_summary(count: usize, size: &str): { if count == 1 { format!("1 layer and the config, {size} compressed") } else { format!("{count} layers and the config, {size} compressed") } }, { format!("{count} 层及配置，压缩后共 {size}") };
        layers_again(count: usize): { if count == 1 { "1 layer is listed again. It is stored once and counted once.".into() } else { format!("{count} layers are listed again. Each is stored once and counted once.") } }, { format!("有 {count} 层重复列出，只存储一份，也只计一次。") };
        layers_elsewhere(count: usize, size: &str): { if count == 1 { format!("1 layer ({size}) is not stored in this registry and is not counted.") } else { format!("{count} layers ({size}) are not stored in this registry and are not counted.") } }, { format!("有 {count} 层（{size}）未存储在此仓库中，不计入总量。") };
        layer_again(number: usize): "stored once, with layer {number}", "与第 {number} 层相同，只存储一份";
        layer_elsewhere: "not stored in this registry", "未存储在此仓库中";
        layers_bar: "Sizes of the layers, lowest first", "各层大小，从底层开始";
        layers_caption: "Layers, lowest first", "镜像层，从底层开始";
        layer_title(number: usize, size: &str): "layer {number}: {size}", "第 {number} 层：{size}";
        number: "No.", "序号";
        share: "Share", "占比";
        made_by: "Made by", "生成指令";
        layer_digest: "Digest", "摘要";
        digest_of_layer(number: usize): "digest of layer {number}", "第 {number} 层的摘要";
        unknown_step: "not in the config", "配置中未说明";
        foreign: "Its content is kept elsewhere, by the manifest:", "据清单所述，其内容存放在别处：";

        config: "Configuration", "配置";
        built: "Built, as the builder says", "构建时间（构建者声称）";
        author: "Author", "作者";
        entrypoint: "Entrypoint", "入口点";
        command: "Command", "命令";
        user: "User", "用户";
        user_not_set: "not set: root", "未设置：root";
        built_not_set: "not set by the build", "构建时未设置";
        working_directory: "Working directory", "工作目录";
        stop_signal: "Stop signal", "停止信号";
        ports: "Ports", "端口";
        volumes: "Volumes", "卷";
        not_set: "not set", "未设置";
        environment: "Environment", "环境变量";
        secret_title: "Looks like a secret", "疑似机密";
        secret_shown: "Show the value", "显示值";
        secret_remark: "Names of variables here look like secrets. Whoever can pull the image can read them: rotate what is real, and hand secrets over at run time.", "这里有些变量名像是机密。凡是能拉取此镜像的人都能读到：真实的机密请尽快轮换，并改为运行时传入。";
        labels: "Labels", "标记（labels）";
        history: "History", "构建历史";
        steps(count: usize): { if count == 1 { "1 step".into() } else { format!("{count} steps") } }, { format!("{count} 步") };
        empty_layer: "no layer", "无镜像层";
        cut(count: u32): { if count == 1 { "1 value was too long or too many and is cut or left out.".into() } else { format!("{} values were too long or too many and are cut or left out.", crate::components::bytes::grouped(count)) } }, { format!("有 {} 个值因过长或过多而被截断或省略。", crate::components::bytes::grouped(count)) };
        cut_annotations(count: u32): { if count == 1 { "1 annotation is cut or not shown.".into() } else { format!("{} annotations are cut or not shown.", crate::components::bytes::grouped(count)) } }, { format!("有 {} 个注解被截断或未显示。", crate::components::bytes::grouped(count)) };
        more_entries(count: usize): "{count} more", "另外 {count} 项";
        empty_value: "empty", "空";
        value_hidden: "hidden", "已隐藏";
        long_value(count: usize): "{count} characters", "共 {count} 个字符";

        referrers: "Signatures, SBOMs and attestations", "签名、SBOM 与证明";
        index_has(index: &str, what: &str): "Its index {index} has: {what}.", "其所属索引 {index} 有：{what}。";
        index_has_none(index: &str): "Nothing refers to its index {index} either.", "也没有内容引用其所属索引 {index}。";
        index_unknown(index: &str): "What refers to its index {index} could not be read. Reload in a moment.", "无法读取引用其所属索引 {index} 的内容，请稍后刷新。";
        and: ", ", "、";
        not_verified: "Gantry lists these and does not verify them.", "Gantry 仅列出这些内容，不做验证。";
        by_tag: "by the tag", "根据标签";
        referrers_absent_of_platform: "Nothing refers to this platform’s image itself.", "没有内容直接引用此平台的镜像。";
        referrers_absent: "Nothing refers to this image: no signature, no SBOM, no attestation.", "没有内容引用此镜像：没有签名、SBOM 或证明。";
        more_referrers: "This image has more referrers than Gantry reads: they are too many or too large. “aws ecr list-image-referrers” lists all of them.", "引用此镜像的内容过多或过大，Gantry 未全部读取。完整列表可用 aws ecr list-image-referrers 获取。";
        referrers_caption: "What refers to this image", "引用此镜像的内容";
        artifact_type: "Type", "类型";
        annotations: "Annotations", "注解";

        manifest: "Manifest", "清单";
        manifest_as_sent: "As it was pushed, byte for byte", "推送时的原文，逐字节一致";
        manifest_text: "Text", "文本";
        manifest_indented: "Line breaks and spaces are added here. “Copy” gives the text byte for byte as it was pushed.", "此处添加了换行和缩进。“复制”得到的是推送时的原文，逐字节一致。";
        unread: "These members do not follow the specification. Gantry could not read them:", "以下成员不符合规范，无法读取：";
        manifest_escaped(count: u32): { if count == 1 { "1 hiding character is shown as a JSON escape, such as \\u202e, so this is not byte for byte what was pushed.".into() } else { format!("{} hiding characters are shown as JSON escapes, such as \\u202e, so this is not byte for byte what was pushed.", crate::components::bytes::grouped(count)) } }, { format!("有 {} 个隐藏字符以 JSON 转义（例如 \\u202e）显示，因此与推送时的原文并非逐字节一致。", crate::components::bytes::grouped(count)) };
        manifest_absent: "The image is archived. Amazon ECR returns its manifest and configuration after it is restored.", "镜像已归档。恢复后，Amazon ECR 才会返回其清单和配置。";
        media_type: "Media type", "媒体类型";
        refers_to: "Refers to", "引用的镜像";
        manifest_cut(shown: &str, whole: &str): "The first {shown} of {whole} are shown. The whole is what “aws ecr batch-get-image” gives.", "仅显示 {whole} 中的前 {shown}。完整内容可用 aws ecr batch-get-image 获取。";
    }
}
