//! The saved content of links from every release.

use aws_sdk_ecr::types::ImageTagMutability;
use model::{
    image::TagKind,
    link::{LinkQuery, LinkSelection},
};

use super::*;

/// Content that links saved before formats had versions.
const VERSION_1: &str = include_str!("../../../../store/tests/golden/frozen/v1/repository.jsonl");

/// Replaces the saved content of a link with a text.
async fn keeps(place: &Place, made: &MadeLink, text: &str) {
    let text = text.replace('\'', "''");
    let id = &made.row.id;
    let keep = format!("UPDATE link_kept SET content = '{text}' WHERE link = '{id}'");
    assert_eq!(place.say(&keep).await, 1);
}

fn frozen(scope: LinkScope) -> NewLink {
    NewLink {
        moment: LinkMoment::Frozen,
        ..link(scope)
    }
}

/// Whether a page reveals anything about the repository's settings.
fn reveals_settings(page: &SharedPage) -> bool {
    let text = serde_json::to_string(page).unwrap();
    ["Immutable", "Locked", "AES256", "scan_on_push"]
        .iter()
        .any(|piece| text.contains(piece))
}

on_each_store! {
    async fn links_show_settings_only_with_their_action(place: &Place) {
        let without = deny(DEVELOPER, &["ecr:DescribeRepositories"]);
        let granted = [allow(DEVELOPER, &["ecr:*"])];
        let denied = [allow(DEVELOPER, &["ecr:*"]), without];
        let mut desk = Desk::new(place, &granted).await;
        let immutable = desk.world.ecr.put_image_tag_mutability().repository_name(API);
        immutable.image_tag_mutability(ImageTagMutability::Immutable).send().await.unwrap();
        let digest = desk.pushes("one", "prod").await;
        let scopes = [LinkScope::Repository, to_tag("prod"), LinkScope::Image(digest)];
        let mut links = Vec::new();
        for scope in scopes.clone() {
            let made = desk.makes(link(scope)).await;
            assert!(reveals_settings(&desk.opens(&made).await.unwrap()));
            links.push(made);
        }
        desk.world.policy(API, &denied).await;
        desk.restarts().await;
        for made in &links {
            let page = desk.opens(made).await.unwrap();
            assert!(page.frozen.is_some() && now(&page).is_some());
            assert!(!reveals_settings(&page), "{page:?}");
        }
        // Without the action, links do not save any settings for later either.
        for scope in scopes {
            let made = desk.makes(link(scope)).await;
            let kept = place.ask(&format!("SELECT content FROM link_kept WHERE link = '{}'", made.row.id)).await;
            assert!(!kept[0].contains("Immutable") && !kept[0].contains("Locked"), "{kept:?}");
            links.push(made);
        }
        desk.world.policy(API, &granted).await;
        desk.restarts().await;
        let page = desk.opens(&links[1]).await.unwrap();
        let SharedView::Tag(tag) = &page.frozen.as_ref().unwrap().view else { unreachable!() };
        assert_eq!(tag.label.kind, TagKind::Locked, "the settings are shown again after the grant is back");
        let page = desk.opens(&links[4]).await.unwrap();
        let SharedView::Tag(tag) = &page.frozen.as_ref().unwrap().view else { unreachable!() };
        assert_eq!(tag.label.kind, TagKind::LooksFloating, "settings that were not saved are not shown");
    }

    async fn the_order_of_tags_reveals_no_settings(place: &Place) {
        let granted = [allow(DEVELOPER, &["ecr:*"])];
        let denied = [allow(DEVELOPER, &["ecr:*"]), deny(DEVELOPER, &["ecr:DescribeRepositories"])];
        let mut desk = Desk::new(place, &granted).await;
        let immutable = desk.world.ecr.put_image_tag_mutability().repository_name(API);
        immutable.image_tag_mutability(ImageTagMutability::Immutable).send().await.unwrap();
        let tags = ["1.4.2-build.831", "1.4", "3f9a1c2", "prod", "canary"];
        let mut digest = None;
        for tag in tags {
            digest = Some(desk.pushes("one", tag).await);
        }
        let scopes = [LinkScope::Repository, to_tag("1.4.2-build.831"), LinkScope::Image(digest.unwrap())];
        let mut links = Vec::new();
        for scope in scopes {
            links.push(desk.makes(link(scope)).await);
        }
        let labels = |shared: &Shared| match &shared.view {
            SharedView::Repository { images, .. } => images.rows[0].tags.clone(),
            SharedView::Tag(detail) => [detail.image.tags.clone(), detail.siblings.clone()].concat(),
            SharedView::Image(detail) => detail.image.tags.clone(),
        };
        let locked = desk.opens(&links[0]).await.unwrap();
        assert_eq!(labels(now(&locked).unwrap())[0].tag.as_str(), "1.4.2-build.831", "no tag can move");
        desk.world.policy(API, &denied).await;
        desk.restarts().await;
        for made in &links {
            let page = desk.opens(made).await.unwrap();
            // The current state was sorted without knowing the settings.
            assert_eq!(labels(page.frozen.as_ref().unwrap()), labels(now(&page).unwrap()));
        }
    }

    async fn settings_in_version_1_are_withheld_like_any_others(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(frozen(LinkScope::Repository)).await;
        keeps(place, &made, VERSION_1.lines().next().unwrap()).await;
        let page = desk.opens(&made).await.unwrap();
        let SharedView::Repository { detail, .. } = &page.frozen.as_ref().unwrap().view else { unreachable!() };
        let model::Section::Shown { through, value, .. } = &detail.settings else { unreachable!("{:?}", detail.settings) };
        assert!(matches!(through, model::GrantedVia::Team { team, .. } if team.as_str() == "developers"));
        assert_eq!((value.encryption.as_str(), value.scan_on_push), ("KMS", true));
        desk.world.policy(API, &[allow(DEVELOPER, &["ecr:*"]), deny("*", &["ecr:DescribeRepositories"])]).await;
        desk.restarts().await;
        let page = desk.opens(&made).await.unwrap();
        let text = serde_json::to_string(&page).unwrap();
        for piece in ["MutableExcept", "KMS", "Locked", "scan_on_push"] {
            assert!(!text.contains(piece), "{piece}: {text}");
        }
        assert!(text.contains("640"), "the rest is shown as before");
    }

    async fn an_unreadable_link_does_not_affect_others(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let (newer, broken, odd) = (
            desk.makes(link(to_tag("prod"))).await,
            desk.makes(link(to_tag("prod"))).await,
            desk.makes(link(to_tag("prod"))).await,
        );
        let good = desk.makes(link(to_tag("prod"))).await;
        keeps(place, &newer, r#"{"version":4711,"target":"something else"}"#).await;
        keeps(place, &broken, "{}").await;
        place.say(&format!("UPDATE link SET moment = 'tomorrow', principal = '' WHERE id = '{}'", odd.row.id)).await;
        assert!(matches!(desk.opens(&newer).await, Err(Closed::Newer)));
        assert!(matches!(desk.opens(&broken).await, Err(Closed::Unreadable)));
        assert!(desk.opens(&odd).await.is_err());
        desk.opens(&good).await.unwrap();
        let list = desk.gantry.links.list(&desk.ana(), &LinkQuery::default()).await.unwrap();
        let mut listed: Vec<_> = list.page.rows.iter().map(|row| row.id.as_str()).collect();
        let mut readable = [&*newer.row.id, &*broken.row.id, &*good.row.id];
        listed.sort_unstable();
        readable.sort_unstable();
        assert_eq!(listed, readable);
        // A wrong secret gets the answer of a link that does not exist, whatever state the link is in.
        for link in [&newer, &broken, &odd] {
            let token = format!("{}{}", link.row.id, "A".repeat(32));
            assert!(is_gone(&open(&desk.gantry, &request_origin(), &token, 1).await));
        }
        // Nor does it change the answer for another person, or spoil a selection of several links.
        let named = desk.gantry.links.own(&desk.ben(), &odd.row.id, None).await;
        assert_eq!(named.err(), Some(dashboard::Refusal::NotFound));
        let ids = [odd.row.id.clone(), good.row.id.clone()];
        let (revocable, _) = desk.gantry.links.revocable(&desk.ana(), &ids).await.unwrap();
        assert_eq!(revocable.len(), 1);
        // All of them can be ended.
        let all = LinkSelection::Maker(PersonId::new("tests", "ana").as_str().to_owned());
        assert_eq!(desk.gantry.links.revoke(&desk.ana(), &request_origin(), &all).await.unwrap(), 4);
        assert_eq!(desk.gantry.audit.log().verify(None).await.unwrap().broken, None);
    }

    async fn a_visitor_without_access_does_not_learn_that_a_link_is_unreadable(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        keeps(place, &made, r#"{"version":4711}"#).await;
        desk.world.policy(API, &[allow(AUDITOR, &["ecr:*"])]).await;
        desk.restarts().await;
        assert!(is_gone(&desk.opens(&made).await));
    }

    /// A replica of the previous release reads only the rows of links.
    async fn the_previous_release_reports_a_newer_version(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(frozen(to_tag("prod"))).await;
        assert!(desk.opens(&made).await.unwrap().frozen.is_some());
        assert_eq!(place.say("DELETE FROM link_kept").await, 1);
        assert!(matches!(desk.opens(&made).await, Err(Closed::Newer)));
    }
}
