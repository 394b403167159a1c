//! Where a tag pointed at a time, from the changes around it.

use model::{
    Digest, Timestamp,
    image::{Doubt, HistoryGap, KnownMoment, Moment, PointedImage},
};
use store::history::{Millis, StoredMoment, TagChange};

/// The answer about a time. `name` gives the version of an image, and `is_there` says whether it still exists.
pub(super) fn told(
    stored: StoredMoment,
    at: Timestamp,
    name: impl Fn(&Digest) -> PointedImage,
    is_there: impl Fn(&Digest) -> bool,
) -> Moment {
    let asked = Millis(at.0.saturating_mul(1_000));
    if asked < stored.since {
        let since = stored.since.second();
        return Moment::TooEarly { at, since };
    }
    if let [first, .., last] | [first @ last] = &stored.around[..] {
        return Moment::Changing {
            at,
            old: first.old.as_ref().map(&name),
            new: last.new.as_ref().map(&name),
            times: stored.around.len(),
            between: (first.after.second(), last.before.second()),
        };
    }
    let image = match (&stored.earlier, &stored.later) {
        (Some(change), _) => &change.new,
        (None, Some(change)) => &change.old,
        (None, None) => &stored.latest,
    };
    let between = |change: &TagChange| (change.after.second(), change.before.second());
    let gap = stored.gap.map(|gap| {
        Doubt::Gap(HistoryGap {
            from: gap.began.second(),
            until: gap.ended.second(),
        })
    });
    let is_unread = stored.later.is_none() && asked > stored.read;
    let unread = is_unread.then(|| Doubt::NotReadSince(stored.read.second()));
    Moment::Known(KnownMoment {
        at,
        is_there: image.as_ref().is_some_and(is_there),
        image: image.as_ref().map(name),
        began: stored.earlier.as_ref().map(between),
        since: stored.since.second(),
        ended: stored.later.as_ref().map(between),
        doubt: gap.or(unread),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use store::history::{Gap, HowKnown};

    use super::*;

    fn image(number: u32) -> Digest {
        format!("sha256:{number:064x}").parse().unwrap()
    }

    fn change(times: (i64, i64), old: Option<u32>, new: Option<u32>) -> Option<TagChange> {
        Some(TagChange {
            number: times.0,
            after: Millis(times.0 * 1_000),
            last_old: Millis(times.0 * 1_000),
            known: HowKnown::BetweenReadings,
            by: None,
            event: None,
            before: Millis(times.1 * 1_000),
            old: old.map(image),
            new: new.map(image),
        })
    }

    /// A tag that moved from 1 to 2 between 200 and 210, and was deleted between 400 and 410. Read from 100 to 900.
    fn around(at: i64) -> StoredMoment {
        let moved = || change((200, 210), Some(1), Some(2));
        let deleted = || change((400, 410), Some(2), None);
        let (earlier, around, later) = match at {
            ..=200 => (None, None, moved()),
            201..210 => (None, moved(), deleted()),
            210..=400 => (moved(), None, deleted()),
            401..410 => (moved(), deleted(), None),
            _ => (deleted(), None, None),
        };
        StoredMoment {
            since: Millis(100_000),
            read: Millis(900_000),
            latest: None,
            earlier,
            around: around.into_iter().collect(),
            later,
            gap: None,
        }
    }

    /// The answer as a line.
    fn said(stored: StoredMoment, at: i64) -> String {
        let name = |digest: &Digest| PointedImage {
            digest: digest.clone(),
            version_tag: None,
        };
        let number = |image: &Option<PointedImage>| {
            image.as_ref().map_or("none".to_owned(), |image| {
                image.digest.hex().trim_start_matches('0').to_owned()
            })
        };
        match told(stored, Timestamp(at), name, |_| true) {
            Moment::Known(known) => {
                let doubt = match known.doubt {
                    None => "",
                    Some(Doubt::Gap(_)) => ", gap",
                    Some(Doubt::NotReadSince(_)) => ", not read since",
                };
                let time = |time: Option<(Timestamp, Timestamp)>| {
                    time.map_or("?".to_owned(), |(after, before)| {
                        format!("{}-{}", after.0, before.0)
                    })
                };
                let (began, ended) = (time(known.began), time(known.ended));
                format!("{} from {began} to {ended}{doubt}", number(&known.image))
            }
            Moment::Changing {
                old, new, times, ..
            } => format!("{} or {}, {times} change", number(&old), number(&new)),
            Moment::TooEarly { since, .. } => format!("not before {}", since.0),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn between_changes_the_answer_is_certain_and_within_one_it_is_either() {
        for (at, expected) in [
            (99, "not before 100"),
            (100, "1 from ? to 200-210"),
            (200, "1 from ? to 200-210"),
            (205, "1 or 2, 1 change"),
            (210, "2 from 200-210 to 400-410"),
            (405, "2 or none, 1 change"),
            (410, "none from 400-410 to ?"),
            (900, "none from 400-410 to ?"),
            (901, "none from 400-410 to ?, not read since"),
        ] {
            assert_eq!(said(around(at), at), expected, "at {at}");
        }
    }

    #[test]
    fn within_a_time_without_readings_the_answer_is_not_certain() {
        let gap = Some(Gap {
            began: Millis(250_000),
            ended: Millis(350_000),
        });
        let stored = StoredMoment { gap, ..around(300) };
        assert_eq!(said(stored, 300), "2 from 200-210 to 400-410, gap");
    }

    #[test]
    fn a_tag_that_never_changed_pointed_where_it_points() {
        let stored = StoredMoment {
            latest: Some(image(7)),
            earlier: None,
            later: None,
            ..around(500)
        };
        assert_eq!(said(stored, 500), "7 from ? to ?");
    }
}
