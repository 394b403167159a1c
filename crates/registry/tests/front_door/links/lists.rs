//! The list of links, and revoking them.

use model::link::{LinkQuery, LinkSelection, LinkState};
use registry::Refusal;

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
    let list = desk.gantry.links(who, &query).await.unwrap();
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
    let revoked = desk.gantry.revoke_links(who, &occasion(), &which).await;
    revoked.unwrap()
}

on_each_store! {
    async fn people_list_their_own_links_and_administrators_everybodys(place: &Place) {
        let (desk, [tag, repository, bens]) = three(place).await;
        let own = of(&[&tag, &repository]);
        assert_eq!(ids(&desk, &desk.ana(), LinkQuery::default()).await, own);
        assert_eq!(ids(&desk, &desk.ana(), everybodys()).await, own);
        assert_eq!(ids(&desk, &desk.ben(), everybodys()).await, of(&[&bens]));
        assert_eq!(ids(&desk, &desk.farah(), LinkQuery::default()).await, Vec::<String>::new());
        assert_eq!(ids(&desk, &desk.farah(), everybodys()).await, of(&[&tag, &repository, &bens]));
        let list = desk.gantry.links(&desk.ana(), &everybodys()).await.unwrap();
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
            repository: Some((alias(), name.parse().unwrap())), ..everybodys()
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
        // Another's, and one that never was, are nothing alike.
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
        let before = desk.gantry.links(&desk.farah(), &query).await.unwrap().page.rows;
        assert_eq!(revokes(&desk, &desk.farah(), these()).await, 0);
        let after = desk.gantry.links(&desk.farah(), &query).await.unwrap().page.rows;
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
        let revoked = desk.gantry.revoke_links(&desk.ana(), &occasion(), &which).await;
        assert_eq!(revoked.unwrap(), 0, "what is beyond the page is not looked up");
        let which = LinkSelection::These(vec![tag.row.id.clone(); 100]);
        let revoked = desk.gantry.revoke_links(&desk.ana(), &occasion(), &which).await;
        assert_eq!(revoked.unwrap(), 1);
    }

    async fn how_many_links_reach_a_repository_is_told_of_ones_own_and_of_all_to_administrators(place: &Place) {
        let (mut desk, [tag, ..]) = three(place).await;
        desk.world.repository("team/other", &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.restarts().await;
        let (registry, api, ana) = (alias(), name(API), desk.ana());
        let farah = desk.farah();
        let live = || desk.gantry.live_links(&farah, &registry, &api);
        let own = || desk.gantry.live_links(&ana, &registry, &api);
        assert_eq!((live().await, own().await), (Ok(3), Ok(2)));
        assert_eq!(desk.gantry.live_links(&desk.ben(), &registry, &api).await, Ok(1));
        let reader = desk.person("gus", &["developers"]);
        assert_eq!(desk.gantry.live_links(&reader, &registry, &api).await, Ok(0), "others' links are not told");
        let choices = desk.gantry.link_choices(&ana, &tag.row.target).await.unwrap();
        assert_eq!(choices.live, 2);
        let other = name("team/other");
        assert_eq!(desk.gantry.live_links(&desk.ana(), &registry, &other).await, Ok(0));
        revokes(&desk, &desk.ana(), LinkSelection::These(of(&[&tag]))).await;
        assert_eq!((live().await, own().await), (Ok(2), Ok(1)));
        place.say("UPDATE link SET expires = 1").await;
        assert_eq!(live().await, Ok(0));
        let stranger = desk.person("ben", &[]);
        assert_eq!(desk.gantry.live_links(&stranger, &registry, &api).await, Err(Refusal::NotFound));
    }
}
