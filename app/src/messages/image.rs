//! The words of an image's page.

texts! {
    /// The words of an image's page.
    ImageTexts {
        title: "Image", "镜像";
    }
}
