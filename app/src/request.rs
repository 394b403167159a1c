//! What the server knows of a request before it renders a page.

use std::sync::Arc;

use access::{RequestOrigin, Viewer};
use dashboard::Gantry;
use http::{header, request::Parts};
use leptos::prelude::use_context;
use model::{ClaimsSeen, Locale, Preferences, SignInWay};

use crate::error::AppError;

/// What the server provides to every page and server function, as a Leptos context.
#[derive(Debug, Clone)]
pub struct Request {
    /// The dashboard.
    pub gantry: Arc<Gantry>,
    /// The viewer; `None` if signed out.
    pub viewer: Option<Viewer>,
    /// The groups of the viewer's sign-in.
    pub groups: Arc<[String]>,
    /// The claims that Gantry looked at for groups; `None` if that is unknown or irrelevant.
    pub claims: Option<Arc<ClaimsSeen>>,
    /// The key of the viewer's session in the store; `None` if Gantry has no session of its own.
    pub session: Option<Arc<str>>,
    /// The viewer's own preferences.
    pub preferences: Preferences,
    /// The language to answer in: the viewer's choice, or else the browser's.
    pub locale: Locale,
    /// The address and the ID of the request. Logs and error pages contain the ID.
    pub request_origin: RequestOrigin,
    /// How people sign in.
    pub sign_in: Arc<SignInWay>,
    /// Whether the request asks for a change (a POST), and not for a page.
    pub changes: bool,
    /// The requested path and query, to return to from forms.
    pub path_and_query: Arc<str>,
    /// What was just done, if Gantry redirected here to say so: a pair of a query.
    pub notice: Option<Arc<str>>,
}

impl Request {
    /// The current request, or an error if a server function is called outside of one.
    pub fn current() -> Result<Self, AppError> {
        use_context::<Self>().ok_or(AppError::Internal)
    }

    /// What was just done, from the notice that Gantry left; empty if it left none.
    pub fn notice(&self) -> &str {
        self.notice.as_deref().unwrap_or_default()
    }

    /// The viewer, or the error that leads to the sign-in page.
    pub fn viewer(&self) -> Result<&Viewer, AppError> {
        self.viewer.as_ref().ok_or(AppError::SignedOut)
    }
}

/// The answer to an invalid name: the same as for a name that does not exist.
pub fn unknown_name() -> AppError {
    Request::current().map_or(AppError::NotFound, |request| {
        request.gantry.catalog.unknown(None).into()
    })
}

/// The origin of URLs that people open from elsewhere, as a context.
#[derive(Debug, Clone)]
pub struct PublicUrl(pub Arc<str>);

/// Looks up a cookie of the current request by its name.
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
