//! Reading the policies that decide who sees what.

use std::{
    collections::HashSet,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use model::Problem;
use policy::{CompiledPolicy, PolicyKind, Resource};

use super::{Crawled, Entry, Shelf, now};
use crate::{
    PersonId,
    gate::{Document, RegistryPolicy, RepositoryPolicy},
    port::Pace,
};

/// Opening a page has a policy read again in the background that is older than this, or than half of
/// what may grant.
const AGE_AT_OPENING: Duration = Duration::from_secs(30);

impl Shelf {
    /// Has the policies of a repository that is opened read again in the background, where they are
    /// older than a moment.
    pub(crate) fn refresh_policies(self: &Arc<Self>, entry: &Arc<Entry>) {
        let age = AGE_AT_OPENING.min(self.policy_max_age / 2);
        let is_fresh = entry.reading().is_fresh(age) && self.registry_policy.load().is_fresh(age);
        if is_fresh || entry.policy_refresh.swap(true, Ordering::AcqRel) {
            return;
        }
        let (shelf, entry) = (Arc::clone(self), Arc::clone(entry));
        tokio::spawn(async move {
            shelf.read_policies(&entry, age, Pace::Background).await;
            entry.policy_refresh.store(false, Ordering::Release);
        });
    }

    /// Reads a repository's policies again for somebody who waits for it, unless they were read within
    /// `age`.
    ///
    /// # Errors
    /// When it is not this person's turn for too long.
    pub(crate) async fn await_policies(
        &self,
        entry: &Entry,
        age: Duration,
        person: &PersonId,
    ) -> Result<(), Problem> {
        let _turn = self.turns.take(person).await?;
        self.read_policies(entry, age, Pace::Interactive).await;
        Ok(())
    }

    async fn read_policies(&self, entry: &Entry, age: Duration, pace: Pace) {
        self.read_registry_policy(age, pace).await;
        self.read_policy(entry, age, pace).await;
    }

    /// Reads the registry's policy unless it was read within `age`.
    pub(super) async fn read_registry_policy(&self, age: Duration, pace: Pace) {
        let asked = Instant::now();
        let is_fresh = || self.registry_policy.load().is_fresh(age);
        if is_fresh() {
            return;
        }
        let _flight = self.registry_policy_flight.lock().await;
        // Whoever held the lock has tried meanwhile: many who wait make one call, also when it fails.
        if is_fresh() || self.registry_policy.load().tried_since(asked) {
            return;
        }
        let began = Instant::now();
        let text = self
            .port
            .registry_policy(&self.call, pace)
            .await
            .map(Crawled::enter);
        let scope = self
            .port
            .registry_policy_scope(&self.call, pace)
            .await
            .enter();
        let reading = self.registry_policy.load().then(
            text.map(|text| RegistryPolicy::read(text, scope)),
            began,
            now(),
        );
        let same = match (&self.registry_policy.load().policy, &reading.policy) {
            (Some(before), Some(after)) => Arc::ptr_eq(before, after),
            (before, after) => before.is_none() && after.is_none(),
        };
        let recovers = self.registry_policy.load().problem.is_some() && reading.problem.is_none();
        self.registry_policy.store(Arc::new(reading));
        if !same || recovers {
            self.changes.note();
        }
    }

    /// Reads a repository's policy unless it was read within `age`.
    pub(super) async fn read_policy(&self, entry: &Entry, age: Duration, pace: Pace) {
        let asked = Instant::now();
        let is_fresh = || entry.reading().is_fresh(age);
        if is_fresh() {
            return;
        }
        let _flight = entry.policy_flight.lock().await;
        if is_fresh() || entry.reading().tried_since(asked) {
            return;
        }
        let began = Instant::now();
        let read = self.read_policy_and_tags(entry, pace).await;
        if read.as_ref().err() == Some(&Problem::Gone) {
            self.replace(entry, None);
        }
        entry.set_reading(entry.reading().then(read, began, now()));
    }

    /// Reads a repository's policy, and the resource tags where some policy asks for them. Tags that
    /// cannot be read are unknown: what hangs on them is not granted.
    async fn read_policy_and_tags(
        &self,
        entry: &Entry,
        pace: Pace,
    ) -> Result<RepositoryPolicy, Problem> {
        let text = self
            .port
            .repository_policy(&self.call, pace, entry.name())
            .await?
            .enter();
        let known = entry
            .reading()
            .policy
            .as_ref()
            .map(|policy| Arc::clone(&policy.document));
        let document = match known {
            Some(known) if known.text() == text.as_deref() => known,
            known => {
                if known.is_some() {
                    self.is_still_there(entry, pace).await?;
                }
                Arc::new(Document::read(text, PolicyKind::Repository))
            }
        };
        let facts = entry.facts();
        let region = facts
            .arn
            .split(':')
            .nth(3)
            .map(|region| ("aws:RequestedRegion", region));
        let mut resource = Resource::new(&facts.arn, None).with(region);
        if self.asks_for_tags(&document)
            && let Ok(tags) = self
                .port
                .resource_tags(&self.call, pace, entry.name(), &facts.arn)
                .await
        {
            let tags = tags.enter();
            // Which of two tags a condition means that differ in case alone, nobody has written down.
            let mut keys = HashSet::new();
            if !tags
                .iter()
                .all(|(tag, _)| keys.insert(tag.to_ascii_lowercase()))
            {
                return Ok(RepositoryPolicy { document, resource });
            }
            resource = resource.with_tags(tags.iter().map(|(tag, value)| (&**tag, &**value)));
        }
        Ok(RepositoryPolicy { document, resource })
    }

    /// Makes sure that a policy that reads differently is of the same repository, and not of one that was
    /// created again: its policy must not open what was read of the one before.
    async fn is_still_there(&self, entry: &Entry, pace: Pace) -> Result<(), Problem> {
        let described = self
            .port
            .describe_repository(&self.call, pace, entry.name());
        let facts = described.await?.enter();
        if entry.is_of(&facts) {
            return Ok(());
        }
        self.replace(entry, Some(facts));
        Err(Problem::Gone)
    }

    /// Whether a decision on a repository may hang on its resource tags.
    fn asks_for_tags(&self, own: &Document) -> bool {
        let registry = self.registry_policy.load();
        let registry = registry
            .policy
            .as_ref()
            .and_then(|policy| policy.in_scope());
        self.identities_ask_for_tags
            || (own.compiled().ok().into_iter().chain(registry))
                .any(CompiledPolicy::asks_for_resource_tags)
    }
}
