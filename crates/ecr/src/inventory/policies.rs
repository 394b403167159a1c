//! Reads the policies that decide who has access.

use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};

use access::{
    PersonId, now,
    policies::{Document, RegistryPolicy, RepositoryPolicy},
};
use model::Problem;
use policy::{CompiledPolicy, PolicyKind, Resource};

use super::{RegistryState, RepositoryState};
use crate::{client::Priority, host::Crawled};

/// When a page is opened, a policy that is older than this, or older than half of the maximum age
/// for grants, is read again in the background.
const AGE_AT_OPENING: Duration = Duration::from_secs(30);

impl RegistryState {
    /// Reads the policies of an opened repository again in the background, if they are not recent.
    pub fn refresh_policies(self: &Arc<Self>, entry: &Arc<RepositoryState>, person: &PersonId) {
        let age = AGE_AT_OPENING.min(self.policy_max_age / 2);
        let is_fresh = entry.reading().is_fresh(age) && self.registry_policy.load().is_fresh(age);
        if is_fresh {
            return;
        }
        self.refresh(
            &self.policy_refreshes,
            |entry| &entry.policy_refresh,
            entry,
            person,
            {
                let (state, entry) = (Arc::clone(self), Arc::clone(entry));
                async move { state.read_policies(&entry, age, Priority::Background).await }
            },
        );
    }

    /// Reads a repository's policies again for a waiting person, unless they were read within
    /// `age`.
    ///
    /// # Errors
    /// If the person does not get a turn in time.
    pub async fn await_policies(
        &self,
        entry: &RepositoryState,
        age: Duration,
        person: &PersonId,
    ) -> Result<(), Problem> {
        let _turn = self.policy_turns.take(person).await?;
        self.read_policies(entry, age, Priority::Interactive).await;
        Ok(())
    }

    async fn read_policies(&self, entry: &RepositoryState, age: Duration, priority: Priority) {
        self.read_registry_policy(age, priority).await;
        self.read_policy(entry, age, priority).await;
    }

    /// Reads the registry policy unless it was read within `age`.
    pub(super) async fn read_registry_policy(&self, age: Duration, priority: Priority) {
        let asked = Instant::now();
        let is_fresh = || self.registry_policy.load().is_fresh(age);
        if is_fresh() {
            return;
        }
        let _flight = self.registry_policy_flight.lock().await;
        // The previous holder of the lock has just tried, so many waiting callers make one call,
        // even if it fails.
        if is_fresh() || self.registry_policy.load().tried_since(asked) {
            return;
        }
        let began = Instant::now();
        let text = self
            .client
            .registry_policy(&self.call, priority)
            .await
            .map(Crawled::enter);
        let scope = self
            .client
            .registry_policy_scope(&self.call, priority)
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
        self.note_health();
        if !same || recovers {
            self.changes.note();
        }
    }

    /// Reads a repository policy unless it was read within `age`.
    pub(super) async fn read_policy(
        &self,
        entry: &RepositoryState,
        age: Duration,
        priority: Priority,
    ) {
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
        let read = self.read_policy_and_tags(entry, priority).await;
        if read.as_ref().err() == Some(&Problem::Gone) {
            self.replace(entry, None);
        }
        entry.set_reading(entry.reading().then(read, began, now()));
    }

    /// Reads a repository policy, and the resource tags if a policy checks them.
    async fn read_policy_and_tags(
        &self,
        entry: &RepositoryState,
        priority: Priority,
    ) -> Result<RepositoryPolicy, Problem> {
        let text = self
            .client
            .repository_policy(&self.call, priority, &entry.repository().name)
            .await?
            .enter();
        let known = entry.reading().policy.clone();
        let same = known
            .as_ref()
            .filter(|known| known.document.text() == text.as_deref());
        let document = match same {
            Some(known) => Arc::clone(&known.document),
            None => Arc::new(Document::read(text, PolicyKind::Repository)),
        };
        let resource = self.resource(entry, &document, priority).await;
        let read = RepositoryPolicy { document, resource };
        let holds_something = known.is_some() || entry.images().as_of().is_some();
        if holds_something && known.is_none_or(|known| *known != read) {
            self.is_still_there(entry, priority).await?;
        }
        Ok(read)
    }

    /// The properties of a repository that policies can check. Tags that cannot be read are
    /// unknown, and what depends on them is not granted.
    async fn resource(
        &self,
        entry: &RepositoryState,
        document: &Document,
        priority: Priority,
    ) -> Resource {
        let facts = entry.facts();
        let region = facts
            .arn
            .split(':')
            .nth(3)
            .map(|region| ("aws:RequestedRegion", region));
        let resource = Resource::new(&facts.arn, None).with(region);
        if !self.asks_for_tags(document) {
            return resource;
        }
        let tags =
            self.client
                .resource_tags(&self.call, priority, &entry.repository().name, &facts.arn);
        let Ok(tags) = tags.await.map(Crawled::enter) else {
            return resource;
        };
        // If two tag keys differ only in case, AWS does not document which one a condition checks.
        let mut keys = HashSet::new();
        let mut folded = tags.iter().map(|(tag, _)| tag.to_ascii_lowercase());
        if !folded.all(|tag| keys.insert(tag)) {
            return resource;
        }
        resource.with_tags(tags.iter().map(|(tag, value)| (&**tag, &**value)))
    }

    /// Checks that a policy, or resource tags, that differ from the known ones belong to the same
    /// repository, and not to one that was created again. The policy of a new repository must not
    /// grant access to data of the old one.
    async fn is_still_there(
        &self,
        entry: &RepositoryState,
        priority: Priority,
    ) -> Result<(), Problem> {
        let described =
            self.client
                .describe_repository(&self.call, priority, &entry.repository().name);
        let facts = described.await?.enter();
        if entry.is_of(&facts) {
            return Ok(());
        }
        self.replace(entry, Some(facts));
        Err(Problem::Gone)
    }

    /// Whether a decision on a repository may depend on its resource tags.
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
