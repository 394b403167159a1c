//! The names of the limits and their default values.

use std::num::NonZeroU32;

use serde::Deserialize;

/// How many requests a client can send (`[limits]` in the configuration): requests per minute, all of which may come
/// at once, and requests that run at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSettings {
    /// Pages, calls and changes of one person. One page makes a few calls.
    pub person_requests: NonZeroU32,
    /// Changes of one person, granted or not: each may add a row to the audit log.
    pub person_writes: NonZeroU32,
    /// Requests from one address without a session.
    pub anonymous_requests: NonZeroU32,
    /// Starts and ends of sign-ins, from one address.
    pub sign_ins: NonZeroU32,
    /// Successful sign-ins of one person, from any address: each adds a session and a row to the audit log.
    pub person_sign_ins: NonZeroU32,
    /// Share links that do not open, from one address.
    pub link_misses: NonZeroU32,
    /// Requests for share links from one address, whether they open or not.
    pub link_requests: NonZeroU32,
    /// Requests for one share link, from one address.
    pub link_views: NonZeroU32,
    /// Requests of one person that run at the same time, until their answers are sent.
    pub person_at_once: NonZeroU32,
    /// The same for one address without a session, separately for each of: pages, sign-ins at a provider, one share
    /// link, files, health checks.
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
