//! The words of the palette.

texts! {
    /// The words of the palette.
    PaletteTexts {
        title: "Go to", "转到";
        hint: "Repository, tag, digest or page", "仓库、标签、摘要或页面";
        search_hint: "Repository, tag or digest", "仓库、标签或摘要";
        hits: "Found", "搜索结果";
        page: "page", "页面";
        repository: "repository", "仓库";
        tag: "tag", "标签";
        image: "image", "镜像";
        last_push(ago: &str): "last push {ago}", "最近推送于 {ago}";
        image_pushed(ago: &str): "image pushed {ago}", "镜像推送于 {ago}";
        pushed(ago: &str): "pushed {ago}", "推送于 {ago}";
        nothing: "Nothing found among what your teams may see.", "在您的团队可查看的范围内没有找到。";
        incomplete: "Some repositories are still being read: more may be found later.", "部分仓库仍在读取中，稍后可能会有更多结果。";
        too_many: "Too many searches. Wait a moment, then type again.", "搜索过于频繁，请稍候再输入。";
        shortened: "The text is too long. Its last words were not searched for.", "输入内容过长，末尾的词未参与搜索。";
        short_digest: "Digests are searched from 4 digits on.", "摘要至少输入 4 位才能搜索。";
        failed: "The search failed. Try again.", "搜索失败，请重试。";
        keys: "↑ ↓ to choose, Enter to go, Esc to close", "↑ ↓ 选择，Enter 前往，Esc 关闭";
    }
}
