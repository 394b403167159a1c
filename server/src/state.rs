//! The state that handlers share.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use axum::extract::FromRef;
use dashboard::Gantry;
use ipnet::IpNet;
use leptos::config::LeptosOptions;

use crate::{
    config::{Config, Directory},
    denials::Denials,
    limit::Limits,
    sign_in::{SignIn, refused::Refusals},
    turns::Turns,
};

/// The state that handlers share.
#[derive(Debug, Clone, FromRef)]
pub struct Shared {
    /// Where the browser's files are.
    pub leptos: LeptosOptions,
    /// Gantry, wired.
    pub gantry: Arc<Gantry>,
    /// Who is in which team.
    pub directory: Arc<Directory>,
    /// How people sign in.
    pub sign_in: SignIn,
    /// How long their sessions last at most.
    pub longest_session: time::Duration,
    /// How many requests one person or one address can send.
    pub limits: Arc<Limits>,
    /// How many requests of one person and of one address run at the same time.
    pub turns: Arc<Turns>,
    /// Counts of denied reads.
    pub denials: Denials,
    /// Counts of refused sign-in tokens, by address.
    pub refusals: Refusals,
    /// How people reach the server.
    pub reached: Arc<Reached>,
}

/// How people reach the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The URL that people open, an origin: the configured one, or in the demo the address that is listened on. No
    /// URL is built from what a request says.
    pub public_url: String,
    /// Whether that URL is HTTPS, so that cookies are limited to HTTPS.
    pub https: bool,
    /// The proxies that are trusted to say where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// In the demo, where people sign in without a password: the address that is listened on.
    pub demo_listens_on: Option<IpAddr>,
}

impl Reached {
    /// By the configuration, and the address that is listened on.
    pub fn new(config: &Config, sign_in: &SignIn, address: SocketAddr) -> Self {
        let public_url = config.public_url.clone();
        let is_demo = matches!(sign_in, SignIn::Personas(_));
        Self {
            public_url: public_url.unwrap_or_else(|| local_url(address)),
            https: config.is_https(),
            trusted_proxies: config.trusted_proxies.clone(),
            demo_listens_on: is_demo.then(|| address.ip().to_canonical()),
        }
    }
}

/// The URL to open on this host for an address that is listened on.
fn local_url(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    format!("http://{address}")
}
