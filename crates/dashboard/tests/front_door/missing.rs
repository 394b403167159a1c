//! Missing tags and images.

use dashboard::Refusal;
use model::{DigestBeginning, image::Reference};

use crate::world::*;

#[tokio::test]
async fn only_viewers_who_see_the_tags_get_suggestions() {
    let world = World::new().await;
    let sees = [allow(DEVELOPER, &["ecr:ListImages"])];
    world.repository("team/api", &sees).await;
    world.push("team/api", "x", "1.7.1-build.823").await;
    let pulls = [allow(DEVELOPER, &["ecr:BatchGetImage"])];
    world.repository("team/pulled", &pulls).await;
    world.push("team/pulled", "x", "1.7.1-build.823").await;
    let (gantry, ana, bob) = (
        world.gantry().await,
        viewer(&[DEVELOPER]),
        viewer(&[AUDITOR]),
    );
    let api = repository_at("team/api");
    let wanted = || Reference::Tag(tag("1.7.1"));
    let missing = gantry.images.missing(&ana, &api, wanted()).await;
    let missing = missing.unwrap();
    assert_eq!(missing.nearest, [tag("1.7.1-build.823")]);
    let page = repository_images(&gantry, &ana, &api, &Default::default())
        .await
        .unwrap();
    assert_eq!(
        Some(missing.as_of),
        page.as_of,
        "when there was no such tag"
    );
    for (viewer, repository) in [
        (&bob, "team/api"),
        (&bob, "team/absent"),
        (&ana, "team/pulled"),
    ] {
        let (repository, tag) = (repository_at(repository), tag("1.7.1"));
        let missing = gantry.images.missing(viewer, &repository, wanted());
        let missing = missing.await.unwrap_err();
        let page = gantry.images.tag(viewer, &repository, &tag).await;
        assert_eq!(Some(missing), page.err(), "{repository}");
    }
}

#[tokio::test]
async fn a_shortened_digest_finds_the_only_image_with_this_start() {
    let world = World::new().await;
    let mut pushed = Vec::new();
    for (repository, action) in [
        ("team/described", "ecr:DescribeImages"),
        ("team/listed", "ecr:ListImages"),
        ("team/pulled", "ecr:BatchGetImage"),
    ] {
        world
            .repository(repository, &[allow(DEVELOPER, &[action])])
            .await;
        pushed.push(world.push(repository, "x", "1.0").await);
    }
    let digest = &pushed[0];
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let begins = |digits: usize| digest.hex()[..digits].parse::<DigestBeginning>().unwrap();
    let meant = |repository: &'static str, beginning: DigestBeginning| {
        let (gantry, ana) = (&gantry, &ana);
        async move {
            let repository = repository_at(repository);
            gantry.images.beginning(ana, &repository, &beginning).await
        }
    };
    for repository in ["team/described", "team/listed"] {
        assert_eq!(meant(repository, begins(12)).await, Ok(digest.clone()));
        let unknown = "0000".parse().unwrap();
        assert_eq!(meant(repository, unknown).await, Err(Refusal::NotFound));
    }
    for hidden in ["team/pulled", "team/absent"] {
        assert_eq!(
            meant(hidden, begins(12)).await,
            gantry
                .images
                .image(&ana, &repository_at(hidden), digest)
                .await
                .map(|_| digest.clone()),
        );
    }
}

#[tokio::test]
async fn an_ambiguous_digest_finds_none_and_suggests_the_images_with_this_start() {
    let world = World::new().await;
    let sees = [allow(DEVELOPER, &["ecr:DescribeImages"])];
    world.repository("team/api", &sees).await;
    // Among this many images, two have the same first four digits.
    let mut digests = Vec::new();
    let shared = loop {
        let number = digests.len();
        let manifest = serde_json::json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.index.v1+json",
            "manifests": [],
            "annotations": {"number": number.to_string()},
        });
        let digest = digest(&manifest.to_string());
        let begins =
            |other: &&(model::Digest, serde_json::Value)| other.0.hex()[..4] == digest.hex()[..4];
        if let Some((twin, other)) = digests.iter().find(begins) {
            world.put("team/api", other, Some("one")).await;
            world.put("team/api", &manifest, Some("two")).await;
            break [twin.clone(), digest];
        }
        digests.push((digest, manifest));
    };
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let api = repository_at("team/api");
    let beginning: DigestBeginning = shared[0].hex()[..4].parse().unwrap();
    let meant = gantry.images.beginning(&ana, &api, &beginning).await;
    assert_eq!(meant, Err(Refusal::NotFound));
    let wanted = Reference::Beginning(beginning);
    let missing = gantry.images.missing(&ana, &api, wanted).await.unwrap();
    assert!(missing.is_ambiguous());
    let mut shared = shared.to_vec();
    shared.sort();
    assert_eq!(missing.nearest_images, shared);
}
