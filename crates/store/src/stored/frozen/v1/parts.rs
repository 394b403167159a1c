//! Common parts of repositories, tags and images.

use crate::stored::format::{Format, Unreadable, record, words};

/// A section of a page that requires its own action.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::stored) enum Section<T> {
    Shown {
        through: GrantedVia,
        value: T,
    },
    Withheld {
        /// The name of the action, as in policies.
        action: String,
        /// Always none: links do not show statements of a policy.
        statement: Option<String>,
    },
    Absent {
        through: GrantedVia,
    },
    Unavailable {
        problem: Problem,
    },
}

impl<Wire, Stored: Format<Wire>> Format<model::Section<Wire>> for Section<Stored> {
    fn from_wire(wire: model::Section<Wire>) -> Self {
        match wire {
            // The page of a link shows when it was created, and all of its content is from that
            // time.
            model::Section::Shown {
                through,
                value,
                as_of: _,
            } => Self::Shown {
                through: Format::from_wire(through),
                value: Format::from_wire(value),
            },
            model::Section::Withheld { action, statement } => Self::Withheld {
                action: Format::from_wire(action),
                statement,
            },
            model::Section::Absent { through, as_of: _ } => Self::Absent {
                through: Format::from_wire(through),
            },
            model::Section::Unavailable { problem } => Self::Unavailable {
                problem: Format::from_wire(problem),
            },
        }
    }

    fn into_wire(self) -> Result<model::Section<Wire>, Unreadable> {
        Ok(match self {
            Self::Shown { through, value } => model::Section::Shown {
                through: through.into_wire()?,
                value: value.into_wire()?,
                as_of: None,
            },
            Self::Withheld { action, statement } => model::Section::Withheld {
                action: action.into_wire()?,
                statement,
            },
            Self::Absent { through } => model::Section::Absent {
                through: through.into_wire()?,
                as_of: None,
            },
            Self::Unavailable { problem } => model::Section::Unavailable {
                problem: problem.into_wire()?,
            },
        })
    }
}

/// The team and principal that something was granted to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::stored) enum GrantedVia {
    Team { team: String, principal: String },
    Review,
}

impl Format<model::GrantedVia> for GrantedVia {
    fn from_wire(wire: model::GrantedVia) -> Self {
        match wire {
            model::GrantedVia::Team { team, principal } => Self::Team {
                team: Format::from_wire(team),
                principal: Format::from_wire(principal),
            },
            model::GrantedVia::Review => Self::Review,
        }
    }

    fn into_wire(self) -> Result<model::GrantedVia, Unreadable> {
        Ok(match self {
            Self::Team { team, principal } => model::GrantedVia::Team {
                team: team.into_wire()?,
                principal: principal.into_wire()?,
            },
            Self::Review => model::GrantedVia::Review,
        })
    }
}

record! {
    /// Where a repository's images are pulled from.
    Source = model::pull::Source {
        uri: String,
        region: String,
        endpoint_url: Option<String>,
    }
}

words! {
    /// Why ECR did not return the data.
    Problem = model::Problem {
        Throttled = "Throttled",
        HostDenied = "HostDenied",
        Credentials = "Credentials",
        Unreachable = "Unreachable",
        Failing = "Failing",
        Gone = "Gone",
        Malformed = "Malformed",
        Unexpected = "Unexpected",
    }
}

words! {
    /// How much of a repository is visible.
    Visibility = model::Visibility {
        Name = "Name",
        Tags = "Tags",
        Images = "Images",
    }
}

words! {
    /// The severity of a finding.
    Severity = model::Severity {
        Undefined = "undefined",
        Informational = "informational",
        Low = "low",
        Medium = "medium",
        High = "high",
        Critical = "critical",
    }
}

words! {
    /// A part that was too long for a small page.
    SharedPart = model::link::SharedPart {
        Images = "Images",
        Tags = "Tags",
        Sightings = "Sightings",
        Platforms = "Platforms",
        PartOf = "PartOf",
        ResourceTags = "ResourceTags",
        Layers = "Layers",
        Annotations = "Annotations",
        Settings = "Settings",
        Environment = "Environment",
        Labels = "Labels",
        History = "History",
        Referrers = "Referrers",
        Findings = "Findings",
    }
}
