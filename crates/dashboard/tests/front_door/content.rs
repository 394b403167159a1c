//! Pushed content, including hostile content.

use std::{collections::BTreeMap, fs};

use aws_sdk_ecr::types::Tag as ResourceTag;
use dashboard::Gantry;
use model::{
    Digest, Problem, Section,
    image::{ImageDetail, ImageKind, ImageRow},
};
use serde_json::{Value, json};

use crate::world::*;

async fn config_of(config: &str) -> Section<model::image::ConfigView> {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let digest = world.push_with("team/api", config, "1.0").await;
    let gantry = world.gantry().await;
    gantry
        .images
        .image(&viewer(&[DEVELOPER]), &repository_at("team/api"), &digest)
        .await
        .unwrap()
        .config
}

#[tokio::test]
async fn a_very_deeply_nested_config_is_still_read() {
    let deep = format!(
        r#"{{"os":"linux","architecture":"amd64","x":{}1{},"config":{{"User":"app"}}}}"#,
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let config = config_of(&deep).await;
    let config = config.shown().unwrap();
    assert_eq!(config.user.as_deref(), Some("app"));
    assert_eq!(config.cut, 1, "the config reports what was left out");
}

#[tokio::test]
async fn an_invalid_config_is_reported_as_malformed() {
    assert_eq!(
        config_of("not json").await,
        Section::Unavailable {
            problem: Problem::Malformed
        }
    );
}

#[tokio::test]
async fn markup_and_control_characters_stay_text() {
    let labels = json!({"<script>alert(1)</script>": "a\u{202e}b\u{0}"});
    let config = json!({"os": "linux", "config": {"Labels": labels}}).to_string();
    let config = config_of(&config).await;
    assert_eq!(
        config.shown().unwrap().labels,
        [(
            "<script>alert(1)</script>".into(),
            "a\\u{202e}b\\u{0}".into()
        )]
    );
}

#[tokio::test]
async fn layers_show_the_steps_that_created_them() {
    let config = json!({
        "os": "linux", "architecture": "amd64",
        "history": [{"created_by": "ENV A=b", "empty_layer": true}, {"created_by": "COPY . ."}],
    });
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let digest = world
        .push_with("team/api", &config.to_string(), "1.0")
        .await;
    let gantry = world.gantry().await;
    let image = gantry
        .images
        .image(&viewer(&[DEVELOPER]), &repository_at("team/api"), &digest)
        .await
        .unwrap();
    assert_eq!(
        image.manifest.shown().unwrap().layers[0]
            .created_by
            .as_deref(),
        Some("COPY . .")
    );
}

const API: &str = "team/api";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// Reverses the display order of the text after it.
const OVERRIDE: &str = "\u{202e}";

async fn world() -> World {
    let world = World::new().await;
    world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
    world
}

async fn image_of(gantry: &Gantry, digest: &Digest) -> ImageDetail {
    gantry
        .images
        .image(&viewer(&[DEVELOPER]), &repository_at(API), digest)
        .await
        .unwrap()
}

/// The images, once they were read. Some take long.
async fn rows_of(gantry: &Gantry) -> Vec<ImageRow> {
    for _ in 0..10 {
        let (ana, api) = (viewer(&[DEVELOPER]), repository_at(API));
        let images = gantry.repositories.all_images(&ana, &api).await;
        if let Some(images) = images.ok().filter(|images| images.as_of.is_some()) {
            return images.rows;
        }
    }
    unreachable!("the images were not read")
}

/// Annotations with about this many bytes, which use as much of the budget of a page.
fn heavy(bytes: usize) -> BTreeMap<String, String> {
    let value = format!("{OVERRIDE}<&\"{}", "<".repeat(490));
    (0..bytes / 512)
        .map(|n| (format!("{OVERRIDE}{n:06}"), value.clone()))
        .collect()
}

/// Pushes a referrer of an image, with annotations of this many bytes.
async fn refer(world: &World, subject: &Digest, number: usize, bytes: usize) -> Digest {
    let config = world
        .blob(API, "{}", "application/vnd.oci.empty.v1+json")
        .await;
    let manifest = json!({
        "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [],
        "artifactType": format!("application/spdx+json{OVERRIDE}{number}"),
        "subject": {"mediaType": MANIFEST, "digest": subject.as_str(), "size": 1},
        "annotations": heavy(bytes),
    });
    world.put(API, &manifest, None).await
}

/// The memory in use, and the maximum since the last call, in bytes.
fn memory() -> (usize, usize) {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace()
            .nth(1)
            .unwrap()
            .parse::<usize>()
            .unwrap()
            * 1024
    };
    // Linux resets the maximum.
    let _ = fs::write("/proc/self/clear_refs", "5");
    (line("VmRSS:"), line("VmHWM:"))
}

fn size(value: &impl serde::Serialize) -> usize {
    serde_json::to_vec(value).unwrap().len()
}

#[tokio::test]
async fn large_referrers_do_not_make_a_large_page() {
    let world = world().await;
    let subject = world.push(API, "the image", "1.0").await;
    for number in 0..12 {
        refer(&world, &subject, number, 7 * 512 * 1024).await;
    }
    let gantry = world.gantry().await;
    let (before, _) = memory();
    let image = image_of(&gantry, &subject).await;
    let (_, most) = memory();
    // The embedded registry runs in this process and answers from memory, so its memory is
    // included.
    assert!(
        most < before + 150 * 1024 * 1024,
        "{} MiB",
        (most - before) >> 20
    );
    let referrers = image.referrers.shown().unwrap();
    assert!((5..=12).contains(&referrers.len()), "{}", referrers.len());
    let reports_more = referrers.len() == 12 || referrers.last().unwrap().more_follow;
    assert!(reports_more, "the referrers that were not read");
    assert!(size(&image) < 200 * 1024, "{} bytes", size(&image));
    let shown: usize = referrers.iter().map(|it| it.annotations.len()).sum();
    assert!(shown > 0, "the first annotations are shown");
    for referrer in referrers {
        let all = referrer.annotations.len() + referrer.cut as usize;
        assert!(
            all >= 7 * 1024,
            "shown and counted entries add up to the total: {all}"
        );
    }
    assert!(!model::has_hiding(&serde_json::to_string(&image).unwrap()));
}

#[tokio::test]
async fn one_large_referrer_does_not_hide_others() {
    let world = world().await;
    let subject = world.push(API, "the image", "1.0").await;
    for number in 0..6 {
        refer(&world, &subject, number, 7 * 512 * 1024).await;
    }
    let light = refer(&world, &subject, 99, 1_024).await;
    let image = image_of(&world.gantry().await, &subject).await;
    let referrers = image.referrers.shown().unwrap();
    assert_eq!(referrers.len(), 7);
    assert!(referrers.iter().any(|it| it.digest == light));
    assert!(referrers.iter().all(|it| !it.more_follow));
}

#[tokio::test]
async fn the_page_of_the_largest_possible_image_is_limited() {
    let world = world().await;
    let text = format!("{OVERRIDE}\"<&{}", "\"".repeat(4_000));
    let many = |count: usize| -> Vec<&str> { vec![text.as_str(); count] };
    let labels: BTreeMap<_, _> = (0..150).map(|n| (n.to_string(), &text)).collect();
    let step = json!({"created_by": text, "comment": text});
    let config = json!({
        "os": text, "architecture": text, "variant": text, "author": text, "history": vec![step; 60],
        "config": {
            "Entrypoint": many(20), "Cmd": many(20), "Env": many(150), "Labels": labels,
            "User": text, "WorkingDir": text, "StopSignal": text,
        },
    });
    let layer = json!({
        "mediaType": format!("application/vnd.oci.image.layer.nondistributable.v1.tar{text}"),
        "digest": digest("elsewhere").as_str(), "size": 1, "urls": many(12),
    });
    let manifest = json!({
        "schemaVersion": 2, "mediaType": MANIFEST,
        "config": world.blob(API, &config.to_string(), "application/vnd.oci.image.config.v1+json").await,
        "layers": vec![layer; 30], "annotations": heavy(512 * 1024),
    });
    let worst = world.put(API, &manifest, Some("worst")).await;
    for number in 0..12 {
        refer(&world, &worst, number, 64 * 1024).await;
    }
    for number in 0..200 {
        let child = json!({"mediaType": MANIFEST, "digest": worst.as_str(), "size": 1,
            "platform": {"os": text, "architecture": format!("{number}"), "variant": text}});
        let index = json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": vec![child; 5]});
        world
            .put(API, &index, Some(&format!("{number:0300}")))
            .await;
    }
    let image = image_of(&world.gantry().await, &worst).await;
    let manifest = image.manifest.shown().unwrap();
    let (config, all) = (
        image.config.shown().unwrap(),
        serde_json::to_string(&image).unwrap(),
    );
    assert!(size(&image) < 1024 * 1024, "{} bytes", size(&image));
    assert!(!model::has_hiding(&all));
    assert!(config.cut > 0 && manifest.cut > 0 && manifest.escaped > 0);
    assert!(
        !config.labels.is_empty() && !config.environment.is_empty() && !config.history.is_empty()
    );
    assert!(!manifest.layers.is_empty() && !manifest.annotations.is_empty());
    assert_eq!(image.part_of.len() + image.more_part_of as usize, 200);
    assert!(!image.part_of.is_empty());
}

#[tokio::test]
async fn an_oversized_index_affects_only_itself() {
    let world = world().await;
    let image = world.push(API, "the image", "image").await;
    let child = |architecture: &str| {
        json!({"mediaType": MANIFEST, "digest": image.as_str(), "size": 1,
            "platform": {"os": "linux", "architecture": architecture}})
    };
    let mut pushed = Vec::new();
    for number in 0..6 {
        let index = json!({"schemaVersion": 2, "mediaType": INDEX,
            "manifests": vec![child("amd64"); 18_000], "annotations": {"number": number.to_string()}});
        pushed.push(
            world
                .put(API, &index, Some(&format!("heavy-{number}")))
                .await,
        );
    }
    let index = json!({"schemaVersion": 2, "mediaType": INDEX,
        "manifests": [child("amd64"), child("arm64")]});
    let light = world.put(API, &index, Some("light")).await;
    let gantry = world.gantry().await;
    let rows = rows_of(&gantry).await;
    let platforms = |digest: &Digest| {
        let row = rows.iter().find(|row| row.digest == *digest).unwrap();
        row.facts.as_ref().unwrap().platforms.len()
    };
    assert_eq!(platforms(&light), 2);
    for heavy in &pushed {
        assert_eq!(platforms(heavy), 0, "a part of them would look complete");
    }
    let page = image_of(&gantry, &pushed[0]).await;
    let manifest = page.manifest.shown().unwrap();
    assert_eq!(manifest.children.len() + manifest.cut as usize, 18_000);
    assert!(size(&page) < 512 * 1024, "{} bytes", size(&page));
}

#[tokio::test]
async fn platforms_that_do_not_fit_a_row_still_count() {
    let world = world().await;
    let image = world.push(API, "the image", "image").await;
    let child = |number: usize| {
        let word = format!("{number:032}");
        json!({"mediaType": MANIFEST, "digest": image.as_str(), "size": 1,
            "platform": {"os": word, "architecture": word, "variant": word}})
    };
    let children: Vec<_> = (0..40).map(child).collect();
    let index = json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": children});
    let index = world.put(API, &index, Some("wide")).await;
    let gantry = world.gantry().await;
    let rows = rows_of(&gantry).await;
    let row = rows.iter().find(|row| row.digest == index).unwrap();
    assert_eq!(row.facts.as_ref().unwrap().platforms, []);
    let page = image_of(&gantry, &index).await;
    assert_eq!(page.manifest.shown().unwrap().children.len(), 40);
}

#[tokio::test]
async fn the_type_of_an_artifact_is_shortened_in_lists() {
    let world = world().await;
    let media_type = format!("application/x{OVERRIDE}{}", "y".repeat(1_000_000));
    let config = world.blob(API, "{}", &media_type).await;
    let manifest =
        json!({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": []});
    world.put(API, &manifest, Some("chart")).await;
    let rows = rows_of(&world.gantry().await).await;
    let ImageKind::Artifact(shown) = &rows[0].facts.as_ref().unwrap().kind else {
        unreachable!("an artifact")
    };
    assert!(
        shown.starts_with("application/x\\u{202e}y") && shown.len() < 300,
        "{shown}"
    );
}

#[tokio::test]
async fn the_manifest_text_shows_hidden_characters_and_keeps_its_meaning() {
    let world = world().await;
    let config = world
        .blob(API, "{}", "application/vnd.oci.image.config.v1+json")
        .await;
    let manifest = json!({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [],
        "annotations": {(format!("a{OVERRIDE}b")): "c\u{e0041}\u{61c}\u{2028}"}});
    let digest = world.put(API, &manifest, Some("1.0")).await;
    let image = image_of(&world.gantry().await, &digest).await;
    let shown = image.manifest.shown().unwrap();
    assert!(!model::has_hiding(&shown.raw), "{}", shown.raw);
    assert_eq!(serde_json::from_str::<Value>(&shown.raw).unwrap(), manifest);
    assert_eq!(
        (shown.escaped, shown.size as usize),
        (4, manifest.to_string().len())
    );
}

#[tokio::test]
async fn resource_tags_and_lifecycle_rules_show_hidden_characters() {
    let world = world().await;
    let described = world.ecr.describe_repositories().send().await.unwrap();
    let arn = described.repositories()[0].repository_arn().unwrap();
    let tag = ResourceTag::builder()
        .key("owner")
        .value(format!("a{OVERRIDE}b"));
    let tagging = world.ecr.tag_resource().resource_arn(arn);
    tagging.tags(tag.build().unwrap()).send().await.unwrap();
    let text = json!({"rules": [{"rulePriority": 1, "description": format!("a{OVERRIDE}b"),
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1},
        "action": {"type": "expire"}}]});
    let put = world.ecr.put_lifecycle_policy().repository_name(API);
    put.lifecycle_policy_text(text.to_string())
        .send()
        .await
        .unwrap();
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let detail = repository_detail(&gantry, &ana, &repository_at(API))
        .await
        .unwrap();
    let tags = detail.resource_tags.shown().unwrap();
    assert_eq!(tags[0].1, "a\\u{202e}b");
    let lifecycle = gantry
        .lifecycle
        .page(&ana, &repository_at(API))
        .await
        .unwrap();
    let policy = lifecycle.policy.shown().unwrap();
    assert_eq!(policy.rules[0].description.as_deref(), Some("a\\u{202e}b"));
    assert!(!model::has_hiding(&policy.text), "{}", policy.text);
    assert_eq!(serde_json::from_str::<Value>(&policy.text).unwrap(), text);
}
