//! The demo's story: a retailer with teams for users and products, for orders and for payments, a release manager who
//! promotes tested images to production, and a carrier in a separate account.
//!
//! See [`repositories`] for the repositories, [`access`] for their policies, [`timeline`] for the year of builds, and
//! [`suspicious`] for what a malicious person has pushed.

mod access;
mod base;
mod build_history;
mod lifecycle;
mod people;
mod policy;
mod repositories;
mod seeder;
mod service;
mod spec;
mod suspicious;
mod till;
mod timeline;

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use time::{Duration, OffsetDateTime};

pub use people::{RELEASE_MANAGER, STOREFRONT_DEVELOPER};
pub use policy::{PULL, Policy, SEE, Statement};

use super::{SeedError, owner_of};
use crate::registry::{Registry, ReplicationDestination, ReplicationRule, RepositoryFilter};
use build_history::BuildHistory;
use seeder::{Seeder, moment};
use spec::RepositorySpec;

/// Adds the story's content to a registry.
///
/// # Errors
/// If the registry refuses a part of it.
pub fn seed(registry: &Registry, now: OffsetDateTime, random_seed: u64) -> Result<(), SeedError> {
    set_up(registry, now)?;
    seed_all(repositories::all(), registry, now, random_seed)
}

/// Adds the carrier's content to its own registry.
///
/// # Errors
/// If the registry refuses a part of it.
pub fn seed_partner(
    registry: &Registry,
    now: OffsetDateTime,
    random_seed: u64,
) -> Result<(), SeedError> {
    // A dashboard reads it with a role of the carrier, and must not make images look used.
    let reader = format!("arn:aws:iam::{}:role/gantry", registry.home().account);
    let excluded_at = moment(now - Duration::days(200));
    let mut account = registry.account();
    account.set("BLOB_MOUNTING", "ENABLED")?;
    account.pull_time_exclusions.insert(reader, excluded_at);
    drop(account);
    seed_all(repositories::carriers(), registry, now, random_seed)
}

fn seed_all(
    specs: Vec<RepositorySpec>,
    registry: &Registry,
    now: OffsetDateTime,
    random_seed: u64,
) -> Result<(), SeedError> {
    let owner = owner_of(registry);
    let mut history = BuildHistory::new(now, ChaCha8Rng::seed_from_u64(random_seed));
    let mut seeder = Seeder::new(registry);
    for spec in specs {
        seeder.open(&spec, &owner, now)?;
        history.fill(&spec, &mut seeder)?;
    }
    Ok(())
}

/// Sets up the registry as a whole: its policy, its settings, its replication.
fn set_up(registry: &Registry, now: OffsetDateTime) -> Result<(), SeedError> {
    let registry_wide = access::registry_wide(|name| registry.repository_arn(name));
    registry.set_registry_policy(&registry_wide.text()?)?;
    let mut account = registry.account();
    // Copies between stages share their layers; this setting allows them to be mounted.
    account.set("BLOB_MOUNTING", "ENABLED")?;
    // A scanner that pulls everything each night must not make everything look used. The same is true for a dashboard
    // that runs as the endpoint's default caller.
    for role in ["nightly-scanner", "host"] {
        let role = format!("arn:aws:iam::111122223333:role/{role}");
        let excluded_at = moment(now - Duration::days(200));
        account.pull_time_exclusions.insert(role, excluded_at);
    }
    account.replication.rules = vec![ReplicationRule {
        destinations: vec![ReplicationDestination {
            region: "eu-west-1".to_owned(),
            registry_id: registry.home().account.clone(),
        }],
        repository_filters: vec![RepositoryFilter {
            filter: "prod/".to_owned(),
            filter_type: "PREFIX_MATCH".to_owned(),
        }],
    }];
    Ok(())
}
