//! The words of the list of repositories.

texts! {
    /// The words of the list of repositories.
    RepositoriesTexts {
        title: "Repositories", "仓库";
        filter: "Filter repositories", "筛选仓库";
        filter_hint: "Filter by name", "按名称筛选";
        namespace: "Namespace", "命名空间";
        any_namespace: "All namespaces", "所有命名空间";
        through_team: "Through team", "经由团队";
        any_team: "All my teams", "我的所有团队";
        mutability: "Mutability", "标签可变性";
        any_mutability: "Any mutability", "任意可变性";
        mutable: "mutable", "可变";
        immutable: "immutable", "不可变";
        mutable_except: "mutable, with exceptions", "可变（有例外）";
        immutable_except: "immutable, with exceptions", "不可变（有例外）";
        except(filters: &str): "except {filters}", "例外：{filters}";
        mutability_hidden: "ecr:DescribeRepositories is not granted", "未授予 ecr:DescribeRepositories 权限";
        severity: "Findings", "漏洞";
        any_severity: "Any findings", "任意漏洞";
        some_not_scanned: "some not scanned", "部分未扫描";
        some_scans_failed: "some scans failed", "部分扫描失败";
        some_scans_not_known: "some scans not known", "部分扫描情况未知";
        policy: "Policy", "策略";
        any_policy: "With or without policy", "有无策略均可";
        with_policy: "With a policy", "已设策略";
        without_policy: "Without a policy", "未设策略";
        apply: "Apply", "应用";
        clear: "Clear filters", "清除筛选";
        caption: "Repositories that your teams may see", "您的团队可查看的仓库";
        name: "Repository", "仓库";
        images: "Images", "镜像";
        tags: "Tags", "标签";
        size: "Size", "大小";
        size_hint: "Compressed, layers shared between images counted each time", "压缩后大小，镜像间共享的层重复计算";
        pushed: "Last push", "最近推送";
        worst: "Worst finding", "最严重漏洞";
        policy_set: "set", "已设置";
        policy_not_set: "none", "未设置";
        policy_hidden: "ecr:GetRepositoryPolicy is not granted", "未授予 ecr:GetRepositoryPolicy 权限";
        not_read: "not read yet", "尚未读取";
        not_readable_why: "The repository’s page says why.", "原因见仓库页面。";
        not_readable: "could not be read", "无法读取";
        counted_read(matching: &str, read: &str): "{matching} of {read} repositories read so far", "已读取的 {read} 个仓库中的 {matching} 个";
        unread(count: &str): "{count} not read yet", "{count} 个尚未读取";
        failed(count: &str): "{count} could not be read", "{count} 个无法读取";
        semicolon: "; ", "；";
        figures_hidden: "ecr:DescribeImages is not granted", "未授予 ecr:DescribeImages 权限";
        review: "review", "审查";
        tags_only: "tags only", "仅标签";
        name_only: "name only", "仅名称";
        tags_only_why: "ecr:ListImages is granted, ecr:DescribeImages is not: tags and digests alone are shown", "已授予 ecr:ListImages，未授予 ecr:DescribeImages：仅显示标签和摘要";
        name_only_why: "An administrator's review: the name and the policy, never images", "管理员审查：仅名称和策略，不含镜像";
        counted(matching: &str, total: &str): "{matching} of {total} repositories", "{total} 个仓库中的 {matching} 个";
        all(total: u32): { if total == 1 { "1 repository".into() } else { format!("{} repositories", crate::components::bytes::grouped(total)) } }, { format!("{} 个仓库", crate::components::bytes::grouped(total)) };
        incomplete: "still reading from Amazon ECR", "仍在从 Amazon ECR 读取";
        no_match: "No repository matches", "没有匹配的仓库";
        no_match_read: "No repository read so far matches", "已读取的仓库中没有匹配项";
        no_match_next: "Loosen or clear the filters.", "请放宽或清除筛选条件。";
        nothing_granted: "No repository is granted to your teams", "没有仓库授权给您的团队";
        nothing_granted_next: "Ask the owners of a repository to grant ecr:DescribeImages to one of these roles in its policy:", "请仓库的所有者在其策略中把 ecr:DescribeImages 授予以下任一角色：";
        reading: "Still reading", "正在读取";
        reading_next: "Gantry has just started and is reading the repositories and their policies. They appear here as they are known.", "Gantry 刚刚启动，正在读取仓库及其策略，读到后会显示在这里。";
        reload: "Reload", "刷新";
    }
}
