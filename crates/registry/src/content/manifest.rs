//! Manifests: OCI image manifests and indexes, Docker's manifests (schema 2) and lists.

use model::{
    Digest,
    image::{ChildView, LayerView, ManifestView, Platform, Scan},
};
use serde::{Deserialize, Serialize};

use super::{
    budget::{self, Budget},
    document,
    first::{First, FirstPairs},
    json,
};
use crate::port::Manifest;

/// The most bytes of the manifest's text; real ones have a few KiB.
const TEXT: usize = 64 * 1024;

/// The most bytes of the layers and of an index's images.
const LIST: usize = 96 * 1024;

/// The most bytes of the annotations.
const ANNOTATIONS: usize = 64 * 1024;

/// The longest word of a platform. Real ones have fewer than 10 letters.
const PLATFORM_WORD: usize = 32;

/// The longest role of an image in an index.
const ROLE: usize = 64;

/// What an image of an index weighs besides what each entry does: digest, platform, role.
const CHILD: usize = 200;

/// The most addresses of a layer.
const LAYER_URLS: usize = 10;

/// How many images of an index the inventory keeps. Multi-platform images in common use have fewer
/// than 40, attestations included.
const KEPT_CHILDREN: usize = 64;

/// A manifest, taken apart.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ManifestParts {
    /// What the page shows.
    pub(crate) view: ManifestView,
    /// The digest of an image's config; none for an index or for an artifact whose config is not an
    /// image's.
    pub(crate) config: Option<Digest>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    config: Option<Descriptor>,
    layers: Option<First<Descriptor>>,
    manifests: Option<First<Descriptor>>,
    subject: Option<Descriptor>,
    annotations: Option<FirstPairs<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    #[serde(default)]
    media_type: String,
    digest: String,
    /// Claimed by whoever pushed: any number.
    #[serde(default)]
    size: f64,
    platform: Option<RawPlatform>,
    annotations: Option<FirstPairs<String>>,
    artifact_type: Option<String>,
    urls: Option<First<String>>,
}

#[derive(Deserialize)]
pub(super) struct RawPlatform {
    #[serde(default)]
    pub(super) os: String,
    #[serde(default)]
    pub(super) architecture: String,
    pub(super) variant: Option<String>,
}

impl RawPlatform {
    pub(super) fn read(self) -> Option<Platform> {
        (!self.os.is_empty() || !self.architecture.is_empty()).then(|| Platform {
            os: platform_word(&self.os),
            architecture: platform_word(&self.architecture),
            variant: self
                .variant
                .filter(|variant| !variant.is_empty())
                .map(|variant| platform_word(&variant)),
        })
    }
}

/// A word of a platform; what is cut of it is not worth a remark.
fn platform_word(text: &str) -> String {
    budget::visible(text, PLATFORM_WORD).0
}

/// Takes a manifest apart; none when it is not one.
pub(crate) fn read_manifest(manifest: &Manifest) -> Option<ManifestParts> {
    let (raw, pruned) = json::read::<Raw>(manifest.text.as_bytes())?;
    let (mut children, mut layers) = (Budget::new(LIST), Budget::new(LIST));
    let mut annotations = Budget::new(ANNOTATIONS);
    let is_image = |descriptor: &Descriptor| {
        descriptor.media_type.ends_with("image.config.v1+json")
            || descriptor.media_type.ends_with("container.image.v1+json")
    };
    let config = raw
        .config
        .filter(is_image)
        .and_then(|descriptor| descriptor.digest.parse().ok());
    let (text, escaped) = document(&manifest.text, TEXT);
    let mut view = ManifestView {
        media_type: annotations.text(&manifest.media_type),
        raw: text,
        size: manifest.text.len() as u64,
        escaped,
        children: {
            let all = First::of(raw.manifests, &mut children);
            let shown = children.list(all, |budget, descriptor| child(descriptor, budget));
            shown.into_iter().flatten().collect()
        },
        layers: {
            let all = First::of(raw.layers, &mut layers);
            layers.list(all, |budget, descriptor| layer(descriptor, budget))
        },
        annotations: {
            let all = FirstPairs::of(raw.annotations, &mut annotations);
            annotations.pairs(all)
        },
        subject: raw.subject.and_then(|subject| subject.digest.parse().ok()),
        cut: pruned,
    };
    for budget in [children, layers, annotations] {
        view.cut = view.cut.saturating_add(budget.cut());
    }
    Some(ManifestParts { view, config })
}

/// The images of an index, as the inventory keeps them for its lists; none when it is no manifest.
pub(crate) fn read_children(manifest: &Manifest) -> Option<Vec<ChildView>> {
    let (raw, _) = json::read::<Raw>(manifest.text.as_bytes())?;
    let mut budget = Budget::new(LIST);
    let all = First::of(raw.manifests, &mut budget);
    let kept = all.into_iter().take(KEPT_CHILDREN);
    let mut kept: Vec<_> = kept
        .filter_map(|descriptor| child(descriptor, &mut budget))
        .collect();
    kept.shrink_to_fit();
    Some(kept)
}

fn child(descriptor: Descriptor, budget: &mut Budget) -> Option<ChildView> {
    let annotations = descriptor.annotations.as_ref();
    let role = annotations.and_then(|all| all.get("vnd.docker.reference.type"));
    let role = role.or(descriptor.artifact_type.as_ref());
    budget.spend(CHILD);
    Some(ChildView {
        digest: descriptor.digest.parse().ok()?,
        role: role.map(|role| budget::visible(role, ROLE).0),
        platform: descriptor.platform.and_then(RawPlatform::read),
        size: bytes(descriptor.size),
        scan: Scan::None,
    })
}

fn layer(descriptor: Descriptor, budget: &mut Budget) -> LayerView {
    let mut urls = First::of(descriptor.urls, budget);
    budget.leave_out(urls.len().saturating_sub(LAYER_URLS));
    urls.truncate(LAYER_URLS);
    LayerView {
        digest: budget.text(&descriptor.digest),
        size: bytes(descriptor.size),
        media_type: budget.text(&descriptor.media_type),
        created_by: None,
        // Those that may not be linked are shown all the same: they are why somebody looks here.
        urls: budget.list(urls, |budget, url| budget.text(&url)),
    }
}

/// A size as claimed: what is negative or no number counts as nothing.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, which is what is wanted of a claim"
)]
fn bytes(claimed: f64) -> u64 {
    claimed as u64
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
    fn an_index_names_its_platforms() {
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
    fn claims_of_any_size_and_urls_of_any_kind_are_only_shown() {
        let text = r#"{"layers":[{"digest":"x","size":-5,"urls":["javascript:alert(1)"]},{"digest":"y","size":1e300}],"annotations":null}"#;
        let layers = manifest(text).unwrap().view.layers;
        assert_eq!((layers[0].size, layers[1].size), (0, u64::MAX));
        assert_eq!(layers[0].urls, ["javascript:alert(1)"]);
        assert!(manifest("[]").is_none());
        assert!(manifest("not json").is_none());
    }
}
