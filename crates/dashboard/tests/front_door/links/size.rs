//! A link's page stays small, whatever was pushed.

use futures::FutureExt;
use model::link::SharedPart;
use rand::Rng;
use serde_json::json;

use super::*;

/// A text that does not compress well.
fn noise(length: usize) -> String {
    let mut random = rand::rng();
    let letters = (0..length).map(|_| char::from(random.random_range(b'!'..=b'~')));
    letters.filter(|c| !"\"\\".contains(*c)).collect()
}

fn packed(page: &SharedPage) -> usize {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed
        .write_all(&serde_json::to_vec(page).unwrap())
        .unwrap();
    packed.finish().unwrap().len()
}

on_each_store! {
    async fn a_hostile_image_does_not_make_a_large_page(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let pairs = |count: usize| -> serde_json::Map<String, Value> {
            (0..count).map(|n| (format!("{n:04}"), Value::String(noise(1_000)))).collect()
        };
        let variables: Vec<_> = (0..70).map(|n| format!("KEY{n}={}", noise(1_000))).collect();
        let steps: Vec<_> = (0..50).map(|_| json!({"created_by": noise(700), "comment": noise(700)})).collect();
        let config = json!({
            "os": noise(1_000), "architecture": noise(1_000), "author": noise(5_000),
            "config": {"Env": variables, "Cmd": [noise(1_000)], "Labels": pairs(70)}, "history": steps,
        });
        let layer = desk.world.blob(API, "the files", "application/vnd.oci.image.layer.v1.tar").await;
        let manifest = json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": desk.world.blob(API, &config.to_string(), "application/vnd.oci.image.config.v1+json").await,
            "layers": vec![layer; 200], "annotations": pairs(45),
        });
        let digest = desk.world.put(API, &manifest, Some("prod")).await;
        desk.restarts().await;
        let shows = LinkShows { environment: true, accounts: true };
        let made = desk.makes(NewLink { shows, ..link(LinkScope::Image(digest)) }).await;
        let page = desk.opens(&made).await.unwrap();
        assert!(packed(&page) < 40_000, "{} bytes", packed(&page));
        for shared in [page.frozen.as_ref().unwrap(), now(&page).unwrap()] {
            let SharedView::Image(detail) = &shared.view else { unreachable!() };
            let config = detail.config.shown().unwrap();
            let manifest = detail.manifest.shown().unwrap();
            // Shown and counted entries add up to the total.
            for (part, shown, all) in [
                (SharedPart::Labels, config.labels.len(), 70),
                (SharedPart::Environment, config.environment.len(), 70),
                (SharedPart::History, config.history.len(), 50),
                (SharedPart::Layers, manifest.layers.len(), 200),
                (SharedPart::Annotations, manifest.annotations.len(), 45),
            ] {
                assert!(shown > 0, "{part:?}");
                assert_eq!(shown + shared.more_of(part) as usize, all, "{part:?}");
            }
            assert!(config.author.as_ref().unwrap().ends_with('…'));
        }
    }

    async fn a_text_that_compresses_well_is_stored_cut(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let text = || "漢".repeat(1_000);
        let pairs = |count: usize| -> serde_json::Map<String, Value> {
            (0..count).map(|n| (format!("{n:04}{}", text()), Value::String(text()))).collect()
        };
        let variables: Vec<_> = (0..60).map(|n| format!("KEY{n}={}", text())).collect();
        let steps: Vec<_> = (0..40).map(|_| json!({"created_by": text(), "comment": text()})).collect();
        let config = json!({
            "os": "linux", "architecture": "amd64",
            "config": {"Env": variables, "Labels": pairs(40)}, "history": steps,
        });
        let manifest = json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": desk.world.blob(API, &config.to_string(), "application/vnd.oci.image.config.v1+json").await,
            "layers": [], "annotations": pairs(20),
        });
        let digest = desk.world.put(API, &manifest, Some("prod")).await;
        desk.restarts().await;
        let shows = LinkShows { environment: true, accounts: true };
        let made = desk.makes(NewLink { shows, ..link(LinkScope::Image(digest)) }).await;
        let kept = place.ask("SELECT content FROM link_kept").await;
        assert!((16 * 1024..132 * 1024).contains(&kept[0].len()), "{} bytes", kept[0].len());
        // Everything that fits is shown.
        let page = desk.opens(&made).await.unwrap();
        let kept = page.frozen.as_ref().unwrap();
        let SharedView::Image(detail) = &kept.view else { unreachable!() };
        assert!(!detail.config.shown().unwrap().environment.is_empty());
    }

    async fn a_large_repository_does_not_make_a_large_page(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        for n in 0..60 {
            desk.world.push(API, &format!("image {n}"), &format!("{n}")).await;
        }
        desk.restarts().await;
        let made = desk.makes(link(LinkScope::Repository)).await;
        let nowhere = RequestOrigin { address: None, ..request_origin() };
        let page = |number: u32| open(&desk.gantry, &nowhere, &made.token, number).map(Result::unwrap);
        let rows = |shared: &Shared| match &shared.view {
            SharedView::Repository { images, .. } => (images.rows.len(), images.number, images.pages, images.total),
            _ => unreachable!("a link to a repository"),
        };
        let first = page(1).await;
        assert!(packed(&first) < 40_000);
        let frozen = first.frozen.as_ref().unwrap();
        assert_eq!((rows(frozen), frozen.more_of(SharedPart::Images)), ((50, 1, 1, 60), 10));
        assert_eq!(rows(now(&first).unwrap()), (50, 1, 2, 60));
        let second = page(2).await;
        assert_eq!(rows(now(&second).unwrap()), (10, 2, 2, 60));
        assert_eq!(rows(second.frozen.as_ref().unwrap()), (50, 1, 1, 60), "the saved state does not change");
    }
}
