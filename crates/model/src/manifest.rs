//! Manifests and configs of images, as pages show them.

use serde::{Deserialize, Serialize};

use crate::{
    Digest, Timestamp,
    layer::{LayerView, Stored, stored},
    platform::Platform,
    scan::Scan,
};

/// A parsed manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestView {
    /// Its media type.
    pub media_type: String,
    /// The text as it was pushed, with hidden characters as JSON escapes. A long text is cut and ends in an ellipsis.
    pub raw: String,
    /// Bytes of the whole text.
    pub size: u64,
    /// How many characters of the displayed text are escaped.
    pub escaped: u32,
    /// An index's images; empty for an image.
    pub children: Vec<ChildView>,
    /// An image's layers, lowest first; empty for an index.
    pub layers: Vec<LayerView>,
    /// Annotations, in the order of the text. Hostile input: text, never markup.
    pub annotations: Vec<(String, String)>,
    /// The image that an artifact refers to.
    pub subject: Option<Digest>,
    /// Bytes of the config, as the manifest claims. Together with the layers it makes the image's size.
    pub config_size: u64,
    /// How many images, layers and annotations were cut or left out.
    pub cut: u32,
    /// Members with unexpected content, by their place (`layers[0].urls`). All other data is complete.
    pub unread: Vec<String>,
}

impl ManifestView {
    /// The distinct layers whose bytes make the image's size.
    pub fn stored_layers(&self) -> impl Iterator<Item = &LayerView> {
        let stored = stored(&self.layers).into_iter().zip(&self.layers);
        stored.filter_map(|(stored, layer)| (stored == Stored::Here).then_some(layer))
    }
}

/// One image of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildView {
    /// Its digest.
    pub digest: Digest,
    /// Its platform. None, or `unknown/unknown`, for attestations that build tools add next to images.
    pub platform: Option<Platform>,
    /// Compressed bytes of the image if the repository's list has them; otherwise of the manifest itself.
    pub size: u64,
    /// Its role if it is not an image, by its annotations or media type (`attestation-manifest`).
    pub role: Option<String>,
    /// Whether it is an index within the index.
    pub is_index: bool,
    /// Its scan. [`Scan::Unreadable`] if the viewer may not see the repository's list of images.
    pub scan: Scan,
}

impl ChildView {
    /// Whether it is an image, and not an artifact about one. Entries without a platform are artifacts that build
    /// tools add next to images, with or without an annotation.
    pub fn is_image(&self) -> bool {
        let is_unknown = self.platform.as_ref().is_some_and(Platform::is_unknown);
        self.role.is_none() && !is_unknown
    }
}

/// A parsed image config.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigView {
    /// The platform it is for.
    pub platform: Option<Platform>,
    /// When it was built, according to the build tool. None also for the fixed times of reproducible builds.
    pub created: Option<Timestamp>,
    /// Who built it, according to the build tool.
    pub author: Option<String>,
    /// Entrypoint.
    pub entrypoint: Vec<String>,
    /// Command.
    pub command: Vec<String>,
    /// User.
    pub user: Option<String>,
    /// Working directory.
    pub working_directory: Option<String>,
    /// Stop signal.
    pub stop_signal: Option<String>,
    /// Environment, in order.
    pub environment: Vec<(String, String)>,
    /// The places in `environment` of the entries without `=`: they set no value, not an empty one.
    pub environment_bare: Vec<u32>,
    /// Whether variables may be missing from the list. Then not all values are known.
    pub environment_cut: bool,
    /// Ports that the image declares.
    pub ports: Vec<String>,
    /// Volumes.
    pub volumes: Vec<String>,
    /// How Docker checks whether a container is healthy: `CMD` or `CMD-SHELL` and the command, or `NONE`. It is not in
    /// the OCI specification, and Amazon ECS and Kubernetes do not use it.
    pub health_check: Vec<String>,
    /// Labels, by key.
    pub labels: Vec<(String, String)>,
    /// The build steps, in order.
    pub history: Vec<HistoryStep>,
    /// How many values were cut or left out because they were too many or too long.
    pub cut: u32,
    /// Members with unexpected content, by their place (`config.Labels["version"]`). All other data is complete.
    pub unread: Vec<String>,
}

/// A build step of an image.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryStep {
    /// When it ran.
    pub created: Option<Timestamp>,
    /// The instruction.
    pub created_by: String,
    /// A comment.
    pub comment: Option<String>,
    /// Whether it created no layer.
    pub empty_layer: bool,
}
