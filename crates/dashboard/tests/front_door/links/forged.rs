//! Attempts to get unauthorized access.

use std::time::Duration;

use access::AccessSettings;
use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::repository::RepositoryCounts;

use super::*;

/// Grants what links show, action by action.
const EVERYTHING: [&str; 8] = [
    "ecr:DescribeRepositories",
    "ecr:DescribeImages",
    "ecr:ListImages",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
    "ecr:DescribeImageScanFindings",
    "ecr:ListTagsForResource",
    "ecr:GetLifecyclePolicy",
];

on_each_store! {
    async fn only_the_token_opens_a_link(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        let other = desk.makes(link(to_tag("prod"))).await;
        let (id, secret) = made.token.split_at(8);
        assert_eq!(id, made.row.id);
        let stored = place.ask("SELECT secret FROM link").await;
        for token in [
            // Only the ID, with another link's secret, or with the stored hash.
            id.to_owned(),
            format!("{id}{}", &other.token[8..]),
            format!("{id}{}", &stored[0][..32]),
            stored[0].clone(),
            format!("{id}{}", "A".repeat(32)),
            // The same token in another letter case.
            format!("{}{}", id.to_lowercase(), secret.to_uppercase()),
            format!("{} ", made.token),
            format!("{}=", made.token),
            format!("%00{}", made.token),
            made.token.replace(['-', '_'], "+"),
            made.token[..39].to_owned(),
            String::new(),
            "A".repeat(40),
            "é".repeat(20),
            "A".repeat(1_000_000),
            "' OR '1'='1".to_owned(),
            "../../../../etc/passwd".to_owned(),
        ].into_iter().filter(|token| *token != made.token) {
            let answer = open(&desk.gantry, &request_origin(), &token, 1).await;
            assert!(is_gone(&answer), "{token:.60}");
        }
        assert!(stored.iter().all(|hash| hash.len() == 64 && !hash.contains(secret)));
        assert_eq!(place.ask("SELECT CAST(SUM(views) AS TEXT) FROM link").await, ["0"]);
        desk.opens(&made).await.unwrap();
    }

    async fn a_thousand_guesses_open_nothing(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        let alphabet: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_']).collect();
        for guess in 0..1_000 {
            let characters = (0..40).map(|_| alphabet[rand::random_range(0..64)]);
            let mut token: String = characters.collect();
            if guess % 2 == 0 {
                token.replace_range(..8, &made.row.id);
            }
            assert!(is_gone(&open(&desk.gantry, &request_origin(), &token, 1).await));
        }
        desk.opens(&made).await.unwrap();
    }

    async fn revoked_and_expired_links_do_not_open(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let (revoked, expired) = (desk.makes(link(to_tag("prod"))).await, desk.makes(link(to_tag("prod"))).await);
        let which = model::link::LinkSelection::These(vec![revoked.row.id.clone()]);
        desk.gantry.links.revoke(&desk.ana(), &request_origin(), &which).await.unwrap();
        place.say(&format!("UPDATE link SET expires = {} WHERE id = '{}'", in_hours(0).0, expired.row.id)).await;
        for link in [&revoked, &expired] {
            assert!(is_gone(&desk.opens(link).await));
        }
        assert_eq!(place.ask("SELECT CAST(SUM(views) AS TEXT) FROM link").await, ["0"]);
    }

    async fn a_link_stops_working_when_its_grant_ends(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let digest = desk.pushes("one", "prod").await;
        let mut links = Vec::new();
        for scope in [LinkScope::Repository, to_tag("prod"), LinkScope::Image(digest)] {
            for moment in LinkMoment::ALL {
                links.push(desk.makes(NewLink { moment, ..link(scope.clone()) }).await);
            }
        }
        for policy in [
            vec![allow(DEVELOPER, &["ecr:*"]), deny("*", &["ecr:DescribeImages", "ecr:ListImages"])],
            // Grants of another principal of the team are not the bearer's.
            vec![allow(AUDITOR, &["ecr:*"])],
            vec![allow(DEVELOPER, &["ecr:GetRepositoryPolicy", "ecr:BatchGetImage"])],
        ] {
            desk.world.policy(API, &policy).await;
            desk.restarts().await;
            for link in &links {
                assert!(is_gone(&desk.opens(link).await), "{policy:?}");
            }
        }
        desk.world.policy(API, &[allow(DEVELOPER, &["ecr:DescribeImages"])]).await;
        desk.restarts().await;
        for link in &links {
            assert!(desk.opens(link).await.is_ok(), "the link opens again after the grant is back");
        }
    }

    async fn removing_one_action_hides_its_section(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &EVERYTHING)]).await;
        let config = serde_json::json!({"os": "linux", "architecture": "amd64", "config": {
            "Env": ["PLANTED=env-planted"], "Labels": {"planted": "label-planted"}},
            "history": [{"created_by": "RUN planted"}]}).to_string();
        let digest = desk.world.push_with(API, &config, "prod").await;
        desk.restarts().await;
        let shows = LinkShows { environment: true, accounts: true };
        let image = LinkScope::Image(digest);
        let made = desk.makes(NewLink { shows, ..link(image) }).await;
        let whole = desk.opens(&made).await.unwrap();
        let parts = |page: &SharedPage| {
            let SharedView::Image(detail) = &page.frozen.as_ref().unwrap().view else { unreachable!() };
            (detail.image.facts.is_some(), detail.manifest.shown().is_some(), detail.config.shown().is_some(),
                detail.context.pull.shown().is_some())
        };
        assert_eq!(parts(&whole), (true, true, true, true));
        for (lost, left) in [
            ("ecr:DescribeImages", (false, true, true, true)),
            ("ecr:BatchGetImage", (true, false, false, false)),
            ("ecr:GetDownloadUrlForLayer", (true, true, false, false)),
            ("ecr:ListTagsForResource", (true, true, true, true)),
        ] {
            desk.world.policy(API, &[allow(DEVELOPER, &EVERYTHING), deny(DEVELOPER, &[lost])]).await;
            desk.restarts().await;
            let page = desk.opens(&made).await.unwrap();
            assert_eq!(parts(&page), left, "{lost}");
            let is_shown = serde_json::to_string(&page).unwrap().contains("planted");
            assert_eq!(is_shown, left.2, "without {lost}");
        }
    }

    async fn each_section_of_a_repository_requires_its_own_action(place: &Place) {
        let every = [&EVERYTHING[..], &["ecr:GetRepositoryPolicy"]].concat();
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &every)]).await;
        let arn = desk.world.ecr.describe_repositories().repository_names(API).send().await.unwrap();
        let arn = arn.repositories()[0].repository_arn().unwrap().to_owned();
        let cost = aws_sdk_ecr::types::Tag::builder().key("cost-centre").value("planted").build().unwrap();
        desk.world.ecr.tag_resource().resource_arn(arn).tags(cost).send().await.unwrap();
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(LinkScope::Repository)).await;
        for (lost, left) in [
            ("ecr:ListTagsForResource", [false, true, true, true, true, true]),
            ("ecr:GetRepositoryPolicy", [true, false, true, true, true, true]),
            ("ecr:GetDownloadUrlForLayer", [true, true, false, true, true, true]),
            ("ecr:DescribeImages", [true, true, true, false, true, true]),
            ("ecr:GetLifecyclePolicy", [true, true, true, true, false, true]),
            ("ecr:DescribeRepositories", [true, true, true, true, true, false]),
            ("ecr:PutImage", [true; 6]),
        ] {
            desk.world.policy(API, &[allow(DEVELOPER, &every), deny(DEVELOPER, &[lost])]).await;
            desk.restarts().await;
            let page = desk.opens(&made).await.unwrap();
            let SharedView::Repository { detail, images } = &page.frozen.as_ref().unwrap().view else { unreachable!() };
            let described = detail.counts.size > 0;
            assert_eq!(images.rows[0].facts.is_some(), described);
            assert_eq!(detail.visibility == model::Visibility::Images, described);
            assert_eq!([
                detail.resource_tags.shown().is_some(), detail.policy.shown().is_some(),
                detail.pull.shown().is_some(), described,
                matches!(detail.lifecycle, model::Section::Absent { .. }), detail.settings.shown().is_some(),
            ], left, "without {lost}");
            assert_eq!(format!("{page:?}").contains("planted"), left[0]);
        }
    }

    async fn details_of_an_index_from_manifests_require_the_grant_for_manifests(place: &Place) {
        const TYPE: &str = "application/vnd.oci.image.manifest.v1+json";
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &EVERYTHING)]).await;
        let part = desk.world.push(API, "part", "part").await;
        let index = serde_json::json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
            "manifests": [{"mediaType": TYPE, "digest": part.as_str(), "size": 100,
                "platform": {"os": "linux", "architecture": "planted"}}],
        });
        let index = desk.world.put(API, &index, Some("prod")).await;
        let artifact = serde_json::json!({
            "schemaVersion": 2, "mediaType": TYPE, "artifactType": "application/vnd.planted", "layers": [],
            "config": desk.world.blob(API, "{}", "application/vnd.oci.empty.v1+json").await,
        });
        desk.world.put(API, &artifact, Some("artifact")).await;
        desk.restarts().await;
        let mut links = Vec::new();
        for scope in [
            LinkScope::Repository, to_tag("prod"), LinkScope::Image(index), LinkScope::Image(part), to_tag("artifact"),
        ] {
            let made = desk.makes(NewLink { moment: LinkMoment::Frozen, ..link(scope) }).await;
            let page = desk.opens(&made).await.unwrap();
            assert!(format!("{page:?}").contains("planted"));
            if let SharedView::Repository { detail, .. } = &page.frozen.as_ref().unwrap().view {
                assert!(detail.counts.size > 0);
            }
            links.push(made);
        }
        desk.world.policy(API, &[allow(DEVELOPER, &EVERYTHING), deny("*", &["ecr:BatchGetImage"])]).await;
        desk.restarts().await;
        for made in &links {
            let page = desk.opens(made).await.unwrap();
            assert!(!format!("{page:?}").contains("planted"), "{:?}", page.target.scope);
        }
        // The counts do not contain it either: the size and findings of the index come from the
        // images in its manifest.
        let page = desk.opens(&links[0]).await.unwrap();
        let SharedView::Repository { detail, .. } = &page.frozen.as_ref().unwrap().view else { unreachable!() };
        let listed = RepositoryCounts { images: 3, tags: 3, ..RepositoryCounts::default() };
        assert_eq!((detail.counts, detail.visibility), (listed, model::Visibility::Tags));
        // Without the grant for images, the manifest shows nothing about its images that comes from
        // the list.
        desk.world.policy(API, &[allow(DEVELOPER, &EVERYTHING), deny("*", &["ecr:DescribeImages"])]).await;
        desk.restarts().await;
        let page = desk.opens(&links[2]).await.unwrap();
        let SharedView::Image(detail) = &page.frozen.as_ref().unwrap().view else { unreachable!() };
        assert_eq!((detail.manifest.shown().unwrap().children.len(), &detail.image.facts), (0, &None));
    }

    async fn a_bearer_removed_from_the_configuration_opens_nothing(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"]), allow(AUDITOR, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        for teams in [
            vec![],
            vec![team("developers", &[AUDITOR])],
            vec![team("renamed", &[DEVELOPER])],
            vec![team("developers", &[]), team("checkout", &[DEVELOPER])],
        ] {
            let other = desk.another(&teams).await;
            assert!(is_gone(&open(&other, &request_origin(), &made.token, 1).await));
        }
        desk.opens(&made).await.unwrap();
    }

    async fn links_of_a_creator_who_left_the_team_do_not_open(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        desk.signs_in("ana", &["developers", "checkout"]).await;
        desk.opens(&made).await.unwrap();
        desk.signs_in("ana", &["checkout", "developers-emeritus"]).await;
        assert!(is_gone(&desk.opens(&made).await));
        desk.signs_in("ana", &["developers"]).await;
        desk.opens(&made).await.unwrap();
    }

    async fn links_to_a_deleted_repository_do_not_open(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        desk.world.ecr.delete_repository().repository_name(API).force(true).send().await.unwrap();
        desk.restarts().await;
        assert!(is_gone(&desk.opens(&made).await));
    }

    async fn a_link_shows_nothing_while_access_is_undecided(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let frozen = desk.makes(NewLink { moment: LinkMoment::Frozen, ..link(to_tag("prod")) }).await;
        let both = desk.makes(link(to_tag("prod"))).await;
        let faults = std::sync::Arc::clone(desk.world.running.faults());
        faults.add(Rule::new(Fault::Refuse(ErrorKind::AccessDenied)).on("GetRepositoryPolicy"));
        desk.restarts().await;
        for link in [&frozen, &both] {
            let answer = desk.opens(link).await;
            assert!(matches!(answer, Err(Closed::Undecided(Some(model::Problem::HostDenied)))), "{answer:?}");
        }
        faults.clear();
        // Never listed, and nothing answers.
        faults.add(Rule::new(Fault::Refuse(ErrorKind::ExpiredToken)));
        let unlisted = desk.world.unlisted_over(place.open().await, &desk.teams).await;
        while unlisted.catalog.status()[0].problem.is_none() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        for link in [&frozen, &both] {
            let answer = open(&unlisted, &request_origin(), &link.token, 1).await;
            assert!(matches!(answer, Err(Closed::Undecided(Some(_)))), "{answer:?}");
        }
    }

    async fn an_outage_reveals_nothing_to_a_denied_bearer(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        let brief = || AccessSettings { policy_max_age: Duration::from_millis(600), ..AccessSettings::default() };
        let for_another_of_the_team = vec![deny(DEVELOPER, &["ecr:*"]), allow(AUDITOR, &["ecr:*"])];
        let for_the_policy_alone = vec![allow(DEVELOPER, &["ecr:GetRepositoryPolicy"])];
        for (statements, is_denied) in [
            (vec![deny(DEVELOPER, &["ecr:*"])], true),
            (for_another_of_the_team, true),
            (for_the_policy_alone, true),
            (vec![allow(DEVELOPER, &["ecr:*"])], false),
        ] {
            desk.world.policy(API, &statements).await;
            let settings = desk.world.settings_for(brief(), &desk.teams);
            let started = dashboard::Gantry::start(settings, place.open().await).await;
            desk.gantry = crate::world::listed_once(started.unwrap()).await;
            assert_eq!(is_gone(&desk.opens(&made).await), is_denied);
            let faults = std::sync::Arc::clone(desk.world.running.faults());
            faults.add(Rule::new(Fault::Refuse(ErrorKind::AccessDenied)).on("GetRepositoryPolicy"));
            // By now the policies are too old to decide.
            tokio::time::sleep(Duration::from_millis(1_000)).await;
            let answer = desk.opens(&made).await;
            let expected = if is_denied { is_gone(&answer) } else { matches!(answer, Err(Closed::Undecided(Some(_)))) };
            assert!(expected, "{answer:?}");
            faults.clear();
        }
    }

    async fn saved_content_is_shown_while_images_cannot_be_read(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        let refuse = Rule::new(Fault::Refuse(ErrorKind::AccessDenied)).on("DescribeImages");
        desk.world.running.faults().add(refuse);
        desk.restarts().await;
        let page = desk.opens(&made).await.unwrap();
        assert!(page.frozen.is_some());
        assert_eq!(page.live, Some(SharedNow::Problem(model::Problem::HostDenied)));
    }

    async fn ecr_is_not_called_before_the_link_is_found(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let (revoked, left) = (desk.makes(link(to_tag("prod"))).await, desk.makes(link(to_tag("prod"))).await);
        let which = model::link::LinkSelection::These(vec![revoked.row.id.clone()]);
        desk.gantry.links.revoke(&desk.ana(), &request_origin(), &which).await.unwrap();
        // From now on every call to ECR takes long.
        desk.world.running.faults().add(Rule::new(Fault::Stall(Duration::from_secs(60))));
        let fresh = desk.world.unlisted_over(place.open().await, &desk.teams).await;
        let quick = Duration::from_secs(2);
        for token in [revoked.token.clone(), "A".repeat(40), String::new()] {
            let answer = tokio::time::timeout(quick, open(&fresh, &request_origin(), &token, 1)).await;
            assert!(is_gone(&answer.unwrap()));
        }
        desk.signs_in("ana", &[]).await;
        let answer = tokio::time::timeout(quick, open(&fresh, &request_origin(), &left.token, 1)).await;
        assert!(is_gone(&answer.unwrap()));
    }
}

/// If the settings allow viewing with the pull action, a link works like its bearer's pages.
#[tokio::test]
async fn links_follow_the_access_settings() {
    let place = Place::sqlite();
    let mut desk = Desk::new(&place, &[allow(DEVELOPER, &["ecr:BatchGetImage"])]).await;
    desk.pushes("one", "prod").await;
    let refused = desk.tries(&desk.ana(), link(to_tag("prod"))).await;
    assert!(matches!(refused, Err(Unmade::Refused(_))));
    let open = AccessSettings {
        pull_sees_images: true,
        ..AccessSettings::default()
    };
    let settings = desk.world.settings_for(open, &desk.teams);
    let opened = dashboard::Gantry::start(settings, place.open().await).await;
    let desk = Desk {
        gantry: crate::world::listed_once(opened.unwrap()).await,
        ..desk
    };
    let made = desk.makes(link(to_tag("prod"))).await;
    desk.opens(&made).await.unwrap();
}
