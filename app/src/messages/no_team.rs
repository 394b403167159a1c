//! The words for people who are signed in and in no team.

texts! {
    /// The words for people who are signed in and in no team.
    NoTeamTexts {
        title: "You are in no team", "您尚未加入任何团队";
        unmapped: "None of your sign-in groups belongs to a team. Ask your Gantry administrator to add one of them to a team.", "您的登录组均未对应任何团队。请 Gantry 管理员将其中一个组添加到团队。";
        no_groups: "Your sign-in has no groups. Ask your Gantry administrator which group you need.", "您的登录信息中没有组。请向 Gantry 管理员确认您需要加入哪个组。";
        empty(claim: &str): "Your sign-in has no groups: its claim {claim} is empty. Ask your Gantry administrator which group you need, then sign in again.", "您的登录信息中没有组：声明 {claim} 为空。请向 Gantry 管理员确认您需要加入哪个组，加入后重新登录。";
        absent(claim: &str): "Gantry looks for your groups in the claim {claim}, and your sign-in does not have it. Either you are in no group, or Gantry needs another claim. Ask your Gantry administrator which group you need, and whether groups_claim is right. Then sign in again.", "Gantry 从声明 {claim} 中读取组，但您的登录信息中没有此声明。可能您未加入任何组，也可能 Gantry 应读取其他声明。请向 Gantry 管理员确认您需要加入哪个组，以及 groups_claim 的设置是否正确，然后重新登录。";
        unreadable(claim: &str): "Gantry looks for your groups in the claim {claim}, and it does not contain a list of names. Ask your Gantry administrator to set groups_claim to another claim, or to a path into this one. Then sign in again.", "Gantry 从声明 {claim} 中读取组，但其内容不是名称列表。请 Gantry 管理员将 groups_claim 设置为其他声明或此声明内的路径，然后重新登录。";
        too_many(claim: &str): "You are in too many groups, and the identity provider left the claim {claim} out. Ask your Gantry administrator to have it send only the groups that are assigned to Gantry, or application roles, with groups_claim = \"roles\". Then sign in again.", "您所属的组过多，登录服务未发送声明 {claim}。请 Gantry 管理员让登录服务仅发送分配给 Gantry 的组，或改为发送应用角色并设置 groups_claim = \"roles\"，然后重新登录。";
        policies_decide: "What a team sees follows from the repositories' own policies.", "团队能看到什么，由各仓库自己的策略决定。";
        name: "Name or email address of your sign-in", "登录信息中的名称或邮箱";
        subject: "Subject: your Gantry administrator finds you by it", "主体（subject）：Gantry 管理员据此找到您";
        issuer: "Issuer", "颁发者（issuer）";
        your_groups: "Groups of your sign-in", "登录信息中的组";
        looked_at: "Claim that Gantry reads groups from", "Gantry 读取组的声明";
        claims: "Claims of your sign-in", "登录信息中的声明";
        more(count: usize): { format!("and {count} more") }, { format!("以及另外 {count} 个") };
    }
}
