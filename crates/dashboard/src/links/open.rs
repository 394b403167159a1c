//! Opening a link.

use std::{net::IpAddr, sync::Arc, time::Duration};

use access::{PersonId, RequestOrigin, SHOW_IMAGES, Viewer, now};
use ecr::inventory::RepositoryState;
use model::{
    Action, Problem, Timestamp,
    audit::Event,
    link::{LinkRow, LinkScope, LinkShows, LinkState, LinkTarget, SharedNow, SharedPage},
};
use moka::future::Cache;
use store::links::StoredLink;

use super::{
    Closed, Links, bearer, entry, hide, look::AGE, scope_argument, shared::shared_page,
    token::Token, withhold::Granted,
};
use crate::{
    Refusal,
    catalog::{Opened, TRIES},
};

/// A link whose token is correct and whose bearer may see the target.
pub struct FoundLink {
    link: StoredLink,
    bearer: Viewer,
}

/// Leaves out the saved content.
impl std::fmt::Debug for FoundLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("FoundLink").field(&self.id()).finish()
    }
}

impl FoundLink {
    /// The public part of the token.
    pub fn id(&self) -> &str {
        &self.link.row.id
    }
}

impl Links {
    /// Finds the link of a token, if its bearer may see the target now. Nothing of the target is
    /// read yet, and no view is counted.
    ///
    /// # Errors
    /// [`Closed`].
    pub async fn find(&self, token: &str) -> Result<FoundLink, Closed> {
        self.with_links().map_err(|_| Closed::Gone)?;
        let token = Token::read(token);
        let longest = self.settings.longest;
        let opens = |secret: Option<&str>| token.opens(secret);
        let found = self.store.link(&token.id(), opens, now(), longest).await?;
        let is_live = |link: &StoredLink| link.row.state == LinkState::Live;
        let link = found.filter(is_live).ok_or(Closed::Gone)?;
        let bearer = self.bearer(&link).ok_or(Closed::Gone)?;
        self.reach(&bearer, &link.row.target).await?;
        Ok(FoundLink { link, bearer })
    }

    /// Opens a link. `page` is the page of images, from 1, and applies to links to a repository.
    ///
    /// # Errors
    /// [`Closed`].
    pub async fn open(
        &self,
        request_origin: &RequestOrigin,
        found: FoundLink,
        page: u32,
    ) -> Result<SharedPage, Closed> {
        let FoundLink { mut link, bearer } = found;
        let showed = link.row.shows;
        link.row.shows = showed.within(self.settings.may_show);
        let link = Arc::new(link);
        for _ in 0..TRIES {
            let before = self.reach(&bearer, &link.row.target).await?.grants();
            let (shared, action) = self.build(&bearer, &link, showed, page).await?;
            // What was read while the policy granted more is not shown.
            let opened = self.reach(&bearer, &link.row.target).await?;
            if opened.grants().keep(&before) {
                self.record_view(request_origin, &link.row, action).await?;
                return Ok(shared);
            }
        }
        Err(Closed::Undecided(Some(Problem::Unexpected)))
    }

    /// The page of a link, and the action that shows it.
    async fn build(
        &self,
        bearer: &Viewer,
        link: &Arc<StoredLink>,
        showed: LinkShows,
        page: u32,
    ) -> Result<(SharedPage, Action), Closed> {
        // The live state comes first, so that the gate decides after everything was read.
        let live = if link.row.moment.looks() {
            Some(self.look_now(bearer, &link.row, page).await?)
        } else {
            None
        };
        let opened = self.reach(bearer, &link.row.target).await?;
        let granted = Granted::to(&opened).map_err(|_| Closed::Gone)?;
        let (action, accounts) = (granted.action(), self.accounts_of(&opened));
        let (inventory, link) = (Arc::clone(&self.catalog.inventory), Arc::clone(link));
        let showing = move || shared_page(&link, showed, &granted, &accounts, live, &inventory);
        let shared = self.catalog.work.run(&bearer.id, showing).await?;
        Ok((shared, action))
    }

    /// The bearer of a link in the current configuration. None if the configuration no longer has
    /// the bearer, or if the creator has left the team according to their last sign-in.
    fn bearer(&self, link: &StoredLink) -> Option<Viewer> {
        let row = &link.row;
        let team = self
            .catalog
            .teams
            .iter()
            .find(|team| team.name == row.bearer.team)?;
        if !team.has_member_of(&link.groups) {
            return None;
        }
        let maker = PersonId::stored(&row.maker);
        // Groups from another provider are not valid for the current one.
        let is_known = |issuer: &Arc<str>| maker.is_of(issuer);
        if !self.issuer.as_ref().is_none_or(is_known) {
            return None;
        }
        // Readings for visitors are not counted for the creator: many visitors do not slow down the
        // creator's own pages.
        let visitor = PersonId::visitors_of(&row.id);
        bearer::among(&self.catalog.teams, &row.bearer, &visitor, &row.maker_name)
    }

    /// Opens a link's repository for its bearer. Who saw nothing of it by the policies as last read waits for nothing.
    async fn reach<'a>(
        &'a self,
        viewer: &'a Viewer,
        target: &LinkTarget,
    ) -> Result<Opened<'a>, Closed> {
        let entry = self.catalog.inventory.entry(&target.repository);
        let gate = &self.catalog.gate;
        let was_shown = |entry: &Arc<RepositoryState>| {
            gate.granted_last(viewer, entry.policies(), &SHOW_IMAGES)
        };
        let is_known = |entry: &Arc<RepositoryState>| gate.last_ruling(entry.policies()).is_some();
        if entry.is_some_and(|entry| is_known(&entry) && !was_shown(&entry)) {
            return Err(self.closed(target));
        }
        match self.catalog.open(viewer, &target.repository).await {
            Ok(opened) if opened.ask_list().is_ok() => Ok(opened),
            Ok(_) | Err(Refusal::NotFound | Refusal::Withheld(_)) => Err(self.closed(target)),
            Err(Refusal::Undecided(problem) | Refusal::Problem(problem)) => {
                Err(Closed::Undecided(Some(problem)))
            }
            Err(Refusal::StillReading | Refusal::Store) => {
                let mut status = self.catalog.status().into_iter();
                match status.find(|registry| registry.alias == target.repository.registry) {
                    // Only other registries are still being read.
                    Some(own) if own.settled => Err(self.closed(target)),
                    own => Err(Closed::Undecided(
                        own.and_then(|own| own.problem.or(own.policy_problem)),
                    )),
                }
            }
        }
    }

    /// Why a link with a correct token shows nothing: the bearer is denied, or no policy was ever
    /// read. If the last policies deny the bearer, the visitor does not learn about an outage,
    /// because that would reveal that the repository still exists.
    fn closed(&self, target: &LinkTarget) -> Closed {
        let entry = self.catalog.inventory.entry(&target.repository);
        let undecided =
            entry.filter(|entry| self.catalog.gate.last_ruling(entry.policies()).is_none());
        match undecided.map(|entry| self.catalog.gate.has_read(entry.policies())) {
            None | Some(Ok(()) | Err(Some(Problem::Gone))) => Closed::Gone,
            Some(Err(problem)) => Closed::Undecided(problem),
        }
    }

    /// The current state of the target, and when ECR returned it: the oldest time, if parts were read at several times.
    async fn look_now(
        &self,
        viewer: &Viewer,
        link: &LinkRow,
        page: u32,
    ) -> Result<(SharedNow, Option<Timestamp>), Closed> {
        let opened = self.reach(viewer, &link.target).await?;
        let parts = if opened.read_recently(AGE).await {
            self.read_parts(&opened, &link.target).await
        } else {
            None
        };
        match self.look_at_target(viewer, &link.target, page).await {
            Ok(view) => {
                let read = view.as_of();
                let read = read.map(|read| parts.map_or(read, |parts| read.min(parts)));
                let accounts = self.accounts_of(&opened);
                let shows = link.shows;
                let hiding = move || hide::prepare(view, shows, &accounts);
                let shared = self.catalog.work.run(&viewer.id, hiding).await?;
                Ok((SharedNow::There(shared), read))
            }
            Err(Refusal::Problem(problem)) => {
                let read = self.listed(&opened);
                Ok((SharedNow::Problem(problem), read))
            }
            Err(Refusal::Undecided(problem)) => Err(Closed::Undecided(Some(problem))),
            Err(Refusal::StillReading | Refusal::Store) => Err(Closed::Undecided(None)),
            // The repository is granted; this is checked again before anything is shown.
            Err(Refusal::NotFound | Refusal::Withheld(_)) => {
                let gone = match (&link.target.scope, opened.ask_list()) {
                    (LinkScope::Tag(tag), Ok(list)) => self.catalog.inventory.gone(&list, tag),
                    _ => None,
                };
                Ok((SharedNow::Gone(gone), self.listed(&opened)))
            }
        }
    }

    /// When ECR returned the images of a repository, if its images are shown to the viewer.
    fn listed(&self, opened: &Opened<'_>) -> Option<Timestamp> {
        let list = opened.ask_list().ok()?;
        self.catalog.inventory.has_read(&list).as_of
    }

    /// Counts and records a view. A view that cannot be recorded is not shown. Reloading the page
    /// again and again writes nothing.
    async fn record_view(
        &self,
        request_origin: &RequestOrigin,
        link: &LinkRow,
        action: Action,
    ) -> Result<(), Closed> {
        let view = (link.id.clone(), request_origin.source());
        let repository = Some(&link.target.repository);
        let mut entry = entry(
            Event::LinkViewed,
            request_origin,
            &link.id,
            Some(&link.bearer),
            repository,
        );
        entry.action = Some(action);
        entry.arguments.extend(scope_argument(&link.target));
        entry.arguments.push(("maker", link.maker.clone()));
        let (store, longest) = (&self.store, self.settings.longest);
        let is_recorded = self.recorded_views.contains_key(&view);
        // Opening a link from very many addresses also writes nothing.
        let goes_on = if is_recorded || self.audit.only_counts(&entry) {
            store.is_live_link(&link.id, now(), longest).await?
        } else {
            let network = request_origin.network();
            let counting = store.count_view(&link.id, network.as_deref(), now(), longest);
            counting.await?
        };
        if !goes_on {
            return Err(Closed::Gone);
        }
        if !is_recorded {
            self.audit.append(entry).await?;
            self.recorded_views.insert(view, ()).await;
        }
        Ok(())
    }
}

/// Views, by link and address, that are already counted and in the audit log.
pub(crate) type RecordedViews = Cache<(String, Option<IpAddr>), ()>;

/// Views of one link from one address within a minute count as one view.
pub(crate) fn no_views_yet() -> RecordedViews {
    Cache::builder()
        .max_capacity(100_000)
        .time_to_live(Duration::from_secs(60))
        .build()
}
