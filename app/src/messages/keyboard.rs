//! What each key does.

texts! {
    /// What each key does.
    KeyboardTexts {
        title: "Keyboard", "键盘快捷键";
        palette: "Go anywhere: repositories, tags, digests, pages (⌘ K on a Mac)", "转到任意位置：仓库、标签、摘要、页面（Mac 上为 ⌘ K）";
        filter: "Filter the list", "筛选列表";
        next_row: "Next row", "下一行";
        previous_row: "Previous row", "上一行";
        open: "Open the row", "打开所在行";
        copy: "Copy the image reference of the row or the page", "复制所在行或当前页的镜像引用";
        range: "Hold and click to select a range of rows", "按住并单击可选中连续多行";
        help: "This help", "显示本帮助";
        close: "Close", "关闭";
        tags_title: "Tags", "标签";
        tags: "A floating tag moves to newer images. A unique tag stays at one image. An immutable tag must stay, because the repository enforces it. AWS and Azure also call floating tags “stable”.", "浮动标签会移动到更新的镜像。唯一标签始终指向同一个镜像。不可变标签由仓库强制固定，无法移动。AWS 和 Azure 也把浮动标签称为“稳定标签”（stable）。";
        close_button: "Close", "关闭";
    }
}
