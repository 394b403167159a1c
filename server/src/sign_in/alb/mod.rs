//! Signing in at an Application Load Balancer. The load balancer signs people in, and sends a signed identity token
//! with every request.
//!
//! Source: "Authenticate users using an Application Load Balancer", section "User claims encoding and signature
//! verification", in the Elastic Load Balancing guide.

mod keys;
mod token;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use access::{Person, PersonId};
use http::{HeaderMap, HeaderName};
use model::SignInProblem;
use moka::{Entry, future::Cache, ops::compute::Op};
use sha2::{Digest, Sha256};
use store::{Store, StoreError};

use self::keys::Keys;
use super::{
    SignedIn,
    claims::{Claims, groups_of, is_subject, name_of},
    http::Http,
    jwt::{Jwt, check_expiry},
    provider::Providers,
    unacceptable,
};
use crate::config::AlbSettings;

/// The header with the load balancer's identity token. The load balancer removes this header from client requests; a
/// request that bypasses the load balancer has no token with its signature.
static ACCOUNT: HeaderName = HeaderName::from_static("x-amzn-oidc-data");

/// The header with the access token that the issuer gave the load balancer.
static ACCESS_TOKEN: HeaderName = HeaderName::from_static("x-amzn-oidc-accesstoken");

/// The cookies of the load balancer's sessions: up to four, numbered.
pub const COOKIES: [&str; 4] = [
    "AWSELBAuthSessionCookie-0",
    "AWSELBAuthSessionCookie-1",
    "AWSELBAuthSessionCookie-2",
    "AWSELBAuthSessionCookie-3",
];

/// How long a verified token is remembered. It expires after two minutes.
const RECOGNISED: Duration = Duration::from_secs(120);

/// How long a person's stored data is assumed to be current.
const STORED: Duration = Duration::from_secs(600);

/// The shortest time between two changes to a person's stored data. A caller who alternates between two different
/// tokens causes no more writes than that.
const BETWEEN_CHANGES: Duration = Duration::from_secs(60);

/// Sign-ins through the load balancer.
#[derive(Debug)]
pub struct Alb {
    settings: AlbSettings,
    keys: Keys,
    /// The issuer, which signs access tokens.
    providers: Providers,
    recognised: Cache<[u8; 32], Arc<Vouched>>,
    stored: Cache<PersonId, Stored>,
    announced: Cache<Person, ()>,
}

/// What is stored about a person.
#[derive(Debug, Clone)]
struct Stored {
    person: Person,
    /// When it last changed. None if it has not changed since the person arrived.
    changed: Option<Instant>,
}

impl Stored {
    /// Whether the stored data stays as it is for now: it is the same, or changed a moment ago.
    fn stays(&self, person: &Person) -> bool {
        let is_recent = |changed: Instant| changed.elapsed() < BETWEEN_CHANGES;
        self.person == *person || self.changed.is_some_and(is_recent)
    }
}

/// A person, for as long as the token is valid.
#[derive(Debug)]
struct Vouched {
    signed_in: SignedIn,
    /// Seconds since 1970.
    expires: f64,
}

impl Alb {
    /// Creates a verifier. Nothing is fetched yet.
    ///
    /// # Errors
    /// If no HTTPS client can be created.
    pub fn new(settings: AlbSettings) -> Result<Self, reqwest::Error> {
        let http = Arc::new(Http::new()?);
        Ok(Self {
            keys: Keys::new(settings.keys_url.clone(), Arc::clone(&http)),
            providers: Providers::new(settings.issuer.clone(), http),
            settings,
            recognised: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(RECOGNISED)
                .build(),
            stored: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(STORED)
                .build(),
            announced: Cache::builder()
                .max_capacity(10_000)
                .time_to_idle(STORED)
                .build(),
        })
    }

    /// The issuer that identifies people.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where the browser goes to sign out of the provider, if that is configured.
    pub fn sign_out_url(&self) -> Option<&str> {
        self.settings.sign_out_url.as_deref()
    }

    /// Whether a request carries an identity token, valid or not.
    pub fn is_told(headers: &HeaderMap) -> bool {
        headers.contains_key(&ACCOUNT)
    }

    /// The person who sends a request, and the claims about them. Nothing is stored yet: the request is counted
    /// first.
    ///
    /// # Errors
    /// [`SignInProblem`]: the request has no token, or an invalid one.
    pub async fn account(&self, headers: &HeaderMap) -> Result<SignedIn, SignInProblem> {
        Ok(self.vouched(headers).await?.signed_in.clone())
    }

    /// Stores what is known about the person whose request was counted. Returns whether that is new: the person
    /// arrives for the first time in a while, or their data has changed.
    ///
    /// # Errors
    /// If the store is unavailable.
    pub async fn keep(&self, person: &Person, store: &Store) -> Result<bool, StoreError> {
        let stored = self.stored.get(&person.id).await;
        if !stored.is_some_and(|stored| stored.stays(person)) {
            self.store_change(person, store).await?;
        }
        // Two browsers with tokens of different age alternate, and neither is news each time. This read keeps the
        // entry alive for people who stay.
        let is_news = self.announced.get(person).await.is_none();
        if is_news {
            self.announced.insert(person.clone(), ()).await;
        }
        Ok(is_news)
    }

    /// Stores a person. Of several concurrent requests of one person, only one does.
    async fn store_change(&self, person: &Person, store: &Store) -> Result<(), StoreError> {
        let change = |stored: Option<Entry<PersonId, Stored>>| async move {
            let stored = stored.map(Entry::into_value);
            if stored.as_ref().is_some_and(|stored| stored.stays(person)) {
                return Ok(Op::Nop);
            }
            store.remember(person).await?;
            Ok::<_, StoreError>(Op::Put(Stored {
                person: person.clone(),
                changed: stored.map(|_| Instant::now()),
            }))
        };
        let entry = self.stored.entry_by_ref(&person.id);
        entry.and_try_compute_with(change).await.map(drop)
    }

    /// Undoes the announcement of an arrival because the log could not be written.
    pub async fn unannounce(&self, person: &Person) {
        self.announced.invalidate(person).await;
    }

    async fn vouched(&self, headers: &HeaderMap) -> Result<Arc<Vouched>, SignInProblem> {
        let account = only(headers, &ACCOUNT)?.ok_or_else(|| unacceptable("there is none"))?;
        let access_token = match self.settings.groups_from_access_token {
            true => only(headers, &ACCESS_TOKEN)?,
            false => None,
        };
        let hash = Sha256::new_with_prefix(account)
            .chain_update([0])
            .chain_update(access_token.unwrap_or_default());
        let key: [u8; 32] = hash.finalize().into();
        let vouched = match self.recognised.get(&key).await {
            Some(vouched) => vouched,
            None => {
                let vouched = Arc::new(self.verify(account, access_token).await?);
                self.recognised.insert(key, Arc::clone(&vouched)).await;
                vouched
            }
        };
        check_expiry(Some(vouched.expires)).map_err(unacceptable)?;
        Ok(vouched)
    }

    /// Everything that needs no key is checked first, so that an invalid token costs no call.
    async fn verify(
        &self,
        account: &str,
        access_token: Option<&str>,
    ) -> Result<Vouched, SignInProblem> {
        if account.len() > token::LONGEST {
            return Err(unacceptable("it is too long"));
        }
        let account = Jwt::read(account).map_err(unacceptable)?;
        let key = token::check_header(&account, &self.settings).map_err(unacceptable)?;
        let key = self.keys.get(key).await?;
        let claims = account.verify(std::slice::from_ref(&key));
        let claims = claims.ok_or_else(|| unacceptable("its signature is wrong"))?;
        let subject = claims.text("sub").filter(|subject| is_subject(subject));
        let subject = subject.ok_or_else(|| unacceptable("it names nobody"))?;
        let more = match (claims.at(&self.settings.groups_claim), access_token) {
            (None, Some(token)) => Some(self.access_token(token, subject).await?),
            _ => None,
        };
        let accounts: Vec<_> = [claims].into_iter().chain(&more).collect();
        let (groups, seen) = groups_of(&accounts, &self.settings.groups_claim);
        let until = |claims: &Claims| claims.time("exp").unwrap_or(f64::MAX);
        Ok(Vouched {
            signed_in: SignedIn {
                person: Person {
                    id: PersonId::new(&self.settings.issuer, subject),
                    name: name_of(&[claims], subject),
                    groups,
                },
                claims: seen.into(),
            },
            expires: until(account.header()).min(more.as_ref().map_or(f64::MAX, until)),
        })
    }

    /// The claims of an access token. An invalid one also refuses the identity token: without its claims, the person
    /// would seem to have left their groups.
    async fn access_token(&self, token: &str, subject: &str) -> Result<Claims, SignInProblem> {
        let token = Jwt::read(token).map_err(unacceptable)?;
        let claims = self.providers.verify(&token).await?;
        token::check_access_token(claims, &self.settings, subject).map_err(unacceptable)?;
        Ok(claims.clone())
    }
}

/// A header's value, if the header is present. If there are two, it is unknown which one the load balancer wrote.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, SignInProblem> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(unacceptable),
        _ => Err(unacceptable("there is more than one")),
    }
}
