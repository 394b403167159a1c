use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Digest, EcrError};

/// The format of a manifest: one of the four that ECR stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ManifestKind {
    /// `application/vnd.docker.distribution.manifest.v2+json`
    DockerManifest,
    /// `application/vnd.docker.distribution.manifest.list.v2+json`
    DockerList,
    /// `application/vnd.oci.image.manifest.v1+json`
    OciManifest,
    /// `application/vnd.oci.image.index.v1+json`
    OciIndex,
}

impl ManifestKind {
    const ALL: [Self; 4] = [
        Self::DockerManifest,
        Self::DockerList,
        Self::OciManifest,
        Self::OciIndex,
    ];

    /// The media type of the format.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::DockerManifest => "application/vnd.docker.distribution.manifest.v2+json",
            Self::DockerList => "application/vnd.docker.distribution.manifest.list.v2+json",
            Self::OciManifest => "application/vnd.oci.image.manifest.v1+json",
            Self::OciIndex => "application/vnd.oci.image.index.v1+json",
        }
    }

    /// Whether it contains other manifests instead of a config and layers.
    #[must_use]
    pub const fn is_index(self) -> bool {
        matches!(self, Self::DockerList | Self::OciIndex)
    }

    fn of(media_type: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.media_type() == media_type)
    }
}

/// The parsed parts of a manifest. The bytes themselves are stored unchanged.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The format.
    pub kind: ManifestKind,
    /// The config and the layers that must be in the repository, in the manifest's order.
    pub blobs: Vec<Digest>,
    /// Whether a layer is a tar archive, which containers start from and scanners read.
    pub has_file_system: bool,
    /// The total size of the distinct `blobs` in bytes, according to the manifest.
    pub stated_size: u64,
    /// The manifests in an index.
    pub children: Vec<Digest>,
    /// The media type of the config (`artifactMediaType` in DescribeImages).
    pub config_media_type: Option<String>,
    /// The artifact's type: `artifactType`, or else the config's media type (OCI distribution spec).
    pub artifact_type: Option<String>,
    /// The manifest that this one describes.
    pub subject: Option<Digest>,
    /// The manifest's own annotations.
    pub annotations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ManifestJson {
    schema_version: u32,
    media_type: Option<String>,
    artifact_type: Option<String>,
    config: Option<Descriptor>,
    #[serde(default)]
    layers: Vec<Descriptor>,
    manifests: Option<Vec<Descriptor>>,
    subject: Option<Descriptor>,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    media_type: Option<String>,
    digest: Digest,
    #[serde(default)]
    size: u64,
}

impl Descriptor {
    fn is_archive(&self) -> bool {
        let media_type = self.media_type.as_deref();
        media_type.is_some_and(|media_type| media_type.contains("tar"))
    }

    /// Foreign layers stay with their vendor: a registry does not have to store them.
    fn is_foreign(&self) -> bool {
        self.media_type.as_deref().is_some_and(|media_type| {
            media_type.contains(".foreign.") || media_type.contains(".nondistributable.")
        })
    }
}

impl Manifest {
    /// Parses a manifest. The format is the declared one, or else the one in the manifest.
    ///
    /// # Errors
    /// `InvalidParameterException` if it is not a JSON object of one of the four formats, if neither names the
    /// format, or if the declared format differs from the one in the manifest.
    pub fn parse(bytes: &[u8], declared: Option<&str>) -> Result<Self, EcrError> {
        // Serde would accept a list as an object, with its items as the members in order.
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return Err(EcrError::invalid("imageManifest", "must be a JSON object"));
        }
        let json: ManifestJson = serde_json::from_slice(bytes).map_err(|error| {
            EcrError::invalid("imageManifest", &format!("Invalid JSON syntax: {error}"))
        })?;
        let kind = json.kind(declared)?;
        if kind.is_index() {
            if json.manifests.is_none() {
                return Err(EcrError::invalid(
                    "imageManifest",
                    "an index must have manifests",
                ));
            }
        } else if json.config.is_none() {
            return Err(EcrError::invalid(
                "imageManifest",
                "a manifest must have a config",
            ));
        }
        Ok(json.summary(kind))
    }
}

impl ManifestJson {
    fn kind(&self, declared: Option<&str>) -> Result<ManifestKind, EcrError> {
        if self.schema_version != 2 {
            return Err(EcrError::invalid(
                "imageManifest",
                "schemaVersion must be 2",
            ));
        }
        if let (Some(declared), Some(own)) = (declared, self.media_type.as_deref())
            && declared != own
        {
            return Err(EcrError::invalid(
                "imageManifestMediaType",
                "must equal the mediaType in the manifest",
            ));
        }
        match declared.or(self.media_type.as_deref()) {
            Some(media_type) => ManifestKind::of(media_type).ok_or_else(|| {
                EcrError::invalid("imageManifestMediaType", "must be a supported media type")
            }),
            None => Err(EcrError::invalid(
                "imageManifestMediaType",
                "must be given for a manifest that has no mediaType",
            )),
        }
    }

    fn summary(self, kind: ManifestKind) -> Manifest {
        let config_media_type = self
            .config
            .as_ref()
            .and_then(|config| config.media_type.clone());
        let parts: Vec<&Descriptor> = self
            .config
            .iter()
            .chain(&self.layers)
            .filter(|part| !part.is_foreign())
            .collect();
        let stated: BTreeMap<Digest, u64> =
            parts.iter().map(|part| (part.digest, part.size)).collect();
        Manifest {
            kind,
            blobs: parts.iter().map(|part| part.digest).collect(),
            has_file_system: self.layers.iter().any(Descriptor::is_archive),
            stated_size: stated.into_values().fold(0, u64::saturating_add),
            children: self
                .manifests
                .iter()
                .flatten()
                .map(|child| child.digest)
                .collect(),
            artifact_type: self.artifact_type.or_else(|| config_media_type.clone()),
            config_media_type,
            subject: self.subject.map(|subject| subject.digest),
            annotations: self.annotations,
        }
    }
}
