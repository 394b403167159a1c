//! The words of an image's page.

texts! {
    /// The words of an image's page.
    Image {
        title: "Image", "镜像";
    }
}
