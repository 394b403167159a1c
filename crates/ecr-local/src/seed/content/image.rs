//! Single-platform images: a config, layers and their manifest.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Blob, Layer, Manifest, Package, media_type};
use crate::registry::Digest;

/// The format of an image's manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The OCI image specification.
    Oci,
    /// Docker's image manifest version 2, schema 2, as in older builds.
    Docker,
}

/// The inputs of an image. Digests and sizes are derived from it.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// The format of manifest and config.
    pub format: Format,
    /// `amd64` or `arm64`.
    pub architecture: &'static str,
    /// The version of Windows that it runs on (`os.version`). None for Linux.
    pub windows: Option<&'static str>,
    /// When the image was built, UTC.
    pub created: OffsetDateTime,
    /// The command that always runs.
    pub entrypoint: Vec<String>,
    /// `NAME=value` pairs.
    pub env: Vec<String>,
    /// Labels of the config.
    pub labels: BTreeMap<String, String>,
    /// The user that the process runs as.
    pub user: String,
    /// The TCP port that it listens on.
    pub port: Option<u16>,
    /// Base layers first.
    pub layers: Vec<Layer>,
    /// Annotations of the manifest. The Docker format has none.
    pub annotations: BTreeMap<String, String>,
}

impl Recipe {
    /// A recipe with only its layers set.
    pub fn new(
        format: Format,
        architecture: &'static str,
        created: OffsetDateTime,
        layers: Vec<Layer>,
    ) -> Self {
        Self {
            format,
            architecture,
            windows: None,
            created,
            entrypoint: Vec::new(),
            env: vec![
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned(),
            ],
            labels: BTreeMap::new(),
            user: String::new(),
            port: None,
            layers,
            annotations: BTreeMap::new(),
        }
    }

    /// Builds config and manifest.
    pub fn build(self) -> Image {
        let config = self.config();
        self.build_with_config(&config)
    }

    /// Builds the image with a config that the caller has created or changed.
    pub fn build_with_config(self, config: &Value) -> Image {
        let (manifest_type, config_type, layer_type) = match self.format {
            Format::Oci => (
                media_type::OCI_MANIFEST,
                media_type::OCI_CONFIG,
                media_type::OCI_LAYER,
            ),
            Format::Docker => (
                media_type::DOCKER_MANIFEST,
                media_type::DOCKER_CONFIG,
                media_type::DOCKER_LAYER,
            ),
        };
        let config = Blob::json(config);
        let layers: Vec<Value> = self
            .layers
            .iter()
            .map(|layer| layer.blob.descriptor(layer_type))
            .collect();
        let mut manifest = json!({
            "schemaVersion": 2,
            "mediaType": manifest_type,
            "config": config.descriptor(config_type),
            "layers": layers,
        });
        if self.format == Format::Oci && !self.annotations.is_empty() {
            manifest["annotations"] = json!(self.annotations);
        }
        let mut blobs = vec![config];
        blobs.extend(self.layers.into_iter().map(|layer| layer.blob));
        Image {
            platform: platform(self.architecture, self.windows),
            package: Package {
                manifest: Manifest::new(manifest_type, &manifest),
                blobs,
            },
        }
    }

    /// The image configuration as JSON.
    pub fn config(&self) -> Value {
        let created = timestamp(self.created);
        let diff_ids: Vec<Digest> = self.layers.iter().map(|layer| layer.diff_id).collect();
        let mut config = platform(self.architecture, self.windows);
        config["created"] = json!(created);
        config["config"] = self.runtime();
        config["rootfs"] = json!({"type": "layers", "diff_ids": diff_ids});
        config["history"] = json!(self.history(&created));
        config
    }

    fn runtime(&self) -> Value {
        let mut runtime = Map::new();
        runtime.insert("Env".to_owned(), json!(self.env));
        let directory = self.windows.map_or("/srv", |_| r"C:\srv");
        runtime.insert("WorkingDir".to_owned(), json!(directory));
        if !self.entrypoint.is_empty() {
            runtime.insert("Entrypoint".to_owned(), json!(self.entrypoint));
        }
        if !self.labels.is_empty() {
            runtime.insert("Labels".to_owned(), json!(self.labels));
        }
        if !self.user.is_empty() {
            runtime.insert("User".to_owned(), json!(self.user));
        }
        if let Some(port) = self.port {
            runtime.insert(
                "ExposedPorts".to_owned(),
                json!({format!("{port}/tcp"): {}}),
            );
        }
        Value::Object(runtime)
    }

    /// One entry for each layer, and one at the end for the instructions that create none.
    fn history(&self, created: &str) -> Vec<Value> {
        let mut history: Vec<Value> = self
            .layers
            .iter()
            .map(|layer| json!({"created": created, "created_by": layer.created_by}))
            .collect();
        if !self.entrypoint.is_empty() {
            let created_by = format!("ENTRYPOINT {}", json!(self.entrypoint));
            history
                .push(json!({"created": created, "created_by": created_by, "empty_layer": true}));
        }
        history
    }
}

/// A platform, as in configs and indexes.
fn platform(architecture: &str, windows: Option<&str>) -> Value {
    match windows {
        Some(version) => {
            json!({"architecture": architecture, "os": "windows", "os.version": version})
        }
        None => json!({"architecture": architecture, "os": "linux"}),
    }
}

/// A built image for one platform.
#[derive(Clone, Debug)]
pub struct Image {
    /// The platform, as in an index.
    pub platform: Value,
    /// The manifest, the config and the layers.
    pub package: Package,
}

/// A time in the format of configs and annotations, to the second.
pub fn timestamp(moment: OffsetDateTime) -> String {
    moment
        .replace_nanosecond(0)
        .unwrap_or(moment)
        .format(&Rfc3339)
        .unwrap_or_else(|_| "1970-01-01T00:00:00Z".to_owned())
}
