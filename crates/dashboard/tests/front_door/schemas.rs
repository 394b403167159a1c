//! An update preserves the data that every release has stored.
//!
//! Each folder in `crates/store/tests/golden/store/` is a store as a release left it: the
//! migrations up to its number, and rows that the release wrote.
//! `crates/store/migrations/README.md` explains when to add one.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use access::PersonId;
use dashboard::Closed;
use model::link::{LinkMoment, LinkQuery, LinkScope, LinkSelection, SharedView};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, migrate::Migrator};
use store::{
    EndSessions, Store,
    audit::Audit,
    history::{HowKnown, Incarnation, Millis},
};

use crate::{stores::*, world::*};

/// The links of each snapshot: their tokens, their scopes and their moments.
const LINKS: [(&str, Scope, LinkMoment); 4] = [
    (
        "xd3C2AEkPR85U6pXQ1MwLinIA4aaAPnMh3cQfLaf",
        Scope::Repository,
        LinkMoment::Frozen,
    ),
    (
        "XttdAaM4L-0x1gOiRUHyAIOL93h1knUXnglaMrUT",
        Scope::Tag,
        LinkMoment::Both,
    ),
    (
        "1X5jZ3Q4FgOxpA1k_6gtHS_so4xeCqLbde52zGPv",
        Scope::Image,
        LinkMoment::Frozen,
    ),
    (
        "HJALrMeaq6JmbcG2oFfDD6EW4ct7Fa_6tTwT7xjY",
        Scope::Tag,
        LinkMoment::Live,
    ),
];

/// A revoked link.
const REVOKED: &str = "XEelYWW9nRgLW9Cfs1y3psl4gsyb21FTJJYQm3_D";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Repository,
    Tag,
    Image,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path())
}

/// The number at the start of a name.
fn number(path: &Path) -> Option<u32> {
    let name = path.file_name()?.to_str()?;
    name.split('_').next()?.parse().ok()
}

/// The saved stores, oldest first.
fn snapshots() -> Vec<PathBuf> {
    let mut snapshots: Vec<_> = files(&folder("../store/tests/golden/store")).collect();
    snapshots.sort();
    snapshots
}

/// Restores a saved store.
async fn restore(place: &Place, snapshot: &Path) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&place.address).await.unwrap();
    let migrations = Migrator::new(snapshot).await.unwrap();
    migrations.run(&mut connection).await.unwrap();
    let rows = std::fs::read_to_string(snapshot.join("rows.sql")).unwrap();
    let filled = sqlx::raw_sql(AssertSqlSafe(rows)).execute(&mut connection);
    filled.await.unwrap();
    connection.close().await.unwrap();
    // Moves all times to today, because sessions and links end.
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let (now, soon) = (now.as_secs(), now.as_secs() + 3_600);
    place
        .say(&format!("UPDATE session SET used = {now}, ends = {soon}"))
        .await;
    place
        .say(&format!("UPDATE link SET made = {now}, expires = {soon}"))
        .await;
}

/// Opens a saved store, and reads everything in it.
async fn update(place: &Place, snapshot: &Path) {
    restore(place, snapshot).await;
    commanded(place, snapshot).await;
    let release = number(snapshot).unwrap();
    let store = place.open().await;
    signed_in(&store, release).await;
    told(&store, release).await;
    shared(&store, release).await;
    // A second process finds the migrations applied.
    signed_in(&place.open().await, release).await;
}

/// Runs the new release's commands before its first `gantry serve`: the previous release still runs
/// and must be able to start again after a crash.
async fn commanded(place: &Place, snapshot: &Path) {
    place
        .say(
            "INSERT INTO session (id, person, content, used, ends) \
             SELECT 'bbbb', 'tests ben', '{}', used, ends FROM session WHERE id = 'a1a1'",
        )
        .await;
    let (store, schema) = Store::open_existing(&place.url).await.unwrap();
    assert_eq!(schema.found, i64::from(number(snapshot).unwrap()));
    let people = async || store.signed_in(Default::default(), None).await.unwrap();
    assert_eq!(people().await.len(), 2);
    let ben = PersonId::new("tests", "ben");
    let ended = store.end_sessions_by_command(EndSessions::Person(&ben));
    assert_eq!(ended.await.unwrap(), 1);
    assert_eq!(people().await.len(), 1);
    let verified = Audit::new(store.clone()).verify(None).await.unwrap();
    assert_eq!((verified.broken, verified.unsearchable), (None, None));
    store.close().await;
    let applied = "SELECT CAST(version AS TEXT) FROM _sqlx_migrations ORDER BY version DESC";
    let newest: i64 = place.ask(applied).await[0].parse().unwrap();
    assert_eq!(newest, schema.found, "a command changed the tables");
}

async fn signed_in(store: &Store, release: u32) {
    let ana = PersonId::new("tests", "ana");
    let session = store
        .session("a1a1", Default::default())
        .await
        .unwrap()
        .unwrap();
    let person = session.person.unwrap();
    assert_eq!((&person.id, person.name.as_str()), (&ana, "ANA"));
    assert_eq!(person.groups, ["developers", "on-call \"A\" é\\"]);
    let begun = store
        .session("b2b2", Default::default())
        .await
        .unwrap()
        .unwrap();
    assert!(begun.person.is_none() && session.content == "{}");
    // The first release stored secrets of unfinished sign-ins and ID tokens. These people sign in
    // once more.
    let kept = match release {
        1 => "{}",
        _ => r#"{"sign_ins":[{"salt":"s-1","return_to":"/repositories","begun":1795870339}]}"#,
    };
    assert_eq!(begun.content, kept);
    assert!(
        store
            .person(&PersonId::new("tests", "farah"))
            .await
            .unwrap()
            .is_some()
    );
}

/// Releases from 5 on keep the history of tags.
async fn told(store: &Store, release: u32) {
    let of = Incarnation {
        arn: "arn:aws:ecr:eu-central-1:111122223333:repository/team/kept".to_owned(),
        created: 1_795_870_339_123_456_789,
    };
    let history = store.tag_history(&of, &tag("prod"), 10).await.unwrap();
    let Some(history) = history else {
        assert!(release < 5, "the history is gone");
        return;
    };
    let image = |number: u32| format!("sha256:{number:064x}").parse().ok();
    assert_eq!(history.latest, image(2));
    assert_eq!(
        (history.since, history.more),
        (Millis(1_795_870_350_250), 0)
    );
    let [change] = &history.changes[..] else {
        unreachable!("{history:?}")
    };
    assert_eq!((&change.old, &change.new), (&image(1), &image(2)));
    let times = (change.after, change.before);
    let read = (Millis(1_795_870_360_000), Millis(1_795_870_370_250));
    // Releases from 6 on keep events.
    let (known, told) = match release {
        ..6 => (HowKnown::BetweenReadings, read),
        _ => {
            assert_eq!(store.newest_event().await.unwrap(), 3);
            (
                HowKnown::Event,
                (Millis(1_795_870_360_000), Millis(1_795_870_366_250)),
            )
        }
    };
    assert_eq!((change.known, times), (known, told));
    assert_eq!(change.by.is_some(), release >= 6);
    assert_eq!(history.gaps.len(), 1);
}

async fn shared(store: &Store, release: u32) {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let digest = world.push("team/api", "one", "prod").await;
    let ana = viewer(&[DEVELOPER]);
    let gantry = world.gantry_over(store.clone(), &ana.teams).await;
    let verified = gantry.audit.log().verify(None).await.unwrap();
    assert_eq!((verified.broken, verified.unsearchable), (None, None));
    assert!(verified.rows > 10 && verified.cut.is_some());
    let (sessions, _) = gantry.sessions.own(&ana).await.unwrap();
    let origins = sessions
        .iter()
        .map(|session| (session.begun.is_some(), session.network.as_deref()));
    let origins: Vec<_> = origins.collect();
    match release {
        1 => assert_eq!(origins, [(false, None)]),
        _ => assert_eq!(origins, [(true, Some("203.0.113.0/24")), (false, None)]),
    }
    for (token, scope, moment) in LINKS {
        let page = open(&gantry, &request_origin("r"), token, 1).await.unwrap();
        assert_eq!((page.moment, page.note.as_str()), (moment, "INC-4711"));
        assert_eq!(page.frozen.is_some(), moment.keeps());
        let shown = match &page.target.scope {
            LinkScope::Repository => Scope::Repository,
            LinkScope::Tag(_) => Scope::Tag,
            LinkScope::Image(_) => Scope::Image,
        };
        assert_eq!(shown, scope);
        let Some(frozen) = page.frozen else { continue };
        let kept = match &frozen.view {
            SharedView::Repository { images, .. } => &images.rows[0].digest,
            SharedView::Tag(detail) => &detail.image.digest,
            SharedView::Image(detail) => &detail.image.digest,
        };
        assert_eq!(*kept, digest, "{scope:?}");
    }
    let revoked = open(&gantry, &request_origin("r"), REVOKED, 1).await;
    assert!(matches!(revoked, Err(Closed::Gone)), "{revoked:?}");
    let query = LinkQuery {
        everybody: true,
        ended: true,
        ..LinkQuery::default()
    };
    let list = gantry.links.list(&admin(), &query).await.unwrap();
    assert_eq!(list.page.rows.len(), LINKS.len() + 1);
    // The store can still be used: this release writes next to the old rows.
    let all = LinkSelection::Maker(ana.id.as_str().to_owned());
    let revoked = gantry
        .links
        .revoke(&ana, &request_origin("r"), &all)
        .await
        .unwrap();
    assert_eq!(revoked, u64::try_from(LINKS.len()).unwrap());
    let verified = gantry.audit.log().verify(None).await.unwrap();
    assert_eq!(verified.broken, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_release_is_updated_on_sqlite() {
    for snapshot in snapshots() {
        let place = Place::sqlite();
        place
            .run(async |place| update(place, &snapshot).await)
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_release_is_updated_on_postgres() {
    for snapshot in snapshots() {
        let place = Place::postgres().await;
        place
            .run(async |place| update(place, &snapshot).await)
            .await;
    }
}

/// This includes the newest migration: once there is a newer one, the rows of this release can no
/// longer be created.
#[test]
fn every_migration_has_a_snapshot() {
    let migrations: BTreeSet<_> = files(&folder("../store/migrations"))
        .filter_map(|path| number(&path))
        .collect();
    let snapshots: BTreeSet<_> = snapshots().iter().filter_map(|path| number(path)).collect();
    assert_eq!(snapshots, migrations);
}

#[test]
fn a_released_migration_never_changes() {
    for snapshot in snapshots() {
        for kept in files(&snapshot).filter(|path| number(path).is_some()) {
            let name = kept.file_name().unwrap();
            let now = folder("../store/migrations").join(name);
            let (kept, now) = (std::fs::read(&kept).unwrap(), std::fs::read(now).unwrap());
            assert_eq!(kept, now, "{}", name.display());
        }
    }
}
