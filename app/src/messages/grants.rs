//! The words for what policies grant: actions, groups of them, and outcomes.

texts! {
    /// The words for what policies grant.
    GrantsTexts {
        see: "See", "查看";
        pull: "Pull", "拉取";
        push: "Push", "推送";
        findings: "Findings", "漏洞";
        policy: "Policy", "策略";
        lifecycle: "Lifecycle", "生命周期";
        delete: "Delete", "删除";
        administer: "Administer", "管理";

        may_see: "see the repository and its images", "查看仓库及其镜像";
        may_pull: "pull images", "拉取镜像";
        may_push: "push images and move tags", "推送镜像并移动标签";
        may_administer: "administer the repository", "管理仓库";
        describe_repositories: "see the repository", "查看仓库";
        describe_images: "see images", "查看镜像";
        list_images: "list tags and digests", "列出标签和摘要";
        batch_get_image: "read manifests", "读取清单";
        get_download_url_for_layer: "download layers", "下载镜像层";
        batch_check_layer_availability: "check which layers are there", "检查镜像层是否存在";
        describe_image_scan_findings: "see findings", "查看漏洞";
        get_repository_policy: "read this policy", "查看仓库策略";
        get_lifecycle_policy: "read the lifecycle policy", "查看生命周期策略";
        get_lifecycle_policy_preview: "see a lifecycle preview", "查看生命周期预览";
        list_tags_for_resource: "see the repository's own tags", "查看仓库的资源标签";
        start_lifecycle_policy_preview: "start a lifecycle preview", "发起生命周期预览";
        start_image_scan: "start scans", "发起扫描";
        put_image: "put manifests and move tags", "写入清单并移动标签";
        initiate_layer_upload: "begin to upload layers", "开始上传镜像层";
        upload_layer_part: "upload parts of layers", "上传镜像层分片";
        complete_layer_upload: "finish uploading layers", "完成镜像层上传";
        batch_delete_image: "delete images and tags", "删除镜像和标签";
        put_image_tag_mutability: "change the tag mutability", "更改标签可变性";
        put_lifecycle_policy: "set the lifecycle policy", "设置生命周期策略";
        set_repository_policy: "set this policy", "设置仓库策略";
        delete_repository_policy: "delete this policy", "删除仓库策略";
        delete_repository: "delete the repository", "删除仓库";

        granted: "granted", "已授予";
        conditional: "conditional", "有条件";
        delegated: "delegated", "委托账户";
        not_granted: "not granted", "未授予";
        denied: "denied", "已拒绝";
        partly(granted: usize, of: usize): "{granted} of {of}", "{of} 项中的 {granted} 项";
        granted_means: "A statement allows it, and none denies it.", "有语句允许，且没有语句拒绝。";
        conditional_means: "Allowed only under a condition that Gantry cannot check: counted as not granted.", "仅在某个条件下允许，而 Gantry 无法核实该条件，因此不视为已授予。";
        delegated_means: "Only the account as a whole is named: its IAM decides, and Gantry cannot see that. Counted as not granted.", "只写了整个账户，由该账户的 IAM 决定，Gantry 看不到，因此不视为已授予。";
        not_granted_means: "No statement allows it.", "没有语句允许。";
        denied_means: "A statement denies it, or may: a deny always wins.", "有语句拒绝，或可能拒绝。拒绝始终优先。";
        partly_means: "Only some of the actions of this column are granted: “1 of 2” means one of two.", "本列的操作只授予了一部分：“2 项中的 1 项”表示两项中授予了一项。";
        legend: "What the columns and signs stand for", "各列与符号的含义";
        every_action: "All actions", "全部操作";
        by_statement(statement: &str): "by {statement}", "依据 {statement}";
        wording: "Granted by the repository's policy, with the registry's denials and what the operator says of each team's IAM. Other policies of a role are not visible here.", "依据仓库策略判断，并计入注册表策略的拒绝以及运维人员对各团队 IAM 的说明。角色的其他策略在此不可见。";
        team: "Team and principal", "团队与主体";
    }
}
