//! Identifies the policy texts that decided.

use sha2::{Digest as _, Sha256};

use super::Document;

/// The SHA-256 of the policy texts that a grant is based on: the repository policy, then the
/// registry policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PolicyDigest([u8; 32]);

impl PolicyDigest {
    pub(crate) fn of(own: Option<&Document>, registry: Option<&Document>) -> Self {
        let mut hash = Sha256::new();
        for document in [own, registry] {
            let text = document.and_then(Document::text).unwrap_or_default();
            hash.update(text.len().to_be_bytes());
            hash.update(text);
        }
        Self(hash.finalize().into())
    }
}
