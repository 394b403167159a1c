//! The query of a tag's history.

use super::Pairs;
use crate::Timestamp;

/// How much of the past the lane shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HistorySpan {
    /// The last 24 hours.
    Day,
    /// The last 7 days.
    Week,
    /// The last 30 days.
    Month,
    /// Everything that the page lists.
    #[default]
    All,
}

impl HistorySpan {
    /// All of them, from the shortest.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::All];

    /// The word in a query string.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "1d",
            Self::Week => "7d",
            Self::Month => "30d",
            Self::All => "all",
        }
    }

    /// When it begins. None for everything.
    pub fn begins(self, now: Timestamp) -> Option<Timestamp> {
        let days = match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::All => return None,
        };
        Some(now.plus_days(-days))
    }
}

/// What a tag's history page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// The time that is asked about, as it was typed. Empty if none is.
    pub at: String,
    /// Only changes with a smaller number than this are listed.
    pub older_than: Option<i64>,
    /// How much the lane shows.
    pub last: HistorySpan,
}

/// The maximum length of a typed time, in characters.
const TYPED: usize = 40;

impl HistoryQuery {
    /// Reads a query string. What is not understood is left out, but a time stays as it was typed.
    pub fn from_pairs(pairs: Pairs<'_>) -> Self {
        let mut query = Self::default();
        for (key, value) in pairs {
            match key {
                "at" => query.at = value.trim().chars().take(TYPED).collect(),
                "older" => query.older_than = value.parse().ok().filter(|number| *number > 0),
                "last" => {
                    let known = HistorySpan::ALL.into_iter();
                    let mut found = known.filter(|span| span.as_str() == value);
                    query.last = found.next().unwrap_or_default();
                }
                _ => {}
            }
        }
        query
    }

    /// The query string, without what is the default.
    pub fn to_pairs(&self) -> impl Iterator<Item = (&'static str, String)> + use<> {
        let at = (!self.at.is_empty()).then(|| ("at", self.at.clone()));
        let older = self.older_than.map(|number| ("older", number.to_string()));
        let last =
            (self.last != HistorySpan::default()).then(|| ("last", self.last.as_str().into()));
        at.into_iter().chain(older).chain(last)
    }

    /// The time that is asked about, if it is one: `2026-11-12T14:32`, with or without seconds, `Z` or ` UTC`.
    pub fn time(&self) -> Option<Timestamp> {
        let text = self
            .at
            .trim_end_matches("UTC")
            .trim_end()
            .trim_end_matches(['Z', 'z']);
        Timestamp::from_utc(&text.replacen([' ', 't'], "T", 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_and_pages_write_it() {
        let expected = Timestamp::from_utc("2026-11-12T14:32:00");
        assert!(expected.is_some());
        for typed in [
            "2026-11-12T14:32",
            "2026-11-12T14:32:00",
            "2026-11-12T14:32Z",
            "2026-11-12 14:32",
            "2026-11-12 14:32:00 UTC",
        ] {
            let query = HistoryQuery {
                at: typed.into(),
                ..HistoryQuery::default()
            };
            assert_eq!(query.time(), expected, "{typed}");
        }
        for typed in [
            "",
            "yesterday",
            "2026-11-12",
            "14:32",
            "2026-13-12T14:32",
            "2026-11-12T25:00",
        ] {
            let query = HistoryQuery {
                at: typed.into(),
                ..HistoryQuery::default()
            };
            assert_eq!(query.time(), None, "{typed}");
        }
    }

    #[test]
    fn a_query_survives_its_url() {
        let query = HistoryQuery {
            at: "2026-11-12T14:32".into(),
            older_than: Some(7),
            last: HistorySpan::Week,
        };
        let pairs: Vec<_> = query.to_pairs().collect();
        let mut again = pairs.iter().map(|(key, value)| (*key, value.as_str()));
        assert_eq!(HistoryQuery::from_pairs(&mut again), query);
        assert_eq!(HistoryQuery::default().to_pairs().count(), 0);
    }
}
