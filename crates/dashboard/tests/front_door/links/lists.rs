//! The list of links, and revoking links.

use std::collections::BTreeSet;

use dashboard::Refusal;
use model::link::{LinkQuery, LinkSelection, LinkState};

use super::*;

/// Two links of Ana's and one of Ben's.
async fn three(place: &Place) -> (Desk<'_>, [MadeLink; 3]) {
    let mut desk = Desk::new(
        place,
        &[allow(DEVELOPER, &["ecr:*"]), allow(CHECKOUT, &["ecr:*"])],
    )
    .await;
    desk.pushes("one", "prod").await;
    let bens = NewLink {
        bearer: bearer("checkout", CHECKOUT),
        note: "his".to_owned(),
        ..link(LinkScope::Repository)
    };
    let made = [
        desk.makes(link(to_tag("prod"))).await,
        desk.makes(link(LinkScope::Repository)).await,
        desk.tries(&desk.ben(), bens).await.unwrap(),
    ];
    (desk, made)
}

async fn ids(desk: &Desk<'_>, who: &Viewer, query: LinkQuery) -> Vec<String> {
    let list = desk.gantry.links.list(who, &query).await.unwrap();
    let mut ids: Vec<_> = list.page.rows.into_iter().map(|row| row.id).collect();
    ids.sort();
    ids
}

fn of(links: &[&MadeLink]) -> Vec<String> {
    let mut ids: Vec<_> = links.iter().map(|made| made.row.id.clone()).collect();
    ids.sort();
    ids
}

fn everybodys() -> LinkQuery {
    LinkQuery {
        everybody: true,
        ..LinkQuery::default()
    }
}

async fn revokes(desk: &Desk<'_>, who: &Viewer, which: LinkSelection) -> u64 {
    let revoked = desk
        .gantry
        .links
        .revoke(who, &request_origin(), &which)
        .await;
    revoked.unwrap()
}

const DAY: i64 = 24 * HOUR;

/// Adds this many copies of a link, each with this change.
async fn copies(place: &Place, made: &MadeLink, count: u32, change: &str) {
    let columns = "secret, registry, repository, tag, digest, moment, shows_environment, shows_accounts, \
                   note, maker, team, principal, made, expires, revoked, views";
    let copy = format!(
        "INSERT INTO link (id, {columns}) WITH RECURSIVE copy (number) AS \
         (SELECT 1 UNION ALL SELECT number + 1 FROM copy WHERE number < {count}) \
         SELECT 'copy-' || number, {columns} FROM copy, link WHERE id = '{}'",
        made.row.id
    );
    assert_eq!(place.say(&copy).await, u64::from(count));
    if !change.is_empty() {
        let change = format!("UPDATE link SET {change} WHERE id LIKE 'copy-%'");
        assert_eq!(place.say(&change).await, u64::from(count));
    }
}

on_each_store! {
    async fn people_list_their_own_links_and_administrators_list_all(place: &Place) {
        let (desk, [tag, repository, bens]) = three(place).await;
        let own = of(&[&tag, &repository]);
        assert_eq!(ids(&desk, &desk.ana(), LinkQuery::default()).await, own);
        assert_eq!(ids(&desk, &desk.ana(), everybodys()).await, own);
        assert_eq!(ids(&desk, &desk.ben(), everybodys()).await, of(&[&bens]));
        assert_eq!(ids(&desk, &desk.farah(), LinkQuery::default()).await, Vec::<String>::new());
        assert_eq!(ids(&desk, &desk.farah(), everybodys()).await, of(&[&tag, &repository, &bens]));
        let list = desk.gantry.links.list(&desk.ana(), &everybodys()).await.unwrap();
        assert!(!list.everybody && list.page.total == 2);
        let row = list.page.rows.iter().find(|row| row.id == tag.row.id).unwrap();
        assert_eq!(*row, tag.row);
        assert_eq!((row.maker_name.as_str(), row.state), ("ANA", LinkState::Live));
    }

    async fn the_list_is_filtered(place: &Place) {
        let (desk, [tag, repository, bens]) = three(place).await;
        let farah = desk.farah();
        let maker = LinkQuery { maker: Some(bens.row.maker.clone()), ..everybodys() };
        assert_eq!(ids(&desk, &farah, maker).await, of(&[&bens]));
        let team = LinkQuery { team: Some("developers".parse().unwrap()), ..everybodys() };
        assert_eq!(ids(&desk, &farah, team).await, of(&[&tag, &repository]));
        for (text, found) in [
            ("prod", of(&[&tag])), ("HIS", of(&[&bens])), ("ana inc-4711", of(&[&tag, &repository])),
            ("checkout api", of(&[&bens])), ("absent", of(&[])),
        ] {
            let query = LinkQuery { text: text.to_owned(), ..everybodys() };
            assert_eq!(ids(&desk, &farah, query).await, found, "{text}");
        }
        let repository_query = |name: &str| LinkQuery {
            repository: Some(repository_at(name)), ..everybodys()
        };
        assert_eq!(ids(&desk, &farah, repository_query(API)).await.len(), 3);
        assert_eq!(ids(&desk, &farah, repository_query("team/other")).await.len(), 0);
        place.say(&format!("UPDATE link SET expires = 1 WHERE id = '{}'", tag.row.id)).await;
        assert_eq!(ids(&desk, &desk.ana(), LinkQuery::default()).await, of(&[&repository]));
        let ended = LinkQuery { ended: true, ..LinkQuery::default() };
        assert_eq!(ids(&desk, &desk.ana(), ended).await, of(&[&tag, &repository]));
    }

    async fn people_revoke_their_own_links(place: &Place) {
        let (desk, [tag, repository, bens]) = three(place).await;
        let these = |links: &[&MadeLink]| LinkSelection::These(of(links));
        // Another person's link and a link that does not exist give the same result.
        assert_eq!(revokes(&desk, &desk.ana(), these(&[&bens])).await, 0);
        assert_eq!(revokes(&desk, &desk.ana(), LinkSelection::These(vec!["AAAAAAAA".into()])).await, 0);
        assert_eq!(revokes(&desk, &desk.ana(), LinkSelection::Maker(bens.row.maker.clone())).await, 0);
        assert_eq!(revokes(&desk, &desk.ana(), LinkSelection::Team("checkout".parse().unwrap())).await, 0);
        assert_eq!(revokes(&desk, &desk.ben(), LinkSelection::Team("developers".parse().unwrap())).await, 0);
        for link in [&tag, &repository, &bens] {
            desk.opens(link).await.unwrap();
        }
        assert_eq!(revokes(&desk, &desk.ana(), these(&[&tag, &bens])).await, 1);
        assert!(is_gone(&desk.opens(&tag).await));
        desk.opens(&repository).await.unwrap();
        desk.opens(&bens).await.unwrap();
    }

    async fn revoking_twice_changes_nothing(place: &Place) {
        let (desk, [tag, ..]) = three(place).await;
        let these = || LinkSelection::These(of(&[&tag]));
        assert_eq!(revokes(&desk, &desk.ana(), these()).await, 1);
        place.say("UPDATE link SET revoked = revoked - 10 WHERE revoked IS NOT NULL").await;
        let query = LinkQuery { ended: true, ..everybodys() };
        let before = desk.gantry.links.list(&desk.farah(), &query).await.unwrap().page.rows;
        assert_eq!(revokes(&desk, &desk.farah(), these()).await, 0);
        let after = desk.gantry.links.list(&desk.farah(), &query).await.unwrap().page.rows;
        assert_eq!(before, after);
        let row = after.iter().find(|row| row.id == tag.row.id).unwrap();
        assert_eq!(row.state, LinkState::Revoked);
        assert_eq!(row.revoked.as_ref().map(|(_, who)| who.as_str()), Some("ANA"));
    }

    async fn administrators_revoke_all_of_a_person_or_a_team(place: &Place) {
        let (desk, [tag, repository, bens]) = three(place).await;
        let anas = LinkSelection::Maker(tag.row.maker.clone());
        assert_eq!(revokes(&desk, &desk.farah(), anas).await, 2);
        assert!(is_gone(&desk.opens(&tag).await) && is_gone(&desk.opens(&repository).await));
        desk.opens(&bens).await.unwrap();
        let teams = LinkSelection::Team("checkout".parse().unwrap());
        assert_eq!(revokes(&desk, &desk.farah(), teams).await, 1);
        assert!(is_gone(&desk.opens(&bens).await));
    }

    async fn a_revocation_takes_one_page_of_links(place: &Place) {
        let (desk, [tag, ..]) = three(place).await;
        let mut ids: Vec<_> = (0..100).map(|number| number.to_string()).collect();
        ids.push(tag.row.id.clone());
        let which = LinkSelection::These(ids);
        let revoked = desk.gantry.links.revoke(&desk.ana(), &request_origin(), &which).await;
        assert_eq!(revoked.unwrap(), 0, "links beyond the page are not looked up");
        let which = LinkSelection::These(vec![tag.row.id.clone(); 100]);
        let revoked = desk.gantry.links.revoke(&desk.ana(), &request_origin(), &which).await;
        assert_eq!(revoked.unwrap(), 1);
    }

    async fn a_repository_page_counts_the_viewers_own_live_links_and_all_for_an_administrator(place: &Place) {
        let (mut desk, [tag, ..]) = three(place).await;
        desk.world.repository("team/other", &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.restarts().await;
        let (ana, ben) = (desk.ana(), desk.ben());
        let farah = Viewer { admin: true, ..desk.person("farah", &["developers"]) };
        let live = |viewer, repository| live_links(&desk, viewer, repository);
        assert_eq!(live(&farah, API).await, Ok(Some(3)));
        assert_eq!(live(&ana, API).await, Ok(Some(2)));
        assert_eq!(live(&ben, API).await, Ok(Some(1)));
        let reader = desk.person("gus", &["developers"]);
        assert_eq!(live(&reader, API).await, Ok(Some(0)), "others' links are not counted");
        let choices = desk.gantry.links.choices(&ana, &tag.row.target).await.unwrap();
        assert_eq!(choices.live, 2);
        assert_eq!(live(&ana, "team/other").await, Ok(Some(0)));
        revokes(&desk, &ana, LinkSelection::These(of(&[&tag]))).await;
        assert_eq!(live(&farah, API).await, Ok(Some(2)));
        assert_eq!(live(&ana, API).await, Ok(Some(1)));
        place.say("UPDATE link SET expires = 1").await;
        assert_eq!(live(&farah, API).await, Ok(Some(0)));
        let stranger = desk.person("ben", &[]);
        assert_eq!(live(&stranger, API).await, Err(Refusal::NotFound));
    }

    async fn each_page_of_a_long_list_shows_the_total(place: &Place) {
        let (desk, [tag, ..]) = three(place).await;
        copies(place, &tag, 250, "").await;
        let page = async |page: u32, query: LinkQuery| {
            let query = LinkQuery { page, ..query };
            let page = desk.gantry.links.list(&desk.ana(), &query).await.unwrap().page;
            assert!(!page.incomplete);
            (page.rows.len(), page.number, page.pages, page.matching, page.total)
        };
        let all = LinkQuery::default;
        assert_eq!(page(1, all()).await, (100, 1, 3, 252, 252));
        assert_eq!(page(3, all()).await, (52, 3, 3, 252, 252));
        assert_eq!(page(u32::MAX, all()).await, (52, 3, 3, 252, 252));
        assert_eq!(page(0, all()).await, (100, 1, 3, 252, 252));
        let words = |text: &str| LinkQuery { text: text.to_owned(), ..LinkQuery::default() };
        assert_eq!(page(3, words("prod")).await, (51, 3, 3, 251, 252));
        assert_eq!(page(9, words("  ")).await, (52, 3, 3, 252, 252));
        let nobody = LinkQuery { maker: Some(String::new()), ..LinkQuery::default() };
        assert_eq!(page(1, nobody).await, (0, 1, 1, 0, 252));
        // Each link is on one page.
        let mut ids = BTreeSet::new();
        for page in 1..=3 {
            let query = LinkQuery { page, ..LinkQuery::default() };
            ids.extend(desk.gantry.links.list(&desk.ana(), &query).await.unwrap().page.rows.into_iter().map(|row| row.id));
        }
        assert_eq!(ids.len(), 252);
    }

    async fn a_search_covers_the_newest_links_and_reports_that(place: &Place) {
        let (desk, [tag, ..]) = three(place).await;
        let query = LinkQuery { text: "inc-4711".to_owned(), ..everybodys() };
        let search = async || desk.gantry.links.list(&desk.farah(), &query).await.unwrap().page;
        assert_eq!((search().await.matching, search().await.incomplete), (2, false));
        copies(place, &tag, 10_000, "made = made + 60").await;
        let page = search().await;
        assert_eq!((page.matching, page.total, page.incomplete), (10_000, 10_003, true));
        let narrower = LinkQuery { maker: Some(tag.row.maker.clone()), ..LinkQuery::default() };
        assert!(!desk.gantry.links.list(&desk.farah(), &narrower).await.unwrap().page.incomplete);
    }

    async fn ended_links_leave_the_list_after_some_time(place: &Place) {
        let (desk, [tag, repository, bens]) = three(place).await;
        let query = || LinkQuery { ended: true, ..everybodys() };
        let sweep = async || desk.gantry.store().sweep_links().await.unwrap();
        revokes(&desk, &desk.ana(), LinkSelection::These(of(&[&tag]))).await;
        let now = in_hours(0).0;
        place.say(&format!("UPDATE link SET expires = {} WHERE id = '{}'", now - 89 * DAY, bens.row.id)).await;
        assert_eq!(sweep().await, 0);
        assert_eq!(ids(&desk, &desk.farah(), query()).await, of(&[&tag, &repository, &bens]));
        place.say(&format!("UPDATE link SET revoked = {} WHERE id = '{}'", now - 91 * DAY, tag.row.id)).await;
        assert_eq!(sweep().await, 1);
        place.say(&format!("UPDATE link SET expires = {} WHERE id = '{}'", now - 91 * DAY, bens.row.id)).await;
        assert_eq!(sweep().await, 1);
        // Live links stay, and the audit log contains all links.
        assert_eq!(ids(&desk, &desk.farah(), query()).await, of(&[&repository]));
        assert_eq!(place.ask("SELECT event FROM audit WHERE event = 'link-made'").await.len(), 3);
        desk.opens(&repository).await.unwrap();
    }

    async fn ended_links_have_no_saved_content(place: &Place) {
        let (desk, [tag, repository, bens]) = three(place).await;
        let kept = async || {
            let kept = "SELECT link FROM link_kept UNION SELECT id FROM link WHERE frozen IS NOT NULL";
            let mut kept = place.ask(kept).await;
            kept.sort();
            kept
        };
        assert_eq!(kept().await, of(&[&tag, &repository, &bens]));
        // Revoking deletes the content soon.
        revokes(&desk, &desk.ana(), LinkSelection::These(of(&[&tag]))).await;
        let soon = async {
            while kept().await != of(&[&repository, &bens]) {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(30), soon).await.unwrap();
        // Later, if the link has expired, or if a process of the previous release stored or revoked
        // it.
        let now = in_hours(0).0;
        copies(place, &bens, 250, &format!("revoked = {now}, frozen = 'kept'")).await;
        place.say(&format!("UPDATE link SET expires = {} WHERE id = '{}'", now - 1, bens.row.id)).await;
        place.say(&format!("UPDATE link SET revoked = {now}, frozen = NULL WHERE id = '{}'", repository.row.id)).await;
        desk.gantry.store().sweep_links().await.unwrap();
        assert_eq!(kept().await, Vec::<String>::new());
    }

    async fn the_last_ended_links_of_a_person_stay_in_the_list(place: &Place) {
        let (desk, [tag, repository, bens]) = three(place).await;
        copies(place, &tag, 1_010, &format!("revoked = {}", in_hours(-2).0)).await;
        revokes(&desk, &desk.ana(), LinkSelection::These(of(&[&tag]))).await;
        revokes(&desk, &desk.ben(), LinkSelection::These(of(&[&bens]))).await;
        assert_eq!(desk.gantry.store().sweep_links().await.unwrap(), 11);
        let left = place.ask("SELECT id FROM link").await;
        assert_eq!(left.len(), 1_002);
        for stays in of(&[&tag, &repository, &bens]) {
            assert!(left.contains(&stays));
        }
    }
}
