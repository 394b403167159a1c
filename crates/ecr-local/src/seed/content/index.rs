//! Indexes: one name for an image's several platforms.

use serde_json::{Value, json};

use super::{Format, Image, Manifest, media_type};

/// An entry of an index.
#[derive(Clone, Debug)]
pub enum Child<'a> {
    /// An image for its platform.
    Platform(&'a Image),
    /// The attestation manifest that BuildKit adds for a platform's image: an entry for the platform
    /// `unknown/unknown` whose annotations name the image.
    Attestation {
        /// The attestation manifest.
        manifest: &'a Manifest,
        /// The image that it describes.
        image: &'a Image,
    },
}

impl Child<'_> {
    fn descriptor(&self) -> Value {
        match self {
            Self::Platform(image) => {
                let mut descriptor = image.package.manifest.descriptor();
                descriptor["platform"] = image.platform.clone();
                descriptor
            }
            Self::Attestation { manifest, image } => {
                let mut descriptor = manifest.descriptor();
                descriptor["platform"] = json!({"architecture": "unknown", "os": "unknown"});
                descriptor["annotations"] = json!({
                    "vnd.docker.reference.digest": image.package.manifest.digest(),
                    "vnd.docker.reference.type": "attestation-manifest",
                });
                descriptor
            }
        }
    }
}

/// An OCI index, or in the Docker format a manifest list.
pub fn index(format: Format, children: &[Child<'_>]) -> Manifest {
    let descriptors: Vec<Value> = children.iter().map(Child::descriptor).collect();
    index_of_descriptors(format, &descriptors)
}

/// Like [`index`], with entries that the caller has written.
pub fn index_of_descriptors(format: Format, descriptors: &[Value]) -> Manifest {
    let media_type = match format {
        Format::Oci => media_type::OCI_INDEX,
        Format::Docker => media_type::DOCKER_LIST,
    };
    let value = json!({"schemaVersion": 2, "mediaType": media_type, "manifests": descriptors});
    Manifest::new(media_type, &value)
}
