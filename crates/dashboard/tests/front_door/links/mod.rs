//! Share links: who may create them, what they show, and when they do not open.

mod about;
mod configured;
mod forged;
mod frozen;
mod growth;
mod lists;
mod making;
mod moved;
mod recorded;
mod size;
mod stored;
mod tags;
mod up_to_date;

use std::sync::Arc;

use access::{Actor, Identity, Person, PersonId, RequestOrigin, Team, Viewer};
use dashboard::{Closed, Gantry, Unmade};
use model::{
    Digest, Timestamp,
    link::{
        LinkBearer, LinkMoment, LinkScope, LinkShows, LinkTarget, MadeLink, NewLink, Shared,
        SharedNow, SharedPage, SharedView,
    },
};
use serde_json::Value;

use crate::{stores::*, world::*};

const API: &str = "team/api";
const HOUR: i64 = 60 * 60;

/// A registry with one repository, its teams, and a Gantry with a store.
struct Desk<'a> {
    world: World,
    place: &'a Place,
    gantry: Gantry,
    teams: Vec<Arc<Team>>,
}

impl<'a> Desk<'a> {
    /// Creates a repository with these statements in its policy.
    async fn new(place: &'a Place, statements: &[Value]) -> Self {
        let world = World::new().await;
        world.repository(API, statements).await;
        let teams = vec![
            team("developers", &[DEVELOPER, AUDITOR]),
            team("checkout", &[CHECKOUT]),
            team("logistics", &["arn:aws:iam::999988887777:role/logistics"]),
        ];
        let gantry = world.gantry_over(place.open().await, &teams).await;
        let desk = Self {
            world,
            place,
            gantry,
            teams,
        };
        desk.signs_in("ana", &["developers"]).await;
        desk.signs_in("ben", &["checkout"]).await;
        desk.signs_in("farah", &["platform"]).await;
        desk
    }

    /// Starts another process with the same store, which reads the current policies.
    async fn restarts(&mut self) {
        self.gantry = self.another(&self.teams).await;
    }

    async fn another(&self, teams: &[Arc<Team>]) -> Gantry {
        self.world.gantry_over(self.place.open().await, teams).await
    }

    /// Pushes an image, and lets Gantry read the current state.
    async fn pushes(&mut self, content: &str, tag: &str) -> Digest {
        let digest = self.world.push(API, content, tag).await;
        self.restarts().await;
        digest
    }

    /// A person signs in with these groups.
    async fn signs_in(&self, who: &str, groups: &[&str]) {
        let person = Person {
            id: PersonId::new("tests", who),
            name: who.to_uppercase(),
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        };
        self.gantry.store().remember(&person).await.unwrap();
    }

    /// A signed-in person in these teams.
    fn person(&self, who: &str, teams: &[&str]) -> Viewer {
        let theirs = self
            .teams
            .iter()
            .filter(|team| teams.contains(&team.name.as_str()));
        Viewer {
            id: PersonId::new("tests", who),
            name: who.to_uppercase().into(),
            teams: theirs.cloned().collect(),
            admin: who == "farah",
        }
    }

    fn ana(&self) -> Viewer {
        self.person("ana", &["developers"])
    }

    fn ben(&self) -> Viewer {
        self.person("ben", &["checkout"])
    }

    fn farah(&self) -> Viewer {
        self.person("farah", &[])
    }

    /// Ana creates a link.
    async fn makes(&self, new: NewLink) -> MadeLink {
        self.tries(&self.ana(), new).await.unwrap()
    }

    async fn tries(&self, who: &Viewer, new: NewLink) -> Result<MadeLink, Unmade> {
        self.gantry.links.make(who, &request_origin(), &new).await
    }

    /// A visitor opens a link.
    async fn opens(&self, made: &MadeLink) -> Result<SharedPage, Closed> {
        open(&self.gantry, &request_origin(), &made.token, 1).await
    }
}

const CHECKOUT: &str = "arn:aws:iam::111122223333:role/checkout";

fn team(name: &str, principals: &[&str]) -> Arc<Team> {
    let actor = |arn: &&str| Actor::new(arn.parse().unwrap(), [], None).unwrap();
    Arc::new(Team {
        name: name.parse().unwrap(),
        groups: vec![name.to_owned()],
        actors: principals.iter().map(actor).collect(),
        identity: Identity::None,
    })
}

fn request_origin() -> RequestOrigin {
    RequestOrigin {
        address: Some("203.0.113.77".parse().unwrap()),
        request: "0001".into(),
    }
}

fn in_hours(hours: i64) -> Timestamp {
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    Timestamp(i64::try_from(now.as_secs()).unwrap() + hours * HOUR)
}

/// A link to a scope with the defaults of the form: as the developer, both states, everything
/// hidden.
fn link(scope: LinkScope) -> NewLink {
    NewLink {
        target: LinkTarget {
            repository: repository_at(API),
            scope,
        },
        moment: LinkMoment::Both,
        shows: LinkShows::default(),
        note: "INC-4711".to_owned(),
        expires: in_hours(24),
        bearer: bearer("developers", DEVELOPER),
    }
}

fn bearer(team: &str, principal: &str) -> LinkBearer {
    LinkBearer {
        team: team.parse().unwrap(),
        principal: principal.parse().unwrap(),
    }
}

fn to_tag(text: &str) -> LinkScope {
    LinkScope::Tag(tag(text))
}

/// The digests that a page shows: the saved one, and the current one.
fn digests(page: &SharedPage) -> (Option<&Digest>, Option<&Digest>) {
    (
        page.frozen.as_ref().map(digest_of),
        now(page).map(digest_of),
    )
}

/// The current state that a page shows.
fn now(page: &SharedPage) -> Option<&Shared> {
    match page.live.as_ref()? {
        SharedNow::There(shared) => Some(shared),
        SharedNow::Gone(_) | SharedNow::Problem(_) => None,
    }
}

fn digest_of(shared: &Shared) -> &Digest {
    match &shared.view {
        SharedView::Tag(detail) => &detail.image.digest,
        SharedView::Image(detail) => &detail.image.digest,
        SharedView::Repository { images, .. } => &images.rows[0].digest,
    }
}

fn is_gone(answer: &Result<SharedPage, Closed>) -> bool {
    matches!(answer, Err(Closed::Gone))
}

on_each_store! {
    async fn a_link_shows_the_saved_and_the_current_state(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let then = desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        assert_eq!(made.row.bearer, bearer("developers", DEVELOPER));
        let now = desk.pushes("two", "prod").await;
        let page = desk.opens(&made).await.unwrap();
        assert_eq!(digests(&page), (Some(&then), Some(&now)));
        assert_eq!((page.note.as_str(), page.maker_name.as_str()), ("INC-4711", "ANA"));
        assert_eq!(page.expires, made.row.expires);
    }

    async fn each_scope_and_moment_shows_its_own_content(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let digest = desk.pushes("one", "prod").await;
        for scope in [LinkScope::Repository, to_tag("prod"), LinkScope::Image(digest.clone())] {
            for (moment, frozen, live) in [
                (LinkMoment::Frozen, true, false),
                (LinkMoment::Live, false, true),
                (LinkMoment::Both, true, true),
            ] {
                let made = desk.makes(NewLink { moment, ..link(scope.clone()) }).await;
                let page = desk.opens(&made).await.unwrap();
                assert_eq!(page.target.scope, scope);
                let (then, now) = digests(&page);
                assert_eq!((then, now), (frozen.then_some(&digest), live.then_some(&digest)));
                assert_eq!((page.frozen.is_some(), page.live.is_some()), (frozen, live));
            }
        }
    }

    async fn a_deleted_target_is_reported_next_to_the_saved_state(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        let image = aws_sdk_ecr::types::ImageIdentifier::builder().image_tag("prod").build();
        let delete = desk.world.ecr.batch_delete_image().repository_name(API).image_ids(image);
        delete.send().await.unwrap();
        desk.restarts().await;
        let page = desk.opens(&made).await.unwrap();
        assert!(page.frozen.is_some());
        // This process has not seen the tag, so it does not know when the tag was deleted.
        assert_eq!(page.live, Some(SharedNow::Gone(None)));
    }

    async fn a_view_is_counted_with_the_visitors_network(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        assert_eq!((made.row.views, &made.row.viewed), (0, &None));
        for _ in 0..3 {
            desk.opens(&made).await.unwrap();
        }
        let list = desk.gantry.links.list(&desk.ana(), &Default::default()).await.unwrap();
        let row = &list.page.rows[0];
        assert_eq!(row.views, 1, "reloading the page within a minute is one view");
        let (at, network) = row.viewed.clone().unwrap();
        assert!(at >= made.row.made);
        assert_eq!(network.as_deref(), Some("203.0.113.0/24"));
        assert!(!place.ask("SELECT viewed_from FROM link").await[0].contains("113.77"));
    }

    async fn a_view_that_cannot_be_counted_is_not_shown(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        let full = if place.url.is_shared() {
            "ALTER TABLE link ADD CONSTRAINT disk_full CHECK (views < 1)"
        } else {
            "CREATE TRIGGER disk_full BEFORE UPDATE ON link BEGIN SELECT RAISE(ABORT, 'full'); END"
        };
        place.say(full).await;
        assert!(matches!(desk.opens(&made).await, Err(Closed::Store(_))));
    }

    async fn replicas_share_links(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let other = desk.another(&desk.teams).await;
        let made = desk.makes(link(to_tag("prod"))).await;
        open(&other, &request_origin(), &made.token, 1).await.unwrap();
        let which = model::link::LinkSelection::These(vec![made.row.id.clone()]);
        assert_eq!(other.links.revoke(&desk.ana(), &request_origin(), &which).await.unwrap(), 1);
        assert!(is_gone(&desk.opens(&made).await));
    }
}

/// How many live links the repository's page counts.
async fn live_links(
    desk: &Desk<'_>,
    viewer: &Viewer,
    repository: &str,
) -> Result<Option<u32>, dashboard::Refusal> {
    let (repository, query) = (
        repository_at(repository),
        model::query::ImageQuery::default(),
    );
    let page = desk.gantry.repositories.page(viewer, &repository, &query);
    page.await.map(|page| page.live_links)
}
