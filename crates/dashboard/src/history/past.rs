//! The images that a tag pointed at, from the changes that are stored.

use model::{
    Digest, Timestamp,
    image::{HistoryGap, TagHistory, TagSighting},
};
use store::history::{HowKnown, Millis, StoredHistory, TagChange};

/// The history of a tag that points at `now`, as a reading from `as_of` says: None if it does not exist then. That
/// reading may not be stored yet, or another process may have stored a newer one. None if what is stored does not tell
/// of it.
pub(super) fn told(
    mut stored: StoredHistory,
    now: Option<&Digest>,
    as_of: Timestamp,
) -> Option<TagHistory> {
    let mut latest = stored.latest.take();
    if latest.as_ref() != now && as_of >= stored.read.second() {
        let unstored = TagChange {
            number: i64::MAX,
            after: stored.read,
            last_old: stored.read,
            known: HowKnown::BetweenReadings,
            by: None,
            event: None,
            before: Millis(as_of.0.saturating_mul(1_000)).max(stored.read),
            old: latest,
            new: now.cloned(),
        };
        stored.changes.insert(0, unstored);
    } else {
        // What happened after the reading is for a newer page.
        while latest.as_ref() != now {
            if stored.changes.is_empty() {
                return None;
            }
            latest = stored.changes.remove(0).old;
        }
    }
    Some(sightings(stored, now))
}

/// The images that a tag pointed at, from a page of changes. `now` is the image if there are none.
pub(super) fn sightings(stored: StoredHistory, now: Option<&Digest>) -> TagHistory {
    let changes = stored.changes;
    let mut seen = Vec::new();
    let mut next: Option<&TagChange> = None;
    for change in &changes {
        if let Some(digest) = &change.new {
            seen.push(sighting(digest, change.before.second(), next));
        }
        next = Some(change);
    }
    let mut absent_before = None;
    match changes.last() {
        None => {
            let since = stored.since.second();
            seen.extend(now.map(|now| sighting(now, since, None)));
        }
        Some(_) if stored.more > 0 => {}
        Some(change) => match &change.old {
            Some(digest) => seen.push(sighting(
                digest,
                stored.since.min(change.last_old).second(),
                next,
            )),
            None => absent_before = Some(change.last_old.second()),
        },
    }
    let gaps = stored.gaps.iter().map(|gap| HistoryGap {
        from: gap.began.second(),
        until: gap.ended.second(),
    });
    TagHistory {
        seen,
        absent_before,
        more: u32::try_from(stored.more).unwrap_or(u32::MAX),
        gaps: gaps.collect(),
    }
}

/// The tag at an image from a time on, until the next change.
fn sighting(digest: &Digest, first_seen: Timestamp, next: Option<&TagChange>) -> TagSighting {
    TagSighting {
        digest: digest.clone(),
        version_tag: None,
        first_seen,
        last_seen: next.map(|next| next.last_old.second().max(first_seen)),
        gone: next
            .filter(|next| next.new.is_none())
            .map(|next| next.before.second()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn image(number: u32) -> Digest {
        format!("sha256:{number:064x}").parse().unwrap()
    }

    fn change(times: (i64, i64), old: Option<u32>, new: Option<u32>) -> TagChange {
        TagChange {
            number: times.0,
            after: Millis(times.0 * 1_000),
            last_old: Millis(times.0 * 1_000),
            known: HowKnown::BetweenReadings,
            by: None,
            event: None,
            before: Millis(times.1 * 1_000),
            old: old.map(image),
            new: new.map(image),
        }
    }

    fn stored(latest: Option<u32>, changes: Vec<TagChange>) -> StoredHistory {
        StoredHistory {
            since: Millis(100_000),
            read: Millis(900_000),
            latest: latest.map(image),
            changes,
            more: 0,
            reported: Vec::new(),
            gaps: Vec::new(),
        }
    }

    /// Each sighting as a line: `1: 100 to 250, gone 260`.
    fn said(history: &TagHistory) -> Vec<String> {
        let line = |it: &TagSighting| {
            let number = it.digest.as_str().trim_start_matches("sha256:");
            let number = number.trim_start_matches('0');
            let until = it.last_seen.map(|at| format!(" to {}", at.0));
            let gone = it.gone.map(|at| format!(", gone {}", at.0));
            let first = it.first_seen.0;
            format!(
                "{number}: {first}{}{}",
                until.unwrap_or_default(),
                gone.unwrap_or_default()
            )
        };
        history.seen.iter().map(line).collect()
    }

    #[test]
    fn a_tag_that_never_moved_was_seen_since_the_first_reading() {
        let history = told(stored(Some(1), vec![]), Some(&image(1)), Timestamp(950)).unwrap();
        assert_eq!(said(&history), ["1: 100"]);
        assert_eq!((history.absent_before, history.more), (None, 0));
    }

    #[test]
    fn each_change_ends_one_sighting_and_begins_the_next() {
        let changes = vec![
            change((700, 710), None, Some(3)),
            change((500, 520), Some(2), None),
            change((250, 270), Some(1), Some(2)),
        ];
        let history = told(stored(Some(3), changes), Some(&image(3)), Timestamp(950)).unwrap();
        assert_eq!(
            said(&history),
            ["3: 710", "2: 270 to 500, gone 520", "1: 100 to 250"]
        );
    }

    #[test]
    fn a_tag_that_was_created_was_absent_before() {
        let changes = vec![change((250, 270), None, Some(1))];
        let history = told(stored(Some(1), changes), Some(&image(1)), Timestamp(950)).unwrap();
        assert_eq!(said(&history), ["1: 270"]);
        assert_eq!(history.absent_before, Some(Timestamp(250)));
    }

    #[test]
    fn a_move_that_is_not_stored_yet_is_told_already() {
        let history = told(stored(Some(1), vec![]), Some(&image(2)), Timestamp(950)).unwrap();
        assert_eq!(said(&history), ["2: 950", "1: 100 to 900"]);
        let new = told(stored(None, vec![]), Some(&image(2)), Timestamp(950)).unwrap();
        assert_eq!(said(&new), ["2: 950"]);
        assert_eq!(new.absent_before, Some(Timestamp(900)));
    }

    #[test]
    fn a_page_that_is_older_than_the_store_tells_nothing_newer() {
        let changes = || {
            vec![
                change((700, 710), Some(2), Some(3)),
                change((250, 270), Some(1), Some(2)),
            ]
        };
        let history = told(stored(Some(3), changes()), Some(&image(2)), Timestamp(650)).unwrap();
        assert_eq!(said(&history), ["2: 270", "1: 100 to 250"]);
        let first = told(stored(Some(3), changes()), Some(&image(1)), Timestamp(200)).unwrap();
        assert_eq!(said(&first), ["1: 100"]);
        let unknown = told(stored(Some(3), changes()), Some(&image(9)), Timestamp(200));
        assert_eq!(unknown, None);
    }

    #[test]
    fn older_changes_that_are_left_out_are_counted_and_nothing_is_claimed_before_them() {
        let mut many = stored(Some(2), vec![change((250, 270), Some(1), Some(2))]);
        many.more = 9;
        let history = told(many, Some(&image(2)), Timestamp(950)).unwrap();
        assert_eq!(said(&history), ["2: 270"]);
        assert_eq!((history.absent_before, history.more), (None, 9));
    }
}
