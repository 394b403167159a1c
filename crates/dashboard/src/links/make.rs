//! Creating a link.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use access::{RequestOrigin, Viewer, now};
use model::{
    AccountId, Action, Problem, Section, Timestamp,
    audit::Event,
    link::{
        LinkBearer, LinkChoices, LinkShows, LinkTarget, MadeLink, NOTE_LENGTH, NewLink, Shared,
        SharedPart, SharedView, lifetime,
    },
};
use store::{
    audit,
    links::{LinkLimits, LinkToKeep, StoredKey},
    stored::frozen,
};

use super::{LinkSettings, Links, Unmade, bearer, entry, hide, scope_argument, tags, token::Token};
use crate::Refusal;

/// A request for the shortest lifetime may have taken this many seconds to arrive.
const ON_THE_WAY: i64 = 60;

/// How long creating a link waits for ECR to return the current state.
const WAIT_FOR_READING: Duration = Duration::from_secs(8);

impl Links {
    /// The choices that a viewer has when they create a link.
    ///
    /// # Errors
    /// As the target's page.
    pub async fn choices(
        &self,
        viewer: &Viewer,
        target: &LinkTarget,
    ) -> Result<LinkChoices, Refusal> {
        self.with_links()?;
        let shown = self.look_at_target(viewer, target, 1).await?;
        let opened = self.catalog.open(viewer, &target.repository).await?;
        let sees = |bearer: &LinkBearer| {
            bearer::among(&viewer.teams, bearer, &viewer.id, &viewer.name)
                .is_some_and(|alone| opened.shows_to(&alone))
        };
        let bearers = viewer.actors().map(|(team, actor)| LinkBearer {
            team: team.name.clone(),
            principal: actor.principal().clone(),
        });
        Ok(LinkChoices {
            target: target.clone(),
            bearers: bearers.filter(sees).collect(),
            live: self.live_links.of(&opened).await?,
            longest: self.settings.longest,
            may_show: LinkShows {
                environment: self.settings.may_show.environment && has_environment(&shown),
                ..self.settings.may_show
            },
            now: now(),
        })
    }

    /// Creates a link.
    ///
    /// # Errors
    /// [`Unmade`]. No link is then created.
    pub async fn make(
        &self,
        viewer: &Viewer,
        request_origin: &RequestOrigin,
        new: &NewLink,
    ) -> Result<MadeLink, Unmade> {
        self.with_links()?;
        check(new, now(), self.settings)?;
        let alone = bearer::among(&viewer.teams, &new.bearer, &viewer.id, &viewer.name)
            .ok_or(Refusal::NotFound)?;
        self.has_room_for_one(viewer).await?;
        let is_anew = self.read_anew(&alone, &new.target).await?;
        let made = now();
        // The gate decides again, with the policies that were just read. The target of a link
        // without saved content must also exist.
        let shown = self.look_at_target(&alone, &new.target, 1).await?;
        let opened = self.catalog.open(&alone, &new.target.repository).await?;
        let list = opened.ask_list();
        let list = list.map_err(|denial| Refusal::Withheld(denial.action()))?;
        let action = list.action();
        let kept = if new.moment.keeps() {
            let (accounts, shows) = (self.accounts_of(&opened), new.shows);
            let inventory = Arc::clone(&self.catalog.inventory);
            let seen_at = shown.as_of().filter(|_| !is_anew);
            let freezing = move || {
                let tags = matches!(shown, SharedView::Repository { .. })
                    .then(|| inventory.all_tags(&list).value);
                let shared = freeze(&accounts, shows, shown)?;
                let tags = tags.map(tags::keep);
                Ok::<_, Unmade>(frozen::write(Shared {
                    tags,
                    seen_at,
                    ..shared
                })?)
            };
            Some(self.catalog.work.run(&viewer.id, freezing).await?)
        } else {
            None
        };
        let token = Token::generate();
        let (id, secret) = (token.id(), token.hash());
        let keeping = LinkToKeep {
            key: StoredKey {
                id: &id,
                secret: &secret,
            },
            link: new,
            maker: &viewer.id,
            made,
            frozen: kept.as_ref(),
        };
        let limits = LinkLimits {
            longest: self.settings.longest,
            per_person: self.settings.per_person,
        };
        // The link and its row in the log are stored together, or neither is.
        let entry = made_entry(viewer, request_origin, new, &id, action);
        let row = self.store.keep_link(&keeping, limits, &entry).await?;
        Ok(MadeLink {
            row: row.ok_or(Unmade::TooMany(self.settings.per_person))?,
            token: token.text(),
        })
    }

    /// Fails if the viewer already has the maximum number of live links. This check only avoids
    /// useless readings: the number is checked again when the link is stored.
    async fn has_room_for_one(&self, viewer: &Viewer) -> Result<(), Unmade> {
        let LinkSettings {
            longest,
            per_person,
            ..
        } = self.settings;
        let counting = self.store.count_live_links_of(&viewer.id, now(), longest);
        if counting.await? < per_person {
            Ok(())
        } else {
            Err(Unmade::TooMany(per_person))
        }
    }

    /// Reads the target of a new link again, up to a time limit. Returns whether the images are
    /// current. If not, the link shows the time of its data.
    ///
    /// # Errors
    /// As the target's page, before ECR is called: nothing is read for a viewer who may not see the
    /// target.
    async fn read_anew(&self, alone: &Viewer, target: &LinkTarget) -> Result<bool, Refusal> {
        let opened = self.catalog.open(alone, &target.repository).await?;
        let list = opened.ask_list();
        list.map_err(|denial| Refusal::Withheld(denial.action()))?;
        let is_anew = opened.read_anew(WAIT_FOR_READING).await;
        if opened.ask_list().is_ok() {
            self.read_parts(&opened, target).await;
        }
        Ok(is_anew)
    }
}

/// The row of the audit log for a new link.
fn made_entry(
    viewer: &Viewer,
    request_origin: &RequestOrigin,
    new: &NewLink,
    id: &str,
    action: Action,
) -> audit::Entry {
    let repository = Some(&new.target.repository);
    let bearer = Some(&new.bearer);
    let mut entry = entry(Event::LinkMade, request_origin, id, bearer, repository).by(viewer);
    entry.action = Some(action);
    entry.arguments.extend(scope_argument(&new.target));
    let shows = [
        ("environment", new.shows.environment),
        ("accounts", new.shows.accounts),
    ];
    let shows = shows.into_iter().filter(|(_, shown)| *shown);
    entry.arguments.extend([
        ("moment", new.moment.as_str().to_owned()),
        ("expires", new.expires.rfc3339()),
        ("note", new.note.clone()),
    ]);
    let shows = shows.map(|(what, _)| ("shows", what.to_owned()));
    entry.arguments.extend(shows);
    entry
}

/// Whether there may be environment variables to show. Only the config of an image has them.
fn has_environment(shown: &SharedView) -> bool {
    match shown {
        SharedView::Repository { .. } | SharedView::Tag(_) => false,
        SharedView::Image(detail) => match &detail.config {
            Section::Shown { .. } | Section::Unavailable { .. } => true,
            Section::Absent { .. } | Section::Withheld { .. } => false,
        },
    }
}

/// The content of the target to save, without what is hidden.
fn freeze(
    accounts: &BTreeSet<AccountId>,
    shows: LinkShows,
    mut shown: SharedView,
) -> Result<Shared, Unmade> {
    let mut more = 0;
    if let SharedView::Repository { images, .. } = &mut shown {
        if images.as_of.is_none() {
            let problem = images.problem.unwrap_or(Problem::Unreachable);
            return Err(Refusal::Problem(problem).into());
        }
        let kept = u32::try_from(images.rows.len()).unwrap_or(u32::MAX);
        (images.pages, more) = (1, images.matching.saturating_sub(kept));
    }
    let mut shared = hide::prepare(shown, shows, accounts)?;
    add_images(&mut shared, more);
    Ok(shared)
}

/// Checks that the note is readable, the expiry is within the limits, and the link shows no more
/// than is allowed.
fn check(new: &NewLink, made: Timestamp, settings: LinkSettings) -> Result<(), Unmade> {
    if new.note.chars().count() > NOTE_LENGTH || model::has_hiding(&new.note) {
        return Err(Unmade::Note);
    }
    if new.shows.within(settings.may_show) != new.shows {
        return Err(Unmade::Shows);
    }
    let lasts = new.expires.seconds_since(made);
    if (lifetime::SHORTEST - ON_THE_WAY..=settings.longest).contains(&lasts) {
        Ok(())
    } else {
        Err(Unmade::Expiry)
    }
}

/// Adds the number of images on the pages that are not saved.
fn add_images(shared: &mut Shared, more: u32) {
    let counted = shared.more_of(SharedPart::Images).saturating_add(more);
    shared.more.retain(|(part, _)| *part != SharedPart::Images);
    if counted > 0 {
        shared.more.insert(0, (SharedPart::Images, counted));
    }
}
