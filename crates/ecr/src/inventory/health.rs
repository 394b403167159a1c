//! Whether a registry can be read, since when it cannot, and which call fails.

use std::sync::{MutexGuard, PoisonError};

use access::now;
use model::{AccountId, Timestamp, registry::FailedCall};

use super::RegistryState;

impl RegistryState {
    /// Logs how images of several platforms are shown, which depends on the registry's settings.
    pub(super) fn log_pull_times(&self, leaves: bool) {
        let registry = self.alias();
        if leaves {
            tracing::info!(
                registry.alias = %registry,
                "Gantry's reads leave pull times alone: each image is listed together with its platforms"
            );
        } else {
            tracing::info!(
                registry.alias = %registry,
                "Gantry knows of no exclusion of its role from pull times: each platform of an image is listed by itself"
            );
        }
    }

    /// Records since when the registry cannot be read. Logs when a failure begins and when it ends.
    pub(super) fn note_health(&self) {
        let problem = self
            .listing
            .load()
            .problem
            .or(self.registry_policy.load().problem);
        let registry = self.alias();
        let mut since = self.failing_since();
        match (problem, *since) {
            (Some(problem), None) => {
                *since = Some(now());
                tracing::warn!(
                    registry.alias = %registry,
                    problem = problem.as_str(),
                    "Gantry cannot read the registry and shows what it read before"
                );
            }
            (None, Some(began)) => {
                *since = None;
                tracing::info!(
                    registry.alias = %registry,
                    registry.unreadable_since = %began.utc(),
                    "Gantry can read the registry again"
                );
            }
            _ => {}
        }
        metrics::gauge!("gantry_registry_readable", "registry" => registry.to_string())
            .set(if problem.is_none() { 1.0 } else { 0.0 });
    }

    pub(super) fn failing_since(&self) -> MutexGuard<'_, Option<Timestamp>> {
        self.failing_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The account, from the configuration or from ECR's description of a repository. None if
    /// neither states it.
    pub fn account(&self) -> Option<AccountId> {
        let by_arn = || {
            let entries = self.entries.load();
            let facts = entries.values().next()?.facts();
            AccountId::parse(facts.arn.split(':').nth(4)?)
        };
        self.client.configured_account().or_else(by_arn)
    }

    /// The call that fails while the registry cannot be read.
    pub fn failed_call(&self) -> Option<FailedCall> {
        let operations: &[_] = if self.listing.load().problem.is_some() {
            &["DescribeRepositories"]
        } else {
            &["GetRegistryPolicy", "GetCallerIdentity"]
        };
        self.client.last_failure(operations)
    }
}
