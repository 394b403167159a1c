//! What the administrator allows for links.

use access::AccessSettings;
use dashboard::{LinkSettings, Refusal, Settings};
use model::link::{LinkQuery, LinkSelection, LinkState};
use serde_json::json;

use super::*;

const DAY: i64 = 24 * HOUR;

/// Restarts with these settings.
async fn configure(desk: &mut Desk<'_>, links: LinkSettings) {
    let settings = Settings {
        links,
        ..desk
            .world
            .settings_for(AccessSettings::default(), &desk.teams)
    };
    let gantry = Gantry::start(settings, desk.place.open().await).await;
    desk.gantry = listed_once(gantry.unwrap()).await;
}

async fn desk(place: &Place) -> Desk<'_> {
    let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    desk.pushes("one", "prod").await;
    desk
}

on_each_store! {
    async fn disabled_links_cannot_be_created_or_opened(place: &Place) {
        let mut desk = desk(place).await;
        let made = desk.makes(link(to_tag("prod"))).await;
        configure(&mut desk, LinkSettings { enabled: false, ..LinkSettings::default() }).await;
        assert!(is_gone(&desk.opens(&made).await));
        let ana = desk.ana();
        let refused = desk.tries(&ana, link(to_tag("prod"))).await;
        assert!(matches!(refused, Err(Unmade::Refused(Refusal::NotFound))));
        let choices = desk.gantry.links.choices(&ana, &made.row.target).await;
        assert_eq!(choices.err(), Some(Refusal::NotFound));
        let list = desk.gantry.links.list(&ana, &LinkQuery::default()).await;
        assert_eq!(list.err(), Some(Refusal::NotFound));
        let which = LinkSelection::These(vec![made.row.id.clone()]);
        assert_eq!(desk.gantry.links.revoke(&ana, &request_origin(), &which).await, Err(Refusal::NotFound));
        assert_eq!(live_links(&desk, &ana, API).await, Ok(None));
        // Nothing was lost: switched on again, what was not revoked opens.
        configure(&mut desk, LinkSettings::default()).await;
        desk.opens(&made).await.unwrap();
    }

    async fn the_current_maximum_lifetime_applies_to_all_links(place: &Place) {
        let mut desk = desk(place).await;
        let long = desk.makes(NewLink { expires: in_hours(60 * 24), ..link(to_tag("prod")) }).await;
        let settings = LinkSettings { longest: 30 * DAY, ..LinkSettings::default() };
        configure(&mut desk, settings).await;
        let late = NewLink { expires: in_hours(31 * 24), ..link(to_tag("prod")) };
        assert!(matches!(desk.tries(&desk.ana(), late).await, Err(Unmade::Expiry)));
        desk.makes(NewLink { expires: in_hours(30 * 24), ..link(to_tag("prod")) }).await;
        let choices = desk.gantry.links.choices(&desk.ana(), &long.row.target).await.unwrap();
        assert_eq!((choices.longest, choices.live), (30 * DAY, 2));
        let page = desk.opens(&long).await.unwrap();
        assert_eq!(page.expires.seconds_since(page.made), 30 * DAY);
        // A link that was created 31 days ago has ended, in every list and page.
        place.say(&format!("UPDATE link SET made = made - {} WHERE id = '{}'", 31 * DAY, long.row.id)).await;
        assert!(is_gone(&desk.opens(&long).await));
        let ended = LinkQuery { ended: true, ..LinkQuery::default() };
        let rows = desk.gantry.links.list(&desk.ana(), &ended).await.unwrap().page.rows;
        let row = rows.iter().find(|row| row.id == long.row.id).unwrap();
        assert_eq!(row.state, LinkState::Expired);
        assert_eq!(live_links(&desk, &desk.ana(), API).await, Ok(Some(1)));
        let which = LinkSelection::These(vec![long.row.id.clone()]);
        assert_eq!(desk.gantry.links.revoke(&desk.ana(), &request_origin(), &which).await, Ok(0));
    }

    async fn forbidden_content_cannot_be_chosen_and_is_hidden_again(place: &Place) {
        let mut desk = desk(place).await;
        let away = "444455556666";
        let config = json!({
            "os": "linux", "architecture": "amd64",
            "config": {
                "Env": ["TOKEN=hunter2hunter2"],
                "Labels": {"token": "the token is hunter2hunter2!", "built.in": format!("account {away}")},
            },
            "history": [{"created_by": "RUN |1 TOKEN=hunter2hunter2 /bin/sh -c make"}],
        });
        let digest = desk.world.push_with(API, &config.to_string(), "1").await;
        desk.restarts().await;
        let everything = LinkShows { environment: true, accounts: true };
        let new = || NewLink { shows: everything, ..link(LinkScope::Image(digest.clone())) };
        let made = desk.makes(new()).await;
        let shown = serde_json::to_string(&desk.opens(&made).await.unwrap()).unwrap();
        assert!(shown.contains("hunter2") && shown.contains(away));
        for may_show in [
            LinkShows { environment: false, accounts: true },
            LinkShows { environment: true, accounts: false },
            LinkShows::default(),
        ] {
            configure(&mut desk, LinkSettings { may_show, ..LinkSettings::default() }).await;
            assert!(matches!(desk.tries(&desk.ana(), new()).await, Err(Unmade::Shows)));
            let choices = desk.gantry.links.choices(&desk.ana(), &made.row.target).await.unwrap();
            assert_eq!(choices.may_show, may_show);
            let page = desk.opens(&made).await.unwrap();
            assert_eq!(page.shows, may_show);
            assert!(page.frozen.is_some() && page.live.is_some());
            let shown = serde_json::to_string(&page).unwrap();
            assert_eq!(shown.contains("hunter2"), may_show.environment, "{shown}");
            for account in [away, "111122223333"] {
                assert_eq!(shown.contains(account), may_show.accounts, "{shown}");
            }
        }
        configure(&mut desk, LinkSettings::default()).await;
        let shown = serde_json::to_string(&desk.opens(&made).await.unwrap()).unwrap();
        assert!(shown.contains("hunter2"), "the stored content does not change");
    }

    async fn a_cut_text_reveals_no_start_of_a_value_that_is_hidden_again(place: &Place) {
        let mut desk = desk(place).await;
        let (value, away, home) = ("αβγδεζηθικλμ", "444455556666", "7111122223333");
        // A text of a link ends after 300 characters. This puts that end at every position in a
        // hidden value.
        let across = |hidden: &str, shown: usize| format!("{}{hidden}!", "-".repeat(300 - shown));
        let values = (0..=value.chars().count()).map(|shown| across(value, shown));
        let accounts = (0..=away.len()).map(|shown| across(&format!("arn:aws:iam::{away}:root"), shown + 13));
        // The registry's own account, with a digit before it.
        let longer = (0..=home.len()).map(|shown| across(home, shown));
        let labels = values.chain(accounts).chain(longer).enumerate();
        let labels: serde_json::Map<_, _> = labels.map(|(n, label)| (format!("label-{n:02}"), json!(label))).collect();
        let config = json!({
            "os": "linux", "architecture": "amd64",
            "config": {"Env": [format!("TOKEN={value}"), format!("QUEUE=queue-of-{away}")], "Labels": labels},
        });
        let digest = desk.world.push_with(API, &config.to_string(), "1").await;
        desk.restarts().await;
        let everything = LinkShows { environment: true, accounts: true };
        let new = |shows| NewLink { shows, ..link(LinkScope::Image(digest.clone())) };
        let mut links = Vec::new();
        for environment in [true, false] {
            for accounts in [true, false] {
                links.push(desk.makes(new(LinkShows { environment, accounts })).await);
            }
        }
        let labels = |page: &SharedPage| {
            let texts = [page.frozen.as_ref().unwrap(), now(page).unwrap()].map(|shared| {
                let SharedView::Image(detail) = &shared.view else { unreachable!() };
                let labels = detail.config.shown().unwrap().labels.iter();
                labels.map(|(_, label)| label.clone()).collect::<Vec<_>>()
            });
            texts.concat()
        };
        let leaves = |label: &String, shows: LinkShows| {
            let value = !shows.environment && label.contains(|c| ('α'..='μ').contains(&c));
            let account = !shows.accounts && label.contains(['1', '2', '3', '4', '5', '6', '7']);
            value || account
        };
        for may_show in [
            everything,
            LinkShows { environment: false, accounts: true },
            LinkShows { environment: true, accounts: false },
            LinkShows::default(),
        ] {
            configure(&mut desk, LinkSettings { may_show, ..LinkSettings::default() }).await;
            for made in &links {
                let page = desk.opens(made).await.unwrap();
                for label in labels(&page) {
                    assert!(!leaves(&label, page.shows), "{label} of {:?} within {may_show:?}", made.row.shows);
                }
            }
        }
    }

    async fn one_person_has_at_most_the_configured_number_of_live_links(place: &Place) {
        let grants = [allow(DEVELOPER, &["ecr:*"]), allow(CHECKOUT, &["ecr:*"])];
        let mut desk = Desk::new(place, &grants).await;
        desk.pushes("one", "prod").await;
        configure(&mut desk, LinkSettings { per_person: 2, ..LinkSettings::default() }).await;
        let first = desk.makes(link(to_tag("prod"))).await;
        let second = desk.makes(link(LinkScope::Repository)).await;
        let ana = desk.ana();
        let third = || desk.tries(&ana, link(to_tag("prod")));
        // ECR is not called for it.
        let reads = || desk.world.running.faults().calls()["GetRepositoryPolicy"];
        let before = reads();
        assert!(matches!(third().await, Err(Unmade::TooMany(2))));
        assert_eq!(reads(), before);
        assert_eq!(place.ask("SELECT id FROM link").await.len(), 2);
        assert_eq!(place.ask("SELECT event FROM audit WHERE event = 'link-made'").await.len(), 2);
        // Other people have their own limit.
        let bens = NewLink { bearer: bearer("checkout", CHECKOUT), ..link(LinkScope::Repository) };
        desk.tries(&desk.ben(), bens).await.unwrap();
        // Ended links, in any way, do not count.
        let which = LinkSelection::These(vec![first.row.id]);
        desk.gantry.links.revoke(&desk.ana(), &request_origin(), &which).await.unwrap();
        third().await.unwrap();
        assert!(matches!(third().await, Err(Unmade::TooMany(2))));
        place.say(&format!("UPDATE link SET expires = 1 WHERE id = '{}'", second.row.id)).await;
        third().await.unwrap();
        place.say(&format!("UPDATE link SET made = made - {}", 91 * DAY)).await;
        third().await.unwrap();
    }

    async fn concurrent_requests_do_not_exceed_the_limit_of_live_links(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        configure(&mut desk, LinkSettings { per_person: 3, ..LinkSettings::default() }).await;
        for wave in 1..10 {
            let ana = desk.ana();
            let at_once = (0..12).map(|_| desk.tries(&ana, link(LinkScope::Repository)));
            let (made, refused): (Vec<_>, Vec<_>) =
                futures::future::join_all(at_once).await.into_iter().partition(Result::is_ok);
            assert_eq!(made.len(), 3, "wave {wave}");
            assert!(refused.iter().all(|refused| matches!(refused, Err(Unmade::TooMany(3)))), "{refused:?}");
            assert_eq!(place.say("UPDATE link SET expires = 1 WHERE expires > 1").await, 3, "wave {wave}");
        }
    }
}
