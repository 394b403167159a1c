//! Why a question has no answer.

use model::{Action, Problem};
use store::StoreError;
use thiserror::Error;

/// Why a question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is no such thing, or nothing of it is granted: the two look the same on purpose.
    #[error("no such registry, repository, tag or image for this viewer")]
    NotFound,
    /// It is there, and the viewer holds a grant on it, but not for this action.
    #[error("{0} is not granted")]
    Withheld(Action),
    /// The registries have not been read once since the start: nobody is told yet whether there is a
    /// repository of any name. Trying again in a moment helps.
    #[error("the registries are still being read")]
    StillReading,
    /// The policies that last granted the repository to the viewer are too old to grant anything, and could
    /// not be read again. Trying again may help.
    #[error("the repository's policies could not be read again: {0:?}")]
    Undecided(Problem),
    /// ECR could not be asked.
    #[error("the registry could not be asked: {0:?}")]
    Problem(Problem),
    /// Gantry's own store does not answer: nothing was changed, and trying again may help.
    #[error("the store does not answer")]
    Store,
}

impl From<StoreError> for Refusal {
    /// The log has the driver's words, and nobody else.
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "The store does not answer");
        Self::Store
    }
}
