//! Sign-ins in progress: what the browser keeps between leaving for the provider and coming back.
//!
//! Anyone can start a sign-in, so the store keeps nothing until the person comes back from the provider.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use oauth2::CsrfToken;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use tower_sessions::cookie::{Cookie, SameSite, time::Duration};

/// How long a person can take at the provider, in seconds.
pub const PATIENCE: u64 = 10 * 60;

/// How many attempts a browser can have in progress: one for each of a few tabs.
const AT_ONCE: usize = 5;

/// The longest cookie, in characters. Browsers keep 4,096 including the name.
///
/// Source: RFC 6265bis, section 5.6.
const LONGEST_COOKIE: usize = 3_500;

/// An attempt, stored in the cookie of the browser that started it. The values that are sent to the provider are
/// derived from the secret and do not reveal it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// 128 bits from the system's generator.
    secret: String,
    return_to: String,
    /// Seconds since 1970.
    begun: u64,
}

impl Attempt {
    pub(super) fn new(return_to: String) -> Self {
        Self {
            // As random as a state, although not used as one.
            secret: CsrfToken::new_random().into_secret(),
            return_to,
            begun: now(),
        }
    }

    /// The value that the provider sends back.
    pub fn state(&self) -> String {
        self.derive("state")
    }

    /// The value that only the browser that started the attempt can get.
    pub(super) fn nonce(&self) -> String {
        self.derive("nonce")
    }

    /// The proof for the provider that the same client started the attempt.
    pub(super) fn verifier(&self) -> String {
        self.derive("verifier")
    }

    /// A secret for a purpose: 43 characters of base64url, always the same.
    fn derive(&self, purpose: &str) -> String {
        // HMAC accepts keys of any length, so this cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()) else {
            return String::new();
        };
        mac.update(purpose.as_bytes());
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }

    /// Where the person wanted to go. It comes from the browser: check it before following it.
    pub fn return_to(&self) -> &str {
        &self.return_to
    }

    /// Whether the time for the attempt is over.
    pub fn is_over(&self) -> bool {
        now().abs_diff(self.begun) > PATIENCE
    }
}

impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Attempt")
    }
}

/// The attempts of one browser, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attempts(Vec<Attempt>);

impl Attempts {
    /// The cookie's name. Over HTTPS, browsers accept a cookie of that name only from this host, so that no other
    /// host can start a sign-in for a browser.
    pub fn cookie_name(https: bool) -> &'static str {
        if https {
            "__Host-gantry_sign_in"
        } else {
            "gantry_sign_in"
        }
    }

    /// The attempts in a cookie. Empty if it is not a cookie of Gantry.
    pub fn read(cookie: Option<&str>) -> Self {
        let cookie = cookie.filter(|cookie| cookie.len() <= LONGEST_COOKIE);
        let bytes = cookie.and_then(|cookie| URL_SAFE_NO_PAD.decode(cookie).ok());
        let attempts: Option<Self> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        attempts.unwrap_or_default()
    }

    /// The cookie with the attempts, valid for as long as an attempt can take. It is sent with the provider's
    /// redirect, so it is not `Strict`. Drops the oldest attempts that do not fit.
    pub fn cookie(mut self, https: bool) -> Cookie<'static> {
        let mut value = self.written();
        while value.len() > LONGEST_COOKIE && !self.0.is_empty() {
            self.0.remove(0);
            value = self.written();
        }
        let lasts = if self.0.is_empty() { 0 } else { PATIENCE };
        Cookie::build((Self::cookie_name(https), value))
            .path("/")
            .http_only(true)
            .secure(https)
            .same_site(SameSite::Lax)
            .max_age(Duration::seconds(lasts.cast_signed()))
            .build()
    }

    fn written(&self) -> String {
        // Texts and numbers always serialize to JSON.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Adds an attempt, and drops the oldest if there are too many.
    pub fn add(&mut self, attempt: Attempt) {
        self.0.push(attempt);
        let too_many = self.0.len().saturating_sub(AT_ONCE);
        self.0.drain(..too_many);
    }

    /// Removes and returns the attempt with this state.
    pub fn take(&mut self, state: &str) -> Option<Attempt> {
        let at = (self.0.iter()).position(|attempt| attempt.state() == state)?;
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

    fn begun() -> Attempt {
        Attempt::new("/repositories".into())
    }

    #[test]
    fn a_state_finds_its_attempt_for_ten_minutes() {
        let (one, other) = (begun(), begun());
        let mut attempts = Attempts::default();
        attempts.add(one.clone());
        attempts.add(other);
        assert!(attempts.take("c").is_none());
        assert!(attempts.take(&begun().state()).is_none(), "another's");
        assert!(!attempts.take(&one.state()).unwrap().is_over());
        assert!(attempts.take(&one.state()).is_none());
        let mut old = one;
        old.begun -= PATIENCE + 1;
        assert!(old.is_over());
    }

    /// Another release that runs at the same time may have started the attempt.
    #[test]
    fn the_cookie_format_of_attempts_does_not_change() {
        let kept = r#"[{"secret":"s-1","return_to":"/repositories","begun":1795311000}]"#;
        let mut attempts = Attempts::read(Some(&URL_SAFE_NO_PAD.encode(kept)));
        assert_eq!(serde_json::to_string(&attempts).unwrap(), kept);
        let state = "u_7kEshCJkcu9H-WHY7hfH4kjhWaWqClh29yJ8luP9s";
        let attempt = attempts.take(state);
        assert_eq!(attempt.unwrap().return_to(), "/repositories");
    }

    #[test]
    fn a_foreign_cookie_contains_no_attempt() {
        for cookie in ["", "e30", "bm9uc2Vuc2U", "[]", "\u{fffd}"] {
            assert_eq!(
                Attempts::read(Some(cookie)),
                Attempts::default(),
                "{cookie}"
            );
        }
        assert_eq!(Attempts::read(None), Attempts::default());
    }

    #[test]
    fn a_browser_has_at_most_a_few_attempts_and_no_more_than_its_cookie_holds() {
        let begin = |return_to: &str| {
            let all: Vec<_> = (0..20).map(|_| Attempt::new(return_to.into())).collect();
            let mut attempts = Attempts::default();
            for attempt in &all {
                attempts.add(attempt.clone());
            }
            let cookie = attempts.cookie(true);
            assert!(cookie.name_value().0.len() + cookie.value().len() <= 4_096);
            let kept = Attempts::read(Some(cookie.value()));
            let found = |attempt: &&Attempt| kept.clone().take(&attempt.state()).is_some();
            assert!(found(&&all[19]), "the newest");
            all.iter().filter(found).count()
        };
        assert_eq!(begin("/"), 5);
        assert!((1..5).contains(&begin(&"/x".repeat(500))));
    }

    #[test]
    fn each_secret_is_different() {
        let attempt = begun();
        let secrets = [
            attempt.state(),
            attempt.nonce(),
            attempt.verifier(),
            attempt.secret.clone(),
            begun().verifier(),
        ];
        for (number, secret) in secrets.iter().enumerate() {
            assert!(!secrets[number + 1..].contains(secret), "each is different");
        }
        // Source for the verifier's length: RFC 7636, section 4.1.
        assert_eq!(attempt.verifier().len(), 43);
        assert!(!format!("{attempt:?}").contains(&attempt.secret));
    }
}
