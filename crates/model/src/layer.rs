//! The layers of an image, and where their bytes are stored.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// A layer of an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerView {
    /// The blob's digest, as written in the manifest.
    pub digest: String,
    /// Compressed bytes, as the manifest claims.
    pub size: u64,
    /// Its media type.
    pub media_type: String,
    /// The instruction that created it, if the config's history has it.
    pub created_by: Option<String>,
    /// Foreign URLs that the manifest names. Never fetched; linked only when http or https.
    pub urls: Vec<String>,
}

impl LayerView {
    /// Whether the layer is stored outside the registry. Its bytes do not count towards the image's size (OCI image
    /// specification, "Non-Distributable Layers"; Docker's foreign layers).
    pub fn is_foreign(&self) -> bool {
        let kinds = [".foreign.", ".nondistributable."];
        kinds.iter().any(|kind| self.media_type.contains(kind))
    }
}

/// Where a layer's bytes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// In the repository.
    Here,
    /// In the repository, together with an equal layer earlier in the list: its number, counted from 1.
    With(usize),
    /// Not in this registry.
    Elsewhere,
}

/// Where the bytes of each layer are stored. A registry stores equal layers once.
pub fn stored(layers: &[LayerView]) -> Vec<Stored> {
    let mut first = HashMap::new();
    let stored = (1_usize..).zip(layers).map(|(number, layer)| {
        if layer.is_foreign() {
            return Stored::Elsewhere;
        }
        match *first.entry(layer.digest.as_str()).or_insert(number) {
            before if before < number => Stored::With(before),
            _ => Stored::Here,
        }
    });
    stored.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_layers_are_stored_once_and_foreign_ones_elsewhere() {
        let layer = |digest: &str, media_type: &str| LayerView {
            digest: digest.into(),
            size: 1,
            media_type: media_type.into(),
            created_by: None,
            urls: Vec::new(),
        };
        let tar = "application/vnd.oci.image.layer.v1.tar";
        let layers = [
            layer("a", "application/vnd.docker.image.rootfs.foreign.diff.tar"),
            layer("b", tar),
            layer("a", tar),
            layer("b", tar),
            layer(
                "c",
                "application/vnd.oci.image.layer.nondistributable.v1.tar",
            ),
        ];
        assert_eq!(
            stored(&layers),
            [
                Stored::Elsewhere,
                Stored::Here,
                Stored::Here,
                Stored::With(2),
                Stored::Elsewhere
            ]
        );
    }
}
