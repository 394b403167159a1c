//! Why a request is refused.

use model::{Action, Problem};
use store::StoreError;
use thiserror::Error;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The object does not exist, or nothing of it is granted. The two look the same on purpose.
    #[error("no such registry, repository, tag or image for this viewer")]
    NotFound,
    /// The object exists and the viewer has a grant on it, but not for this action.
    #[error("{0} is not granted")]
    Withheld(Action),
    /// The registries were not read since the start, so no one learns yet whether a repository
    /// exists. Try again shortly.
    #[error("the registries are still being read")]
    StillReading,
    /// The policies that last granted the repository to the viewer are too old to grant anything,
    /// and could not be read again. Trying again may help.
    #[error("the repository's policies could not be read again: {0:?}")]
    Undecided(Problem),
    /// ECR did not answer the request.
    #[error("the registry could not be asked: {0:?}")]
    Problem(Problem),
    /// Gantry's own store does not answer. Nothing was changed; trying again may help.
    #[error("the store does not answer")]
    Store,
}

impl From<StoreError> for Refusal {
    /// Only the log contains the driver's message.
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "The store does not answer");
        Self::Store
    }
}
