//! Notices about what was done, on the page that a form leads to.
//!
//! A page does not trust its URL: another person may have sent it to make people think that their sessions have
//! ended. The redirect leaves the notice in a cookie that no script can read. The cookie's name is made from the URL
//! that it is for, so that tabs do not take each other's notices. Reloading that page shows the same notice for some
//! minutes, and does nothing.

use app::paths;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

use crate::browser::cookie;

/// How long the browser keeps a notice, in seconds: long enough for a sign-in in between.
const KEPT: u32 = 15 * 60;

/// Redirects to a page that shows the notice.
pub fn redirect(page: &str, notice: &str, https: bool) -> Response {
    let page = paths::with_notice(page, notice);
    let mut response = Redirect::to(&page).into_response();
    leave(&mut response, &page, notice, https);
    response
}

/// Leaves a notice for a page, by its path and query.
pub fn leave(response: &mut Response, page: &str, notice: &str, https: bool) {
    let (name, secure) = (name(page, https), if https { "; Secure" } else { "" });
    let cookie = format!("{name}={notice}; Path=/; Max-Age={KEPT}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// The notice that was left for a page.
pub fn of<'a>(headers: &'a HeaderMap, page: &str, https: bool) -> Option<&'a str> {
    cookie(headers, &name(page, https))
}

/// The name of the cookie for a page. Over HTTPS it has a prefix that browsers accept only from this host.
fn name(page: &str, https: bool) -> String {
    let hash = Sha256::digest(page);
    let hash: String = hash
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let prefix = if https { "__Host-" } else { "" };
    format!("{prefix}gantry_notice_{hash}")
}
