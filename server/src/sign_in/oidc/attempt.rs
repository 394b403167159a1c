//! Sign-ins that are under way: what is remembered between leaving for the provider and coming back.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// How long somebody may take at the provider, in seconds.
const PATIENCE: u64 = 10 * 60;

/// How many attempts a browser may have under way: one a tab, within reason.
const AT_ONCE: usize = 5;

/// An attempt, kept in the session of the browser that began it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    state: String,
    nonce: String,
    verifier: String,
    return_to: String,
    /// Seconds since 1970.
    begun: u64,
}

impl Attempt {
    pub(super) fn new(state: &str, nonce: &str, verifier: &str, return_to: String) -> Self {
        Self {
            state: state.to_owned(),
            nonce: nonce.to_owned(),
            verifier: verifier.to_owned(),
            return_to,
            begun: now(),
        }
    }

    /// What only the browser that began the attempt can have been told.
    pub(super) fn nonce(&self) -> &str {
        &self.nonce
    }

    /// What proves to the provider that this is who began it.
    pub(super) fn verifier(&self) -> &str {
        &self.verifier
    }

    /// Where the person wanted to go.
    pub fn return_to(&self) -> &str {
        &self.return_to
    }

    /// Whether it took too long.
    pub fn is_over(&self) -> bool {
        now().saturating_sub(self.begun) > PATIENCE
    }
}

/// The attempts of one browser, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attempts(Vec<Attempt>);

impl Attempts {
    /// The session's key for them.
    pub const KEY: &str = "attempts";

    /// Remembers one; the oldest is forgotten when there are too many.
    pub fn add(&mut self, attempt: Attempt) {
        self.0.push(attempt);
        let too_many = self.0.len().saturating_sub(AT_ONCE);
        self.0.drain(..too_many);
    }

    /// Takes the attempt of this state out: a state is good once.
    pub fn take(&mut self, state: &str) -> Option<Attempt> {
        let at = self.0.iter().position(|attempt| attempt.state == state)?;
        Some(self.0.remove(at))
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests {
    use super::*;

    fn attempt(state: &str) -> Attempt {
        Attempt::new(state, "nonce", "verifier", "/".to_owned())
    }

    #[test]
    fn a_state_is_good_once_and_for_ten_minutes() {
        let mut attempts = Attempts::default();
        attempts.add(attempt("a"));
        attempts.add(attempt("b"));
        assert!(attempts.take("c").is_none());
        assert!(!attempts.take("a").unwrap().is_over());
        assert!(attempts.take("a").is_none());
        let mut old = attempt("d");
        old.begun -= PATIENCE + 1;
        assert!(old.is_over());
    }

    /// Another release may have begun the attempt, and may run beside this one.
    #[test]
    fn attempts_are_stored_as_they_always_were() {
        let stored = r#"[{"state":"s-1","nonce":"n-1","verifier":"v-1","return_to":"/repositories","begun":1795311000}]"#;
        let mut attempts: Attempts = serde_json::from_str(stored).unwrap();
        assert_eq!(serde_json::to_string(&attempts).unwrap(), stored);
        let attempt = attempts.take("s-1").unwrap();
        assert_eq!(
            (attempt.nonce(), attempt.verifier(), attempt.return_to()),
            ("n-1", "v-1", "/repositories")
        );
    }

    #[test]
    fn a_browser_has_a_few_under_way_at_most() {
        let mut attempts = Attempts::default();
        for number in 0..20 {
            attempts.add(attempt(&number.to_string()));
        }
        assert!(attempts.take("14").is_none());
        assert!(attempts.take("15").is_some() && attempts.take("19").is_some());
    }
}
