//! The parts of a page that each need their own permission.

use serde::{Deserialize, Serialize};

use crate::{Action, GrantedVia, Timestamp};

/// A part of a page that needs its own grant.
///
/// A page combines what a person's principals may see, so every part names the principal that grants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Section<T> {
    /// Granted and known.
    Shown {
        /// The team and principal that it is granted to.
        through: GrantedVia,
        /// The content.
        value: T,
        /// When ECR returned it. None if it never changes, or is as old as the rest of the page.
        as_of: Option<Timestamp>,
    },
    /// The action is granted to none of the viewer's principals.
    Withheld {
        /// The missing action.
        action: Action,
        /// The statement that decides, for viewers who may read the policy: its Sid or `#index`.
        statement: Option<String>,
    },
    /// Granted, but there is none: no policy was set, no scan was made.
    Absent {
        /// The team and principal that it is granted to.
        through: GrantedVia,
        /// When ECR returned this, as for shown content.
        as_of: Option<Timestamp>,
    },
    /// Granted, but it cannot be read now.
    Unavailable {
        /// What went wrong.
        problem: Problem,
    },
}

impl<T> Section<T> {
    /// The content, if it is shown.
    pub fn shown(&self) -> Option<&T> {
        match self {
            Self::Shown { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The same section with its content converted.
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

    /// When ECR returned it, if that is known separately.
    pub fn as_of(&self) -> Option<Timestamp> {
        match self {
            Self::Shown { as_of, .. } | Self::Absent { as_of, .. } => *as_of,
            Self::Withheld { .. } | Self::Unavailable { .. } => None,
        }
    }
}

/// Why ECR did not return the data, as a reason that a person can act on. The text of the SDK's error is only in the
/// log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Problem {
    /// ECR asked to slow down, also in every retry.
    Throttled,
    /// The host's role is not permitted to make the call.
    HostDenied,
    /// The host's credentials are missing, expired or refused.
    Credentials,
    /// No answer in time, or none at all.
    Unreachable,
    /// ECR answered with an internal error (5xx).
    Failing,
    /// The image, layer or repository no longer exists.
    Gone,
    /// The pushed content cannot be shown: not JSON, too large, nested too deeply, or not matching its digest.
    Malformed,
    /// ECR answered in an unknown way.
    Unexpected,
}

impl Problem {
    /// The word for it in the store.
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
pub enum Visibility {
    /// The name and the policy: an administrator's review.
    Name,
    /// Tags and digests (`ecr:ListImages`).
    Tags,
    /// Images with sizes, dates and findings' counts (`ecr:DescribeImages`).
    Images,
}
