//! What the server knows of a request before a page is rendered.

use std::sync::Arc;

use access::{Occasion, Viewer};
use dashboard::Gantry;
use http::{header, request::Parts};
use leptos::prelude::use_context;
use model::{ClaimsSeen, Locale, Preferences, SignInWay};

use crate::error::AppError;

/// What the server provides to every page and server function, as a Leptos context.
#[derive(Debug, Clone)]
pub struct Request {
    /// Gantry, wired.
    pub gantry: Arc<Gantry>,
    /// Who looks; none when signed out.
    pub viewer: Option<Viewer>,
    /// The groups that their sign-in told of.
    pub groups: Arc<[String]>,
    /// What was seen where these were looked for; none where that is not known, or does not matter.
    pub claims: Option<Arc<ClaimsSeen>>,
    /// What the store knows their session by; none where there is none of Gantry's.
    pub session: Option<Arc<str>>,
    /// What they chose for themselves.
    pub preferences: Preferences,
    /// The language to answer in: the chosen one, else the browser's.
    pub locale: Locale,
    /// From where, and under which id: logs carry it and error pages quote it.
    pub occasion: Occasion,
    /// How people sign in.
    pub sign_in: Arc<SignInWay>,
    /// Whether it asks for a change (a POST), rather than for a page.
    pub changes: bool,
    /// The path and query that were asked for, for forms that lead back.
    pub path_and_query: Arc<str>,
    /// What was just done, where Gantry itself led here to say so: a pair of a query.
    pub notice: Option<Arc<str>>,
}

impl Request {
    /// The request at hand, or an error where a server function is called outside of one.
    pub fn current() -> Result<Self, AppError> {
        use_context::<Self>().ok_or(AppError::Internal)
    }

    /// What was just done, as Gantry itself left word: empty where it left none.
    pub fn notice(&self) -> &str {
        self.notice.as_deref().unwrap_or_default()
    }

    /// Who looks, or the error that sends them to the sign-in.
    pub fn viewer(&self) -> Result<&Viewer, AppError> {
        self.viewer.as_ref().ok_or(AppError::SignedOut)
    }
}

/// What the addresses begin with that people open from anywhere: an origin, as a context.
#[derive(Debug, Clone)]
pub struct PublicUrl(pub Arc<str>);

/// What finds the value of a cookie of the request at hand by its name.
pub fn cookies() -> impl Fn(&str) -> Option<String> {
    let headers = use_context::<Parts>().map(|parts| parts.headers);
    move |name| {
        let all = headers.as_ref()?.get_all(header::COOKIE).iter();
        let texts = all.filter_map(|value| value.to_str().ok());
        let mut pairs = texts
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        let found = pairs.find(|(other, _)| *other == name);
        found.map(|(_, value)| value.to_owned())
    }
}
