use std::fmt;

use super::{EcrError, Images};

/// Fills a repository the first time somebody looks at its images.
///
/// A filled repository that nobody has written to since may be emptied to save memory and filled
/// again later, so a generator must produce the same images each time.
pub trait Generator: fmt::Debug + Send + Sync {
    /// Puts the repository's blobs and images into `images`, children before their index.
    ///
    /// # Errors
    /// Whatever [`Images::put`] refuses; the reader then gets a `ServerException`.
    fn fill(&self, images: &mut Images) -> Result<(), EcrError>;
}
