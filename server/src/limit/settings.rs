//! The names of the limits and their default values.

use std::num::NonZeroU32;

use schemars::JsonSchema;
use serde::Deserialize;

/// How many requests a person or an address may send in a minute; they may come all at once. The keys that end with
/// `_at_once` limit the requests that are under way at the same time, until the answer is sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSettings {
    /// Pages, calls and changes of one person, a minute. One page makes up to four requests.
    pub person_requests: NonZeroU32,
    /// Changes of one person, granted or refused, a minute.
    pub person_writes: NonZeroU32,
    /// Requests without a session from one address, a minute.
    pub anonymous_requests: NonZeroU32,
    /// Begun or finished sign-ins from one address, a minute.
    pub sign_ins: NonZeroU32,
    /// Finished sign-ins of one person, from any address, a minute.
    pub person_sign_ins: NonZeroU32,
    /// Share links that do not open, from one address, a minute.
    pub link_misses: NonZeroU32,
    /// Requests for share links from one address, a minute. Links that do not open count too.
    pub link_requests: NonZeroU32,
    /// Requests for one share link from one address, a minute.
    pub link_views: NonZeroU32,
    /// Requests of one person at the same time.
    pub person_at_once: NonZeroU32,
    /// Requests without a session from one address at the same time. Pages, sign-ins at a provider, files and health checks
    /// each have this limit, and so has one share link; all share links together have four times as many.
    pub address_at_once: NonZeroU32,
}

impl LimitSettings {
    /// The limits for a demo, whose few personas are shared by all visitors.
    pub fn for_personas() -> Self {
        Self {
            person_requests: positive(600_000),
            person_writes: positive(60_000),
            person_sign_ins: positive(60_000),
            anonymous_requests: positive(600_000),
            link_requests: positive(600_000),
            link_views: positive(300_000),
            person_at_once: positive(256),
            address_at_once: positive(256),
            ..Self::default()
        }
    }
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            person_requests: positive(600),
            person_writes: positive(60),
            person_sign_ins: positive(30),
            anonymous_requests: positive(1_200),
            sign_ins: positive(120),
            link_misses: positive(30),
            link_requests: positive(1_200),
            link_views: positive(300),
            person_at_once: positive(16),
            address_at_once: positive(32),
        }
    }
}

fn positive(count: u32) -> NonZeroU32 {
    NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN)
}

/// Which limit was exceeded. Its name is the key in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitName {
    /// Requests of a person.
    PersonRequests,
    /// Changes of a person.
    PersonWrites,
    /// Requests without a session.
    AnonymousRequests,
    /// Sign-ins.
    SignIns,
    /// Successful sign-ins of a person.
    PersonSignIns,
    /// Share links that do not open.
    LinkMisses,
    /// Requests for share links.
    LinkRequests,
    /// Requests for one share link.
    LinkViews,
    /// Requests of a person that run at the same time.
    PersonAtOnce,
    /// Requests without a session that run at the same time.
    AddressAtOnce,
}

impl LimitName {
    /// The key in `[limits]`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PersonRequests => "person_requests",
            Self::PersonWrites => "person_writes",
            Self::AnonymousRequests => "anonymous_requests",
            Self::SignIns => "sign_ins",
            Self::PersonSignIns => "person_sign_ins",
            Self::LinkMisses => "link_misses",
            Self::LinkRequests => "link_requests",
            Self::LinkViews => "link_views",
            Self::PersonAtOnce => "person_at_once",
            Self::AddressAtOnce => "address_at_once",
        }
    }
}
