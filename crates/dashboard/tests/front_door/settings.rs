//! What DescribeRepositories says of a repository, for those alone who may call it.

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

use crate::{sight::missing, world::*};

const API: &str = "team/api";

/// Everything that is shown of a repository, but for its settings.
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

/// A repository with settings that show wherever they are told.
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

/// Everything that a viewer is told of the repository, and the kind of its tag `prod`.
async fn told(world: &World) -> (String, TagKind) {
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let (registry, api) = (alias(), name(API));
    let detail = repository_detail(&gantry, &ana, &registry, &api)
        .await
        .unwrap();
    let images = gantry
        .repositories
        .all_images(&ana, &registry, &api)
        .await
        .unwrap();
    let page = repository_images(&gantry, &ana, &registry, &api, &Default::default()).await;
    let digest = images.rows[0].digest.clone();
    let image = gantry
        .images
        .image(&ana, &registry, &api, &digest)
        .await
        .unwrap();
    let prod = gantry
        .images
        .tag(&ana, &registry, &api, &tag("prod"))
        .await
        .unwrap();
    let list = gantry.repositories.list(&ana, &Default::default()).await;
    let whole = gantry.repositories.all(&ana).await;
    let search = gantry.search.find(&ana, "prod").await;
    let kind = prod.label.kind;
    let told = serde_json::json!([
        detail,
        images,
        page.unwrap(),
        image,
        prod,
        list,
        whole,
        search
    ]);
    (told.to_string(), kind)
}

/// What tells of the settings, wherever it stands.
const PIECES: [&str; 6] = [
    "planted",
    "ImmutableExcept",
    "KMS_DSSE",
    "scan_on_push",
    "created\":1",
    "\"Locked\"",
];

#[tokio::test]
async fn settings_are_shown_by_their_own_action() {
    let look = [&LOOK[..], &["ecr:DescribeRepositories"]].concat();
    let world = guarded(&[allow(DEVELOPER, &look)]).await;
    let (told, kind) = told(&world).await;
    for piece in PIECES {
        assert!(told.contains(piece), "{piece}: {told}");
    }
    assert_eq!(kind, TagKind::Locked);
}

#[tokio::test]
async fn no_piece_of_the_settings_is_told_without_their_action() {
    for statements in [
        vec![allow(DEVELOPER, &LOOK)],
        vec![allow(DEVELOPER, &["ecr:ListImages"])],
        vec![
            allow(DEVELOPER, &["ecr:*"]),
            deny(DEVELOPER, &["ecr:DescribeRepositories"]),
        ],
    ] {
        let world = guarded(&statements).await;
        let (told, kind) = told(&world).await;
        for piece in PIECES {
            assert!(!told.contains(piece), "{piece}: {told}");
        }
        assert_eq!(kind, TagKind::LooksFloating, "by its name alone");
        let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
        let detail = repository_detail(&gantry, &ana, &alias(), &name(API))
            .await
            .unwrap();
        let (action, _) = missing(&detail.settings).unwrap();
        assert_eq!(action, Action::DescribeRepositories);
        // Neither a filter nor an order of the list tells them.
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
async fn settings_are_shown_through_whichever_principal_may_see_them() {
    let world = guarded(&[
        allow(DEVELOPER, &LOOK),
        allow(AUDITOR, &["ecr:DescribeRepositories"]),
    ])
    .await;
    let (gantry, both) = (world.gantry().await, viewer(&[DEVELOPER, AUDITOR]));
    let detail = repository_detail(&gantry, &both, &alias(), &name(API))
        .await
        .unwrap();
    let mutability = &detail.settings.shown().unwrap().mutability;
    let except = Mutability::ImmutableExcept(vec!["planted-*".to_owned()]);
    assert_eq!(*mutability, except);
    // Alone, the action shows no repository.
    assert!(listed(&gantry, &viewer(&[AUDITOR])).await.is_empty());
}
