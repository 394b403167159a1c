//! The words about registries, where there are several.

texts! {
    /// The words about registries, where there are several.
    RegistriesTexts {
        registry: "Registry", "注册表";
        any_registry: "All registries", "所有注册表";
        account: "Account", "账户";
        region: "Region", "区域";
        repositories: "Repositories", "仓库";
        listed: "Last read", "上次读取";
        unknown: "not known yet", "尚不清楚";
        in_all(repositories: &str, known: u32): "{repositories} in {known} registries", "{repositories}，来自 {known} 个注册表";
        in_some(repositories: &str, shown: u32, known: u32): "{repositories} in {shown} of {known} registries", "{repositories}，来自 {known} 个注册表中的 {shown} 个";
        and_registry(what: &str, registry: &str): "{what} (registry {registry})", "{what}（注册表 {registry}）";
        failing(registry: &str): "Gantry cannot read the registry {registry}", "Gantry 无法读取注册表 {registry}";
        stop: ". ", "。";
        since: "Since ", "开始时间：";
        shown_as_of: "What Gantry read before is shown, as of ", "显示此前读取的内容，数据时间：";
        not_shown: "Its repositories are not shown.", "其中的仓库暂不显示。";
        perhaps: "If you may see repositories in it, they are missing here.", "如果其中有您可查看的仓库，此处暂未列出。";
        again: "Gantry tries again by itself.", "Gantry 会自动重试。";
        none_shown: "No repository of this registry is shown", "没有可显示的仓库";
        none_shown_next: "Gantry shows them again as soon as it can read the registry.", "能够读取此注册表后会重新显示。";
        none_granted_next: "“My access” shows what you are granted in it.", "“我的权限”页列出了您在其中获得的权限。";
        call: "Failed call", "失败的调用";
        code: "AWS error code", "AWS 错误码";
        request_id: "AWS request ID", "AWS 请求编号";
    }
}
