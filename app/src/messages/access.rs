//! The words of "My access".

texts! {
    /// The words of "My access".
    AccessTexts {
        title: "My access", "我的权限";
        about: "What each of your principals may do where.", "您的每个主体在各仓库中可以做什么。";
        principals: "Your principals", "您的主体";
        search: "Search my access", "搜索我的权限";
        search_hint: "Search by repository", "按仓库名搜索";
        apply: "Search", "搜索";
        clear: "Clear", "清除";
        all(total: u32): { if total == 1 { "1 repository".into() } else { format!("{} repositories", crate::components::bytes::grouped(total)) } }, { format!("{} 个仓库", crate::components::bytes::grouped(total)) };
        some(matching: &str, total: &str): "{matching} of {total} repositories", "{total} 个仓库中的 {matching} 个";
        incomplete: "still reading from Amazon ECR", "仍在从 Amazon ECR 读取";
        no_match: "No repository matches", "没有匹配的仓库";
        no_match_next: "Only repositories of which something is granted to you are searched. Use fewer or other words.", "只搜索向您授予了权限的仓库。请减少或更换关键词。";
        caption: "What your principals are granted, by repository", "您的主体在各仓库中获得的权限";
        repository: "Repository", "仓库";
        principal: "As", "以此身份";
    }
}
