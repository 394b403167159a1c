//! Image content made of real bytes: layers, configs, manifests, indexes and the artifacts that refer to them.
//!
//! Everything here is deterministic. The same input gives the same bytes and so the same digests. Every size and
//! digest in a manifest is correct, so clients that verify what they pull accept it.

mod artifact;
mod chart;
mod image;
mod index;
mod layer;

pub use artifact::{attestation, buildkit_attestation, signature, software_bill_of_materials};
pub use chart::{Chart, chart};
pub use image::{Format, Image, Recipe, timestamp};
pub use index::{Child, index, index_of_descriptors};
pub use layer::Layer;

use bytes::Bytes;
use serde_json::{Value, json};

use crate::registry::Digest;

/// The media types of this registry's content, as defined by the OCI image specification 1.1 and Docker's image
/// manifest version 2, schema 2.
pub mod media_type {
    /// An OCI image manifest.
    pub const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
    /// An OCI image index.
    pub const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
    /// An OCI image configuration.
    pub const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
    /// A gzip-compressed OCI layer.
    pub const OCI_LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
    /// The config of an artifact without one.
    pub const OCI_EMPTY: &str = "application/vnd.oci.empty.v1+json";
    /// A Docker image manifest.
    pub const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
    /// A Docker manifest list.
    pub const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
    /// A Docker image configuration.
    pub const DOCKER_CONFIG: &str = "application/vnd.docker.container.image.v1+json";
    /// A gzip-compressed Docker layer.
    pub const DOCKER_LAYER: &str = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    /// An in-toto statement.
    pub const IN_TOTO: &str = "application/vnd.in-toto+json";
}

/// A piece of content that a manifest refers to.
#[derive(Clone, Debug)]
pub struct Blob {
    /// The digest of exactly `bytes`.
    pub digest: Digest,
    /// The content.
    pub bytes: Bytes,
}

impl Blob {
    /// Wraps bytes and computes their digest.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self {
            digest: Digest::of(&bytes),
            bytes,
        }
    }

    /// The compact JSON text of a value.
    pub fn json(value: &Value) -> Self {
        Self::new(value.to_string())
    }

    /// The content of [`media_type::OCI_EMPTY`]: an empty JSON object.
    pub fn empty() -> Self {
        Self::new("{}")
    }

    /// The descriptor of this blob: media type, digest and size in bytes.
    pub fn descriptor(&self, media_type: &str) -> Value {
        json!({"mediaType": media_type, "digest": self.digest, "size": self.bytes.len()})
    }
}

/// A manifest of any kind, ready to be pushed.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The media type; see [`media_type`].
    pub media_type: &'static str,
    /// The exact bytes that `digest` is computed over.
    pub blob: Blob,
}

impl Manifest {
    /// Creates a manifest from JSON.
    pub fn new(media_type: &'static str, value: &Value) -> Self {
        Self {
            media_type,
            blob: Blob::json(value),
        }
    }

    /// The manifest's digest, which identifies the image.
    pub fn digest(&self) -> Digest {
        self.blob.digest
    }

    /// The descriptor of this manifest for an index or a `subject` field.
    pub fn descriptor(&self) -> Value {
        self.blob.descriptor(self.media_type)
    }
}

/// A manifest together with the blobs that must be pushed before it.
#[derive(Clone, Debug)]
pub struct Package {
    /// The manifest.
    pub manifest: Manifest,
    /// The config first, then the layers. An index has neither.
    pub blobs: Vec<Blob>,
}

impl From<Manifest> for Package {
    /// An index, which needs only other manifests.
    fn from(manifest: Manifest) -> Self {
        Self {
            manifest,
            blobs: Vec::new(),
        }
    }
}
