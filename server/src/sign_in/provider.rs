//! What is known about a provider: its endpoints and its signing keys.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use model::SignInProblem;
use oauth2::url::Url;
use serde_json::Value;
use thiserror::Error;
use tokio::sync::Mutex;

use super::{
    claims::Claims,
    http::{AnswerError, Http},
    jwt::Jwt,
    keys::Key,
    unacceptable, unusable,
};
use crate::loopback::is_secure;

/// How long discovery results are used.
const KNOWN_FOR: Duration = Duration::from_secs(3_600);

/// How many times per minute the provider's keys are read again because of a signature by an unknown key.
const A_MINUTE: std::num::NonZeroU32 = std::num::NonZeroU32::new(30).unwrap();

/// A provider as it described itself. Fields that Gantry does not use are not parsed.
#[derive(Debug)]
pub(super) struct Provider {
    pub(super) authorization_endpoint: Url,
    pub(super) token_endpoint: Url,
    pub(super) userinfo_endpoint: Option<Url>,
    pub(super) end_session_endpoint: Option<Url>,
    /// Whether it takes the client's secret in a request's body and not in its header.
    pub(super) secret_in_body: bool,
    pub(super) keys: Vec<Key>,
    read: Instant,
}

/// Why a provider cannot be discovered.
#[derive(Debug, Error)]
enum DiscoveryError {
    #[error(transparent)]
    Answer(#[from] AnswerError),
    #[error("it names {0:?} as its issuer: set exactly that as the issuer, if it is meant")]
    Issuer(String),
    #[error("it does not name its {0}")]
    Missing(&'static str),
    #[error("its {0} does not begin with https://, and is not on this host")]
    Insecure(&'static str),
}

impl Provider {
    /// Source: OpenID Connect Discovery 1.0, sections 3 and 4.
    async fn discover(issuer: &str, http: &Http) -> Result<Self, DiscoveryError> {
        let place = issuer.trim_end_matches('/');
        let metadata = http
            .json(&format!("{place}/.well-known/openid-configuration"))
            .await?;
        let named = metadata.text("issuer");
        let named = named.ok_or(DiscoveryError::Missing("issuer"))?;
        if named != issuer {
            let named = named.chars().take(200).collect();
            return Err(DiscoveryError::Issuer(named));
        }
        let required = |name| endpoint(&metadata, name)?.ok_or(DiscoveryError::Missing(name));
        let keys = required("jwks_uri")?;
        Ok(Self {
            authorization_endpoint: required("authorization_endpoint")?,
            token_endpoint: required("token_endpoint")?,
            userinfo_endpoint: endpoint(&metadata, "userinfo_endpoint")?,
            end_session_endpoint: endpoint(&metadata, "end_session_endpoint")?,
            secret_in_body: takes_secret_in_body(&metadata),
            keys: Key::set(&http.json(keys.as_str()).await?),
            read: Instant::now(),
        })
    }
}

/// The URL of an endpoint, if the provider names it. Codes, tokens, keys and people pass through it, so it must be as
/// secure as the issuer.
fn endpoint(metadata: &Claims, name: &'static str) -> Result<Option<Url>, DiscoveryError> {
    let Some(text) = metadata.text(name).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let url = Url::parse(text).ok();
    let url = url.filter(|url| is_secure(url.scheme(), url.host_str().unwrap_or_default()));
    url.map(Some).ok_or(DiscoveryError::Insecure(name))
}

/// By default, a provider takes the secret in the header.
fn takes_secret_in_body(metadata: &Claims) -> bool {
    let methods = metadata.get("token_endpoint_auth_methods_supported");
    let methods = methods.and_then(Value::as_array);
    let has = |method: &str| {
        methods.is_some_and(|methods| methods.iter().any(|it| it.as_str() == Some(method)))
    };
    has("client_secret_post") && !has("client_secret_basic")
}

/// A provider as last discovered.
#[derive(Debug)]
pub(super) struct Providers {
    issuer: String,
    http: Arc<Http>,
    known: arc_swap::ArcSwapOption<Provider>,
    /// Held while the provider is called. Contains the time of the last failure, so that concurrent callers share one
    /// result.
    asking: Mutex<Option<Instant>>,
    new_keys: DefaultDirectRateLimiter,
}

impl Providers {
    /// The provider of this issuer. No call is made yet.
    pub(super) fn new(issuer: String, http: Arc<Http>) -> Self {
        Self {
            issuer,
            http,
            known: arc_swap::ArcSwapOption::empty(),
            asking: Mutex::new(None),
            new_keys: RateLimiter::direct(Quota::per_minute(A_MINUTE)),
        }
    }

    /// The provider, if it is known already.
    pub(super) fn known(&self) -> Option<Arc<Provider>> {
        self.known.load_full()
    }

    /// The provider, discovered if it is not known yet, or again if that was long ago.
    pub(super) async fn get(&self) -> Result<Arc<Provider>, SignInProblem> {
        let fresh = |known: &Arc<Provider>| known.read.elapsed() < KNOWN_FOR;
        if let Some(known) = self.known().filter(fresh) {
            return Ok(known);
        }
        let discovered = self.ask(fresh).await;
        // Results from an hour ago are better than none: signatures must still match the keys.
        discovered.or_else(|problem| self.known().ok_or(problem))
    }

    /// The claims of a token that the provider has signed. Providers change their keys at any time: if no known key
    /// matches the signature, the keys are read again, once.
    pub(super) async fn verify<'t>(&self, token: &'t Jwt<'_>) -> Result<&'t Claims, SignInProblem> {
        let provider = self.get().await?;
        if let Some(claims) = token.verify(&provider.keys) {
            return Ok(claims);
        }
        let refused = || unacceptable("no key of its issuer has signed it");
        self.new_keys.check().map_err(|_| refused())?;
        let newer = self.ask(|known| known.read > provider.read).await?;
        token.verify(&newer.keys).ok_or_else(refused)
    }

    async fn ask(
        &self,
        will_do: impl Fn(&Arc<Provider>) -> bool,
    ) -> Result<Arc<Provider>, SignInProblem> {
        let came = Instant::now();
        let mut failed = self.asking.lock().await;
        let known = self.known();
        if let Some(known) = known.clone().filter(&will_do) {
            return Ok(known);
        }
        if failed.is_some_and(|failed| failed > came) {
            return known.ok_or(SignInProblem::Provider);
        }
        let discovered = Provider::discover(&self.issuer, &self.http).await;
        *failed = discovered.is_err().then(Instant::now);
        let discovered = discovered.map_err(|error| unusable("discovery", &error))?;
        let discovered = Arc::new(discovered);
        self.known.store(Some(Arc::clone(&discovered)));
        Ok(discovered)
    }
}
