use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::Digest;

/// Makes the bytes of one blob on demand, so that a large registry need not hold them.
///
/// The same recipe must make the same bytes each time: its digest was computed from them once.
pub trait Recipe: fmt::Debug + Send + Sync {
    /// How many bytes [`Recipe::bytes`] returns.
    fn size(&self) -> u64;

    /// The blob's bytes.
    fn bytes(&self) -> Bytes;
}

/// What a blob consists of. Cloning shares the bytes.
#[derive(Clone, Debug)]
pub enum Content {
    /// Bytes held in memory.
    Bytes(Bytes),
    /// Bytes made again for each reader.
    Generated(Arc<dyn Recipe>),
}

impl Content {
    /// The size in bytes, without making them.
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

    /// The SHA-256 of the bytes. Makes them if they are generated, which may be slow.
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
