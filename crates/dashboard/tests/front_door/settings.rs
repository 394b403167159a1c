//! The result of DescribeRepositories is shown only to viewers who may call it.

use aws_sdk_ecr::types::{
    EncryptionConfiguration, EncryptionType, ImageScanningConfiguration, ImageTagMutability,
    ImageTagMutabilityExclusionFilter, ImageTagMutabilityExclusionFilterType,
};
use model::{
    Action,
    image::TagKind,
    query::{RepositoryColumn, RepositoryQuery, Sort},
    repository::Mutability,
};
use serde_json::Value;

use crate::{visibility::missing, world::*};

const API: &str = "team/api";

/// All actions that show a repository, except the one for its settings.
const LOOK: [&str; 8] = [
    "ecr:DescribeImages",
    "ecr:ListImages",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
    "ecr:DescribeImageScanFindings",
    "ecr:GetRepositoryPolicy",
    "ecr:GetLifecyclePolicy",
    "ecr:ListTagsForResource",
];

/// A repository with settings that are recognizable wherever they appear.
async fn guarded(statements: &[Value]) -> World {
    let world = World::new().await;
    let filter = ImageTagMutabilityExclusionFilter::builder()
        .filter("planted-*")
        .filter_type(ImageTagMutabilityExclusionFilterType::Wildcard)
        .build();
    let kms = EncryptionConfiguration::builder().encryption_type(EncryptionType::KmsDsse);
    let scanning = ImageScanningConfiguration::builder().scan_on_push(true);
    world
        .ecr
        .create_repository()
        .repository_name(API)
        .image_tag_mutability(ImageTagMutability::ImmutableWithExclusion)
        .image_tag_mutability_exclusion_filters(filter.unwrap())
        .image_scanning_configuration(scanning.build())
        .encryption_configuration(kms.build().unwrap())
        .send()
        .await
        .unwrap();
    world.policy(API, statements).await;
    world.push(API, "x", "prod").await;
    world.push(API, "y", "1.4.2-build.831").await;
    world
}

/// Everything that a viewer sees of the repository, and the kind of its tag `prod`.
async fn everything_shown(world: &World) -> (String, TagKind) {
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let api = repository_at(API);
    let detail = repository_detail(&gantry, &ana, &api).await.unwrap();
    let images = gantry.repositories.all_images(&ana, &api).await.unwrap();
    let page = repository_images(&gantry, &ana, &api, &Default::default()).await;
    let digest = images.rows[0].digest.clone();
    let image = gantry.images.image(&ana, &api, &digest).await.unwrap();
    let prod = gantry.images.tag(&ana, &api, &tag("prod")).await.unwrap();
    let list = gantry.repositories.list(&ana, &Default::default()).await;
    let whole = gantry.repositories.all(&ana).await;
    let search = gantry.search.find(&ana, "prod").await;
    let kind = prod.label.kind;
    let texts = serde_json::json!([
        detail,
        images,
        page.unwrap(),
        image,
        prod,
        list,
        whole,
        search
    ]);
    (texts.to_string(), kind)
}

/// Texts that reveal the settings.
const PIECES: [&str; 6] = [
    "planted",
    "ImmutableExcept",
    "KMS_DSSE",
    "scan_on_push",
    "created\":1",
    "\"Locked\"",
];

#[tokio::test]
async fn settings_are_shown_with_their_own_action() {
    let look = [&LOOK[..], &["ecr:DescribeRepositories"]].concat();
    let world = guarded(&[allow(DEVELOPER, &look)]).await;
    let (texts, kind) = everything_shown(&world).await;
    for piece in PIECES {
        assert!(texts.contains(piece), "{piece}: {texts}");
    }
    assert_eq!(kind, TagKind::Locked);
}

#[tokio::test]
async fn no_part_of_the_settings_is_shown_without_their_action() {
    for statements in [
        vec![allow(DEVELOPER, &LOOK)],
        vec![allow(DEVELOPER, &["ecr:ListImages"])],
        vec![
            allow(DEVELOPER, &["ecr:*"]),
            deny(DEVELOPER, &["ecr:DescribeRepositories"]),
        ],
    ] {
        let world = guarded(&statements).await;
        let (texts, kind) = everything_shown(&world).await;
        for piece in PIECES {
            assert!(!texts.contains(piece), "{piece}: {texts}");
        }
        assert_eq!(kind, TagKind::LooksFloating, "only by its name");
        let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
        let detail = repository_detail(&gantry, &ana, &repository_at(API))
            .await
            .unwrap();
        let (action, _) = missing(&detail.settings).unwrap();
        assert_eq!(action, Action::DescribeRepositories);
        // Filtering and sorting the list do not reveal them either.
        for mutability in ["mutable", "immutable", "mutable-except", "immutable-except"] {
            let query = RepositoryQuery {
                mutability: Some(mutability.to_owned()),
                ..RepositoryQuery::default()
            };
            let list = gantry.repositories.list(&ana, &query).await;
            assert_eq!(list.page.matching, 0, "{mutability}");
        }
        let sort = Sort {
            column: RepositoryColumn::Mutability,
            descending: false,
        };
        let query = RepositoryQuery {
            sort,
            ..RepositoryQuery::default()
        };
        let list = gantry.repositories.list(&ana, &query).await;
        assert_eq!(list.page.rows[0].mutability, None);
    }
}

#[tokio::test]
async fn settings_are_shown_through_any_principal_that_may_see_them() {
    let world = guarded(&[
        allow(DEVELOPER, &LOOK),
        allow(AUDITOR, &["ecr:DescribeRepositories"]),
    ])
    .await;
    let (gantry, both) = (world.gantry().await, viewer(&[DEVELOPER, AUDITOR]));
    let detail = repository_detail(&gantry, &both, &repository_at(API))
        .await
        .unwrap();
    let mutability = &detail.settings.shown().unwrap().mutability;
    let except = Mutability::ImmutableExcept(vec!["planted-*".to_owned()]);
    assert_eq!(*mutability, except);
    // The action alone does not show the repository.
    assert!(listed(&gantry, &viewer(&[AUDITOR])).await.is_empty());
}

#[tokio::test]
async fn a_filter_by_mutability_or_policy_says_of_how_many_repositories_the_viewer_may_not_know_it()
{
    let world = guarded(&[allow(DEVELOPER, &["ecr:DescribeImages"])]).await;
    let all = [allow(DEVELOPER, &["ecr:*"])];
    world.repository("team/open", &all).await;
    let hidden = [allow(AUDITOR, &["ecr:*"])];
    world.repository("team/hidden", &hidden).await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let whole = gantry.repositories.all(&ana).await;
    let by_mutability = RepositoryQuery {
        mutability: Some("immutable".into()),
        ..RepositoryQuery::default()
    };
    let by_policy = RepositoryQuery {
        policy: Some(false),
        ..RepositoryQuery::default()
    };
    for (query, expected) in [
        (RepositoryQuery::default(), (0, 0)),
        (by_mutability, (1, 0)),
        (by_policy, (0, 1)),
    ] {
        let list = gantry.repositories.list(&ana, &query).await;
        for unread in [list.unread, query.unread(&whole.rows)] {
            let withheld = (unread.mutability_withheld, unread.policies_withheld);
            assert_eq!(withheld, expected, "{query:?}");
        }
    }
}

#[tokio::test]
async fn the_time_of_the_settings_is_shown_to_those_who_see_them() {
    let world = guarded(&[
        allow(
            DEVELOPER,
            &["ecr:DescribeImages", "ecr:DescribeRepositories"],
        ),
        allow(AUDITOR, &["ecr:DescribeImages"]),
    ])
    .await;
    let gantry = world.gantry().await;
    let api = repository_at(API);
    for (principal, is_shown) in [(DEVELOPER, true), (AUDITOR, false)] {
        let viewer = viewer(&[principal]);
        let as_of = gantry.images.settings_as_of(&viewer, &api).await;
        assert_eq!(as_of.is_some(), is_shown, "{principal}");
    }
}
