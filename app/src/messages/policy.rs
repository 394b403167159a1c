//! The words of a repository policy's page.

texts! {
    /// The words of a repository policy's page.
    PolicyTexts {
        title: "Repository policy", "仓库策略";
        lifecycle: "Lifecycle policy", "生命周期策略";
        arn: "ARN", "ARN";
        read: "Read from Amazon ECR ", "从 Amazon ECR 读取：";
        statements: "In plain words", "白话解读";
        text: "As it is set", "策略原文";
        text_lines: "Text of the policy, line by line", "策略原文（逐行）";
        line(number: u32): "line {number}", "第 {number} 行";
        policy_text: "policy text", "策略原文";
        matrix: "What it grants to whom", "授权一览";
        matrix_caption: "What the policy grants to the principals of configured teams", "策略授予已配置团队主体的权限";
        matrix_others: "For other teams, this table lists only principals that the policy names, and uses only their ARNs. Administrators see every principal.", "对于其他团队，此表仅列出策略中指定的主体，且仅依据其 ARN 判断。管理员可查看所有主体。";
        no_teams: "Your teams have no principals, and the policy names none of another team.", "您的团队没有配置主体，策略也未指定其他团队的主体。";
        none_title: "No policy is set", "未设置策略";
        none: "Without a policy, this repository grants nothing to anyone: only the IAM of its own account decides, which Gantry does not see. Its teams find nothing of it here.", "没有策略时，此仓库不向任何人授权，只由其所属账户的 IAM 决定，而 Gantry 看不到。各团队在这里看不到它的任何内容。";
        none_next: "Whoever owns the repository can set one with ecr:SetRepositoryPolicy.", "仓库的所有者可以通过 ecr:SetRepositoryPolicy 设置策略。";
        broken_title: "This policy cannot be understood, so it grants nothing here", "无法理解此策略，因此它在这里不授予任何权限";
        broken_next: "A policy that is only half understood must not open anything. Correct it at the place named, or simplify it.", "只理解一半的策略不能用来放行。请在所指位置更正，或将其简化。";

        allow: "Allow", "允许";
        deny: "Deny", "拒绝";
        lets: "Lets ", "允许 ";
        lets_to: " ", " ";
        forbids: "Forbids ", "禁止 ";
        forbids_to: " to ", " ";
        everyone_but: "everyone except ", "除 ";
        everyone_but_end: "", " 以外的所有人";
        everything: "do everything", "执行一切操作";
        everything_but: "do everything except: ", "执行除以下之外的一切操作：";
        anything: "do anything", "执行任何操作";
        anything_but: "do anything except: ", "执行除以下之外的任何操作：";
        but_statement: " But the statement ", "但语句 ";
        forbids_it: " forbids it", " 禁止此操作";
        forbids_part: " forbids a part of it", " 禁止其中一部分";
        may_forbid_it: " may forbid it", " 可能禁止此操作";
        may_forbid_part: " may forbid a part of it", " 可能禁止其中一部分";
        forbids_for: " for ", "，针对 ";
        forbids_what: ": ", "：";
        depends: ". That depends on the request", "。这取决于请求";
        comma: ", ", "、";
        and: " and ", "和";
        and_name: " and ", "、";
        or: " or ", " 或 ";
        full_stop: ".", "。";
        other_actions(actions: &str): "use {actions}", "使用 {actions}";

        everyone: "everyone, in every AWS account", "所有 AWS 账户中的所有人";
        account(id: &str): "account {id} as a whole", "整个账户 {id}";
        deleted(id: &str): "a deleted identity ({id})", "已删除的身份（{id}）";
        service(name: &str): "the service {name}", "服务 {name}";
        everyone_remark: "Open to everyone: any AWS account can do this. Is that meant?", "对所有人开放：任何 AWS 账户都可以这样做。这是有意的吗？";
        account_remark: "Delegated: the IAM of the account decides which of its roles may. Gantry does not see that: it is not granted unless the operator answers for the team's identity side.", "委托：由该账户的 IAM 决定其中哪些角色可以。Gantry 看不到：除非运维人员为团队的身份侧作出说明，否则不视为已授予。";
        deleted_remark: "Left behind by a role or user that was deleted: it grants nobody anything and can be removed.", "已删除的角色或用户留下的痕迹：不再授予任何人权限，可以移除。";
        not_principal_remark: "NotPrincipal denies everyone who is not listed, including new roles. A role is exempt only if its account and its session are listed too. Gantry does not know the session names in advance, so it treats the role as denied.", "NotPrincipal 会拒绝所有未列出的主体，包括新建的角色。只有同时列出其账户和会话，角色才不受影响。Gantry 无法预知会话名称，因此视该角色为被拒绝。";
        not_action_remark: "NotAction covers every action that is not named, including ones that AWS adds later.", "NotAction 覆盖所有未列出的操作，包括 AWS 以后新增的操作。";
        allow_condition_remark: "Where Gantry cannot check a condition, it counts an allow as not granted.", "Gantry 无法核实条件时，不把允许视为已授予。";
        deny_condition_remark: "Where Gantry cannot check a condition, it counts a deny as denied.", "Gantry 无法核实条件时，把拒绝视为已拒绝。";
        principals: "Principals", "主体";
        all_but: "All but", "除外";
        actions: "Actions", "操作";
        elements: "Principals and actions as written", "主体与操作原文";
        conditions: "Only if", "仅当";
    }
}

texts! {
    /// The words for conditions: keys and operators.
    ConditionTexts {
        source_vpce: "the VPC endpoint", "VPC 终端节点";
        source_vpc: "the VPC", "VPC";
        source_ip: "the caller's IP address", "调用方的 IP 地址";
        organization: "the caller's organization", "调用方所属组织";
        organization_paths: "the caller's place in the organization", "调用方在组织中的路径";
        principal_arn: "the caller's ARN", "调用方的 ARN";
        principal_account: "the caller's account", "调用方的账户";
        principal_tag(tag: &str): "the caller's tag {tag}", "调用方的标签 {tag}";
        resource_tag(tag: &str): "the repository's tag {tag}", "仓库的资源标签 {tag}";
        secure_transport: "the connection being encrypted", "连接是否加密";
        mfa: "sign-in with a second factor", "是否使用多重身份验证";
        current_time: "the time", "当前时间";
        via_service: "the call coming through an AWS service", "是否由 AWS 服务转发";
        source_account: "the account that the service acts for", "服务所代表的账户";
        source_arn: "the resource that the service acts for", "服务所代表的资源";

        equals: "is", "等于";
        differs: "is not", "不等于";
        equals_ignoring_case: "is, in any case of letters,", "等于（不分大小写）";
        differs_ignoring_case: "is not, in any case of letters,", "不等于（不分大小写）";
        matches: "matches", "匹配";
        does_not_match: "does not match", "不匹配";
        within: "lies within", "属于";
        outside: "lies outside", "不属于";
        less: "is below", "小于";
        at_most: "is at most", "不大于";
        greater: "is above", "大于";
        at_least: "is at least", "不小于";
        before: "is before", "早于";
        until: "is not after", "不晚于";
        after: "is after", "晚于";
        since: "is not before", "不早于";
        missing: "is missing", "不存在";
        present: "is there", "存在";
        any_value: "any value of ", "任一取值：";
        every_value: "every value of ", "所有取值：";
        or_missing: ", or is missing", "，或不存在";
    }
}
