//! Manifests: OCI image manifests and indexes, Docker's manifests (schema 2) and lists.

use std::collections::BTreeMap;

use model::{
    Digest,
    image::{ChildView, LayerView, ManifestView, Platform, Scan},
};
use serde::{Deserialize, Serialize};

use super::{MAX_ENTRIES, http_link, json, shown};
use crate::port::Manifest;

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
    #[serde(default)]
    layers: Vec<Descriptor>,
    #[serde(default)]
    manifests: Vec<Descriptor>,
    subject: Option<Descriptor>,
    #[serde(default)]
    annotations: Annotations,
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
    #[serde(default)]
    annotations: Annotations,
    artifact_type: Option<String>,
    #[serde(default)]
    urls: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct RawPlatform {
    #[serde(default)]
    os: String,
    #[serde(default)]
    architecture: String,
    variant: Option<String>,
}

/// Annotations, by key; `null` stands for none.
type Annotations = Option<BTreeMap<String, String>>;

impl RawPlatform {
    pub(super) fn read(self) -> Option<Platform> {
        let mut cut = 0;
        let mut word = |text: String| shown(&text.chars().take(64).collect::<String>(), &mut cut);
        (!self.os.is_empty() || !self.architecture.is_empty()).then(|| Platform {
            os: word(self.os),
            architecture: word(self.architecture),
            variant: self
                .variant
                .filter(|variant| !variant.is_empty())
                .map(&mut word),
        })
    }
}

/// Takes a manifest apart; none when it is not one.
pub(crate) fn read_manifest(manifest: &Manifest) -> Option<ManifestParts> {
    let (raw, _) = json::read::<Raw>(manifest.text.as_bytes())?;
    let mut cut = 0;
    let is_image = |descriptor: &Descriptor| {
        descriptor.media_type.ends_with("image.config.v1+json")
            || descriptor.media_type.ends_with("container.image.v1+json")
    };
    let config = raw
        .config
        .filter(is_image)
        .and_then(|descriptor| descriptor.digest.parse().ok());
    let view = ManifestView {
        media_type: shown(&manifest.media_type, &mut cut),
        raw: manifest.text.to_string(),
        children: raw
            .manifests
            .into_iter()
            .take(MAX_ENTRIES)
            .filter_map(child)
            .collect(),
        layers: raw
            .layers
            .into_iter()
            .take(MAX_ENTRIES)
            .map(|layer| self::layer(layer, &mut cut))
            .collect(),
        annotations: annotations(raw.annotations, &mut cut),
        subject: raw.subject.and_then(|subject| subject.digest.parse().ok()),
    };
    Some(ManifestParts { view, config })
}

fn child(descriptor: Descriptor) -> Option<ChildView> {
    let mut cut = 0;
    let role = descriptor
        .annotations
        .and_then(|mut all| all.remove("vnd.docker.reference.type"));
    Some(ChildView {
        digest: descriptor.digest.parse().ok()?,
        platform: descriptor.platform.and_then(RawPlatform::read),
        size: bytes(descriptor.size),
        role: role
            .or(descriptor.artifact_type)
            .map(|role| shown(&role, &mut cut)),
        scan: Scan::None,
    })
}

fn layer(descriptor: Descriptor, cut: &mut u32) -> LayerView {
    LayerView {
        digest: shown(&descriptor.digest, cut),
        size: bytes(descriptor.size),
        media_type: shown(&descriptor.media_type, cut),
        created_by: None,
        // Those that may not be linked are shown all the same: they are why somebody looks here.
        urls: descriptor
            .urls
            .iter()
            .take(10)
            .map(|url| http_link(url).unwrap_or_else(|| shown(url, cut)))
            .collect(),
    }
}

fn annotations(raw: Annotations, cut: &mut u32) -> Vec<(String, String)> {
    let pairs = raw.unwrap_or_default().into_iter().take(MAX_ENTRIES);
    pairs
        .map(|(key, value)| (shown(&key, cut), shown(&value, cut)))
        .collect()
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
