//! Three truth values: what is not known is neither true nor false.

use serde::Serialize;

/// Whether something holds (Kleene's strong logic: the minimum of a conjunction, the maximum of a disjunction).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// It does not hold.
    False,
    /// It depends on something that is not known.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    pub(crate) fn and(self, other: Self) -> Self {
        self.min(other)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Negated if `negate` is set.
    pub(crate) fn negated_if(self, negate: bool) -> Self {
        match self {
            Self::True if negate => Self::False,
            Self::False if negate => Self::True,
            other => other,
        }
    }

    /// Whether all hold. Stops at the first that does not.
    pub(crate) fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut sum = Self::True;
        for truth in truths {
            sum = sum.and(truth);
            if sum == Self::False {
                break;
            }
        }
        sum
    }

    /// Whether at least one holds. Stops at the first that does.
    pub(crate) fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut sum = Self::False;
        for truth in truths {
            sum = sum.or(truth);
            if sum == Self::True {
                break;
            }
        }
        sum
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}
