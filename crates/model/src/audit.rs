//! The audit log, as its page shows it.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, query::Pairs, words::words};

words! {
    /// What happened.
    Event {
        /// A person signed in.
        SignIn = "sign-in",
        /// A person ended one of their sessions, or all of them.
        SignOut = "sign-out",
        /// A person's sessions were ended, by the person, an administrator or the command line.
        SessionsEnded = "sessions-ended",
        /// A share link was created.
        LinkMade = "link-made",
        /// A share link was opened.
        LinkViewed = "link-viewed",
        /// Share links were revoked.
        LinkRevoked = "link-revoked",
        /// A change in a registry was requested.
        Write = "write",
        /// A repository's policy is different than before.
        PolicyChanged = "policy-changed",
        /// A tag points at a different image than before.
        TagMoved = "tag-moved",
        /// The tags of a repository are no longer watched: there are too many images to keep.
        TagsUnwatched = "tags-unwatched",
        /// Old entries were deleted by the configured retention.
        AuditCut = "audit-cut",
    }
}

words! {
    /// The outcome of an event.
    Outcome {
        /// About to be done: a later row of the same request has the outcome. If there is no such row, the process or
        /// the store stopped in between, and the outcome is not known.
        Begun = "begun",
        /// Done.
        Done = "done",
        /// Refused by a policy or by the sign-in. Nothing was changed.
        Refused = "refused",
        /// Tried, but not done for another reason.
        Failed = "failed",
    }
}

/// A word of the log. Replicas of several versions can share the log: a word that a newer version wrote and that this
/// one does not know is kept as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Word<T> {
    /// What it means.
    Known(T),
    /// The word itself.
    Other(String),
}

impl<T> Word<T> {
    /// Reads a word. `parse` returns the known words.
    pub fn read(word: String, parse: impl FnOnce(&str) -> Option<T>) -> Self {
        parse(&word).map_or(Self::Other(word), Self::Known)
    }
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Counted from 1, without gaps.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub event: Word<Event>,
    /// The outcome.
    pub outcome: Word<Outcome>,
    /// The sign-in ID of the person.
    pub person: Option<String>,
    /// Their name.
    pub person_name: Option<String>,
    /// The team that the person acted for.
    pub team: Option<String>,
    /// The principal that the person acted as.
    pub principal: Option<String>,
    /// The client's address.
    pub address: Option<String>,
    /// The IAM action.
    pub action: Option<String>,
    /// The registry.
    pub registry: Option<String>,
    /// The repository.
    pub repository: Option<String>,
    /// Further details, by name.
    pub arguments: Vec<(String, String)>,
    /// The statement that decided.
    pub statement: Option<String>,
    /// The request ID.
    pub request: String,
    /// The row's hash, in hexadecimal digits.
    pub hash: String,
    /// The columns of the store with content that Gantry does not write. Their fields above are empty.
    pub unreadable: Vec<String>,
}

/// The filter of the log's page. Empty texts match everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditQuery {
    /// Rows with every word of this text in a person, team, repository, argument or request ID.
    pub text: String,
    /// What happened.
    pub event: Option<Event>,
    /// The outcome.
    pub outcome: Option<Outcome>,
    /// Rows at or after this time.
    pub since: Option<Timestamp>,
    /// Rows before this time.
    pub until: Option<Timestamp>,
    /// Rows with smaller numbers than this: the end of the previous page.
    pub before: Option<u64>,
}

/// The log's page: the newest rows that match, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The rows.
    pub rows: Vec<AuditRow>,
    /// The number to continue with for older rows, if there are any.
    pub older: Option<u64>,
    /// The number of the newest row that was deleted by retention. None if no row was deleted.
    pub cut: Option<u64>,
    /// The server's time.
    pub now: Timestamp,
}

impl AuditQuery {
    /// Parses the pairs of a query string. `since` and `until` are days in UTC, both included.
    pub fn from_pairs(pairs: Pairs<'_>) -> Self {
        let mut query = Self::default();
        for (key, value) in pairs {
            match key {
                "q" => query.text = value.trim().to_owned(),
                "event" => query.event = Event::parse(value),
                "outcome" => query.outcome = Outcome::parse(value),
                "since" => query.since = Timestamp::of_day(value),
                "until" => query.until = Timestamp::of_day(value).map(|day| day.plus_days(1)),
                "before" => query.before = value.parse().ok(),
                _ => {}
            }
        }
        query
    }

    /// The query string pairs for this query.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let text = (!self.text.is_empty()).then(|| self.text.clone());
        let pairs = [
            ("q", text),
            ("event", self.event.map(|it| it.as_str().to_owned())),
            ("outcome", self.outcome.map(|it| it.as_str().to_owned())),
            ("since", self.since.map(Timestamp::day)),
            ("until", self.last_day()),
            ("before", self.before.map(|number| number.to_string())),
        ];
        let given = |(key, value): (_, Option<String>)| Some((key, value?));
        pairs.into_iter().filter_map(given).collect()
    }

    /// The last included day, if there is one.
    pub fn last_day(&self) -> Option<String> {
        self.until.map(|end| end.plus_days(-1).day())
    }

    /// Whether the query filters rows, apart from the start of its page.
    pub fn narrows(&self) -> bool {
        let anything = Self {
            before: self.before,
            ..Self::default()
        };
        *self != anything
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> AuditQuery {
        AuditQuery::from_pairs(&mut pairs.iter().copied())
    }

    #[test]
    fn a_query_round_trips_through_its_url() {
        let pairs = [
            ("q", "INC-4711 ana"),
            ("event", "link-made"),
            ("outcome", "refused"),
            ("since", "2026-11-01"),
            ("until", "2026-11-30"),
            ("before", "831"),
        ];
        let query = read(&pairs);
        assert_eq!(
            query.until,
            Timestamp::of_day("2026-12-01"),
            "the last day counts"
        );
        let written = query.to_pairs();
        let written: Vec<_> = written
            .iter()
            .map(|(key, value)| (*key, &**value))
            .collect();
        assert_eq!(written, pairs);
        assert!(query.narrows() && !read(&[("before", "831")]).narrows());
    }

    #[test]
    fn invalid_values_match_everything() {
        let nonsense = [
            ("event", "%"),
            ("outcome", ""),
            ("since", "today"),
            ("before", "-1"),
            ("x", "y"),
        ];
        assert_eq!(read(&nonsense), AuditQuery::default());
    }
}
