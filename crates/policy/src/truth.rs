//! Three truth values: what is not known is neither true nor false.

use serde::Serialize;

/// Whether something holds (Kleene's strong logic: the least of a conjunction, the greatest of a
/// disjunction).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// It does not.
    False,
    /// It hangs on something that is not known.
    Unknown,
    /// It does.
    True,
}

impl Truth {
    pub(crate) fn and(self, other: Self) -> Self {
        self.min(other)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Negated where `negate` says so.
    pub(crate) fn negated_if(self, negate: bool) -> Self {
        match self {
            Self::True if negate => Self::False,
            Self::False if negate => Self::True,
            other => other,
        }
    }

    /// Whether all hold; stops at the first that does not.
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

    /// Whether one holds; stops at the first that does.
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
