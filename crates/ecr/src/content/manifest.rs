//! Manifests: OCI image manifests and indexes, Docker's manifests (schema 2) and lists.

use std::sync::Arc;

use model::{
    Digest,
    artifact::{ArtifactKind, EMPTY_CONFIG},
    image::{ChildView, LayerView, ManifestView, Scan},
};
use serde::Serialize;

use super::{
    budget::{self, Budget},
    document,
    object::{Document, Names, Object},
    platform::{PLATFORM, platform},
};
/// A pushed manifest whose bytes were checked against its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The media type of the manifest.
    pub media_type: String,
    /// The text of the manifest.
    pub text: Arc<str>,
}

/// The maximum size of the manifest's text, in bytes. Real manifests have a few KiB.
const TEXT: usize = 64 * 1024;

/// The maximum size of the layers and of the images of an index, in bytes.
const LIST: usize = 96 * 1024;

/// The maximum size of the annotations, in bytes.
const ANNOTATIONS: usize = 64 * 1024;

/// The maximum length of the role of an image in an index.
const ROLE: usize = 64;

/// The size of an image of an index in addition to that of an entry, in bytes: digest, platform,
/// role.
const CHILD: usize = 300;

/// The maximum number of URLs of a layer.
const LAYER_URLS: usize = 10;

/// How many images of an index the inventory keeps. Common multi-platform images have fewer than
/// 40, including attestations. If an index has more, the inventory keeps none of them: sums and
/// lists of a part would look complete.
const KEPT_CHILDREN: usize = 64;

/// A parsed manifest.
#[derive(Debug, Clone, Serialize)]
pub struct ManifestParts {
    /// What the page shows.
    pub view: ManifestView,
    /// The digest of an image's config. None for an index, and for an artifact whose config is not
    /// an image config.
    pub config: Option<Digest>,
    /// The artifact type. None for an image or an index.
    pub artifact_type: Option<String>,
}

/// The content of a manifest that the inventory keeps.
#[derive(Debug, Clone, Default)]
pub(crate) struct Contents {
    /// The images of an index.
    pub(crate) children: Vec<ChildView>,
    /// Whether these are all images of the index. False if the manifest could not be read, or if it
    /// lists more images than are kept. No images are kept then.
    pub(crate) is_whole: bool,
    /// The artifact type. None for an image or an index.
    pub artifact_type: Option<String>,
}

const MANIFEST: Names = &[
    "artifactType",
    "config",
    "layers",
    "manifests",
    "subject",
    "annotations",
];

const DESCRIPTOR: Names = &[
    "mediaType",
    "digest",
    "size",
    "platform",
    "annotations",
    "artifactType",
    "urls",
];

/// The annotation that BuildKit adds to attestations in an index.
const ROLE_ANNOTATION: &str = "vnd.docker.reference.type";

/// Parses a manifest. None if it is not a JSON object.
pub(crate) fn read_manifest(manifest: &Manifest) -> Option<ManifestParts> {
    let document = Document::new(manifest.text.as_bytes());
    let mut parts = read(&document.object(MANIFEST)?, manifest);
    let (unread, more) = document.into_unread();
    parts.view.unread = unread;
    parts.view.cut = parts.view.cut.saturating_add(more);
    Some(parts)
}

fn read(raw: &Object<'_>, manifest: &Manifest) -> ManifestParts {
    let (mut children, mut layers) = (Budget::new(LIST), Budget::new(LIST));
    let mut annotations = Budget::new(ANNOTATIONS);
    let config = raw.object("config", DESCRIPTOR);
    let config_type = config.text("mediaType").unwrap_or_default();
    let descriptors = raw.objects("layers", DESCRIPTOR, &mut layers);
    let artifact_type = artifact_type(raw, &config_type, &descriptors);
    let (text, escaped) = document(&manifest.text, TEXT);
    let mut view = ManifestView {
        media_type: annotations.text(&manifest.media_type),
        raw: text,
        size: manifest.text.len() as u64,
        escaped,
        children: {
            let all = raw.objects("manifests", DESCRIPTOR, &mut children);
            let shown = children.list(all, |budget, descriptor| child(&descriptor, budget));
            shown.into_iter().flatten().collect()
        },
        layers: layers.list(descriptors, |budget, descriptor| layer(&descriptor, budget)),
        annotations: {
            let all = raw.pairs("annotations", &mut annotations);
            annotations.pairs(all)
        },
        subject: digest(&raw.object("subject", DESCRIPTOR)),
        config_size: size(&config),
        cut: 0,
        unread: Vec::new(),
    };
    for budget in [children, layers, annotations] {
        view.cut = view.cut.saturating_add(budget.cut());
    }
    ManifestParts {
        config: digest(&config).filter(|_| config_type.is_empty() || is_image(&config_type)),
        view,
        artifact_type,
    }
}

/// The details of a repository's images that only manifests contain, for the lists of the
/// inventory. None if the text is not a manifest.
pub(crate) fn read_contents(manifest: &Manifest) -> Option<Contents> {
    let document = Document::new(manifest.text.as_bytes());
    let raw = document.object(MANIFEST)?;
    let mut budget = Budget::new(LIST);
    let all = raw.objects("manifests", DESCRIPTOR, &mut budget);
    let is_kept = budget.cut() == 0 && all.len() <= KEPT_CHILDREN;
    let kept = all.iter().filter(|_| is_kept);
    let mut children: Vec<_> = kept
        .filter_map(|descriptor| child(descriptor, &mut budget))
        .collect();
    children.shrink_to_fit();
    let config_type = raw.object("config", DESCRIPTOR).text("mediaType");
    let layers = raw.objects("layers", DESCRIPTOR, &mut budget);
    Some(Contents {
        is_whole: is_kept,
        children,
        artifact_type: artifact_type(&raw, &config_type.unwrap_or_default(), &layers),
    })
}

/// The artifact type of a manifest that does not describe an image: its `artifactType`, otherwise
/// the type of its config, otherwise the type of its layers. Attestations and signatures often have
/// an image's config and no `artifactType`.
fn artifact_type(raw: &Object<'_>, config_type: &str, layers: &[Object<'_>]) -> Option<String> {
    let its_config = (!config_type.is_empty() && !is_image(config_type)).then_some(config_type);
    let its_config = its_config.filter(|config_type| *config_type != EMPTY_CONFIG);
    let declared = raw.word("artifactType");
    let found = declared
        .or_else(|| its_config.map(str::to_owned))
        .or_else(|| {
            let mut types = layers.iter().map(|layer| layer.text("mediaType"));
            let first = types.next().flatten()?;
            let kind = ArtifactKind::from_type(&first)?;
            let same = |its: Option<String>| {
                its.and_then(|its| ArtifactKind::from_type(&its)) == Some(kind)
            };
            types.all(same).then_some(first)
        })?;
    Some(super::word(&found))
}

fn is_image(config_type: &str) -> bool {
    config_type.ends_with("image.config.v1+json")
        || config_type.ends_with("container.image.v1+json")
}

/// Whether a media type is that of an index: several images for several platforms.
pub(crate) fn is_index(media_type: &str) -> bool {
    const INDEXES: [&str; 2] = [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
    ];
    INDEXES.contains(&media_type)
}

fn child(descriptor: &Object<'_>, budget: &mut Budget) -> Option<ChildView> {
    let annotations = descriptor.object("annotations", &[ROLE_ANNOTATION]);
    let role = annotations.word(ROLE_ANNOTATION);
    let role = role.or_else(|| descriptor.word("artifactType"));
    descriptor.needs(&["digest", "size"]);
    budget.spend(CHILD);
    Some(ChildView {
        digest: digest(descriptor)?,
        role: role.map(|role| budget::visible(&role, ROLE).0),
        is_index: descriptor
            .word("mediaType")
            .is_some_and(|its| is_index(&its)),
        platform: platform(&descriptor.object("platform", PLATFORM)),
        size: size(descriptor),
        // The list of images contains the scan, for viewers who may see it.
        scan: Scan::Unreadable,
    })
}

fn layer(descriptor: &Object<'_>, budget: &mut Budget) -> LayerView {
    let mut urls = descriptor.texts("urls", budget);
    budget.leave_out(urls.len().saturating_sub(LAYER_URLS));
    urls.truncate(LAYER_URLS);
    descriptor.needs(&["mediaType", "digest", "size"]);
    LayerView {
        digest: budget.text(&descriptor.text("digest").unwrap_or_default()),
        size: size(descriptor),
        media_type: budget.text(&descriptor.text("mediaType").unwrap_or_default()),
        created_by: None,
        // URLs that are unsafe to link are also shown, because they are what the viewer looks for
        // here.
        urls: budget.list(urls, |budget, url| budget.text(&url)),
    }
}

fn digest(descriptor: &Object<'_>) -> Option<Digest> {
    descriptor.parsed("digest", |text| text.parse().ok())
}

/// A size from the manifest. A negative or invalid size counts as zero.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, which is right for an unverified size"
)]
fn size(descriptor: &Object<'_>) -> u64 {
    descriptor.number("size").unwrap_or_default() as u64
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn manifest(text: &str) -> Option<ManifestParts> {
        read_manifest(&Manifest {
            media_type: "application/vnd.oci.image.manifest.v1+json".into(),
            text: text.into(),
        })
    }

    #[test]
    fn an_index_lists_its_platforms() {
        let digest = format!("sha256:{}", "ab".repeat(32));
        let text = format!(
            r#"{{"schemaVersion":2,"manifests":[
                {{"digest":"{digest}","size":7,"platform":{{"os":"linux","architecture":"arm64","variant":"v8"}}}},
                {{"digest":"{digest}","size":8,"platform":{{"os":"unknown","architecture":"unknown"}},
                  "annotations":{{"vnd.docker.reference.type":"attestation-manifest"}}}}]}}"#
        );
        let children = manifest(&text).unwrap().view.children;
        assert_eq!(
            children[0].platform.as_ref().unwrap().to_string(),
            "linux/arm64/v8"
        );
        assert_eq!(children[1].role.as_deref(), Some("attestation-manifest"));
    }

    #[test]
    fn images_for_different_versions_of_windows_are_distinguished() {
        let digest = format!("sha256:{}", "ab".repeat(32));
        let text = format!(
            r#"{{"manifests":[{{"digest":"{digest}","size":7,"platform":{{"os":"windows","architecture":"amd64",
                "os.version":"10.0.20348.2031","os.features":["win32k"]}}}}]}}"#
        );
        let children = manifest(&text).unwrap().view.children;
        let platform = children[0].platform.as_ref().unwrap();
        assert_eq!(
            platform.to_string(),
            "windows/amd64 10.0.20348.2031 (win32k)"
        );
    }

    #[test]
    fn an_artifact_is_recognized_by_its_type_its_config_or_its_layers() {
        let artifact = |text: &str| manifest(text).unwrap().artifact_type;
        let empty = r#""config":{"mediaType":"application/vnd.oci.empty.v1+json"}"#;
        let image = r#""config":{"mediaType":"application/vnd.oci.image.config.v1+json"}"#;
        for (text, expected) in [
            (
                format!(r#"{{"artifactType":"application/spdx+json",{empty}}}"#),
                Some("application/spdx+json"),
            ),
            (
                r#"{"config":{"mediaType":"application/vnd.cncf.helm.config.v1+json"}}"#.to_owned(),
                Some("application/vnd.cncf.helm.config.v1+json"),
            ),
            (
                format!(
                    r#"{{{image},"layers":[{{"mediaType":"application/vnd.in-toto+json"}},{{"mediaType":"application/vnd.in-toto+json"}}]}}"#
                ),
                Some("application/vnd.in-toto+json"),
            ),
            (
                format!(
                    r#"{{{image},"layers":[{{"mediaType":"application/vnd.oci.image.layer.v1.tar"}},{{"mediaType":"application/vnd.in-toto+json"}}]}}"#
                ),
                None,
            ),
            (format!("{{{empty}}}"), None),
            (format!("{{{image}}}"), None),
            ("{}".to_owned(), None),
        ] {
            assert_eq!(artifact(&text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn any_size_and_any_url_in_a_manifest_are_only_shown() {
        let text = r#"{"layers":[{"digest":"x","size":-5,"urls":["javascript:alert(1)"]},{"digest":"y","size":1e300}],"annotations":null}"#;
        let layers = manifest(text).unwrap().view.layers;
        assert_eq!((layers[0].size, layers[1].size), (0, u64::MAX));
        assert_eq!(layers[0].urls, ["javascript:alert(1)"]);
        assert!(manifest("[]").is_none());
        assert!(manifest("not json").is_none());
    }
}
