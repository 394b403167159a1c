//! Where a tag pointed at a time, and the pages of its history.

use std::collections::BTreeMap;

use aws_sdk_ecr::types::ImageIdentifier;
use dashboard::{Gantry, Refusal};
use model::{
    Tag, Timestamp,
    image::{HistoryDetail, Moment, TagEventKind},
    query::HistoryQuery,
};
use store::history::{Incarnation, Millis, RecordSettings, Recorded, TagReading};

use crate::{stores::*, world::*};

const API: &str = "team/api";

const SETTINGS: RecordSettings = RecordSettings {
    longest_pause: std::time::Duration::from_secs(1_200),
    most_changes: 100,
};

fn image(number: u32) -> String {
    format!("sha256:{number:064x}")
}

fn number(digest: &model::Digest) -> String {
    digest.hex().trim_start_matches('0').to_owned()
}

async fn reads(
    store: &store::Store,
    of: &Incarnation,
    (began, ended): (i64, i64),
    prod: Option<u32>,
) {
    let tags: BTreeMap<&str, String> = prod
        .map(|number| ("prod", image(number)))
        .into_iter()
        .collect();
    let reading = TagReading {
        began: Millis(began),
        ended: Millis(ended),
        tags: tags
            .iter()
            .map(|(tag, image)| (*tag, image.as_str()))
            .collect(),
    };
    let recorded = store.record_tags(of, &reading, SETTINGS).await.unwrap();
    assert_ne!(recorded, Recorded::Overlapping);
}

on_each_store! {
    async fn the_changes_around_a_time_are_found(place: &Place) {
        let store = place.open().await;
        let of = Incarnation { arn: "arn:one".to_owned(), created: 1 };
        // The last two readings follow each other so closely that both changes can be the one at 2,050.
        for (times, prod) in [
            ((0, 100), Some(1)),
            ((1_000, 1_100), Some(2)),
            ((2_000, 2_100), None),
            ((2_101, 2_200), Some(3)),
            ((9_000_000, 9_000_100), Some(3)),
        ] {
            reads(&store, &of, times, prod).await;
        }
        for (at, earlier, around, later) in [
            (50, None, vec!["1 2"], Some("2 -")),
            (1_099, None, vec!["1 2", "2 -"], Some("- 3")),
            (1_100, Some("1 2"), vec!["2 -"], Some("- 3")),
            (2_050, Some("1 2"), vec!["2 -", "- 3"], None),
            (2_200, Some("- 3"), vec![], None),
            (99_999_999, Some("- 3"), vec![], None),
        ] {
            let moment = store.tag_at(&of, &tag("prod"), Millis(at)).await.unwrap().unwrap();
            let told = |change: &store::history::TagChange| {
                let side = |digest: &Option<model::Digest>| {
                    digest.as_ref().map_or("-".to_owned(), number)
                };
                format!("{} {}", side(&change.old), side(&change.new))
            };
            let found: Vec<_> = moment.around.iter().map(told).collect();
            let (before, after) = (moment.earlier.as_ref().map(told), moment.later.as_ref().map(told));
            assert_eq!((before.as_deref(), after.as_deref()), (earlier, later), "at {at}");
            assert_eq!(found, around, "at {at}");
            assert!(moment.gap.is_none(), "at {at}");
        }
        let within = store.tag_at(&of, &tag("prod"), Millis(5_000_000)).await.unwrap().unwrap();
        let gap = within.gap.unwrap();
        assert_eq!((gap.began, gap.ended), (Millis(2_200), Millis(9_000_000)));
        let never = Incarnation { arn: "arn:two".to_owned(), created: 1 };
        assert_eq!(store.tag_at(&never, &tag("prod"), Millis(0)).await.unwrap(), None);
    }

    async fn older_changes_follow_page_by_page(place: &Place) {
        let store = place.open().await;
        let of = Incarnation { arn: "arn:one".to_owned(), created: 1 };
        for number in 0..25 {
            let at = i64::from(number) * 1_000;
            reads(&store, &of, (at, at + 10), Some(number)).await;
        }
        let (mut older_than, mut found) = (i64::MAX, Vec::new());
        loop {
            let page = store.tag_history_before(&of, &tag("prod"), older_than, 10).await;
            let page = page.unwrap().unwrap();
            found.extend(page.changes.iter().map(|change| number(change.new.as_ref().unwrap())));
            match page.changes.last() {
                Some(last) if page.more > 0 => older_than = last.number,
                _ => break,
            }
        }
        let expected: Vec<_> = (1..25).rev().map(|number| format!("{number:x}")).collect();
        assert_eq!(found, expected);
    }
}

async fn page(gantry: &Gantry, who: &str, name: &str, at: &str) -> Result<HistoryDetail, Refusal> {
    let query = HistoryQuery {
        at: at.to_owned(),
        ..HistoryQuery::default()
    };
    let (who, name) = (viewer(&[who]), tag(name));
    gantry
        .history
        .page(&who, &repository_at(API), &name, &query)
        .await
}

#[tokio::test]
async fn the_history_of_a_tag_is_shown_to_those_who_may_list_it_and_to_nobody_else() {
    let world = World::new().await;
    world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
    world.push(API, "one", "prod").await;
    let teams = viewer(&[DEVELOPER, AUDITOR]).teams;
    let place = Place::sqlite();
    let gantry = world.gantry_over(place.open().await, &teams).await;
    let shown = page(&gantry, DEVELOPER, "prod", "").await.unwrap();
    assert!(shown.exists && shown.moment.is_none());
    let known = shown.history.events();
    assert!(
        matches!(known[0].kind, TagEventKind::FirstSeen(_)),
        "{known:?}"
    );
    for (who, name) in [(AUDITOR, "prod"), (AUDITOR, "none"), (DEVELOPER, "none")] {
        let refused = page(&gantry, who, name, "2026-11-12T14:32")
            .await
            .unwrap_err();
        assert!(
            matches!(refused, Refusal::NotFound | Refusal::Withheld(_)),
            "{who} {name}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_time_that_cannot_be_answered_is_named() {
    let world = World::new().await;
    world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
    world.push(API, "one", "prod").await;
    let place = Place::sqlite();
    let gantry = world
        .gantry_over(place.open().await, &viewer(&[DEVELOPER]).teams)
        .await;
    let ask = async |at: &str| page(&gantry, DEVELOPER, "prod", at).await.unwrap().moment;
    assert_eq!(ask("yesterday").await, Some(Moment::Invalid));
    let future = Timestamp::from_utc("2999-01-01T00:00").unwrap();
    assert_eq!(ask("2999-01-01T00:00").await, Some(Moment::Future(future)));
    let early = ask("2001-01-01T00:00").await;
    assert!(
        matches!(early, Some(Moment::TooEarly { .. } | Moment::NotStored(_))),
        "{early:?}"
    );
}

#[tokio::test]
async fn a_deleted_tag_keeps_its_history_page_after_a_restart() {
    let world = World::new().await;
    world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let teams = viewer(&[DEVELOPER]).teams;
    let one = world.push(API, "one", "prod").await;
    world.push(API, "one", "1.0.0").await;
    let place = Place::sqlite();
    let gantry = world.gantry_over(place.open().await, &teams).await;
    page(&gantry, DEVELOPER, "prod", "").await.unwrap();
    // The reading is stored in the background.
    for _ in 0..500 {
        let asked = page(&gantry, DEVELOPER, "prod", "2001-01-01T00:00").await;
        if matches!(asked.unwrap().moment, Some(Moment::TooEarly { .. })) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    drop(gantry);
    let prod = ImageIdentifier::builder().image_tag("prod").build();
    let deleted = world.ecr.batch_delete_image().repository_name(API);
    deleted.image_ids(prod).send().await.unwrap();
    let again = world.gantry_over(place.open().await, &teams).await;
    let shown = page(&again, DEVELOPER, "prod", "").await.unwrap();
    assert!(!shown.exists);
    let newest = shown.history.events().remove(0).kind;
    let TagEventKind::Deleted(image) = newest else {
        unreachable!("{newest:?}")
    };
    let version: Tag = tag("1.0.0");
    assert_eq!((image.digest, image.version_tag), (one, Some(version)));
}
