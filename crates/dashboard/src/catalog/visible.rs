//! Which repositories a viewer sees. All lists are based on this, and it is cached while it is
//! valid.
//!
//! The gate decides on every repository that the viewer's teams reach, and on no other, so hidden
//! repositories cause no work. The decisions are cached until a policy or a listing changes, or
//! until the first of the policies becomes too old. So a list never uses a policy that is no longer
//! in force. The details of a repository's images are read each time.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{Hash, Hasher},
    sync::Arc,
    time::{Duration, Instant},
};

use access::{Gate, ListGrant, PersonId, RowGrants, Team, Viewer};
use ecr::inventory::{Inventory, RegistryStatus, RepositoryState};
use model::{
    GrantedVia, Problem, RegistryAlias, TeamName, Timestamp, registry::Registries,
    repository::PolicyState,
};
use moka::{
    future::Cache,
    ops::compute::{CompResult, Op},
};

use super::{Catalog, reachable::Reachable};

/// The capacity of the cache, in repositories. A repository counts once for each set of teams that
/// sees it.
const REMEMBERED: u64 = 100_000;

/// Unused entries are dropped after this time, and with them repositories that no longer exist.
const IDLE: Duration = Duration::from_secs(600);

/// A repository that a viewer sees, with the grants for it.
#[derive(Debug)]
pub(crate) struct VisibleRepository {
    pub(crate) entry: Arc<RepositoryState>,
    /// The grants for its images; none in an administrator's review, which shows its name.
    pub(crate) images: Option<RowGrants>,
    /// The teams that it is shown through: all of them, not only the first.
    pub(crate) teams: Vec<TeamName>,
    /// Whether a policy is set. None if that is unknown or the viewer may not know.
    pub(crate) policy: PolicyState,
}

/// The state of the listings of the registries that a viewer knows about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListingState {
    /// The time of the list. None before the first listing.
    pub(crate) as_of: Option<Timestamp>,
    /// Whether the list is still being read.
    pub(crate) incomplete: bool,
    /// Whether repositories may be missing because their policies could not be read. It is the same for everyone.
    pub(crate) may_lack: bool,
    /// Why the list is older, or the grants are fewer, than expected.
    pub(crate) problem: Option<Problem>,
}

/// The repositories that a viewer sees.
#[derive(Debug)]
pub(crate) struct Visible {
    pub(crate) repositories: Vec<VisibleRepository>,
    /// Their namespaces, in order.
    pub(crate) namespaces: Vec<String>,
    /// Their teams, in order.
    pub(crate) teams: Vec<TeamName>,
    /// The number of repositories by registry.
    pub(crate) registries: BTreeMap<RegistryAlias, u32>,
    /// The number of inventory changes before the gate decided, and the number that the reachable
    /// repositories are based on.
    changes: (u64, u64),
    /// When the first of the granting policies becomes too old.
    until: Option<Instant>,
}

impl Visible {
    /// The number of repositories.
    pub(crate) fn total(&self) -> u32 {
        u32::try_from(self.repositories.len()).unwrap_or(u32::MAX)
    }

    /// The namespaces and teams that can be filtered by, in order: of all registries, or of one.
    pub(crate) fn offered(&self, within: Option<&RegistryAlias>) -> (Vec<String>, Vec<TeamName>) {
        let is_within = |it: &&VisibleRepository| {
            within.is_none_or(|within| *within == it.entry.repository().registry)
        };
        let repositories = || self.repositories.iter().filter(is_within);
        let namespaces: BTreeSet<_> = repositories()
            .filter_map(|repository| repository.entry.repository().name.namespace())
            .collect();
        let teams: BTreeSet<_> = repositories().flat_map(|it| &it.teams).collect();
        (
            namespaces.into_iter().map(str::to_owned).collect(),
            teams.into_iter().cloned().collect(),
        )
    }
}

/// The cache key: viewers with the same teams see the same repositories.
#[derive(Debug, Clone)]
struct Asker {
    teams: Vec<Arc<Team>>,
    admin: bool,
}

impl Asker {
    /// The person that the work is counted for.
    fn worker(&self) -> PersonId {
        let teams = self.teams.iter().map(|team| team.name.as_str());
        let teams = teams.collect::<Vec<_>>().join(" ");
        PersonId::new("lists", &format!("{teams} ({})", self.admin))
    }

    /// Teams are compared by address. A configured team keeps its address while anyone holds it, as
    /// this key does.
    fn identity(&self) -> (impl Iterator<Item = *const Team>, bool) {
        (self.teams.iter().map(Arc::as_ptr), self.admin)
    }
}

impl PartialEq for Asker {
    fn eq(&self, other: &Self) -> bool {
        let ((teams, admin), (others, other_admin)) = (self.identity(), other.identity());
        admin == other_admin && teams.eq(others)
    }
}

impl Eq for Asker {}

impl Hash for Asker {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (teams, admin) = self.identity();
        teams.for_each(|team| team.hash(state));
        admin.hash(state);
    }
}

/// The cache of visible repositories.
#[derive(Debug)]
pub(crate) struct Remembered(Cache<Asker, Arc<Visible>>);

impl Remembered {
    pub(crate) fn nothing() -> Self {
        let weight = |_: &Asker, visible: &Arc<Visible>| visible.total().max(1);
        let cache = Cache::builder().weigher(weight).max_capacity(REMEMBERED);
        Self(cache.time_to_idle(IDLE).build())
    }
}

impl Catalog {
    /// The repositories that a viewer sees now.
    pub(crate) async fn visible(&self, viewer: &Viewer) -> Arc<Visible> {
        let asker = Asker {
            teams: viewer.teams.clone(),
            admin: viewer.admin,
        };
        let Remembered(remembered) = &self.remembered;
        let known = remembered.get(&asker).await;
        if let Some(visible) = known.filter(|visible| self.holds(visible)) {
            return visible;
        }
        // Concurrent viewers wait for one computation, which is not counted for any of them.
        let (visibility, looks) = (self.decider(), viewer.clone());
        let worker = asker.worker();
        let looked = remembered.entry(asker).and_compute_with(|kept| async {
            match kept.filter(|kept| self.holds(kept.value())) {
                Some(_) => Op::Nop,
                None => {
                    let looking = move || Arc::new(visibility.look(&looks));
                    Op::Put(self.work.run(&worker, looking).await)
                }
            }
        });
        match Box::pin(looked).await {
            CompResult::Inserted(kept)
            | CompResult::ReplacedWith(kept)
            | CompResult::Unchanged(kept)
            | CompResult::Removed(kept) => kept.into_value(),
            // The entry is either kept or inserted.
            CompResult::StillNone(_) => Arc::new(self.decider().look(viewer)),
        }
    }

    /// The state of the listings of these registries. If there are several, each shows its own
    /// problem.
    pub(crate) fn listing_state(&self, registries: &Registries) -> ListingState {
        let shown = registries.0.iter().filter(|registry| registry.is_shown());
        let problem = registries
            .failing()
            .find_map(|(_, failure)| failure.problem);
        ListingState {
            as_of: shown.filter_map(|registry| registry.listed).min(),
            incomplete: self.status().iter().any(RegistryStatus::is_being_read),
            may_lack: self.status().iter().any(|registry| registry.lacks_policies),
            problem: problem.filter(|_| !registries.are_several()),
        }
    }

    /// Whether the gate would still decide the same.
    fn holds(&self, visible: &Visible) -> bool {
        visible.changes == self.decider().changes()
            && visible.until.is_none_or(|until| Instant::now() < until)
    }

    fn decider(&self) -> Decider {
        Decider {
            gate: Arc::clone(&self.gate),
            inventory: Arc::clone(&self.inventory),
            reachable: Arc::clone(&self.reachable),
        }
    }
}

/// Computes which repositories a viewer sees. This takes thousands of decisions, so it must not run
/// on a thread that answers requests.
struct Decider {
    gate: Arc<Gate>,
    inventory: Arc<Inventory>,
    reachable: Arc<Reachable>,
}

impl Decider {
    /// The number of inventory changes, and the number that the reachable repositories are based
    /// on.
    fn changes(&self) -> (u64, u64) {
        (self.inventory.changes(), self.reachable.up_to())
    }

    /// Asks the gate about every repository that the viewer reaches.
    fn look(&self, viewer: &Viewer) -> Visible {
        // Read first, so that a change during the computation invalidates the result.
        let changes = self.changes();
        let entries = if viewer.admin {
            self.reachable.all()
        } else {
            self.reachable.entries(viewer)
        };
        let lapses = entries
            .iter()
            .filter_map(|entry| self.gate.lapses(entry.policies()));
        let until = lapses.min();
        let repositories: Vec<_> = entries
            .into_iter()
            .filter_map(|entry| self.look_at(viewer, entry))
            .collect();
        let mut registries = BTreeMap::new();
        for repository in &repositories {
            *registries
                .entry(repository.entry.repository().registry.clone())
                .or_default() += 1;
        }
        let mut visible = Visible {
            repositories,
            namespaces: Vec::new(),
            teams: Vec::new(),
            registries,
            changes,
            until,
        };
        (visible.namespaces, visible.teams) = visible.offered(None);
        visible
    }

    /// A repository as the viewer sees it. None if nothing of it is granted.
    fn look_at(&self, viewer: &Viewer, entry: Arc<RepositoryState>) -> Option<VisibleRepository> {
        let Ok(images) = self.gate.ask_rows(viewer, entry.policies()) else {
            return viewer.admin.then(|| VisibleRepository {
                policy: policy_state(&entry),
                entry,
                images: None,
                teams: Vec::new(),
            });
        };
        let may_read = self.gate.ask_policy(viewer, entry.policies()).is_ok();
        Some(VisibleRepository {
            teams: self.teams_of(viewer, &entry, &images.list),
            policy: match may_read {
                true => policy_state(&entry),
                false => PolicyState::Withheld,
            },
            images: Some(images),
            entry,
        })
    }

    fn teams_of(
        &self,
        viewer: &Viewer,
        entry: &RepositoryState,
        list: &ListGrant,
    ) -> Vec<TeamName> {
        if viewer.teams.len() == 1 {
            return match list.through() {
                GrantedVia::Team { team, .. } => vec![team.clone()],
                GrantedVia::Review => Vec::new(),
            };
        }
        let alone = |team: &Arc<Team>| Viewer {
            id: viewer.id.clone(),
            name: viewer.name.clone(),
            teams: vec![Arc::clone(team)],
            admin: false,
        };
        let sees = |team: &&Arc<Team>| {
            let list = self.gate.ask_list(&alone(team), entry.policies());
            list.is_ok()
        };
        viewer
            .teams
            .iter()
            .filter(sees)
            .map(|team| team.name.clone())
            .collect()
    }
}

/// Whether a policy is set, for someone who may read it.
fn policy_state(entry: &RepositoryState) -> PolicyState {
    match &entry.policies().reading().policy {
        None => PolicyState::Unread,
        Some(policy) if policy.document.text().is_some() => PolicyState::Set,
        Some(_) => PolicyState::NotSet,
    }
}
