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
        close_button: "Close", "关闭";
    }
}
