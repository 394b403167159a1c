use std::time::Instant;

use model::image::{ImageKind, Scan};

use super::{super::images::at_second, *};
use crate::record::ImageRecord;

fn reading(at: i64, tags: &[(&str, u32)]) -> Images {
    let record = |(tag, image): &(&str, u32)| ImageRecord {
        digest: digest(*image),
        tags: vec![tag.parse().unwrap()],
        kind: ImageKind::Image,
        size: None,
        pushed: None,
        pulled: None,
        scan: Scan::None,
        archived: false,
        subject: None,
    };
    let records = tags.iter().map(record).collect();
    Images::read(records, Arc::default(), Instant::now(), at_second(at))
}

fn digest(image: u32) -> Digest {
    format!("sha256:{image:064x}").parse().unwrap()
}

/// The history of `prod` after these readings: when each image was first seen.
fn history(readings: &[Images]) -> Vec<(u32, i64)> {
    let (mut moves, mut before) = (TagMoves::default(), Images::default());
    for reading in readings {
        moves.note(&before, reading);
        before = reading.clone();
    }
    let prod: Tag = "prod".parse().unwrap();
    let now = before.tags().find(|(tag, _)| **tag == prod);
    let sightings = now.map(|(_, now)| moves.history(&prod, now).seen);
    let image = |sighting: &TagSighting| {
        (0..10)
            .find(|image| digest(*image) == sighting.digest)
            .unwrap()
    };
    let sightings = sightings.unwrap_or_default();
    sightings
        .iter()
        .map(|it| (image(it), it.first_seen.0))
        .collect()
}

#[test]
fn a_tag_is_dated_from_when_it_was_first_seen() {
    let (other, prod) = (("other", 1), ("prod", 2));
    let readings = [
        reading(100, &[other]),
        reading(200, &[other, prod]),
        reading(300, &[other, ("prod", 3)]),
    ];
    assert_eq!(history(&readings[..2]), [(2, 200)]);
    assert_eq!(history(&readings), [(3, 300), (2, 200)]);
}

/// The history of `prod` after these readings, even if it was deleted: each image with the
/// times when it was first seen, last seen and first missing; and the last reading without the
/// tag before all of them. An image is a number.
type Sighted = (u32, i64, Option<i64>, Option<i64>);

fn known(readings: &[Images]) -> (Vec<Sighted>, Option<i64>) {
    let (mut moves, mut before) = (TagMoves::default(), Images::default());
    for reading in readings {
        moves.note(&before, reading);
        before = reading.clone();
    }
    let prod: Tag = "prod".parse().unwrap();
    let there = before.tags().find(|(tag, _)| **tag == prod);
    let history = match there {
        Some((_, now)) => moves.history(&prod, now),
        None => moves
            .gone(&prod)
            .map(|gone| gone.history.clone())
            .unwrap_or_default(),
    };
    let image = |found: &Digest| (0..10).find(|image| digest(*image) == *found).unwrap();
    let seconds = |at: Option<Timestamp>| at.map(|at| at.0);
    let seen = history.seen.iter();
    let seen = seen.map(|it| {
        let TagSighting {
            digest,
            version_tag: _,
            first_seen,
            last_seen,
            gone,
        } = it;
        (
            image(digest),
            first_seen.0,
            seconds(*last_seen),
            seconds(*gone),
        )
    });
    (seen.collect(), seconds(history.absent_before))
}

#[test]
fn a_tag_that_was_deleted_and_created_again_keeps_its_history() {
    let readings = [
        reading(100, &[("prod", 1)]),
        reading(200, &[("prod", 2)]),
        reading(300, &[]),
        reading(400, &[]),
        reading(500, &[("prod", 3)]),
        reading(600, &[("prod", 4)]),
    ];
    let until_gone = vec![(2, 200, Some(200), Some(300)), (1, 100, Some(100), None)];
    assert_eq!(known(&readings[..3]), (until_gone.clone(), None));
    assert_eq!(known(&readings[..4]), (until_gone.clone(), None));
    let mut back = until_gone.clone();
    back.insert(0, (3, 500, None, None));
    assert_eq!(known(&readings[..5]), (back, None));
    let mut moved = until_gone;
    moved.splice(0..0, [(4, 600, None, None), (3, 500, Some(500), None)]);
    assert_eq!(known(&readings), (moved, None));
}

#[test]
fn a_tag_that_was_deleted_and_points_at_the_same_image_again_has_not_moved() {
    let readings = [
        reading(100, &[("prod", 1)]),
        reading(200, &[]),
        reading(300, &[("prod", 1)]),
        reading(400, &[("prod", 2)]),
    ];
    let (mut moves, prod): (_, Tag) = (TagMoves::default(), "prod".parse().unwrap());
    moves.note(&Images::default(), &readings[0]);
    for (pair, moved) in readings.windows(2).zip([false, false, true]) {
        moves.note(&pair[0], &pair[1]);
        assert_eq!(moves.moved().contains(&prod), moved);
    }
    let back = vec![(1, 300, None, None), (1, 100, Some(100), Some(200))];
    assert_eq!(known(&readings[..3]), (back, None));
}

#[test]
fn the_absence_before_the_oldest_sighting_is_known_after_a_gap() {
    let readings = [
        reading(100, &[("other", 1)]),
        reading(200, &[("other", 1), ("prod", 2)]),
        reading(300, &[("other", 1)]),
        reading(400, &[("other", 1)]),
        reading(500, &[("other", 1), ("prod", 3)]),
    ];
    assert_eq!(known(&readings[..1]), (vec![], None), "never seen");
    assert_eq!(
        known(&readings[..2]),
        (vec![(2, 200, None, None)], Some(100))
    );
    let gone = (2, 200, Some(200), Some(300));
    assert_eq!(known(&readings[..4]), (vec![gone], Some(100)));
    assert_eq!(
        known(&readings),
        (vec![(3, 500, None, None), gone], Some(100))
    );
    // A tag that existed at the first reading may have existed before it.
    assert_eq!(known(&[reading(100, &[("prod", 1)])]).1, None);
}

#[test]
fn a_move_is_between_two_readings() {
    let (mut moves, prod) = (TagMoves::default(), "prod".parse().unwrap());
    let looks = [(100, 1), (200, 1), (300, 2), (400, 2), (500, 3)];
    let looks = looks.map(|(at, image)| reading(at, &[("prod", image)]));
    moves.note(&Images::default(), &looks[0]);
    for pair in looks.windows(2) {
        moves.note(&pair[0], &pair[1]);
    }
    let seen = moves.history(&prod, &digest(3)).seen;
    let spans: Vec<_> = seen
        .iter()
        .map(|it| (it.first_seen.0, it.last_seen.map(|at| at.0)))
        .collect();
    assert_eq!(spans, [(500, None), (300, Some(400)), (100, Some(200))]);
}

#[test]
fn the_history_restarts_after_images_were_released() {
    let readings = [
        reading(100, &[("prod", 1)]),
        reading(200, &[("prod", 2)]),
        Images::default(),
        reading(400, &[("prod", 3)]),
    ];
    assert_eq!(history(&readings), [(3, 400)]);
}

/// ECR needs several calls to list a repository.
#[test]
fn a_tag_that_moves_while_it_is_listed_moves_once() {
    for (old, new) in [(1, 2), (2, 1)] {
        let twice = reading(200, &[("prod", old), ("prod", new)]);
        let readings = [
            reading(100, &[("prod", old)]),
            twice,
            reading(300, &[("prod", new)]),
        ];
        let (mut moves, mut before, mut moved) =
            (TagMoves::default(), Images::default(), Vec::new());
        for reading in &readings {
            moved.extend(moves.note(&before, reading));
            before = reading.clone();
        }
        assert_eq!(moved, [("prod".parse().unwrap(), digest(old), digest(new))]);
        assert_eq!(history(&readings).len(), 2, "{old} to {new}");
    }
}

#[test]
fn floating_tags_are_remembered_among_many_deleted_tags() {
    let names: Vec<String> = (0..1_000).map(|n| format!("z-{n:05}")).collect();
    let mut tags: Vec<_> = names.iter().map(|name| (name.as_str(), 1)).collect();
    tags.push(("prod", 1));
    let (all, none) = (reading(100, &tags), reading(200, &[]));
    let again = reading(300, &[("prod", 2)]);
    let mut moves = TagMoves::default();
    moves.note(&Images::default(), &all);
    moves.note(&all, &none);
    let moved = moves.note(&none, &again);
    assert_eq!(moved, [("prod".parse().unwrap(), digest(1), digest(2))]);
}
