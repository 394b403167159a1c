//! The audit log, as its page shows it.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, query::Pairs, words::words};

words! {
    /// What happened.
    Event {
        /// Somebody signed in.
        SignIn = "sign-in",
        /// Somebody ended a session, or all of theirs.
        SignOut = "sign-out",
        /// Somebody's sessions were ended, by them, an administrator or the command line.
        SessionsEnded = "sessions-ended",
        /// A share link was made.
        LinkMade = "link-made",
        /// A share link was opened.
        LinkViewed = "link-viewed",
        /// Share links were revoked.
        LinkRevoked = "link-revoked",
        /// A change in a registry was asked for.
        Write = "write",
        /// A repository's policy reads differently than before.
        PolicyChanged = "policy-changed",
        /// A tag points at another image than before.
        TagMoved = "tag-moved",
        /// The tags of a repository are not watched any more: too many images to hold all.
        TagsUnwatched = "tags-unwatched",
        /// Old entries were cut off by the configured retention.
        AuditCut = "audit-cut",
    }
}

words! {
    /// How it ended.
    Outcome {
        /// About to be done: a later row of the same request says how it ended. Where there is none,
        /// the process or the store ended in between, and nobody knows.
        Begun = "begun",
        /// Done.
        Done = "done",
        /// Refused, by a policy or by the sign-in: nothing was changed.
        Refused = "refused",
        /// Tried, and not done for another reason.
        Failed = "failed",
    }
}

/// A word of the log. Replicas of several versions may share it: a word that a newer one wrote, and that
/// this one does not know, stands as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Word<T> {
    /// What it means.
    Known(T),
    /// The word itself.
    Other(String),
}

impl<T> Word<T> {
    /// Reads a word by what says which are known.
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
    /// How it ended.
    pub outcome: Word<Outcome>,
    /// The sign-in's id of who did it.
    pub person: Option<String>,
    /// Their name.
    pub person_name: Option<String>,
    /// For which team.
    pub team: Option<String>,
    /// As which principal.
    pub principal: Option<String>,
    /// From which address.
    pub address: Option<String>,
    /// The IAM action.
    pub action: Option<String>,
    /// The registry.
    pub registry: Option<String>,
    /// The repository.
    pub repository: Option<String>,
    /// What else matters, by name.
    pub arguments: Vec<(String, String)>,
    /// The statement that decided.
    pub statement: Option<String>,
    /// The request's id.
    pub request: String,
    /// The row's hash, in hexadecimal digits.
    pub hash: String,
    /// The columns of the store that hold what Gantry does not write: above, their fields are empty.
    pub unreadable: Vec<String>,
}

/// What the log's page is asked for. Empty texts ask for anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditQuery {
    /// Rows with every word of it in a person, team, repository, argument or request id.
    pub text: String,
    /// What happened.
    pub event: Option<Event>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Not before this time.
    pub since: Option<Timestamp>,
    /// Before this time.
    pub until: Option<Timestamp>,
    /// Rows with smaller numbers than this: where the page before ended.
    pub before: Option<u64>,
}

/// The log's page: the newest rows that match, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The rows.
    pub rows: Vec<AuditRow>,
    /// Where older rows go on, if there are any.
    pub older: Option<u64>,
    /// The number of the newest row that was cut off by retention; none when nothing was.
    pub cut: Option<u64>,
    /// The server's time.
    pub now: Timestamp,
}

impl AuditQuery {
    /// Reads the pairs of a query string. `since` and `until` are days in UTC, both of them included.
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

    /// The pairs of the query string that asks for this.
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

    /// The last day that is asked for, where there is one.
    pub fn last_day(&self) -> Option<String> {
        self.until.map(|end| end.plus_days(-1).day())
    }

    /// Whether it leaves anything out, but for where its page begins.
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
    fn a_query_survives_its_url() {
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
    fn what_means_nothing_asks_for_anything() {
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
