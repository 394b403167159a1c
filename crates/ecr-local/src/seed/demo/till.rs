//! The program for the shops' tills: one index for Linux and for Windows.

use std::io;

use time::{Duration, OffsetDateTime};

use super::super::content::{Child, Format, Image, Layer, Package, Recipe, index};

/// The build of Windows Server 2022 on the tills. Containers run only on the same build.
const WINDOWS: &str = "10.0.20348.2762";

/// A release: an index and its images.
pub struct Release {
    /// When it was built and pushed, UTC.
    pub built_at: OffsetDateTime,
    /// Its tags.
    pub tags: Vec<String>,
    /// The images, which are pushed before the index.
    pub images: Vec<Package>,
    /// The index.
    pub index: Package,
}

/// All releases, oldest first.
///
/// # Errors
/// If a layer cannot be packed.
pub fn releases(now: OffsetDateTime) -> io::Result<Vec<Release>> {
    [("3.0.0", 64), ("3.0.1", 37), ("3.1.0", 8)]
        .into_iter()
        .map(|(version, days)| release(version, now - Duration::days(days)))
        .collect()
}

fn release(version: &str, built_at: OffsetDateTime) -> io::Result<Release> {
    let images = [linux(version, built_at)?, windows(version, built_at)?];
    let entries: Vec<Child<'_>> = images.iter().map(Child::Platform).collect();
    Ok(Release {
        built_at,
        tags: vec![version.to_owned(), "latest".to_owned()],
        index: index(Format::Oci, &entries).into(),
        images: images.map(|image| image.package).into(),
    })
}

fn linux(version: &str, built_at: OffsetDateTime) -> io::Result<Image> {
    let layers = vec![
        Layer::of_size("ADD till-rootfs.tar /", "rootfs", 24_000, 31)?,
        program(version, "COPY till /srv/", "srv/till")?,
    ];
    let mut recipe = Recipe::new(Format::Oci, "amd64", built_at, layers);
    recipe.entrypoint = vec!["/srv/till".to_owned()];
    Ok(recipe.build())
}

fn windows(version: &str, built_at: OffsetDateTime) -> io::Result<Image> {
    let layers = vec![
        Layer::of_size(
            "Apply image 10.0.20348.2762",
            "Files/Windows/base",
            120_000,
            32,
        )?,
        program(
            version,
            "cmd /S /C COPY till.exe C:\\srv\\",
            "Files/srv/till.exe",
        )?,
    ];
    let mut recipe = Recipe::new(Format::Oci, "amd64", built_at, layers);
    recipe.windows = Some(WINDOWS);
    recipe.env = vec!["PATH=C:\\Windows\\system32;C:\\Windows".to_owned()];
    recipe.user = "ContainerUser".to_owned();
    recipe.entrypoint = vec!["C:\\srv\\till.exe".to_owned()];
    Ok(recipe.build())
}

fn program(version: &str, created_by: &str, path: &str) -> io::Result<Layer> {
    let content = format!("till {version}\n").repeat(500);
    Layer::of_files(created_by, &[(path, content.as_bytes())])
}
