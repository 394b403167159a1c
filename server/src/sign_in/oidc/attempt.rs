//! Sign-ins that are under way: what is remembered between leaving for the provider and coming back.

use std::time::{SystemTime, UNIX_EPOCH};

use oauth2::CsrfToken;
use serde::{Deserialize, Serialize};

use crate::session::CookieSecret;

/// How long somebody may take at the provider, in seconds.
const PATIENCE: u64 = 10 * 60;

/// How many attempts a browser may have under way: one a tab, within reason.
const AT_ONCE: usize = 5;

/// An attempt, kept in the session of the browser that began it. Its secrets are not kept: they follow
/// from the browser's cookie, which the store does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Tells it from others of the same browser.
    salt: String,
    return_to: String,
    /// Seconds since 1970.
    begun: u64,
}

impl Attempt {
    pub(super) fn new(return_to: String) -> Self {
        Self {
            // As random as a state, and none.
            salt: CsrfToken::new_random().into_secret(),
            return_to,
            begun: now(),
        }
    }

    /// What the provider leads back with.
    pub(super) fn state(&self, cookie: CookieSecret) -> String {
        cookie.derive("state", &self.salt)
    }

    /// What only the browser that began the attempt can have been told.
    pub(super) fn nonce(&self, cookie: CookieSecret) -> String {
        cookie.derive("nonce", &self.salt)
    }

    /// What proves to the provider that this is who began it.
    pub(super) fn verifier(&self, cookie: CookieSecret) -> String {
        cookie.derive("verifier", &self.salt)
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
    pub const KEY: &str = "sign_ins";

    /// Remembers one; the oldest is forgotten when there are too many.
    pub fn add(&mut self, attempt: Attempt) {
        self.0.push(attempt);
        let too_many = self.0.len().saturating_sub(AT_ONCE);
        self.0.drain(..too_many);
    }

    /// Takes the attempt of this state out: a state is good once.
    pub fn take(&mut self, cookie: CookieSecret, state: &str) -> Option<Attempt> {
        let mut attempts = self.0.iter();
        let at = attempts.position(|attempt| attempt.state(cookie) == state)?;
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

    #[test]
    fn a_state_is_good_once_and_for_ten_minutes() {
        let cookie = CookieSecret::test(7);
        let (one, other) = (Attempt::new("/".into()), Attempt::new("/".into()));
        let mut attempts = Attempts::default();
        attempts.add(one.clone());
        attempts.add(other);
        assert!(attempts.take(cookie, "c").is_none());
        let state = one.state(cookie);
        assert!(
            attempts.take(CookieSecret::test(8), &state).is_none(),
            "another browser's"
        );
        assert!(!attempts.take(cookie, &state).unwrap().is_over());
        assert!(attempts.take(cookie, &state).is_none());
        let mut old = one;
        old.begun -= PATIENCE + 1;
        assert!(old.is_over());
    }

    /// Another release may have begun the attempt, and may run beside this one.
    #[test]
    fn attempts_are_stored_as_they_always_were() {
        let stored = r#"[{"salt":"s-1","return_to":"/repositories","begun":1795311000}]"#;
        let mut attempts: Attempts = serde_json::from_str(stored).unwrap();
        assert_eq!(serde_json::to_string(&attempts).unwrap(), stored);
        let cookie = CookieSecret::test(7);
        let attempt = attempts.take(cookie, &cookie.derive("state", "s-1"));
        assert_eq!(attempt.unwrap().return_to(), "/repositories");
        // The first release kept state, nonce and verifier, under "attempts": its key is not read any more.
        assert_eq!(Attempts::KEY, "sign_ins");
    }

    #[test]
    fn a_browser_has_a_few_under_way_at_most() {
        let cookie = CookieSecret::test(7);
        let mut attempts = Attempts::default();
        let all: Vec<_> = (0..20).map(|_| Attempt::new("/".into())).collect();
        for attempt in &all {
            attempts.add(attempt.clone());
        }
        let mut finds = |number: usize| attempts.take(cookie, &all[number].state(cookie)).is_some();
        assert!(!finds(14));
        assert!(finds(15) && finds(19));
    }

    #[test]
    fn what_is_kept_of_an_attempt_gives_none_of_its_secrets_away() {
        let cookie = CookieSecret::test(7);
        let attempt = Attempt::new("/repositories".into());
        let kept = serde_json::to_string(&attempt).unwrap();
        let secrets = [
            attempt.state(cookie),
            attempt.nonce(cookie),
            attempt.verifier(cookie),
        ];
        for (number, secret) in secrets.iter().enumerate() {
            // Source for the verifier's length: RFC 7636, section 4.1.
            assert_eq!(secret.len(), 43);
            assert!(!kept.contains(secret));
            assert!(!secrets[number + 1..].contains(secret), "each is another");
        }
        let other = CookieSecret::test(8);
        assert_ne!(attempt.verifier(cookie), attempt.verifier(other));
    }
}
