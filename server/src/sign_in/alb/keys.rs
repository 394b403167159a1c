//! The load balancer's public keys.

use std::{sync::Arc, time::Duration};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use http::StatusCode;
use model::SignInProblem;
use moka::future::Cache;
use p256::{ecdsa::VerifyingKey, pkcs8::DecodePublicKey};

use crate::sign_in::{answer, unacceptable, unusable};

/// How long a key is kept: they stay the same under their id.
const KEPT: Duration = Duration::from_secs(24 * 3_600);

/// How many keys may be asked for a minute: anybody can write an id into an account that is not signed.
const A_MINUTE: std::num::NonZeroU32 = std::num::NonZeroU32::new(30).unwrap();

#[derive(Debug)]
pub(super) struct Keys {
    url: String,
    client: reqwest::Client,
    known: Cache<String, VerifyingKey>,
    /// Ids that there is no key for.
    absent: Cache<String, ()>,
    calls: DefaultDirectRateLimiter,
}

impl Keys {
    pub(super) fn new(url: String) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(2))
            .timeout(Duration::from_secs(5))
            .build()?;
        Ok(Self {
            url,
            client,
            known: Cache::builder()
                .max_capacity(100)
                .time_to_live(KEPT)
                .build(),
            absent: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(Duration::from_secs(300))
                .build(),
            calls: RateLimiter::direct(Quota::per_minute(A_MINUTE)),
        })
    }

    /// The key of an id, which is made of letters, digits and dashes.
    pub(super) async fn get(&self, id: &str) -> Result<VerifyingKey, SignInProblem> {
        if self.absent.contains_key(id) {
            return Err(unacceptable("there is no key of its id"));
        }
        let found = self.known.try_get_with_by_ref(id, self.fetch(id)).await;
        found.map_err(|problem: Arc<SignInProblem>| *problem)
    }

    async fn fetch(&self, id: &str) -> Result<VerifyingKey, SignInProblem> {
        if self.calls.check().is_err() {
            return Err(SignInProblem::Limited);
        }
        let unreachable = |error: reqwest::Error| unusable("does not give its key", &error);
        let answer = self.client.get(format!("{}/{id}", self.url)).send().await;
        let answer = answer.map_err(unreachable)?;
        // Any other refusal is about this moment, not about the key.
        if answer.status() == StatusCode::NOT_FOUND {
            self.absent.insert(id.to_owned(), ()).await;
            return Err(unacceptable("there is no key of its id"));
        }
        let answer = answer.error_for_status().map_err(unreachable)?;
        let key = answer::body(answer)
            .await
            .map_err(|error| unusable("does not give its key", &error))?;
        let text = std::str::from_utf8(&key).map_err(unacceptable)?;
        VerifyingKey::from_public_key_pem(text.trim()).map_err(unacceptable)
    }
}
