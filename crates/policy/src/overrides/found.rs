//! What a search for overrides has found so far.

use std::collections::{BTreeMap, BTreeSet};

use super::{Overridden, Override};
use crate::request::ActionName;

/// The effect of a deny: its place, whether it is certain, and the affected principals.
pub(super) type Claim = (usize, bool, Class);

/// The list that the places in a claim refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Allowed,
    Denied,
    AllBut,
}

/// The findings: the numbers of the actions, by claim and by place.
#[derive(Default)]
pub(super) struct Found(BTreeMap<Claim, BTreeMap<usize, BTreeSet<usize>>>);

impl Found {
    pub(super) fn add(&mut self, claim: Claim, place: usize, action: usize) {
        let places = self.0.entry(claim).or_default();
        places.entry(place).or_default().insert(action);
    }

    /// One override for all the places that have the same deny and actions.
    pub(super) fn merged(self, targets: &BTreeSet<usize>, actions: &[ActionName]) -> Vec<Override> {
        let mut merged = Vec::new();
        for ((deny, certain, class), places) in self.0 {
            let mut by_actions: BTreeMap<BTreeSet<usize>, BTreeSet<usize>> = BTreeMap::new();
            for (place, numbers) in places {
                by_actions.entry(numbers).or_default().insert(place);
            }
            for (numbers, places) in by_actions {
                let whom = match class {
                    Class::Allowed if places == *targets => Overridden::All,
                    Class::Allowed => Overridden::Allowed(places.into_iter().collect()),
                    Class::Denied => Overridden::Denied(places.into_iter().collect()),
                    Class::AllBut => Overridden::AllBut,
                };
                merged.push(Override {
                    deny,
                    certain,
                    whom,
                    all_actions: numbers.len() == actions.len(),
                    actions: (numbers.iter())
                        .map(|number| actions[*number].name.to_string())
                        .collect(),
                });
            }
        }
        // Certain overrides come first.
        merged.sort_by_key(|it| (!it.certain, it.deny));
        merged
    }
}
