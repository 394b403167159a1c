//! Which repositories a viewer sees: what every list is made of, remembered for as long as it holds.
//!
//! The gate is asked about every repository that the viewer's teams reach, and about no other: the work is
//! the same whether there are hidden ones or not. The answers are kept until any policy or listing reads
//! differently, or until the first of the policies grows too old, and not a moment longer: nobody sees by
//! a policy that is not in force. What is shown of a repository's images is read anew each time.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{Hash, Hasher},
    sync::Arc,
    time::{Duration, Instant},
};

use access::{Gate, ListGrant, PersonId, RowGrants, Team, Viewer};
use ecr::inventory::{Inventory, RegistryStatus, RepositoryState};
use model::{Problem, RegistryAlias, TeamName, Through, Timestamp, registry::Registries};
use moka::{
    future::Cache,
    ops::compute::{CompResult, Op},
};

use super::{Catalog, reachable::Reachable};

/// How many repositories are remembered, counted once for each set of teams that looks at them.
const REMEMBERED: u64 = 100_000;

/// How long nobody may look before it is let go, and repositories with it that are there no more.
const IDLE: Duration = Duration::from_secs(600);

/// A repository that a viewer sees, and by which grants.
#[derive(Debug)]
pub(crate) struct VisibleRepository {
    pub(crate) entry: Arc<RepositoryState>,
    /// The grants for its images; none in an administrator's review, which shows its name.
    pub(crate) images: Option<RowGrants>,
    /// The teams that it is shown through: all of them, not only the first.
    pub(crate) teams: Vec<TeamName>,
    /// Whether a policy is set; none while that is not known or not to be told.
    pub(crate) policy: Option<bool>,
}

/// How the listings of the registries stand that a viewer knows of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListingState {
    /// Since when the list is as it is. None before the first listing.
    pub(crate) as_of: Option<Timestamp>,
    /// Whether it is still being read.
    pub(crate) incomplete: bool,
    /// Why it is not as new, or the grants are not as many, as it should be.
    pub(crate) problem: Option<Problem>,
}

/// The repositories that a viewer sees.
#[derive(Debug)]
pub(crate) struct Visible {
    pub(crate) repositories: Vec<VisibleRepository>,
    /// The namespaces that occur, in order.
    pub(crate) namespaces: Vec<String>,
    /// The teams that occur, in order.
    pub(crate) teams: Vec<TeamName>,
    /// How many there are of each registry that occurs.
    pub(crate) registries: BTreeMap<RegistryAlias, u32>,
    /// How many changes the inventory had seen before the gate was asked, and on how many of them it
    /// rests which repositories the teams reach.
    changes: (u64, u64),
    /// When the first of the policies that grant something grows too old.
    until: Option<Instant>,
}

impl Visible {
    /// How many they are.
    pub(crate) fn total(&self) -> u32 {
        u32::try_from(self.repositories.len()).unwrap_or(u32::MAX)
    }

    /// The namespaces and the teams that occur, in order: everywhere, or in one registry.
    pub(crate) fn offered(&self, within: Option<&RegistryAlias>) -> (Vec<String>, Vec<TeamName>) {
        let is_within =
            |it: &&VisibleRepository| within.is_none_or(|it_is| it_is == it.entry.registry());
        let repositories = || self.repositories.iter().filter(is_within);
        let namespaces: BTreeSet<_> = repositories()
            .filter_map(|repository| repository.entry.name().namespace())
            .collect();
        let teams: BTreeSet<_> = repositories().flat_map(|it| &it.teams).collect();
        (
            namespaces.into_iter().map(str::to_owned).collect(),
            teams.into_iter().cloned().collect(),
        )
    }
}

/// Whose lists are alike: the same teams see the same.
#[derive(Debug, Clone)]
struct Asker {
    teams: Vec<Arc<Team>>,
    admin: bool,
}

impl Asker {
    /// Whose work it is to find out what they see.
    fn worker(&self) -> PersonId {
        let teams = self.teams.iter().map(|team| team.name.as_str());
        let teams = teams.collect::<Vec<_>>().join(" ");
        PersonId::new("lists", &format!("{teams} ({})", self.admin))
    }

    /// A configured team is one value for as long as somebody holds it, as this does.
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

/// What was found visible, and to whom.
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
        // Many who ask at once wait for one look, which is nobody's own work.
        let (visibility, looks) = (self.visibility(), viewer.clone());
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
            // It is either kept or put there.
            CompResult::StillNone(_) => Arc::new(self.visibility().look(viewer)),
        }
    }

    /// How the listings of these registries stand. Of several, each says by itself why it cannot be read.
    pub(crate) fn listing_state(&self, registries: &Registries) -> ListingState {
        let shown = registries.0.iter().filter(|registry| registry.is_shown());
        let problem = registries
            .failing()
            .find_map(|(_, failure)| failure.problem);
        ListingState {
            as_of: shown.filter_map(|registry| registry.listed).min(),
            incomplete: self.status().iter().any(RegistryStatus::is_being_read),
            problem: problem.filter(|_| !registries.are_several()),
        }
    }

    /// Whether the gate, asked again, would say the same.
    fn holds(&self, visible: &Visible) -> bool {
        visible.changes == self.visibility().changes()
            && visible.until.is_none_or(|until| Instant::now() < until)
    }

    fn visibility(&self) -> Visibility {
        Visibility {
            gate: Arc::clone(&self.gate),
            inventory: Arc::clone(&self.inventory),
            reachable: Arc::clone(&self.reachable),
        }
    }
}

/// What finds out which repositories a viewer sees: thousands of decisions, away from the threads that
/// answer requests.
struct Visibility {
    gate: Arc<Gate>,
    inventory: Arc<Inventory>,
    reachable: Arc<Reachable>,
}

impl Visibility {
    /// How many changes the inventory has seen, and on how many of them it rests who reaches what.
    fn changes(&self) -> (u64, u64) {
        (self.inventory.changes(), self.reachable.up_to())
    }

    /// Asks the gate about every repository that the viewer reaches.
    fn look(&self, viewer: &Viewer) -> Visible {
        // Counted first: a change while the gate is asked makes the answer one to be forgotten.
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
                .entry(repository.entry.registry().clone())
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

    /// A repository as far as the viewer sees it, if at all.
    fn look_at(&self, viewer: &Viewer, entry: Arc<RepositoryState>) -> Option<VisibleRepository> {
        let Ok(images) = self.gate.ask_rows(viewer, entry.policies()) else {
            return viewer.admin.then(|| VisibleRepository {
                policy: is_set(&entry),
                entry,
                images: None,
                teams: Vec::new(),
            });
        };
        let may_read = self.gate.ask_policy(viewer, entry.policies()).is_ok();
        Some(VisibleRepository {
            teams: self.teams_of(viewer, &entry, &images.list),
            policy: is_set(&entry).filter(|_| may_read),
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
                Through::Team { team, .. } => vec![team.clone()],
                Through::Review => Vec::new(),
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

/// Whether a policy is set; none while that is not known.
fn is_set(entry: &RepositoryState) -> Option<bool> {
    let reading = entry.policies().reading();
    let policy = reading.policy.as_ref()?;
    Some(policy.document.text().is_some())
}
