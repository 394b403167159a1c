//! Lists of images and tags, and the search of the command palette.

use model::{
    image::{ImageKind, TagKind},
    query::{ImageQuery, TagFilter},
    search::SearchTarget,
};
use serde_json::json;

use crate::world::*;

const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

#[tokio::test]
async fn an_index_and_its_platforms_are_one_row() {
    let world = World::new().await;
    world
        .repository(
            "team/api",
            &[
                allow(DEVELOPER, &["ecr:*"]),
                allow(AUDITOR, &["ecr:DescribeImages"]),
            ],
        )
        .await;
    let mut manifests = Vec::new();
    for architecture in ["amd64", "arm64"] {
        let config = json!({"os": "linux", "architecture": architecture}).to_string();
        let config = world
            .blob(
                "team/api",
                &config,
                "application/vnd.oci.image.config.v1+json",
            )
            .await;
        let manifest =
            json!({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": []});
        let digest = world.put("team/api", &manifest, None).await;
        manifests.push(json!({
            "mediaType": MANIFEST, "digest": digest.as_str(), "size": manifest.to_string().len(),
            "platform": {"os": "linux", "architecture": architecture},
        }));
    }
    let index = json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests});
    let index = world.put("team/api", &index, Some("1.0")).await;

    let (gantry, api) = (world.gantry().await, repository_at("team/api"));
    let rows = gantry
        .repositories
        .all_images(&viewer(&[DEVELOPER]), &api)
        .await
        .unwrap()
        .rows;
    assert_eq!(rows.len(), 1);
    let facts = rows[0].facts.as_ref().unwrap();
    assert_eq!(facts.kind, ImageKind::Index);
    let platforms: Vec<_> = facts.platforms.iter().map(ToString::to_string).collect();
    assert_eq!(platforms, ["linux/amd64", "linux/arm64"]);

    let apart = gantry
        .repositories
        .all_images(&viewer(&[AUDITOR]), &api)
        .await
        .unwrap()
        .rows;
    assert_eq!(
        apart.len(),
        3,
        "only manifests combine images, and the auditor may not see them"
    );
    assert!(
        apart
            .iter()
            .all(|row| row.facts.as_ref().unwrap().platforms.is_empty())
    );

    let child: model::Digest = manifests[1]["digest"].as_str().unwrap().parse().unwrap();
    let page = gantry
        .images
        .image(&viewer(&[DEVELOPER]), &api, &child)
        .await
        .unwrap();
    assert_eq!(page.part_of[0].digest, index);
}

#[tokio::test]
async fn a_tag_that_moved_is_shown_as_floating() {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let first = world.push("team/api", "first", "1.4.2-build.831").await;
    let (gantry, ana, api) = (
        world.gantry().await,
        viewer(&[DEVELOPER]),
        repository_at("team/api"),
    );
    let build = tag("1.4.2-build.831");
    let page = gantry.images.tag(&ana, &api, &build).await.unwrap();
    assert_eq!(page.label.kind, TagKind::LooksUnique);
    assert_eq!(page.seen.len(), 1);

    let second = world.push("team/api", "second", "1.4.2-build.831").await;
    // The images are read again once they are older than the time that a person waits.
    let mut page = gantry.images.tag(&ana, &api, &build).await.unwrap();
    for _ in 0..40 {
        if page.image.digest == second {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        page = gantry.images.tag(&ana, &api, &build).await.unwrap();
    }
    assert_eq!(page.label.kind, TagKind::Moved);
    let seen: Vec<_> = page
        .seen
        .iter()
        .map(|sighting| sighting.digest.clone())
        .collect();
    assert_eq!(seen, [second, first]);
}

#[tokio::test]
async fn filters_and_pages_cover_the_whole_list() {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    for n in 0..130 {
        world
            .push("team/api", &format!("image {n}"), &format!("1.{n}"))
            .await;
    }
    let (gantry, ana, api) = (
        world.gantry().await,
        viewer(&[DEVELOPER]),
        repository_at("team/api"),
    );
    let ask = |query: ImageQuery| {
        let (gantry, ana, api) = (&gantry, &ana, &api);
        async move { repository_images(gantry, ana, api, &query).await.unwrap() }
    };
    let first = ask(ImageQuery::default()).await;
    assert_eq!((first.rows.len(), first.total, first.pages), (100, 130, 2));
    let second = ask(ImageQuery {
        page: 2,
        ..ImageQuery::default()
    })
    .await;
    assert_eq!(second.rows.len(), 30);
    let beyond = ask(ImageQuery {
        page: 99,
        ..ImageQuery::default()
    })
    .await;
    assert_eq!(
        beyond.number, 2,
        "a page after the last one is the last one"
    );
    let found = ask(ImageQuery {
        text: "1.12".into(),
        ..ImageQuery::default()
    })
    .await;
    assert_eq!(
        (found.matching, found.total),
        (11, 130),
        "1.12 and 1.120 to 1.129"
    );
    let untagged = ask(ImageQuery {
        tags: TagFilter::Untagged,
        ..ImageQuery::default()
    })
    .await;
    assert_eq!(untagged.matching, 0);
}

#[tokio::test]
async fn a_partly_remembered_tag_is_found() {
    let world = World::new().await;
    world
        .repository("team/users-api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    world
        .repository("team/orders-api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    world
        .repository("other/users-api", &[allow(AUDITOR, &["ecr:*"])])
        .await;
    let digest = world.push("team/users-api", "a", "1.4.2-build.831").await;
    world.push("team/orders-api", "b", "1.4.2-build.77").await;
    world.push("other/users-api", "c", "1.4.2-build.831").await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    for repository in ["team/users-api", "team/orders-api"] {
        gantry
            .repositories
            .all_images(&ana, &repository_at(repository))
            .await
            .unwrap();
    }
    let targets = |text: &'static str| {
        let (gantry, ana) = (&gantry, &ana);
        async move {
            let hits = gantry.search.find(ana, text).await.hits.into_iter();
            hits.map(|hit| (hit.repository.name.to_string(), hit.target))
                .collect::<Vec<_>>()
        }
    };
    let wanted = (
        "team/users-api".to_owned(),
        SearchTarget::Tag(tag("1.4.2-build.831")),
    );
    assert_eq!(targets("users 831").await, std::slice::from_ref(&wanted));
    assert_eq!(
        targets("BUILD.831").await,
        [wanted],
        "nothing that only another team may see"
    );
    let prefix: &'static str = Box::leak(digest.as_str()[..15].to_owned().into_boxed_str());
    assert_eq!(
        targets(prefix).await,
        [("team/users-api".to_owned(), SearchTarget::Image(digest))]
    );
    assert!(targets("   ").await.is_empty());
}

#[tokio::test]
async fn a_search_uses_sixteen_words_and_reports_that() {
    let world = World::new().await;
    let everything = [allow(DEVELOPER, &["ecr:*"])];
    world.repository("team/users-api", &everything).await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    for (words, shortened) in [(1, false), (16, false), (17, true), (128, true)] {
        let text = ["u"; 128][..words].join(" ");
        let found = gantry.search.find(&ana, &text).await;
        assert_eq!(
            (found.hits.len(), found.shortened),
            (1, shortened),
            "{words}"
        );
    }
    // Words after the first sixteen are ignored.
    let text = format!("{} nothing", ["u"; 16].join(" "));
    assert_eq!(gantry.search.find(&ana, &text).await.hits.len(), 1);
    let long = "u".repeat(257);
    assert!(gantry.search.find(&ana, &long).await.shortened);
}

#[test]
fn searches_and_lists_do_not_block_the_answering_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(1)
        .build();
    runtime.unwrap().block_on(wait_for_the_one_other_thread());
}

/// While the only thread for such work is blocked, nothing is answered.
async fn wait_for_the_one_other_thread() {
    use futures::FutureExt;

    let world = World::new().await;
    let everything = [allow(DEVELOPER, &["ecr:*"])];
    world.repository("team/users-api", &everything).await;
    world.push("team/users-api", "a", "1.0").await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let (api, query) = (repository_at("team/users-api"), Default::default());
    let images = Default::default();
    // From now on all data is known, so only the work itself can take time.
    gantry.repositories.all_images(&ana, &api).await.unwrap();
    gantry.policies.page(&ana, &api).await.unwrap();
    gantry.search.find(&ana, "users").await;
    let asked = [
        gantry.search.find(&ana, "users").map(drop).boxed(),
        gantry.repositories.list(&ana, &query).map(drop).boxed(),
        gantry.repositories.all(&ana).map(drop).boxed(),
        gantry.repositories.all_images(&ana, &api).map(drop).boxed(),
        repository_images(&gantry, &ana, &api, &images)
            .map(drop)
            .boxed(),
        gantry.policies.page(&ana, &api).map(drop).boxed(),
    ];
    for mut asking in asked {
        let (release, held) = std::sync::mpsc::channel();
        tokio::task::spawn_blocking(move || held.recv());
        let longest = std::time::Duration::from_millis(50);
        let early = tokio::time::timeout(longest, &mut asking).await;
        assert!(early.is_err(), "answered by the calling thread");
        release.send(()).unwrap();
        asking.await;
    }
}

#[tokio::test]
async fn viewing_images_does_not_count_as_pulling_them() {
    let world = World::new().await;
    let everything = [allow(DEVELOPER, &["ecr:*"])];
    world.repository("team/api", &everything).await;
    let exclusion = world.ecr.deregister_pull_time_update_exclusion();
    let host = "arn:aws:iam::111122223333:role/host";
    exclusion.principal_arn(host).send().await.unwrap();
    let manifest = json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": []});
    world.put("team/api", &manifest, Some("1.0")).await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    gantry
        .repositories
        .all_images(&ana, &repository_at("team/api"))
        .await
        .unwrap();
    let described = world.ecr.describe_images().repository_name("team/api");
    let images = described.send().await.unwrap().image_details.unwrap();
    assert_eq!(images[0].last_recorded_pull_time, None);
}
