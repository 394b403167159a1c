//! Signing in at an Application Load Balancer: it signs in people itself and passes on, with every
//! request, a signed account of who they are.
//!
//! Source: "Authenticate users using an Application Load Balancer", section "User claims encoding and
//! signature verification", in the Elastic Load Balancing guide.

mod keys;
mod token;

use std::{sync::Arc, time::Duration};

use http::{HeaderMap, HeaderName};
use model::SignInProblem;
use moka::future::Cache;
use registry::{Person, PersonId, Store, StoreError};
use sha2::{Digest, Sha256};

use self::{keys::Keys, token::Token};
use super::{
    oidc::{groups_of, is_subject, shown_name},
    unacceptable,
};
use crate::config::AlbSettings;

/// The header that the load balancer puts its account in. It takes away what clients send under that
/// name; what reaches Gantry past the load balancer is not signed by it.
static ACCOUNT: HeaderName = HeaderName::from_static("x-amzn-oidc-data");

/// The cookies that the load balancer keeps its sessions in: up to four, numbered.
pub const COOKIES: [&str; 4] = [
    "AWSELBAuthSessionCookie-0",
    "AWSELBAuthSessionCookie-1",
    "AWSELBAuthSessionCookie-2",
    "AWSELBAuthSessionCookie-3",
];

/// How long an account that was verified is recognised. It ends by itself after two minutes.
const RECOGNISED: Duration = Duration::from_secs(120);

/// How long somebody is taken to be stored as they are.
const STORED: Duration = Duration::from_secs(600);

/// What the load balancer vouches for.
#[derive(Debug)]
pub struct Alb {
    settings: AlbSettings,
    keys: Keys,
    recognised: Cache<[u8; 32], Arc<Vouched>>,
    stored: Cache<PersonId, Person>,
    announced: Cache<Person, ()>,
}

/// Somebody, for as long as the account says.
#[derive(Debug)]
struct Vouched {
    person: Person,
    /// Seconds since 1970.
    expires: i64,
}

/// Why a request has nobody behind it.
#[derive(Debug)]
pub enum Unknown {
    /// It brings no account, or a wrong one.
    Refused(SignInProblem),
    /// Who they are cannot be stored.
    Store(StoreError),
}

/// Who a request comes from, and whether they are new here: the first time in a while, or changed.
#[derive(Debug)]
pub struct Arrived {
    /// Who.
    pub person: Person,
    /// Whether that is news.
    pub is_news: bool,
}

impl Alb {
    /// A reader of accounts. Nothing is fetched yet.
    ///
    /// # Errors
    /// When no HTTPS client can be made.
    pub fn new(settings: AlbSettings) -> Result<Self, reqwest::Error> {
        Ok(Self {
            keys: Keys::new(settings.keys_url.clone())?,
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

    /// Who vouches for people.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where the browser goes to sign out of the provider, if that is configured.
    pub fn sign_out_url(&self) -> Option<&str> {
        self.settings.sign_out_url.as_deref()
    }

    /// Whether a request brings an account at all, good or not.
    pub fn is_told(headers: &HeaderMap) -> bool {
        headers.contains_key(&ACCOUNT)
    }

    /// Who a request comes from, and keeps what was told of them.
    ///
    /// # Errors
    /// [`Unknown`].
    pub async fn arrival(&self, headers: &HeaderMap, store: &Store) -> Result<Arrived, Unknown> {
        let person = self.person(headers).await.map_err(Unknown::Refused)?;
        let known = self.stored.get(&person.id).await;
        if known.as_ref() != Some(&person) {
            store.remember(&person).await.map_err(Unknown::Store)?;
            self.stored.insert(person.id.clone(), person.clone()).await;
        }
        // Two browsers of which one was told longer ago take turns: neither is news each time.
        let is_news = !self.announced.contains_key(&person);
        if is_news {
            self.announced.insert(person.clone(), ()).await;
        }
        Ok(Arrived { person, is_news })
    }

    /// Takes it back that an arrival was announced: the log could not be written.
    pub async fn unannounce(&self, person: &Person) {
        self.announced.invalidate(person).await;
    }

    async fn person(&self, headers: &HeaderMap) -> Result<Person, SignInProblem> {
        let mut told = headers.get_all(&ACCOUNT).iter();
        let (Some(account), None) = (told.next(), told.next()) else {
            return Err(unacceptable("there is none, or more than one"));
        };
        let key: [u8; 32] = Sha256::digest(account.as_bytes()).into();
        let vouched = match self.recognised.get(&key).await {
            Some(vouched) => vouched,
            None => {
                let account = account.to_str().map_err(unacceptable)?;
                let vouched = Arc::new(self.verify(account).await?);
                self.recognised.insert(key, Arc::clone(&vouched)).await;
                vouched
            }
        };
        token::check_time(vouched.expires).map_err(unacceptable)?;
        Ok(vouched.person.clone())
    }

    /// Everything that can be checked without a key is checked first: an account that cannot be good
    /// costs no call.
    async fn verify(&self, account: &str) -> Result<Vouched, SignInProblem> {
        let token = Token::read(account).map_err(unacceptable)?;
        token.check_header(&self.settings).map_err(unacceptable)?;
        let key = self.keys.get(token.key_id()).await?;
        let claims = token.claims(&key).map_err(unacceptable)?;
        let text = |name: &str| claims.get(name).and_then(|value| value.as_str());
        let subject = text("sub").filter(|subject| is_subject(subject));
        let subject = subject.ok_or_else(|| unacceptable("it names nobody"))?;
        let name = text("name").or_else(|| text("preferred_username"));
        let name = name.or_else(|| text("email")).unwrap_or(subject);
        Ok(Vouched {
            person: Person {
                id: PersonId::new(&self.settings.issuer, subject),
                name: shown_name(name),
                groups: groups_of(&claims, &self.settings.groups_claim).unwrap_or_default(),
            },
            expires: token.expires(),
        })
    }
}
