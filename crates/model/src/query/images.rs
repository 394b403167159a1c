//! The list of a repository's images.

use std::{cmp::Ordering, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{FindingsFilter, Pairs, Sort, directed, has_word, known_first, words};
use crate::{
    image::{ImageRow, Scan},
    natural_cmp,
};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImageColumn {
    /// The version among its tags, in natural order: the tag that starts with numbers. Images without one come after
    /// them, by their first tag.
    Tag,
    /// The digest.
    Digest,
    /// Bytes.
    Size,
    /// The time of the push.
    Pushed,
    /// The time of the last pull.
    Pulled,
    /// Findings, worst first.
    Findings,
}

impl ImageColumn {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 6] = [
        Self::Tag,
        Self::Digest,
        Self::Size,
        Self::Pushed,
        Self::Pulled,
        Self::Findings,
    ];

    /// The word in the query string.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Digest => "digest",
            Self::Size => "size",
            Self::Pushed => "pushed",
            Self::Pulled => "pulled",
            Self::Findings => "findings",
        }
    }

    /// Whether the first click on this column sorts in descending order.
    pub fn descending_first(self) -> bool {
        !matches!(self, Self::Digest)
    }
}

impl FromStr for ImageColumn {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|column| column.as_str() == text)
            .ok_or(())
    }
}

/// A filter of images by their tags.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TagFilter {
    /// All.
    #[default]
    Any,
    /// Images with a tag.
    Tagged,
    /// Images without a tag.
    Untagged,
    /// Images with a floating tag.
    Floating,
}

impl TagFilter {
    /// All of them, in display order.
    pub const ALL: [Self; 4] = [Self::Any, Self::Tagged, Self::Untagged, Self::Floating];

    /// The word in the query string.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Tagged => "tagged",
            Self::Untagged => "untagged",
            Self::Floating => "floating",
        }
    }
}

impl FromStr for TagFilter {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        // Older URLs have "stable".
        let text = if text == "stable" { "floating" } else { text };
        Self::ALL
            .into_iter()
            .find(|filter| filter.as_str() == text)
            .ok_or(())
    }
}

/// The query of the list of images.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageQuery {
    /// Words that must all occur in a tag or at the start of the digest.
    pub text: String,
    /// The filter by tags.
    pub tags: TagFilter,
    /// The filter by scan results.
    pub findings: Option<FindingsFilter>,
    /// The order.
    pub sort: Sort<ImageColumn>,
    /// The page, from 1.
    pub page: u32,
}

impl Default for ImageQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            tags: TagFilter::Any,
            findings: None,
            sort: Sort {
                column: ImageColumn::Pushed,
                descending: true,
            },
            page: 1,
        }
    }
}

impl ImageQuery {
    /// Parses a query string's pairs.
    pub fn from_pairs(pairs: Pairs<'_>) -> Self {
        let mut query = Self::default();
        for (key, value) in pairs {
            match key {
                "q" => query.text = value.chars().take(256).collect(),
                "tags" => query.tags = value.parse().unwrap_or_default(),
                "severity" => query.findings = value.parse().ok(),
                "sort" => query.sort.column = value.parse().unwrap_or(query.sort.column),
                "order" => query.sort.descending = value != "asc",
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
        push(
            "tags",
            (self.tags != default.tags).then(|| self.tags.as_str().to_owned()),
        );
        push(
            "severity",
            self.findings.map(|filter| filter.as_str().to_owned()),
        );
        push(
            "sort",
            (self.sort.column != default.sort.column).then(|| self.sort.column.as_str().to_owned()),
        );
        push("order", (!self.sort.descending).then(|| "asc".to_owned()));
        push("page", (self.page != 1).then(|| self.page.to_string()));
        pairs
    }

    /// The same query if only tags and digests are known: sorts by version, newest first, if the requested order is
    /// not possible.
    #[must_use]
    pub fn over_tags(mut self) -> Self {
        if !matches!(self.sort.column, ImageColumn::Tag | ImageColumn::Digest) {
            self.sort = Sort {
                column: ImageColumn::Tag,
                descending: true,
            };
        }
        self
    }

    /// Whether a row matches the filter.
    pub fn admits(&self, row: &ImageRow) -> bool {
        let by_tags = match self.tags {
            TagFilter::Any => true,
            TagFilter::Tagged => !row.tags.is_empty(),
            TagFilter::Untagged => row.tags.is_empty(),
            TagFilter::Floating => row.tags.iter().any(|label| label.kind.is_floating()),
        };
        by_tags
            && self.findings.is_none_or(|filter| {
                let facts = row.facts.as_ref();
                facts.is_some_and(|facts| filter.admits(&facts.scans()))
            })
            && words(&self.text).all(|word| {
                let hex = word.strip_prefix("sha256:").unwrap_or(word);
                row.digest.as_str()[7..].starts_with(&hex.to_ascii_lowercase())
                    || row
                        .tags
                        .iter()
                        .any(|label| has_word(label.tag.as_str(), word))
            })
    }

    /// Compares two rows in the requested order. Equal rows are ordered by digest, so that the order is total.
    pub fn compare(&self, left: &ImageRow, right: &ImageRow) -> Ordering {
        let down = self.sort.descending;
        let pushed = |row: &ImageRow| row.facts.as_ref().and_then(|facts| facts.pushed);
        let pulled = |row: &ImageRow| row.facts.as_ref().and_then(|facts| facts.pulled);
        let size = |row: &ImageRow| row.facts.as_ref().and_then(|facts| facts.size);
        match self.sort.column {
            ImageColumn::Tag => known_first(version(left), version(right), down)
                .then_with(|| known_first(first_tag(left), first_tag(right), down)),
            ImageColumn::Digest => directed(left.digest.cmp(&right.digest), down),
            ImageColumn::Size => known_first(size(left), size(right), down),
            ImageColumn::Pushed => known_first(pushed(left), pushed(right), down),
            ImageColumn::Pulled => known_first(pulled(left), pulled(right), down),
            ImageColumn::Findings => known_first(counts(left), counts(right), down),
        }
        .then_with(|| left.digest.cmp(&right.digest))
    }

    /// The rows that match the filter, sorted.
    pub fn apply<'a>(&self, rows: impl IntoIterator<Item = &'a ImageRow>) -> Vec<&'a ImageRow> {
        let mut matching: Vec<_> = rows.into_iter().filter(|row| self.admits(row)).collect();
        matching.sort_by(|left, right| self.compare(left, right));
        matching
    }
}

/// A tag, compared in natural order.
#[derive(PartialEq, Eq)]
struct Natural<'a>(&'a str);

impl Ord for Natural<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        natural_cmp(self.0, other.0)
    }
}

impl PartialOrd for Natural<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn first_tag(row: &ImageRow) -> Option<Natural<'_>> {
    row.tags.first().map(|label| Natural(label.tag.as_str()))
}

/// The version among an image's tags: at least two numbers with a dot between them. `prod`, or a commit ID that
/// happens to start with a digit, is not useful for sorting.
fn version(row: &ImageRow) -> Option<Natural<'_>> {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let versions = row.tags.iter().filter_map(|label| {
        let tag = label.tag.as_str();
        let tag = tag.strip_prefix('v').unwrap_or(tag);
        let (major, rest) = tag.split_once('.')?;
        let minor = rest.split(['.', '-', '_', '+']).next()?;
        (number(major) && number(minor)).then_some(Natural(tag))
    });
    versions.max()
}

/// The findings that a row is sorted by. None if they are not known: nothing was found, but not every platform was
/// scanned.
fn counts(row: &ImageRow) -> Option<[u32; 6]> {
    let facts = row.facts.as_ref()?;
    facts.scans().rank()?;
    match facts.scan {
        Scan::Found(counts) => Some(counts.0),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests;
