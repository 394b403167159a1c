//! The initial content of a registry: nothing, a retailer's story, its carrier's few repositories, or the load of a
//! large company.

mod content;
mod demo;
mod large;
#[cfg(test)]
mod tests;

use std::io;

use time::OffsetDateTime;

use crate::registry::{Caller, EcrError, Registry};
use crate::{Options, Seed};

/// Why a registry could not be filled. None of these happens with the current seeds; an error means that the
/// registry's rules have changed and a seed does not follow them.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The registry refused an operation: the seed breaks one of its rules.
    #[error("the registry refused a part of the seed: {0}")]
    Refused(#[from] EcrError),
    /// A layer could not be packed.
    #[error("a layer could not be packed: {0}")]
    Packing(#[from] io::Error),
    /// A policy could not be written as JSON.
    #[error("a policy could not be written: {0}")]
    Policy(#[from] serde_json::Error),
}

/// Fills a registry as the options say. All times are relative to `now`; apart from them, equal options give an equal
/// registry.
///
/// # Errors
/// [`SeedError`], if the registry refuses the seed's content.
pub fn seed(registry: &Registry, options: &Options, now: OffsetDateTime) -> Result<(), SeedError> {
    match options.seed {
        Seed::Empty => Ok(()),
        Seed::Demo => demo::seed(registry, now, options.seed_rng),
        Seed::Partner => demo::seed_partner(registry, now, options.seed_rng),
        Seed::Large => large::seed(registry, now, options.seed_rng),
    }
}

/// The caller that sets the seeds' policies: the administrator of the account.
fn owner_of(registry: &Registry) -> Caller {
    let account = &registry.home().account;
    Caller {
        account: account.clone(),
        arn: format!(
            "arn:{}:iam::{account}:user/administrator",
            registry.partition()
        ),
        user_id: "AIDAEXAMPLEADMINISTRA".to_owned(),
    }
}
