#![expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]

use model::{
    Digest,
    image::{ImageKind, Scan},
    repository::{Mutability, RepositorySettings},
};

use super::*;
use crate::{
    ImageRecord,
    inventory::{Observer, TagsRead, images::at_second},
};

fn digest(image: u32) -> Digest {
    format!("sha256:{image:064x}").parse().unwrap()
}

fn of_one_image(as_of: Timestamp) -> Images {
    tagged(1, &["prod"], as_of.0)
}

/// A reading of one image with these tags.
fn tagged(image: u32, tags: &[&str], as_of: i64) -> Images {
    let record = ImageRecord {
        digest: digest(image),
        tags: tags.iter().map(|tag| tag.parse().unwrap()).collect(),
        kind: ImageKind::Image,
        size: None,
        pushed: None,
        pulled: None,
        scan: Scan::None,
        archived: false,
        subject: None,
    };
    Images::read(
        vec![record],
        Arc::default(),
        Instant::now(),
        at_second(as_of),
    )
}

/// An observer that stores what it receives.
#[derive(Debug, Default)]
struct Heard(Mutex<Vec<Observation>>);

impl Observer for Heard {
    fn tags_read(&self, _: TagsRead) {}

    fn observe(&self, _: &RepositoryAt, seen: Observation) {
        self.0.lock().unwrap().push(seen);
    }
}

fn repository(heard: &Arc<Heard>, capacity: &Arc<Capacity>) -> RepositoryState {
    let settings = RepositorySettings {
        created: None,
        mutability: Mutability::Mutable,
        scan_on_push: false,
        encryption: "AES256".to_owned(),
    };
    let name = "team/api".parse().unwrap();
    RepositoryState::new(
        "main".parse().unwrap(),
        RepositoryFacts::new(name, String::new(), String::new(), None, settings),
        Arc::new(ArcSwap::from_pointee(Reading::never())),
        Arc::new(Changes::new(Arc::clone(heard) as Arc<dyn Observer>)),
        Arc::clone(capacity),
    )
}

/// What the observer receives when images are released that were read at this time.
fn heard_after_letting_go_of(as_of: Timestamp) -> Vec<Observation> {
    let heard = Arc::default();
    let entry = repository(&heard, &Arc::new(Capacity::new(1)));
    entry.set_images(of_one_image(as_of));
    entry.let_go_of_images();
    std::mem::take(&mut *heard.0.lock().unwrap())
}

#[test]
fn the_end_of_watching_tags_is_observed() {
    let long_ago = Timestamp(now().0 - 2 * WATCHED);
    let unwatched = Observation::TagsUnwatched {
        last_read: long_ago,
    };
    assert_eq!(heard_after_letting_go_of(long_ago), [unwatched]);
}

#[test]
fn tags_that_were_just_read_were_never_watched() {
    assert_eq!(heard_after_letting_go_of(now()), []);
}

#[test]
fn a_failed_reading_keeps_the_known_images_and_reports_no_moves() {
    let capacity = Arc::new(Capacity::new(1));
    let entry = repository(&Arc::default(), &capacity);
    entry.set_images(of_one_image(Timestamp(100)));
    let steps = crate::content::work::steps(|| entry.fail_images(Problem::Unreachable));
    assert_eq!(steps, 0);
    let images = entry.images();
    assert_eq!(images.problem, Some(Problem::Unreachable));
    assert_eq!(
        (images.as_of(), images.tags().count()),
        (Some(Timestamp(100)), 1)
    );
    entry.set_images(of_one_image(Timestamp(200)));
    assert_eq!(
        entry.moves().first(),
        Some(Timestamp(100)),
        "no images were released in between"
    );
}

#[test]
fn pages_do_not_wait_while_readings_are_compared() {
    let entry = repository(&Arc::default(), &Arc::new(Capacity::new(1)));
    entry.set_images(of_one_image(Timestamp(100)));
    let _comparing = entry.comparing.lock().unwrap();
    let page = (entry.images().as_of(), entry.moves().first());
    assert_eq!(page, (Some(Timestamp(100)), Some(Timestamp(100))));
}

#[test]
fn a_tag_that_was_deleted_and_pushed_to_another_image_has_moved() {
    let heard = Arc::default();
    let entry = repository(&heard, &Arc::new(Capacity::new(100)));
    let (first, second) = (tagged(1, &["prod"], 100), tagged(2, &["prod"], 300));
    entry.set_images(first);
    entry.set_images(tagged(1, &[], 200));
    entry.set_images(second);
    entry.set_images(tagged(2, &[], 400));
    entry.set_images(tagged(2, &["prod"], 500));
    let moved = |from, to| Observation::TagMoved {
        tag: "prod".parse().unwrap(),
        from: digest(from),
        to: digest(to),
    };
    assert_eq!(*heard.0.lock().unwrap(), [moved(1, 2)]);
}

#[test]
fn floating_tags_are_reported_first_among_many_moves() {
    let heard = Arc::default();
    let entry = repository(&heard, &Arc::new(Capacity::new(10_000)));
    let builds: Vec<_> = (0..3 * MOVES_RECORDED)
        .map(|n| format!("1.0.{n}-build.{n}"))
        .collect();
    let mut tags: Vec<_> = builds.iter().map(String::as_str).collect();
    tags.push("prod");
    entry.set_images(tagged(1, &tags, 100));
    entry.set_images(tagged(2, &tags, 200));
    let heard = heard.0.lock().unwrap();
    assert_eq!(heard.len(), MOVES_RECORDED + 1);
    assert!(
        heard
            .iter()
            .any(|it| matches!(it, Observation::TagMoved { tag, .. } if tag.as_str() == "prod"))
    );
}

#[test]
fn the_tag_history_counts_and_is_released_with_the_images() {
    let capacity = Arc::new(Capacity::new(60));
    let entry = repository(&Arc::default(), &capacity);
    for n in 0..100 {
        entry.set_images(tagged(n % 2, &["a", "b", "c", "d", "e"], i64::from(n)));
    }
    assert!(capacity.is_exceeded(), "{}", entry.held());
    entry.let_go_of_images();
    assert_eq!((entry.held(), entry.moves().weight()), (0, 0));
    assert!(!capacity.is_exceeded());
}

#[test]
fn images_count_only_while_they_are_in_memory() {
    let capacity = Arc::new(Capacity::new(1));
    let is_full = || !capacity.has_room_for(0);
    let entry = repository(&Arc::default(), &capacity);
    for _ in 0..3 {
        entry.set_images(of_one_image(now()));
        assert!(is_full());
    }
    entry.let_go_of_images();
    assert!(!is_full());
    entry.set_images(of_one_image(now()));
    drop(entry);
    assert!(!is_full(), "the repository was deleted");
}
