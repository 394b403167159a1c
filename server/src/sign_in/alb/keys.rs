//! The load balancer's public keys.

use std::{sync::Arc, time::Duration};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use http::StatusCode;
use model::SignInProblem;
use moka::future::Cache;

use crate::sign_in::{
    http::{AnswerError, Http},
    keys::Key,
    unacceptable, unusable,
};

/// How long a key is kept: the key of an ID never changes.
const KEPT: Duration = Duration::from_secs(24 * 3_600);

/// How many keys can be requested per minute: anyone can write an ID into an unsigned token.
const A_MINUTE: std::num::NonZeroU32 = std::num::NonZeroU32::new(30).unwrap();

#[derive(Debug)]
pub(super) struct Keys {
    url: String,
    http: Arc<Http>,
    known: Cache<String, Key>,
    /// IDs that have no key.
    absent: Cache<String, ()>,
    calls: DefaultDirectRateLimiter,
}

impl Keys {
    pub(super) fn new(url: String, http: Arc<Http>) -> Self {
        Self {
            url,
            http,
            known: Cache::builder()
                .max_capacity(100)
                .time_to_live(KEPT)
                .build(),
            absent: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(Duration::from_secs(300))
                .build(),
            calls: RateLimiter::direct(Quota::per_minute(A_MINUTE)),
        }
    }

    /// The key of an ID. The ID consists of letters, digits and dashes.
    pub(super) async fn get(&self, id: &str) -> Result<Key, SignInProblem> {
        if self.absent.contains_key(id) {
            return Err(unacceptable("there is no key of its id"));
        }
        let found = self.known.try_get_with_by_ref(id, self.fetch(id)).await;
        found.map_err(|problem: Arc<SignInProblem>| *problem)
    }

    async fn fetch(&self, id: &str) -> Result<Key, SignInProblem> {
        if self.calls.check().is_err() {
            return Err(SignInProblem::Limited);
        }
        let answer = match self.http.get(&format!("{}/{id}", self.url), None).await {
            // Any other refusal is temporary and says nothing about the key.
            Err(AnswerError::Status(StatusCode::NOT_FOUND)) => {
                self.absent.insert(id.to_owned(), ()).await;
                return Err(unacceptable("there is no key of its id"));
            }
            answer => answer.map_err(|error| unusable("load balancer key", &error))?,
        };
        let text = std::str::from_utf8(&answer.body).map_err(unacceptable)?;
        Key::from_pem(text).ok_or_else(|| unacceptable("its key is none"))
    }
}
