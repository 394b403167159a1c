//! Ending links never blocks the store for long, however much the links save. These tests count
//! work, not time.

use model::link::LinkSelection;

use super::*;
use crate::written::Written;

/// The maximum number of links of one person.
const LINKS: u32 = 300;

/// The maximum number of pages of 4 KiB that one transaction changes while no one else can write.
/// The rows themselves need this many. The saved content of each link needs 32 pages.
const PAGES: u32 = 400;

/// Adds this many copies of a link. Each has 128 KiB of saved content, stored as in this release or
/// as in the previous one.
async fn heavy_copies(place: &Place, made: &MadeLink, by_release_before: bool) {
    let columns = "secret, registry, repository, tag, digest, moment, shows_environment, shows_accounts, \
                   note, maker, team, principal, made, expires, revoked, views";
    let kept = if by_release_before {
        "(SELECT content FROM link_kept LIMIT 1) || hex(zeroblob(65536))"
    } else {
        "'{}'"
    };
    let copy = format!(
        "INSERT INTO link (id, {columns}, frozen) WITH RECURSIVE copy (number) AS \
         (SELECT 1 UNION ALL SELECT number + 1 FROM copy WHERE number < {LINKS}) \
         SELECT 'copy-' || number, {columns}, {kept} FROM copy, link WHERE id = '{}'",
        made.row.id
    );
    assert_eq!(place.say(&copy).await, u64::from(LINKS));
    if !by_release_before {
        let keep = "INSERT INTO link_kept (link, content) \
                    SELECT id, hex(zeroblob(65536)) FROM link WHERE id LIKE 'copy-%'";
        assert_eq!(place.say(keep).await, u64::from(LINKS));
    }
}

async fn revokes(desk: &Desk<'_>, which: LinkSelection) -> u64 {
    let revoked = desk
        .gantry
        .links
        .revoke(&desk.farah(), &request_origin(), &which)
        .await;
    revoked.unwrap()
}

fn assert_small(written: &Written) {
    let pages = written.pages();
    let most = pages.iter().max().unwrap();
    assert!(*most < PAGES, "{most} pages in one of {}", pages.len());
}

/// Where the content is until the links have ended.
const KEPT: &str =
    "SELECT link FROM link_kept UNION ALL SELECT id FROM link WHERE length(frozen) > 1000";

async fn revoking_all_of_a_person(place: &Place) {
    let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    desk.pushes("one", "prod").await;
    let made = desk.makes(link(to_tag("prod"))).await;
    heavy_copies(place, &made, false).await;
    let written = Written::from_now(place).await;
    let which = LinkSelection::Maker(made.row.maker.clone());
    assert_eq!(revokes(&desk, which).await, u64::from(LINKS) + 1);
    assert!(
        is_gone(&desk.opens(&made).await),
        "at once, while the content is still stored"
    );
    let cleared = async {
        while !place.ask(KEPT).await.is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), cleared)
        .await
        .unwrap();
    assert_small(&written);
}

async fn sweeping_expired_links(place: &Place) {
    let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    desk.pushes("one", "prod").await;
    let made = desk.makes(link(to_tag("prod"))).await;
    heavy_copies(place, &made, false).await;
    place
        .say("UPDATE link SET expires = 1795000000 WHERE id LIKE 'copy-%'")
        .await;
    let written = Written::from_now(place).await;
    desk.gantry.store().sweep_links().await.unwrap();
    assert_eq!(place.ask(KEPT).await, [made.row.id.as_str()]);
    assert_small(&written);
    desk.opens(&made).await.unwrap();
}

/// The previous release stored the content in the rows of links, so each change to a row writes it
/// again.
async fn revoking_links_of_the_previous_release(place: &Place) {
    let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    desk.pushes("one", "prod").await;
    let made = desk.makes(link(to_tag("prod"))).await;
    heavy_copies(place, &made, true).await;
    let before = "UPDATE link SET frozen = (SELECT content FROM link_kept WHERE link = id) WHERE frozen IS NOT NULL \
                  AND id NOT LIKE 'copy-%'";
    assert_eq!(place.say(before).await, 1);
    place.say("DELETE FROM link_kept").await;
    assert!(desk.opens(&made).await.unwrap().frozen.is_some());
    let written = Written::from_now(place).await;
    desk.gantry.store().sweep_links().await.unwrap();
    assert!(desk.opens(&made).await.unwrap().frozen.is_some());
    let which = LinkSelection::Maker(made.row.maker.clone());
    assert_eq!(revokes(&desk, which).await, u64::from(LINKS) + 1);
    assert!(is_gone(&desk.opens(&made).await));
    assert_small(&written);
}

/// More links of a team than one person can have.
async fn revoking_all_of_a_team(place: &Place) {
    let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    desk.pushes("one", "prod").await;
    let made = desk.makes(link(to_tag("prod"))).await;
    heavy_copies(place, &made, false).await;
    let columns = "secret, registry, repository, tag, digest, moment, shows_environment, shows_accounts, \
                   note, maker, team, principal, made, expires, revoked, views";
    let copy = format!(
        "INSERT INTO link (id, {columns}) WITH RECURSIVE copy (number) AS \
         (SELECT 1 UNION ALL SELECT number + 1 FROM copy WHERE number < 10) \
         SELECT id || '-' || number, {columns} FROM copy, link WHERE id LIKE 'copy-%'"
    );
    assert_eq!(place.say(&copy).await, 10 * u64::from(LINKS));
    let written = Written::from_now(place).await;
    let which = LinkSelection::Team("developers".parse().unwrap());
    assert_eq!(revokes(&desk, which).await, 11 * u64::from(LINKS) + 1);
    assert!(is_gone(&desk.opens(&made).await));
    assert_small(&written);
    let live = "SELECT id FROM link WHERE revoked IS NULL";
    assert_eq!(place.ask(live).await, Vec::<String>::new());
}

/// The tests of writes to a SQLite file. PostgreSQL lets others write in the meantime.
macro_rules! in_small_transactions {
    ($($name:ident),+) => {
        mod in_small_transactions {
            use super::*;

            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $name() {
                    Place::sqlite().run(super::$name).await;
                }
            )+
        }
    };
}

in_small_transactions!(
    revoking_all_of_a_person,
    sweeping_expired_links,
    revoking_links_of_the_previous_release,
    revoking_all_of_a_team
);
