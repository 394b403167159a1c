//! The history of tags: what is stored of each reading, and what a tag's page tells of it.

use std::collections::BTreeMap;

use dashboard::Gantry;
use model::{Digest, Timestamp, image::TagDetail};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use store::{
    Store,
    history::{Incarnation, Millis, RecordSettings, Recorded, TagReading},
};

use crate::{stores::*, world::*};

const API: &str = "team/api";

const SETTINGS: RecordSettings = RecordSettings {
    longest_pause: std::time::Duration::from_secs(1_200),
    most_changes: 100,
};

fn repository(arn: &str) -> Incarnation {
    Incarnation {
        arn: arn.to_owned(),
        created: 1,
    }
}

fn image(number: u32) -> String {
    format!("sha256:{number:064x}")
}

async fn reads(
    store: &Store,
    of: &Incarnation,
    (began, ended): (i64, i64),
    tags: &BTreeMap<String, String>,
) -> Recorded {
    let reading = TagReading {
        began: Millis(began),
        ended: Millis(ended),
        tags: tags
            .iter()
            .map(|(tag, image)| (tag.as_str(), image.as_str()))
            .collect(),
    };
    store.record_tags(of, &reading, SETTINGS).await.unwrap()
}

fn pointing(tags: &[(&str, u32)]) -> BTreeMap<String, String> {
    let pointed = tags
        .iter()
        .map(|(tag, number)| ((*tag).to_owned(), image(*number)));
    pointed.collect()
}

async fn page(gantry: &Gantry, tag_name: &str) -> TagDetail {
    let ana = viewer(&[DEVELOPER]);
    let page = gantry
        .images
        .tag(&ana, &repository_at(API), &tag(tag_name))
        .await;
    page.unwrap()
}

/// Waits until the store has the reading that a page was made from.
async fn stored(store: &Store, world: &World, tag_name: &str, digest: &Digest) {
    let described = world
        .ecr
        .describe_repositories()
        .repository_names(API)
        .send()
        .await
        .unwrap();
    let described = &described.repositories()[0];
    let of = Incarnation {
        arn: described.repository_arn().unwrap().to_owned(),
        created: i64::try_from(described.created_at().unwrap().as_nanos()).unwrap(),
    };
    for _ in 0..500 {
        let stored = store.tag_history(&of, &tag(tag_name), 50).await.unwrap();
        if stored.is_some_and(|it| it.latest.as_ref() == Some(digest)) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    unreachable!("the reading was never stored");
}

on_each_store! {
    async fn history_continues_after_a_restart(place: &Place) {
        let world = World::new().await;
        world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let teams = viewer(&[DEVELOPER]).teams;
        let one = world.push(API, "one", "prod").await;
        let gantry = world.gantry_over(place.open().await, &teams).await;
        assert_eq!(page(&gantry, "prod").await.image.digest, one);
        stored(&place.open().await, &world, "prod", &one).await;
        drop(gantry);

        let two = world.push(API, "two", "prod").await;
        let again = world.gantry_over(place.open().await, &teams).await;
        let moved = page(&again, "prod").await;
        let digests: Vec<_> = moved.seen.iter().map(|it| it.digest.clone()).collect();
        assert_eq!(digests, [two.clone(), one.clone()], "Gantry was not running when it moved");
        assert!(moved.seen[1].last_seen.unwrap() <= moved.seen[0].first_seen);
        stored(&place.open().await, &world, "prod", &two).await;
        let later = page(&again, "prod").await;
        let digests: Vec<_> = later.seen.iter().map(|it| it.digest.clone()).collect();
        assert_eq!(digests, [two, one]);
    }

    async fn a_repository_that_is_created_again_has_no_history(place: &Place) {
        let world = World::new().await;
        let policy = [allow(DEVELOPER, &["ecr:*"])];
        world.repository(API, &policy).await;
        let teams = viewer(&[DEVELOPER]).teams;
        let old = world.push(API, "old", "prod").await;
        let gantry = world.gantry_over(place.open().await, &teams).await;
        page(&gantry, "prod").await;
        stored(&place.open().await, &world, "prod", &old).await;
        drop(gantry);

        let deleted = world.ecr.delete_repository().repository_name(API).force(true);
        deleted.send().await.unwrap();
        world.repository(API, &policy).await;
        let new = world.push(API, "new", "prod").await;
        let again = world.gantry_over(place.open().await, &teams).await;
        let seen = page(&again, "prod").await.seen;
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].digest, new);
    }

    async fn a_time_without_readings_is_a_gap(place: &Place) {
        let (store, of) = (place.open().await, repository("arn:one"));
        let tags = pointing(&[("prod", 1)]);
        assert_eq!(reads(&store, &of, (0, 100), &tags).await, Recorded::First);
        reads(&store, &of, (600_000, 600_100), &tags).await;
        reads(&store, &of, (9_000_000, 9_000_100), &tags).await;
        let history = store.tag_history(&of, &tag("prod"), 10).await.unwrap().unwrap();
        assert_eq!(history.changes, []);
        let gaps: Vec<_> = history.gaps.iter().map(|gap| (gap.began, gap.ended)).collect();
        assert_eq!(gaps, [(Millis(600_100), Millis(9_000_000))]);
    }

    async fn replicas_record_a_change_once(place: &Place) {
        let (one, other, of) = (place.open().await, place.open().await, repository("arn:one"));
        reads(&one, &of, (0, 100), &pointing(&[("prod", 1)])).await;
        let moved = pointing(&[("prod", 2)]);
        let first = reads(&one, &of, (1_000, 1_500), &moved).await;
        assert_eq!(first, Recorded::Compared { changes: 1 });
        let same_time = reads(&other, &of, (1_200, 1_700), &moved).await;
        assert_eq!(same_time, Recorded::Overlapping);
        let later = reads(&other, &of, (2_000, 2_100), &moved).await;
        assert_eq!(later, Recorded::Compared { changes: 0 });
        let history = other.tag_history(&of, &tag("prod"), 10).await.unwrap().unwrap();
        assert_eq!(history.changes.len(), 1);
        let change = &history.changes[0];
        assert_eq!((change.after, change.before), (Millis(0), Millis(1_500)));
    }

    async fn old_changes_are_deleted_and_nothing_is_claimed_of_that_time(place: &Place) {
        let (store, of) = (place.open().await, repository("arn:one"));
        for number in 0..10 {
            let at = i64::from(number) * 10_000;
            reads(&store, &of, (at, at + 100), &pointing(&[("prod", number), ("dev", number / 5)])).await;
        }
        let deleted = store.forget_tag_history(Timestamp(55)).await.unwrap();
        assert_eq!(deleted, 6, "five moves of prod and one of dev");
        let history = store.tag_history(&of, &tag("prod"), 2).await.unwrap().unwrap();
        assert_eq!((history.changes.len(), history.more), (2, 2));
        assert_eq!(history.since, Millis(50_100));
        let dev = store.tag_history(&of, &tag("dev"), 2).await.unwrap().unwrap();
        assert_eq!((dev.changes.len(), dev.since), (0, Millis(50_100)));
        store.forget_tag_history(Timestamp(1_000)).await.unwrap();
        assert_eq!(store.tag_history(&of, &tag("prod"), 2).await.unwrap(), None);
    }

    async fn a_repository_whose_tags_move_all_the_time_keeps_a_limited_history(place: &Place) {
        let (store, of) = (place.open().await, repository("arn:one"));
        for number in 0..150 {
            let at = i64::from(number) * 10;
            reads(&store, &of, (at, at + 1), &pointing(&[("prod", number)])).await;
        }
        let history = store.tag_history(&of, &tag("prod"), 50).await.unwrap().unwrap();
        assert_eq!((history.changes.len(), history.more), (50, 50));
    }

    async fn more_tags_than_a_statement_writes_are_recorded(place: &Place) {
        let (store, of) = (place.open().await, repository("arn:one"));
        let all = |image: u32, from: u32| -> BTreeMap<String, String> {
            let tags = (from..1_203).map(|number| (format!("build-{number}"), self::image(image)));
            tags.collect()
        };
        let most = RecordSettings { most_changes: 10_000, ..SETTINGS };
        for (began, tags, expected) in [
            (0, all(1, 0), Recorded::First),
            (100, all(2, 0), Recorded::Compared { changes: 1_203 }),
            (200, all(2, 702), Recorded::Compared { changes: 702 }),
            (300, all(2, 702), Recorded::Compared { changes: 0 }),
        ] {
            let tags = tags.iter().map(|(tag, image)| (tag.as_str(), image.as_str())).collect();
            let (began, ended) = (Millis(began), Millis(began + 10));
            let reading = TagReading { began, ended, tags };
            let recorded = store.record_tags(&of, &reading, most).await.unwrap();
            assert_eq!(recorded, expected);
        }
        let gone = store.tag_history(&of, &tag("build-0"), 10).await.unwrap().unwrap();
        assert_eq!((gone.latest, gone.changes.len()), (None, 2));
        let stays = store.tag_history(&of, &tag("build-1202"), 10).await.unwrap().unwrap();
        assert_eq!((stays.latest.unwrap().to_string(), stays.changes.len()), (image(2), 1));
    }

    async fn every_stored_change_contains_a_true_moment_and_none_is_missing(place: &Place) {
        let store = place.open().await;
        let runtime = tokio::runtime::Handle::current();
        let cases = Config { cases: 40, failure_persistence: None, ..Config::default() };
        let number = std::cell::Cell::new(0);
        tokio::task::block_in_place(|| {
            let days = proptest::collection::vec(step(), 1..60);
            TestRunner::new(cases).run(&days, |steps| {
                number.set(number.get() + 1);
                let of = repository(&format!("arn:{}", number.get()));
                runtime.block_on(play(&store, &of, steps));
                Ok(())
            }).unwrap();
        });
    }
}

/// What happens next in a repository, or to a process that reads it.
#[derive(Debug, Clone)]
enum Step {
    /// A tag is pushed to an image, or deleted.
    Push(u8, Option<u8>),
    /// A process reads the tags one after the other, while pushes go on, and its reading is stored after
    /// this many later ones, or never.
    Read {
        during: Vec<(u8, Option<u8>)>,
        late: usize,
        is_lost: bool,
    },
    /// Time passes.
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let push = || (0_u8..3, proptest::option::of(0_u8..3));
    prop_oneof![
        push().prop_map(|(tag, image)| Step::Push(tag, image)),
        (
            proptest::collection::vec(push(), 0..3),
            0_usize..3,
            proptest::bool::weighted(0.2)
        )
            .prop_map(|(during, late, is_lost)| Step::Read {
                during,
                late,
                is_lost
            }),
        (1_i64..3_000).prop_map(Step::Wait),
    ]
}

/// Where each tag pointed, from which millisecond on.
#[derive(Debug, Default)]
struct Truth(Vec<(i64, u8, Option<u8>)>);

impl Truth {
    fn at(&self, tag: u8, at: i64) -> Option<u8> {
        let mut moves = self.0.iter().filter(|it| it.1 == tag && it.0 <= at);
        moves.next_back().and_then(|it| it.2)
    }

    /// Whether the tag left one image, and pointed at the other at the same time or later, within these times.
    fn has_moved(
        &self,
        tag: u8,
        (after, before): (i64, i64),
        old: Option<u8>,
        new: Option<u8>,
    ) -> bool {
        let moments = self.0.iter().map(|it| it.0);
        let moments = moments.filter(|at| (after..=before).contains(at));
        let mut times: Vec<i64> = moments.chain([after, before]).collect();
        times.sort_unstable();
        let left = times.iter().find(|at| self.at(tag, **at) == old);
        left.is_some_and(|left| times.iter().any(|at| at > left && self.at(tag, *at) == new))
    }
}

/// In milliseconds.
const SECOND: i64 = 1_000;

const TAGS: [&str; 3] = ["dev", "prod", "test"];

/// A reading that is stored after so many later ones: its times, and where tags pointed.
type Waiting = (usize, (i64, i64), BTreeMap<String, String>);

async fn play(store: &Store, of: &Incarnation, steps: Vec<Step>) {
    let (mut truth, mut clock) = (Truth::default(), 10 * SECOND);
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut last = None;
    for step in steps {
        clock += SECOND;
        match step {
            Step::Push(tag, image) => truth.0.push((clock, tag, image)),
            Step::Wait(time) => clock += time * SECOND,
            Step::Read {
                during,
                late,
                is_lost,
            } => {
                let began = clock;
                let mut tags = BTreeMap::new();
                for (number, name) in TAGS.iter().enumerate() {
                    clock += SECOND;
                    if let Some((tag, image)) = during.get(number) {
                        truth.0.push((clock, *tag, *image));
                    }
                    clock += SECOND;
                    if let Some(pointed) = truth.at(u8::try_from(number).unwrap(), clock) {
                        tags.insert((*name).to_owned(), image(pointed.into()));
                    }
                }
                clock += SECOND;
                if !is_lost {
                    waiting.push((late, (began, clock), tags));
                }
                let mut later = Vec::new();
                for (late, span, tags) in waiting {
                    if late == 0 {
                        let recorded = reads(store, of, span, &tags).await;
                        if recorded != Recorded::Overlapping {
                            last = Some(tags);
                        }
                    } else {
                        later.push((late - 1, span, tags));
                    }
                }
                waiting = later;
            }
        }
    }
    let Some(last) = last else { return };
    for (number, name) in TAGS.iter().enumerate() {
        let history = store
            .tag_history(of, &tag(name), 1_000)
            .await
            .unwrap()
            .unwrap();
        let latest = history.latest.map(|digest| digest.to_string());
        assert_eq!(latest.as_ref(), last.get(*name), "{name}");
        let mut next = latest;
        for change in history.changes {
            let (old, new) = (
                change.old.map(|it| it.to_string()),
                change.new.map(|it| it.to_string()),
            );
            assert_eq!(new, next, "a change is missing");
            let number = u8::try_from(number).unwrap();
            let which = |digest: &Option<String>| {
                (0_u8..3).find(|it| digest.as_ref() == Some(&image((*it).into())))
            };
            let span = (change.after.0, change.before.0);
            let moved = truth.has_moved(number, span, which(&old), which(&new));
            assert!(
                moved,
                "{name}: {old:?} to {new:?} within {span:?}; {truth:?}"
            );
            next = old;
        }
    }
}
