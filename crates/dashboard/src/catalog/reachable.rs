//! Which repositories the policies open to each team, as they were read last.
//!
//! It is worked out in the background whenever a policy or a listing changes, so that a request only looks
//! up a name: a repository that is hidden, one that does not exist and a name that is none take the same
//! work, and none of them a call to ECR. It decides which repositories a list considers, and for whom a
//! policy is read again while they wait. It grants nothing: the gate is asked before anything is shown.

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
use model::{RegistryAlias, RepositoryName};
use tokio_util::sync::CancellationToken;

/// How long changes are gathered: a sweep of policies brings many at once.
const GATHERED: Duration = Duration::from_millis(20);

/// How often decisions that depend on the time are made anew.
const TIMED: Duration = Duration::from_secs(1);

/// Names come first: lists are in this order.
type Key = (RepositoryName, RegistryAlias);

/// The repositories that each configured team reaches.
#[derive(Debug)]
pub(crate) struct Reachable {
    gate: Arc<Gate>,
    inventory: Arc<Inventory>,
    teams: Vec<(Arc<Team>, ArcSwap<Decided>)>,
    /// How many changes of the inventory it rests on.
    up_to: AtomicU64,
    examined: AtomicU64,
}

/// What was decided for one team.
#[derive(Debug, Default)]
struct Decided {
    /// The repositories of which any action is granted.
    reached: BTreeMap<Key, (Arc<RepositoryState>, Reach)>,
    /// The names of those in each registry that has any: a path is looked up in its own registry alone.
    names: BTreeMap<RegistryAlias, BTreeSet<RepositoryName>>,
    /// By which policies each repository was decided, those that are not reached included.
    all: BTreeMap<Key, DecidedBy>,
}

/// By which policies, and what they decided.
type DecidedBy = (Option<Arc<Ruling>>, Reach);

impl Reachable {
    /// Begins to work it out, for as long as nobody says stop.
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

    /// The repository of this name, if the viewer reaches its page.
    pub(crate) fn find(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Option<Arc<RepositoryState>> {
        if viewer.admin {
            return self.inventory.entry(registry, name);
        }
        let key = (name.clone(), registry.clone());
        viewer.teams.iter().find_map(|team| {
            let (entry, reach) = self.of(team).reached.get(&key).cloned()?;
            (reach == Reach::Page).then_some(entry)
        })
    }

    /// The repositories of which any action is granted to the viewer's teams, by name.
    pub(crate) fn entries(&self, viewer: &Viewer) -> Vec<Arc<RepositoryState>> {
        let mut entries = BTreeMap::new();
        for team in &viewer.teams {
            let decided = self.of(team);
            let reached = decided.reached.iter();
            entries.extend(reached.map(|(key, (entry, _))| (key.clone(), Arc::clone(entry))));
        }
        self.count(entries.len());
        entries.into_values().collect()
    }

    /// Whether any action is granted to the viewer's teams on a repository of this registry.
    pub(crate) fn reaches(&self, viewer: &Viewer, registry: &RegistryAlias) -> bool {
        let reaches = |team: &Arc<Team>| self.of(team).names.contains_key(registry);
        viewer.teams.iter().any(reaches)
    }

    /// Whether the viewer's teams reach a repository of this registry in a namespace. It is looked up by how its
    /// members begin: whoever guesses paths makes no work by it.
    pub(crate) fn is_namespace(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        namespace: &RepositoryName,
    ) -> bool {
        // Each part of a name begins with a letter or a digit, of which this is the first.
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

    /// Every repository, by name: for an administrator's review.
    pub(crate) fn all(&self) -> Vec<Arc<RepositoryState>> {
        let mut entries: Vec<_> = self.inventory.entries().collect();
        entries.sort_by(|l, r| (l.name(), l.registry()).cmp(&(r.name(), r.registry())));
        self.count(entries.len());
        entries
    }

    /// How many changes of the inventory it rests on.
    pub(crate) fn up_to(&self) -> u64 {
        self.up_to.load(Ordering::Acquire)
    }

    /// How many repositories lists, searches and counts have considered so far.
    pub(crate) fn examined(&self) -> u64 {
        self.examined.load(Ordering::Relaxed)
    }

    fn count(&self, entries: usize) {
        let entries = u64::try_from(entries).unwrap_or(u64::MAX);
        self.examined.fetch_add(entries, Ordering::Relaxed);
    }

    /// What was decided for a team. One that acts as some of a configured team's principals alone, as
    /// the bearer of a link does, is taken for that one: the gate decides in the end.
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

    /// Works it out anew whenever something has changed.
    async fn keep(self: Arc<Self>) {
        loop {
            let began = Instant::now();
            let working = Arc::clone(&self);
            // Thousands of policies and dozens of teams take a while.
            if let Err(error) = tokio::task::spawn_blocking(move || working.work_out()).await {
                tracing::error!(%error, "Gantry failed unexpectedly while it worked out which repositories each team may see");
            }
            // A fifth of one core at the most.
            tokio::time::sleep(GATHERED.max(began.elapsed() * 4)).await;
            tokio::select! {
                () = self.inventory.changed() => {}
                () = tokio::time::sleep(TIMED) => {}
            }
        }
    }

    fn work_out(&self) {
        // Counted first: what changes meanwhile has it worked out once more.
        let changes = self.inventory.changes();
        for (team, decided) in &self.teams {
            let before = decided.load();
            decided.store(Arc::new(self.decide(team, &before)));
        }
        self.up_to.store(changes, Ordering::Release);
    }

    /// Decides on every repository. What was decided by the same policies before is taken over.
    fn decide(&self, team: &Team, before: &Decided) -> Decided {
        let mut decided = Decided::default();
        for entry in self.inventory.entries() {
            let key = (entry.name().clone(), entry.registry().clone());
            // A policy that nothing can be made of opens its own repository to nobody, and no other.
            let deciding = || self.decide_on(team, &entry, before.all.get(&key));
            let (ruling, reach) =
                panic::catch_unwind(AssertUnwindSafe(deciding)).unwrap_or_else(|_| {
                    tracing::error!(
                        registry.alias = %key.1,
                        repository.name = %key.0,
                        team.name = %team.name,
                        "Gantry failed to evaluate the policies of a repository and hides it from the team"
                    );
                    (None, Reach::Nothing)
                });
            if reach > Reach::Nothing {
                let names = decided.names.entry(key.1.clone()).or_default();
                names.insert(key.0.clone());
                decided.reached.insert(key.clone(), (entry, reach));
            }
            decided.all.insert(key, (ruling, reach));
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
