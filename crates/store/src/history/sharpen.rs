//! Dates changes more exactly by the events that messages reported.
//!
//! Readings decide which changes there are. An event only narrows the time of a change that two readings show. All of this
//! is decided when the history is read, so it does not matter which of both was stored first.

use model::Digest;

use super::{
    HowKnown, Millis, TagChange,
    events::{EventKind, Reported, TagEvent},
};

/// How far the clocks of AWS and of Gantry's hosts may differ, in milliseconds.
pub const CLOCK_DIFFERENCE: i64 = 5_000;

/// Messages have times in whole seconds, which are cut.
const RESOLUTION: i64 = 1_000;

/// Two messages about one act, from Amazon ECR and from CloudTrail, have times that differ by this at most.
const SAME_ACT: i64 = 2_000;

impl TagEvent {
    /// Where the tag points afterwards. None if it is deleted.
    fn result(&self) -> Option<&Digest> {
        match self.kind {
            EventKind::Push => self.digest.as_ref(),
            _ => None,
        }
    }

    /// The times between which it happened, by the clock of Gantry. A message cannot arrive before that.
    fn span(&self) -> (i64, i64) {
        let latest = self.at + RESOLUTION + CLOCK_DIFFERENCE;
        (self.at - CLOCK_DIFFERENCE, latest.min(self.received))
    }

    /// Whether it certainly happened between the readings that show a change.
    fn is_within(&self, change: &TagChange) -> bool {
        let (from, until) = self.span();
        from <= until && change.last_old.0 <= from && until <= change.before.0
    }

    /// Whether it may have happened between those readings.
    fn may_be_within(&self, change: &TagChange) -> bool {
        let (from, until) = self.span();
        change.last_old.0 <= until && from <= change.before.0
    }

    /// Whether it leads to what the change leads to.
    fn makes(&self, change: &TagChange) -> bool {
        let deletes_other =
            self.kind == EventKind::Delete && self.digest.is_some() && self.digest != change.old;
        self.result() == change.new.as_ref() && !deletes_other
    }

    /// Whether both are about one act.
    fn is_twin_of(&self, other: &Self) -> bool {
        let same_image =
            self.digest == other.digest || self.digest.is_none() || other.digest.is_none();
        self.kind == other.kind && same_image && (self.at - other.at).abs() <= SAME_ACT
    }
}

/// Narrows the changes of a tag, as readings show them, by its events, oldest first. Returns the events that no reading
/// confirms, newest first.
pub(super) fn sharpen(changes: &mut [TagChange], events: &[TagEvent]) -> Vec<Reported> {
    let mut explained = vec![false; events.len()];
    for change in changes {
        let mut within: Vec<usize> = (0..events.len())
            .filter(|at| events[*at].is_within(change))
            .collect();
        // Within one second, the order is not known: the one that made what was read came last.
        within.sort_by_key(|at| (events[*at].at, events[*at].makes(change)));
        let last = within.iter().rposition(|at| !events[*at].makes(change));
        let made = &within[last.map_or(0, |last| last + 1)..];
        for (at, event) in events.iter().enumerate() {
            let is_twin = || made.iter().any(|it| event.is_twin_of(&events[*it]));
            // What may be this change is not reported as another one.
            explained[at] |= event.makes(change) && (event.may_be_within(change) || is_twin());
        }
        let (Some(first), Some(newest)) = (made.first(), made.last()) else {
            continue;
        };
        let spans = made.iter().map(|at| events[*at].span());
        let (from, until) = spans.fold((i64::MAX, i64::MIN), |all, span| {
            (all.0.min(span.0), all.1.max(span.1))
        });
        change.after = Millis(from.max(change.last_old.0));
        change.before = Millis(until);
        change.known = HowKnown::Event;
        // The ID of what Amazon ECR says, or else of what CloudTrail says.
        let own = made.iter().find(|at| events[**at].by.is_none());
        change.event = Some(events[*own.unwrap_or(first)].id.clone());
        let newest = &events[*newest];
        let twins = events.iter().filter(|event| {
            event.makes(change) && made.iter().any(|it| event.is_twin_of(&events[*it]))
        });
        let mut who = twins.filter_map(|event| event.by.as_ref());
        let one = who.next().or(newest.by.as_ref());
        // If several principals did the same, it is not known who was last.
        change.by = one.filter(|one| who.all(|other| other == *one)).cloned();
    }
    let mut reported: Vec<(&TagEvent, Reported)> = Vec::new();
    for (event, _) in events
        .iter()
        .zip(explained)
        .filter(|(event, explained)| !explained && event.names_tag)
    {
        if let Some((_, known)) = reported.iter_mut().find(|(it, _)| event.is_twin_of(it)) {
            if event.by.is_none() {
                known.event.clone_from(&event.id);
            }
            known.by = known.by.take().or_else(|| event.by.clone());
            continue;
        }
        let report = Reported {
            at: Millis(event.at),
            new: event.result().cloned(),
            by: event.by.clone(),
            event: event.id.clone(),
        };
        reported.push((event, report));
    }
    reported.into_iter().rev().map(|(_, it)| it).collect()
}
