//! The list of repositories.

use std::{cmp::Ordering, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{FindingsFilter, Pairs, Sort, directed, has_words, known_first};
use crate::{
    RepositoryAt, RepositoryName, UnreadRows, Visibility, natural_cmp,
    repository::{PolicyState, RepositoryRow},
};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RepositoryColumn {
    /// Name, in natural order.
    Name,
    /// Registry.
    Registry,
    /// Team.
    Team,
    /// Number of images.
    Images,
    /// Number of tags.
    Tags,
    /// Bytes.
    Size,
    /// Last push.
    Pushed,
    /// Worst finding.
    Findings,
    /// Mutability.
    Mutability,
    /// Whether a policy is set.
    Policy,
}

impl RepositoryColumn {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Registry,
        Self::Team,
        Self::Images,
        Self::Tags,
        Self::Size,
        Self::Pushed,
        Self::Findings,
        Self::Mutability,
        Self::Policy,
    ];

    /// The word in the query string.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Registry => "registry",
            Self::Team => "team",
            Self::Images => "images",
            Self::Tags => "tags",
            Self::Size => "size",
            Self::Pushed => "pushed",
            Self::Findings => "findings",
            Self::Mutability => "mutability",
            Self::Policy => "policy",
        }
    }

    /// Whether the first click on this column sorts in descending order.
    pub fn descending_first(self) -> bool {
        matches!(
            self,
            Self::Images | Self::Tags | Self::Size | Self::Pushed | Self::Findings
        )
    }
}

impl FromStr for RepositoryColumn {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|column| column.as_str() == text)
            .ok_or(())
    }
}

/// The query of the list of repositories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryQuery {
    /// Words that must all occur in the name.
    pub text: String,
    /// The alias of the registry.
    pub registry: Option<String>,
    /// The namespace, or its first parts: `prod` includes `prod/storefront`.
    pub namespace: Option<String>,
    /// A team that the repository is granted to.
    pub team: Option<String>,
    /// The mutability.
    pub mutability: Option<String>,
    /// The filter by scan results.
    pub findings: Option<FindingsFilter>,
    /// Whether a policy is set.
    pub policy: Option<bool>,
    /// The order.
    pub sort: Sort<RepositoryColumn>,
    /// The page, from 1.
    pub page: u32,
}

impl Default for RepositoryQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            registry: None,
            namespace: None,
            team: None,
            mutability: None,
            findings: None,
            policy: None,
            sort: Sort {
                column: RepositoryColumn::Name,
                descending: false,
            },
            page: 1,
        }
    }
}

impl RepositoryQuery {
    /// Parses a query string's pairs.
    pub fn from_pairs(pairs: Pairs<'_>) -> Self {
        let mut query = Self::default();
        let given = |value: &str| (!value.is_empty()).then(|| value.chars().take(256).collect());
        for (key, value) in pairs {
            match key {
                "q" => query.text = value.chars().take(256).collect(),
                "registry" => query.registry = given(value),
                "namespace" => query.namespace = given(value),
                "team" => query.team = given(value),
                "mutability" => query.mutability = given(value),
                "severity" => query.findings = value.parse().ok(),
                "policy" => {
                    query.policy = match value {
                        "yes" => Some(true),
                        "no" => Some(false),
                        _ => None,
                    }
                }
                "sort" => query.sort.column = value.parse().unwrap_or(query.sort.column),
                "order" => query.sort.descending = value == "desc",
                "page" => query.page = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        query
    }

    /// The query string pairs, without default values.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let default = Self::default();
        let mut pairs = Vec::new();
        let mut push = |key, value: Option<String>| pairs.extend(value.map(|value| (key, value)));
        push("q", (!self.text.is_empty()).then(|| self.text.clone()));
        push("registry", self.registry.clone());
        push("namespace", self.namespace.clone());
        push("team", self.team.clone());
        push("mutability", self.mutability.clone());
        push(
            "severity",
            self.findings.map(|filter| filter.as_str().to_owned()),
        );
        push(
            "policy",
            self.policy
                .map(|set| if set { "yes" } else { "no" }.to_owned()),
        );
        push(
            "sort",
            (self.sort.column != default.sort.column).then(|| self.sort.column.as_str().to_owned()),
        );
        push("order", self.sort.descending.then(|| "desc".to_owned()));
        push("page", (self.page != 1).then(|| self.page.to_string()));
        pairs
    }

    /// Whether a name contains every word of the text.
    pub fn names(&self, name: &RepositoryName) -> bool {
        has_words(name.as_str(), &self.text)
    }

    fn admits_name(&self, name: &RepositoryName) -> bool {
        let in_namespace = |wanted: &String| {
            name.namespace().is_some_and(|namespace| {
                namespace
                    .strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        };
        self.names(name) && self.namespace.as_ref().is_none_or(in_namespace)
    }

    /// Whether a repository matches the filter by text, registry and namespace.
    pub fn admits_at(&self, repository: &RepositoryAt) -> bool {
        let wanted = self.registry.as_ref();
        wanted.is_none_or(|wanted| repository.registry.as_str() == wanted)
            && self.admits_name(&repository.name)
    }

    /// Whether a row matches the filter.
    pub fn admits(&self, row: &RepositoryRow) -> bool {
        self.admits_at(&row.repository)
            && self
                .team
                .as_ref()
                .is_none_or(|team| row.teams.iter().any(|granted| granted.as_str() == team))
            && self.mutability.as_ref().is_none_or(|wanted| {
                row.mutability
                    .as_ref()
                    .is_some_and(|m| m.as_str() == wanted)
            })
            && self.findings.is_none_or(|filter| match row.scans {
                Some(scans) => filter.admits(&scans),
                // What the viewer may not see is not known to them.
                None => filter == FindingsFilter::NotKnown && row.visibility != Visibility::Images,
            })
            && self
                .policy
                .is_none_or(|set| row.policy.known() == Some(set))
    }

    /// How many of these rows lack what this query filters by, and how many have no figures.
    pub fn unread<'a>(&self, rows: impl IntoIterator<Item = &'a RepositoryRow>) -> UnreadRows {
        let mut unread = UnreadRows::default();
        for row in rows {
            if row.is_unread() {
                unread.count(row.problem);
            }
            unread.withheld += u32::from(row.visibility != Visibility::Images);
            self.count_withheld(&mut unread, row.mutability.is_some(), row.policy);
        }
        unread
    }

    /// Counts a row whose mutability or policy is not known or not shown, if the query filters by it: the row never
    /// matches, whatever the value is.
    pub fn count_withheld(
        &self,
        unread: &mut UnreadRows,
        has_mutability: bool,
        policy: PolicyState,
    ) {
        unread.mutability_withheld += u32::from(self.mutability.is_some() && !has_mutability);
        if self.policy.is_some() {
            unread.policies_withheld += u32::from(policy == PolicyState::Withheld);
            unread.policies_unread += u32::from(policy == PolicyState::Unread);
        }
    }

    /// Compares two rows in the requested order. Equal rows are ordered by name, so that the order is total.
    pub fn compare(&self, left: &RepositoryRow, right: &RepositoryRow) -> Ordering {
        let down = self.sort.descending;
        let by_name = || {
            natural_cmp(
                left.repository.name.as_str(),
                right.repository.name.as_str(),
            )
            .then_with(|| left.repository.registry.cmp(&right.repository.registry))
        };
        match self.sort.column {
            RepositoryColumn::Name => return directed(by_name(), down),
            RepositoryColumn::Registry => directed(
                left.repository.registry.cmp(&right.repository.registry),
                down,
            ),
            RepositoryColumn::Team => known_first(left.teams.first(), right.teams.first(), down),
            RepositoryColumn::Images => known_first(left.images, right.images, down),
            RepositoryColumn::Tags => known_first(left.tags, right.tags, down),
            RepositoryColumn::Size => known_first(left.size, right.size, down),
            RepositoryColumn::Pushed => known_first(left.pushed, right.pushed, down),
            RepositoryColumn::Findings => {
                let rank = |row: &RepositoryRow| row.scans.and_then(|scans| scans.rank());
                known_first(rank(left), rank(right), down)
            }
            RepositoryColumn::Mutability => known_first(
                left.mutability.as_ref().map(|m| m.as_str()),
                right.mutability.as_ref().map(|m| m.as_str()),
                down,
            ),
            RepositoryColumn::Policy => {
                known_first(left.policy.known(), right.policy.known(), down)
            }
        }
        .then_with(by_name)
    }

    /// The rows that match the filter, sorted.
    pub fn apply<'a>(
        &self,
        rows: impl IntoIterator<Item = &'a RepositoryRow>,
    ) -> Vec<&'a RepositoryRow> {
        let mut matching: Vec<_> = rows.into_iter().filter(|row| self.admits(row)).collect();
        matching.sort_by(|left, right| self.compare(left, right));
        matching
    }
}
