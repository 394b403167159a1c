//! The words of a share link's page. Names stand between back quotes, and are set in monospace.

texts! {
    /// The words of a share link's page.
    ShareTexts {
        product: "Gantry", "Gantry";
        tag: "Tag", "标签";
        image: "Image", "镜像";
        repository: "Repository", "仓库";
        of(repository: &str, registry: &str): "of `{repository}`, registry `{registry}`", "所属仓库 `{repository}`，注册表 `{registry}`";
        in_registry(registry: &str): "registry `{registry}`", "注册表 `{registry}`";
        title_tag(tag: &str, repository: &str): "{tag} of {repository}", "{repository} 的 {tag}";
        read_only: "Share link", "分享链接";
        made(name: &str, team: &str, when: &str): "Made by {name} (team {team}) on {when}.", "由 {name}（{team} 团队）于 {when} 创建。";
        expires(within: &str, when: &str): "Expires {within}, on {when}.", "{within}到期（{when}）。";
        in_minutes(count: i64): { if count == 1 { "in a minute".into() } else { format!("in {count} minutes") } }, { format!("{count} 分钟后") };
        in_hours(count: i64): { if count == 1 { "in an hour".into() } else { format!("in {count} hours") } }, { format!("{count} 小时后") };
        in_days(count: i64): { if count == 1 { "in a day".into() } else { format!("in {count} days") } }, { format!("{count} 天后") };

        tag_moved(tag: &str, then: &str, now: &str): "`{tag}` pointed at `{then}` when this link was created; now it points at `{now}`.", "创建此链接时，`{tag}` 指向 `{then}`；现在指向 `{now}`。";
        tag_stayed(tag: &str, now: &str): "`{tag}` still points at `{now}`, as it did when this link was created.", "`{tag}` 仍指向 `{now}`，与创建此链接时相同。";
        tag_went(tag: &str, then: &str): "`{tag}` pointed at `{then}` when this link was created; it is not there any more.", "创建此链接时，`{tag}` 指向 `{then}`；现在该标签已不存在。";
        tag_unsure(tag: &str, then: &str): "`{tag}` pointed at `{then}` when this link was created. What it points at now cannot be told.", "创建此链接时，`{tag}` 指向 `{then}`。暂时无法得知现在的指向。";
        tag_then(tag: &str, then: &str): "`{tag}` pointed at `{then}` when this link was created. It may have moved since: this link does not show what is there now.", "创建此链接时，`{tag}` 指向 `{then}`。之后它可能已移动：此链接不显示现在的内容。";
        tag_now(tag: &str, now: &str): "`{tag}` points at `{now}`.", "`{tag}` 指向 `{now}`。";
        tag_gone(tag: &str): "`{tag}` is not there any more.", "`{tag}` 已不存在。";
        image_stays(image: &str): "The image `{image}` is still in the repository.", "镜像 `{image}` 仍在仓库中。";
        image_went(image: &str): "The image `{image}` was in the repository when this link was created; it is not there any more.", "创建此链接时镜像 `{image}` 在仓库中；现在已不存在。";
        image_then(image: &str): "The image `{image}`, as it was when this link was created. This link does not show whether it is still there.", "创建此链接时的镜像 `{image}`。此链接不显示它现在是否仍在。";
        image_now(image: &str): "The image `{image}` is in the repository.", "镜像 `{image}` 在仓库中。";
        image_gone(image: &str): "The image `{image}` is not there any more.", "镜像 `{image}` 已不存在。";
        repository_changed(name: &str, then: &str, now: &str): "`{name}` had {then} when this link was created; now it has {now}.", "创建此链接时 `{name}` 有 {then}；现在有 {now}。";
        repository_stayed(name: &str, now: &str): "`{name}` still has {now}, as it had when this link was created.", "`{name}` 仍有 {now}，与创建此链接时相同。";
        repository_then(name: &str, then: &str): "`{name}` had {then} when this link was created. This link does not show what is there now.", "创建此链接时 `{name}` 有 {then}。此链接不显示现在的内容。";
        repository_now(name: &str, now: &str): "`{name}` has {now}.", "`{name}` 有 {now}。";
        repository_went(name: &str, then: &str): "`{name}` had {then} when this link was created; it is not there any more.", "创建此链接时 `{name}` 有 {then}；现在该仓库已不存在。";
        repository_gone(name: &str): "`{name}` is not there any more.", "`{name}` 已不存在。";
        unsure(name: &str): "What is in `{name}` now cannot be told.", "暂时无法得知 `{name}` 现在的内容。";
        pushed(when: &str): "Pushed {when}.", "推送于 {when}。";

        then: "When this link was created", "创建此链接时";
        now: "Now", "现在";
        not_there: "It is not there any more: the tag or image was deleted, or untagged, since this link was created.", "它已不存在：创建此链接之后，标签或镜像被删除或取消了标签。";
        reference: "Reference", "引用";
        digest: "Digest", "摘要";
        tags: "Tags on this image", "此镜像的标签";
        other_tags: "Other tags on this image", "此镜像的其他标签";
        no_other_tags: "none", "无";
        images_now: "Images now", "现在的镜像";
        images_then: "Images when this link was created", "创建此链接时的镜像";
        printed(count: usize): "Printed: the first {count} images at most. The page itself has the others.", "打印时最多显示前 {count} 个镜像，其余见页面。";
        environment_hidden: "Values of environment variables are hidden, also where settings, labels and annotations repeat them: those of 8 characters or more anywhere, those of 4 to 7 as words of their own, shorter ones not. Of each build step only the first word is shown.", "环境变量的值已隐藏；设置、标记与注解中重复出现的值也已隐藏：8 个字符及以上的在任何位置，4 至 7 个字符的仅在独立成词时，更短的不隐藏。构建步骤仅保留首个词。";
        accounts_hidden(stand_in: &str): "Account ids are hidden: `{stand_in}` stands for each, and for any other number of 12 digits in what was pushed.", "账户编号已隐藏：均以 `{stand_in}` 代替，推送内容中的其他 12 位数字亦然。";
        not_shown: "What is not shown", "未显示的内容";
        cut(parts: &str): "Left out for want of room: {parts}.", "因篇幅所限未显示：{parts}。";
        more(count: &str, part: &str): "{count} {part}", "{count} {part}";
        comma: ", ", "、";
        part_images: "images", "个镜像";
        part_tags: "tags", "个标签";
        part_sightings: "earlier sightings", "条更早的指向";
        part_platforms: "platforms", "个平台";
        part_indexes: "indexes", "个索引";
        part_resource_tags: "resource tags", "个资源标签";
        part_layers: "layers and their addresses", "个镜像层及其地址";
        part_annotations: "annotations", "个注解";
        part_settings: "words of entrypoint, command, ports and volumes", "项入口点、命令、端口与卷";
        part_environment: "environment variables", "个环境变量";
        part_labels: "labels", "个标记";
        part_history: "build steps", "个构建步骤";
        part_referrers: "signatures, SBOMs and attestations", "个签名、SBOM 与证明";
        part_findings: "findings", "个漏洞";
        ends_here: "This page leads nowhere else: it shows this and nothing besides.", "此页面不通往别处：只显示以上内容。";
        rendered(when: &str): "As seen on {when}; load it again for what holds then.", "查看时间：{when}；刷新可查看届时的内容。";
        request(id: &str): "request {id}", "请求 {id}";

        gone_title: "There is no such link", "没有这个链接";
        gone: "Either it never was, or it has expired or was revoked, or the team it was made for may not see this any more. Gantry does not tell these apart.", "它可能从未存在、已过期、已被撤销，或者它所属的团队已无权查看。Gantry 不区分这些情况。";
        gone_next: "Check that the whole address was copied, or ask whoever gave you the link for a new one.", "请检查地址是否复制完整，或请提供链接的人重新创建。";
        undecided_title: "Not now", "暂时无法显示";
        undecided: "Gantry cannot check right now whether this link may be shown, so it does not show it.", "Gantry 现在无法确认此链接是否可以显示，因此暂不显示。";
        undecided_next: "Nothing was changed, and the link may still be good. Try again in a minute.", "没有任何内容被更改，链接可能仍然有效。请一分钟后重试。";
        unreadable_title: "This link cannot be shown", "无法显示此链接";
        newer: "A newer version of Gantry created this link, and this version cannot read it.", "此链接由更新版本的 Gantry 创建，当前版本无法读取。";
        newer_next: "Nothing was changed. Gantry may be updating: try again in a few minutes, or ask your Gantry administrator.", "没有任何内容被更改。Gantry 可能正在更新：请几分钟后重试，或联系 Gantry 管理员。";
        unreadable: "Gantry cannot read what it saved for this link.", "Gantry 无法读取为此链接保存的内容。";
        unreadable_next: "Nothing was changed. Create a new link, or ask your Gantry administrator with the request ID below.", "没有任何内容被更改。请创建新链接，或向 Gantry 管理员提供下方的请求编号。";
    }
}
