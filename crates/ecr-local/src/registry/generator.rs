use std::fmt;

use super::{EcrError, Images};

/// Fills a repository when its images are first read.
///
/// A filled repository without later writes can be emptied to save memory and filled again, so a generator must
/// produce the same images each time.
pub trait Generator: fmt::Debug + Send + Sync {
    /// Puts the repository's blobs and images into `images`, children before their index.
    ///
    /// # Errors
    /// Any error of [`Images::put`]. The reader then gets a `ServerException`.
    fn fill(&self, images: &mut Images) -> Result<(), EcrError>;
}
