//! Which repositories the last policies grant to each team.
//!
//! This is computed in the background whenever a policy or a listing changes, so a request only
//! looks up a name. A hidden repository, one that does not exist and an invalid name cause the same
//! work and no call to ECR. The result decides which repositories a list considers, and for whom a
//! policy is read again while they wait. It is not a grant: the gate decides before anything is
//! shown.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use access::{Gate, Reach, Team, Viewer, policies::Ruling};
use arc_swap::ArcSwap;
use ecr::inventory::{Inventory, RepositoryState};
use model::{RegistryAlias, RepositoryAt, RepositoryName};
use tokio_util::sync::CancellationToken;

/// How long to collect changes, because a sweep of policies causes many at once.
const GATHERED: Duration = Duration::from_millis(20);

/// How often decisions that depend on the time are computed again.
const TIMED: Duration = Duration::from_secs(1);

/// The repositories that each configured team reaches.
#[derive(Debug)]
pub(crate) struct Reachable {
    gate: Arc<Gate>,
    inventory: Arc<Inventory>,
    teams: Vec<(Arc<Team>, ArcSwap<Decided>)>,
    /// The number of inventory changes that the result includes.
    up_to: AtomicU64,
    examined: AtomicU64,
}

/// The decisions for one team.
#[derive(Debug, Default)]
struct Decided {
    /// The repositories on which any action is granted.
    reached: BTreeMap<RepositoryAt, (Arc<RepositoryState>, Reach)>,
    /// The names of these repositories by registry, so that a path is looked up only in its own
    /// registry.
    names: BTreeMap<RegistryAlias, BTreeSet<RepositoryName>>,
    /// The policies and the decision for each repository, including those that are not reached.
    all: BTreeMap<RepositoryAt, DecidedBy>,
}

/// The policies and their decision.
type DecidedBy = (Option<Arc<Ruling>>, Reach);

impl Reachable {
    /// Starts the computation, until the token is cancelled.
    pub(crate) fn start(
        gate: Arc<Gate>,
        inventory: Arc<Inventory>,
        teams: &[Arc<Team>],
        stop: &CancellationToken,
    ) -> Arc<Self> {
        let teams = teams
            .iter()
            .map(|team| (Arc::clone(team), ArcSwap::default()));
        let reachable = Arc::new(Self {
            gate,
            inventory,
            teams: teams.collect(),
            up_to: AtomicU64::new(0),
            examined: AtomicU64::new(0),
        });
        let (keeping, stop) = (Arc::clone(&reachable), stop.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                () = keeping.keep() => {}
            }
        });
        reachable
    }

    /// The repository with this name, if the viewer can see its page.
    pub(crate) fn find(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
    ) -> Option<Arc<RepositoryState>> {
        if viewer.admin {
            return self.inventory.entry(repository);
        }
        viewer.teams.iter().find_map(|team| {
            let (entry, reach) = self.of(team).reached.get(repository).cloned()?;
            (reach == Reach::Page).then_some(entry)
        })
    }

    /// The repositories on which any action is granted to the viewer's teams, by name.
    pub(crate) fn entries(&self, viewer: &Viewer) -> Vec<Arc<RepositoryState>> {
        let mut entries = BTreeMap::new();
        for team in &viewer.teams {
            let decided = self.of(team);
            let reached = decided.reached.iter();
            entries.extend(
                reached.map(|(repository, (entry, _))| (repository.clone(), Arc::clone(entry))),
            );
        }
        self.count(entries.len());
        entries.into_values().collect()
    }

    /// Whether any action is granted to the viewer's teams on a repository of this registry.
    pub(crate) fn reaches(&self, viewer: &Viewer, registry: &RegistryAlias) -> bool {
        let reaches = |team: &Arc<Team>| self.of(team).names.contains_key(registry);
        viewer.teams.iter().any(reaches)
    }

    /// Whether the viewer's teams reach a repository in this namespace of the registry. Uses a
    /// lookup by prefix, so guessing paths causes no extra work.
    pub(crate) fn is_namespace(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        namespace: &RepositoryName,
    ) -> bool {
        // Each component of a name begins with a letter or a digit, and `0` is the first of these.
        let Ok(first) = format!("{namespace}/0").parse::<RepositoryName>() else {
            return false;
        };
        let is_within = |name: &RepositoryName| {
            self.count(1);
            let rest = name.as_str().strip_prefix(namespace.as_str());
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        if viewer.admin {
            let state = self.inventory.registry(registry);
            return state
                .is_some_and(|state| state.next_name(&first).is_some_and(|it| is_within(&it)));
        }
        viewer.teams.iter().any(|team| {
            let decided = self.of(team);
            let names = decided.names.get(registry);
            names.is_some_and(|names| {
                names
                    .range::<RepositoryName, _>(&first..)
                    .next()
                    .is_some_and(is_within)
            })
        })
    }

    /// Every repository, by name, for an administrator's review.
    pub(crate) fn all(&self) -> Vec<Arc<RepositoryState>> {
        let mut entries: Vec<_> = self.inventory.entries().collect();
        entries.sort_by(|left, right| left.repository().cmp(right.repository()));
        self.count(entries.len());
        entries
    }

    /// The number of inventory changes that the result includes.
    pub(crate) fn up_to(&self) -> u64 {
        self.up_to.load(Ordering::Acquire)
    }

    /// How many repositories were examined by lists, searches and counts so far.
    pub(crate) fn examined(&self) -> u64 {
        self.examined.load(Ordering::Relaxed)
    }

    fn count(&self, entries: usize) {
        let entries = u64::try_from(entries).unwrap_or(u64::MAX);
        self.examined.fetch_add(entries, Ordering::Relaxed);
    }

    /// The decisions for a team. A team that is reduced to some of its principals, as for the
    /// bearer of a link, gets those of the configured team, because the gate makes the final
    /// decision.
    fn of(&self, team: &Team) -> Arc<Decided> {
        let is_within = |configured: &Team| {
            let has = |actor: &access::Actor| configured.actor(actor.principal()).is_some();
            configured.name == team.name && team.actors.iter().all(has)
        };
        match self.teams.iter().find(|(kept, _)| is_within(kept)) {
            Some((_, decided)) => decided.load_full(),
            None => Arc::new(self.decide(team, &Decided::default())),
        }
    }

    /// Computes the decisions again after each change.
    async fn keep(self: Arc<Self>) {
        loop {
            let began = Instant::now();
            let working = Arc::clone(&self);
            // Thousands of policies and dozens of teams take a while.
            if let Err(error) = tokio::task::spawn_blocking(move || working.work_out()).await {
                tracing::error!(%error, "Gantry failed unexpectedly while it worked out which repositories each team may see");
            }
            // Uses at most a fifth of one core.
            tokio::time::sleep(GATHERED.max(began.elapsed() * 4)).await;
            tokio::select! {
                () = self.inventory.changed() => {}
                () = tokio::time::sleep(TIMED) => {}
            }
        }
    }

    fn work_out(&self) {
        // Read first, so that a change during the computation causes another one.
        let changes = self.inventory.changes();
        for (team, decided) in &self.teams {
            let before = decided.load();
            decided.store(Arc::new(self.decide(team, &before)));
        }
        self.up_to.store(changes, Ordering::Release);
    }

    /// Decides on every repository. Earlier decisions by the same policies are reused.
    fn decide(&self, team: &Team, before: &Decided) -> Decided {
        let mut decided = Decided::default();
        for entry in self.inventory.entries() {
            let repository = entry.repository().clone();
            // A policy that cannot be evaluated hides its own repository from everyone, and affects
            // no other.
            let deciding = || self.decide_on(team, &entry, before.all.get(&repository));
            let (ruling, reach) =
                panic::catch_unwind(AssertUnwindSafe(deciding)).unwrap_or_else(|_| {
                    tracing::error!(
                        registry.alias = %repository.registry,
                        repository.name = %repository.name,
                        team.name = %team.name,
                        "Gantry failed to evaluate the policies of a repository and hides it from the team"
                    );
                    (None, Reach::Nothing)
                });
            if reach > Reach::Nothing {
                let RepositoryAt { registry, name } = repository.clone();
                decided.names.entry(registry).or_default().insert(name);
                decided.reached.insert(repository.clone(), (entry, reach));
            }
            decided.all.insert(repository, (ruling, reach));
        }
        decided
    }

    fn decide_on(
        &self,
        team: &Team,
        entry: &RepositoryState,
        before: Option<&DecidedBy>,
    ) -> DecidedBy {
        let ruling = self.gate.last_ruling(entry.policies());
        let known = before.filter(|(by, _)| {
            let same = match (by, &ruling) {
                (Some(by), Some(ruling)) => Arc::ptr_eq(by, ruling),
                (by, ruling) => by.is_none() && ruling.is_none(),
            };
            same && !ruling
                .as_ref()
                .is_some_and(|it| self.gate.asks_for_time(it))
        });
        let reach = match (known, &ruling) {
            (Some((_, reach)), _) => *reach,
            (None, Some(ruling)) => self.gate.reach(team, ruling),
            (None, None) => Reach::Nothing,
        };
        (ruling, reach)
    }
}
