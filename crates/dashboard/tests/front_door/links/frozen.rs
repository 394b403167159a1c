//! Hidden values are neither shown nor stored.

use serde_json::json;

use super::*;

/// The account of the registry and of the bearer.
const HOME: &str = "111122223333";
/// Another account, which pushed content mentions.
const AWAY: &str = "444455556666";

/// The account of another team.
const THEIRS: &str = "999988887777";

/// An image whose config repeats the value of a variable, and account IDs, in every possible place.
async fn pushed(desk: &mut Desk<'_>) -> Digest {
    let config = json!({
        "os": "linux", "architecture": "amd64",
        "config": {
            "Env": ["TOKEN=hunter2hunter2", format!("ROLE=arn:aws:iam::{AWAY}:role/deployer")],
            "Cmd": ["--token", "hunter2hunter2"],
            "Labels": {
                "built.from": format!("{HOME}.dkr.ecr.eu-central-1.amazonaws.com/base:1"),
                "built.in": format!("account {AWAY}"),
                "built.for": THEIRS,
                "token": "the token is hunter2hunter2!",
            },
        },
        "history": [
            {"created_by": "/bin/sh -c #(nop)  ENV TOKEN=hunter2hunter2"},
            {"created_by": "RUN |1 TOKEN=hunter2hunter2 /bin/sh -c make", "comment": "hunter2hunter2"},
        ],
    });
    let digest = desk
        .world
        .push_with(API, &config.to_string(), "202611221530")
        .await;
    desk.restarts().await;
    digest
}

fn image(shared: &Shared) -> &model::image::ImageDetail {
    match &shared.view {
        SharedView::Image(detail) => detail,
        _ => unreachable!("a link to an image"),
    }
}

on_each_store! {
    async fn hidden_values_are_neither_shown_nor_stored(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let digest = pushed(&mut desk).await;
        let made = desk.makes(link(LinkScope::Image(digest.clone()))).await;
        let page = desk.opens(&made).await.unwrap();
        let stored = place.ask("SELECT content FROM link_kept").await.remove(0);
        for text in [serde_json::to_string(&page).unwrap(), stored] {
            for hidden in ["hunter2", HOME, AWAY, THEIRS] {
                assert!(!text.contains(hidden), "{hidden} in {text}");
            }
            assert!(text.contains("202611221530"), "a tag is never hidden, whatever it looks like");
            assert!(text.contains(digest.as_str()));
        }
        for shared in [page.frozen.as_ref().unwrap(), now(&page).unwrap()] {
            let config = image(shared).config.shown().unwrap();
            assert_eq!(config.environment, [("TOKEN".into(), String::new()), ("ROLE".into(), String::new())]);
            let steps: Vec<_> = config.history.iter().map(|step| step.created_by.as_str()).collect();
            assert_eq!(steps, ["ENV", "RUN"]);
            let model::GrantedVia::Team { principal, .. } = &image(shared).context.through[0] else { unreachable!() };
            assert_eq!(principal.account().as_str(), model::link::HIDDEN_ACCOUNT);
            assert_eq!(image(shared).manifest.shown().unwrap().raw, "", "the text of the manifest is left out");
        }
    }

    async fn chosen_content_is_shown(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let digest = pushed(&mut desk).await;
        for shows in [
            LinkShows { environment: true, accounts: false },
            LinkShows { environment: false, accounts: true },
            LinkShows { environment: true, accounts: true },
        ] {
            let made = desk.makes(NewLink { shows, ..link(LinkScope::Image(digest.clone())) }).await;
            let page = desk.opens(&made).await.unwrap();
            for shared in [page.frozen.as_ref().unwrap(), now(&page).unwrap()] {
                let text = serde_json::to_string(shared).unwrap();
                assert_eq!(text.contains("hunter2"), shows.environment);
                assert_eq!(text.contains("RUN |1"), shows.environment);
                assert_eq!(text.contains(HOME), shows.accounts);
                // One of the two places with this account is the value of a variable.
                assert_eq!(text.contains(AWAY), shows.accounts);
            }
        }
    }

    async fn accounts_are_hidden_on_every_page(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let named = format!("team/{HOME}-app");
        desk.world.repository(&named, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let digest = desk.world.push(&named, "one", HOME).await;
        desk.restarts().await;
        for scope in [LinkScope::Repository, to_tag(HOME), LinkScope::Image(digest)] {
            let mut new = link(scope.clone());
            new.target.repository = repository_at(&named);
            let made = desk.makes(new).await;
            let page = desk.opens(&made).await.unwrap();
            assert_eq!(page.target.repository, repository_at("team/000000000000-app"));
            let text = serde_json::to_string(&page).unwrap();
            let rest = text.replace(&format!("\"tag\":\"{HOME}\""), "").replace(&format!("\"Tag\":\"{HOME}\""), "");
            assert_ne!(rest, text, "the tag stays as it is");
            assert!(!rest.contains(HOME), "{rest}");
        }
    }

    async fn links_never_contain_statements_of_a_policy(place: &Place) {
        let mut secret = deny(DEVELOPER, &["ecr:BatchGetImage"]);
        secret["Sid"] = json!("NobodyPullsBeforeTheAudit");
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"]), secret]).await;
        let digest = desk.pushes("one", "prod").await;
        let own = desk.gantry.images.image(&desk.ana(), &repository_at(API), &digest).await.unwrap();
        assert!(format!("{own:?}").contains("NobodyPulls"), "she may read the policy");
        for scope in [LinkScope::Repository, to_tag("prod"), LinkScope::Image(digest)] {
            let made = desk.makes(link(scope)).await;
            let page = desk.opens(&made).await.unwrap();
            assert!(!format!("{page:?}").contains("NobodyPulls"));
        }
        assert!(!place.ask("SELECT content FROM link_kept").await.concat().contains("NobodyPulls"));
    }

    async fn without_the_config_nothing_that_may_repeat_it_is_shown(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let config = json!({"os": "linux", "architecture": "amd64", "config": {"Env": ["TOKEN=hunter2hunter2"]}});
        let mut pushed = Vec::new();
        for config in [config.to_string(), "{ this is no JSON: hunter2hunter2".to_owned()] {
            let manifest = json!({
                "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "config": desk.world.blob(API, &config, "application/vnd.oci.image.config.v1+json").await,
                "layers": [], "annotations": {"the.token": "hunter2hunter2", "hello": "world"},
            });
            pushed.push(desk.world.put(API, &manifest, None).await);
        }
        let index = json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [],
            "annotations": {"hello": "world"},
        });
        let index = desk.world.put(API, &index, None).await;
        desk.restarts().await;
        let shown = async |desk: &Desk<'_>, made: &MadeLink| {
            let page = desk.opens(made).await.unwrap();
            [page.frozen.as_ref(), now(&page)].map(|shared| {
                let shared = shared.unwrap();
                assert!(image(shared).manifest.shown().is_some());
                serde_json::to_string(shared).unwrap()
            })
        };
        let makes = async |desk: &Desk<'_>, digest: &Digest| desk.makes(link(LinkScope::Image(digest.clone()))).await;
        let (readable, unreadable) = (makes(&desk, &pushed[0]).await, makes(&desk, &pushed[1]).await);
        for text in shown(&desk, &readable).await {
            assert!(text.contains("world") && !text.contains("hunter2"), "{text}");
        }
        for text in shown(&desk, &unreadable).await {
            assert!(!text.contains("world") && !text.contains("hunter2"), "{text}");
        }
        // An index has no config and no variables.
        let made = makes(&desk, &index).await;
        for text in shown(&desk, &made).await {
            assert!(text.contains("world"), "{text}");
        }
        // Without the action for configs, the variables are unknown.
        let grants = [allow(DEVELOPER, &["ecr:*"]), deny(DEVELOPER, &["ecr:GetDownloadUrlForLayer"])];
        desk.world.policy(API, &grants).await;
        desk.restarts().await;
        let withheld = makes(&desk, &pushed[0]).await;
        for text in shown(&desk, &withheld).await {
            assert!(!text.contains("world") && !text.contains("hunter2"), "{text}");
        }
        assert!(!place.ask("SELECT content FROM link_kept").await.concat().contains("hunter2"));
    }

    async fn the_size_of_a_referrer_by_tag_requires_its_own_action(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let image = desk.world.push(API, "the image", "prod").await;
        let layer = "application/vnd.dev.cosign.simplesigning.v1+json";
        let signature = json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": desk.world.blob(API, "{}", "application/vnd.oci.image.config.v1+json").await,
            "layers": [desk.world.blob(API, "the signature", layer).await],
        });
        let by_tag = image.as_str().replace(':', "-") + ".sig";
        desk.world.put(API, &signature, Some(&by_tag)).await;
        desk.restarts().await;
        let moment = LinkMoment::Frozen;
        let made = desk.makes(NewLink { moment, ..link(LinkScope::Image(image)) }).await;
        let pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
        for (looks, is_sized) in [("ecr:DescribeImages", true), ("ecr:ListImages", false)] {
            desk.world.policy(API, &[allow(DEVELOPER, &[looks, pull[0], pull[1]])]).await;
            desk.restarts().await;
            let page = desk.opens(&made).await.unwrap();
            let SharedView::Image(detail) = &page.frozen.as_ref().unwrap().view else { unreachable!() };
            let referrers = detail.referrers.shown().unwrap();
            let sizes: Vec<_> = referrers.iter().map(|it| (it.by_tag.is_some(), it.size.is_some())).collect();
            assert_eq!(sizes, [(true, is_sized)], "{looks}");
        }
    }
}
