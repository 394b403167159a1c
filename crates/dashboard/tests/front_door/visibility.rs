//! What a viewer sees, depending on the grants of the policies.

use access::{AccessSettings, Identity};
use dashboard::Refusal;
use model::{Action, Section, Visibility, repository::PolicyState, search::SearchTarget};
use serde_json::json;

use crate::world::*;

#[tokio::test]
async fn a_repository_without_a_grant_does_not_exist() {
    let world = World::new().await;
    world
        .repository("team/open", &[allow(DEVELOPER, &["ecr:DescribeImages"])])
        .await;
    world
        .repository("team/other", &[allow(AUDITOR, &["ecr:*"])])
        .await;
    world
        .repository(
            "team/denied",
            &[allow(DEVELOPER, &["ecr:*"]), deny("*", &["ecr:*"])],
        )
        .await;
    world
        .repository("team/delegated", &[allow(ACCOUNT, &["ecr:*"])])
        .await;
    let condition = json!({"StringEquals": {"aws:SourceVpce": "vpce-1"}});
    let mut conditional = allow(DEVELOPER, &["ecr:*"]);
    conditional["Condition"] = condition.clone();
    world.repository("team/conditional", &[conditional]).await;
    let mut denied = deny("*", &["ecr:*"]);
    denied["Condition"] = condition;
    world
        .repository(
            "team/denied-perhaps",
            &[allow(DEVELOPER, &["ecr:*"]), denied],
        )
        .await;
    world.push("team/other", "x", "1.0").await;

    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    assert_eq!(listed(&gantry, &ana).await, ["team/open"]);
    let digest = digest("x");
    for hidden in [
        "team/other",
        "team/denied",
        "team/delegated",
        "team/conditional",
        "team/denied-perhaps",
        "team/absent",
    ] {
        let repository = repository_at(hidden);
        let refusals = [
            repository_detail(&gantry, &ana, &repository).await.err(),
            repository_images(&gantry, &ana, &repository, &Default::default())
                .await
                .err(),
            gantry
                .repositories
                .all_images(&ana, &repository)
                .await
                .err(),
            gantry
                .images
                .tag(&ana, &repository, &tag("1.0"))
                .await
                .err(),
            gantry.images.image(&ana, &repository, &digest).await.err(),
            gantry.policies.page(&ana, &repository).await.err(),
            gantry.lifecycle.page(&ana, &repository).await.err(),
            gantry
                .lifecycle
                .start_preview(&ana, &request_origin("r"), &repository)
                .await
                .err(),
        ];
        assert_eq!(refusals, [Some(Refusal::NotFound); 8], "{hidden}");
        assert!(
            gantry.search.find(&ana, hidden).await.hits.is_empty(),
            "{hidden}"
        );
        assert!(
            gantry
                .policies
                .access(&ana, hidden, 1)
                .await
                .repositories
                .rows
                .is_empty(),
            "{hidden}"
        );
    }
    let elsewhere = "elsewhere/team/open".parse().unwrap();
    assert_eq!(
        repository_detail(&gantry, &ana, &elsewhere).await.err(),
        Some(Refusal::NotFound)
    );
}

#[tokio::test]
async fn each_section_of_a_page_requires_its_own_action() {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:ListImages"])])
        .await;
    let digest = world.push("team/api", "x", "1.0").await;
    let (gantry, ana, api) = (
        world.gantry().await,
        viewer(&[DEVELOPER]),
        repository_at("team/api"),
    );

    let list = repository_detail(&gantry, &ana, &api).await.unwrap();
    assert_eq!(list.visibility, Visibility::Tags);
    let rows = repository_images(&gantry, &ana, &api, &Default::default())
        .await
        .unwrap()
        .rows;
    assert!(
        rows[0].facts.is_none() && rows[0].tags[0].tag == tag("1.0"),
        "only tags and digests"
    );

    let image = gantry.images.image(&ana, &api, &digest).await.unwrap();
    let withheld = |action| Some((action, None));
    assert_eq!(missing(&image.manifest), withheld(Action::BatchGetImage));
    assert_eq!(missing(&image.config), withheld(Action::BatchGetImage));
    assert_eq!(missing(&image.referrers), withheld(Action::BatchGetImage));
    assert_eq!(
        missing(&image.findings),
        withheld(Action::DescribeImageScanFindings)
    );

    world
        .policy(
            "team/api",
            &[allow(
                DEVELOPER,
                &["ecr:DescribeImages", "ecr:BatchGetImage"],
            )],
        )
        .await;
    let gantry = world.gantry().await;
    let image = gantry.images.image(&ana, &api, &digest).await.unwrap();
    assert!(image.image.facts.is_some() && image.manifest.shown().is_some());
    assert_eq!(
        missing(&image.config),
        withheld(Action::GetDownloadUrlForLayer)
    );

    world
        .policy("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let gantry = world.gantry().await;
    let image = gantry.images.image(&ana, &api, &digest).await.unwrap();
    assert_eq!(
        image.config.shown().unwrap().environment,
        [("CONTENT".into(), "x".into())]
    );
    assert!(
        matches!(image.findings, Section::Absent { .. }),
        "never scanned"
    );
}

#[tokio::test]
async fn actions_that_are_needed_together_must_be_granted_to_one_principal() {
    let world = World::new().await;
    let split = [
        allow(DEVELOPER, &["ecr:DescribeImages", "ecr:BatchGetImage"]),
        allow(
            AUDITOR,
            &["ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"],
        ),
    ];
    world.repository("team/api", &split).await;
    let digest = world.push("team/api", "x", "1.0").await;
    let (gantry, both) = (world.gantry().await, viewer(&[DEVELOPER, AUDITOR]));
    let image = gantry
        .images
        .image(&both, &repository_at("team/api"), &digest)
        .await
        .unwrap();
    assert!(
        image.manifest.shown().is_some(),
        "the developer may read manifests"
    );
    assert_eq!(
        missing(&image.config).map(|(action, _)| action),
        Some(Action::GetDownloadUrlForLayer)
    );
    assert!(image.context.pull.shown().is_none(), "no role may do both");
}

#[tokio::test]
async fn parts_of_a_policy_are_shown_only_to_its_readers() {
    let world = World::new().await;
    let mut secret = deny(DEVELOPER, &["ecr:BatchGetImage"]);
    secret["Sid"] = json!("NobodyPullsBeforeTheAudit");
    let statements = [
        allow(DEVELOPER, &["ecr:DescribeImages", "ecr:BatchGetImage"]),
        secret,
    ];
    world.repository("team/closed", &statements).await;
    let mut readable = statements.to_vec();
    readable.push(allow(DEVELOPER, &["ecr:GetRepositoryPolicy"]));
    world.repository("team/readable", &readable).await;
    let mut digests = Vec::new();
    for repository in ["team/closed", "team/readable"] {
        digests.push(world.push(repository, "x", "1.0").await);
    }
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));

    let closed = repository_at("team/closed");
    let image = gantry
        .images
        .image(&ana, &closed, &digests[0])
        .await
        .unwrap();
    assert_eq!(
        missing(&image.manifest),
        Some((Action::BatchGetImage, None))
    );
    let policy = gantry.policies.page(&ana, &closed).await.unwrap();
    assert_eq!(
        missing(&policy.policy),
        Some((Action::GetRepositoryPolicy, None))
    );
    assert!(policy.matrix.is_empty());
    let access = gantry
        .policies
        .access(&ana, "closed", 1)
        .await
        .repositories
        .rows;
    assert!(
        access[0].grants[0]
            .cells
            .iter()
            .all(|cell| cell.statement.is_none())
    );
    let whole = format!("{image:?}{policy:?}{access:?}");
    assert!(!whole.contains("NobodyPulls"), "no Sid leaves the policy");

    let readable = repository_at("team/readable");
    let image = gantry
        .images
        .image(&ana, &readable, &digests[1])
        .await
        .unwrap();
    assert_eq!(
        missing(&image.manifest),
        Some((
            Action::BatchGetImage,
            Some("NobodyPullsBeforeTheAudit".into())
        ))
    );
    let policy = gantry.policies.page(&ana, &readable).await.unwrap();
    let document = &policy.policy.shown().unwrap().document;
    assert_eq!(document.compiled().unwrap().policy().statements.len(), 3);
}

#[tokio::test]
async fn administrators_see_names_and_policies_but_no_images() {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let digest = world.push("team/api", "x", "1.0").await;
    let (gantry, farah, api) = (world.gantry().await, admin(), repository_at("team/api"));
    let list = gantry.repositories.list(&farah, &Default::default()).await;
    let row = &list.page.rows[0];
    assert_eq!(
        (row.visibility, row.policy, row.images, row.size),
        (Visibility::Name, PolicyState::Set, None, None)
    );
    assert!(
        gantry
            .policies
            .page(&farah, &api)
            .await
            .unwrap()
            .policy
            .shown()
            .is_some()
    );
    let withheld = Some(Refusal::Withheld(Action::DescribeImages));
    assert_eq!(
        repository_detail(&gantry, &farah, &api).await.err(),
        withheld
    );
    assert_eq!(
        gantry.repositories.all_images(&farah, &api).await.err(),
        withheld
    );
    assert_eq!(
        gantry.images.image(&farah, &api, &digest).await.err(),
        withheld
    );
    assert_eq!(
        gantry.images.tag(&farah, &api, &tag("1.0")).await.err(),
        withheld
    );
    let hits = gantry.search.find(&farah, "api").await.hits;
    assert!(
        hits.iter().all(|hit| hit.target == SearchTarget::Policy),
        "{hits:?}"
    );
    let hits = gantry.search.find(&farah, "1.0").await.hits;
    assert!(hits.is_empty(), "{hits:?}");
    let lifecycle = gantry.lifecycle.page(&farah, &api).await.unwrap();
    assert_eq!(
        missing(&lifecycle.policy).map(|(action, _)| action),
        Some(Action::GetLifecyclePolicy)
    );
}

#[tokio::test]
async fn pulling_shows_images_only_if_configured() {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:BatchGetImage"])])
        .await;
    world
        .repository(
            "team/denied",
            &[
                allow(DEVELOPER, &["ecr:BatchGetImage"]),
                deny("*", &["ecr:DescribeImages"]),
            ],
        )
        .await;
    let ana = viewer(&[DEVELOPER]);
    assert!(listed(&world.gantry().await, &ana).await.is_empty());
    let open = AccessSettings {
        pull_sees_images: true,
        ..AccessSettings::default()
    };
    assert_eq!(
        listed(&world.gantry_with(open).await, &ana).await,
        ["team/api"]
    );
}

#[tokio::test]
async fn pulling_does_not_show_images_if_a_deny_may_apply() {
    let world = World::new().await;
    let elsewhere = json!({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}});
    let mut unless = deny("*", &["ecr:DescribeImages"]);
    unless["Condition"] = elsewhere;
    let pull = allow(DEVELOPER, &["ecr:BatchGetImage"]);
    world.repository("team/api", &[pull.clone(), unless]).await;
    world.repository("team/open", &[pull]).await;
    let open = AccessSettings {
        pull_sees_images: true,
        ..AccessSettings::default()
    };
    let gantry = world.gantry_with(open).await;
    assert_eq!(listed(&gantry, &viewer(&[DEVELOPER])).await, ["team/open"]);
}

#[tokio::test]
async fn an_assumed_identity_can_use_grants_to_the_account() {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(ACCOUNT, &["ecr:DescribeImages"])])
        .await;
    let gantry = world.gantry().await;
    assert!(
        listed(&gantry, &in_team(&[DEVELOPER], Identity::None))
            .await
            .is_empty()
    );
    assert_eq!(
        listed(&gantry, &in_team(&[DEVELOPER], Identity::Assumed)).await,
        ["team/api"]
    );
    let elsewhere = "arn:aws:iam::444455556666:role/developer";
    assert!(
        listed(&gantry, &in_team(&[elsewhere], Identity::Assumed))
            .await
            .is_empty()
    );
}

/// The missing action and the statement of a withheld section.
pub fn missing<T>(section: &Section<T>) -> Option<(Action, Option<String>)> {
    match section {
        Section::Withheld { action, statement } => Some((*action, statement.clone())),
        _ => None,
    }
}
