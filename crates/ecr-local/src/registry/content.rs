use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::Digest;

/// Generates the bytes of one blob on demand, so that a large registry does not have to hold them.
///
/// A recipe must generate the same bytes each time, because its digest is computed only once.
pub trait Recipe: fmt::Debug + Send + Sync {
    /// The number of bytes that [`Recipe::bytes`] returns.
    fn size(&self) -> u64;

    /// The blob's bytes.
    fn bytes(&self) -> Bytes;
}

/// The content of a blob. Cloning shares the bytes.
#[derive(Clone, Debug)]
pub enum Content {
    /// Bytes held in memory.
    Bytes(Bytes),
    /// Bytes generated again for each reader.
    Generated(Arc<dyn Recipe>),
}

impl Content {
    /// The size in bytes, without generating them.
    #[must_use]
    pub fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Generated(recipe) => recipe.size(),
        }
    }

    /// The bytes themselves.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        match self {
            Self::Bytes(bytes) => bytes.clone(),
            Self::Generated(recipe) => recipe.bytes(),
        }
    }

    /// The SHA-256 of the bytes. Generates them if necessary, which may be slow.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(&self.bytes())
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(Bytes::from(bytes))
    }
}
