//! The parts of a page that need a permission of their own.

use serde::{Deserialize, Serialize};

use crate::{Action, Through, Timestamp};

/// A part of a page that a grant of its own decides.
///
/// A page is a union over a person's principals, so every part names the one it is shown through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Section<T> {
    /// Granted and known.
    Shown {
        /// The team and principal it is granted to.
        through: Through,
        /// What there is to see.
        value: T,
        /// When ECR said so. None for what never changes, or is as old as the page says.
        as_of: Option<Timestamp>,
    },
    /// No principal of the viewer's is granted this action.
    Withheld {
        /// The missing action.
        action: Action,
        /// The statement that decides, for those who may read the policy: its Sid or `#index`.
        statement: Option<String>,
    },
    /// Granted, but there is none: no policy was set, no scan was made.
    Absent {
        /// The team and principal it is granted to.
        through: Through,
        /// When ECR said so, as for what is shown.
        as_of: Option<Timestamp>,
    },
    /// Granted, but it could not be read now.
    Unavailable {
        /// What went wrong.
        problem: Problem,
    },
}

impl<T> Section<T> {
    /// What is shown, if anything is.
    pub fn shown(&self) -> Option<&T> {
        match self {
            Self::Shown { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The same part, made into what is shown.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Section<U> {
        match self {
            Self::Shown {
                through,
                value,
                as_of,
            } => Section::Shown {
                through,
                value: make(value),
                as_of,
            },
            Self::Withheld { action, statement } => Section::Withheld { action, statement },
            Self::Absent { through, as_of } => Section::Absent { through, as_of },
            Self::Unavailable { problem } => Section::Unavailable { problem },
        }
    }

    /// When ECR said so, where that is known by itself.
    pub fn as_of(&self) -> Option<Timestamp> {
        match self {
            Self::Shown { as_of, .. } | Self::Absent { as_of, .. } => *as_of,
            Self::Withheld { .. } | Self::Unavailable { .. } => None,
        }
    }
}

/// Why ECR did not give what was asked for, in words that a person can act on. The text of the
/// SDK's error stays in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Problem {
    /// ECR asked to slow down, and went on doing so through every retry.
    Throttled,
    /// The host's role may not make the call.
    HostDenied,
    /// The host's credentials are missing, expired or refused.
    Credentials,
    /// No answer in time, or none at all.
    Unreachable,
    /// ECR answered with an error of its own (5xx).
    Failing,
    /// The image, layer or repository is gone by now.
    Gone,
    /// What was pushed cannot be shown: not JSON, too large, nested too deeply, or not what its
    /// digest promises.
    Malformed,
    /// ECR answered in a way that Gantry does not know.
    Unexpected,
}

impl Problem {
    /// The word for it, as it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Throttled => "throttled",
            Self::HostDenied => "host-denied",
            Self::Credentials => "credentials",
            Self::Unreachable => "unreachable",
            Self::Failing => "failing",
            Self::Gone => "gone",
            Self::Malformed => "malformed",
            Self::Unexpected => "unexpected",
        }
    }
}

/// How much of a repository a viewer sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sight {
    /// The name and the policy: an administrator's review.
    Name,
    /// Tags and digests (`ecr:ListImages`).
    Tags,
    /// Images with sizes, dates and findings' counts (`ecr:DescribeImages`).
    Images,
}
