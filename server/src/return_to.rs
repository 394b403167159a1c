//! Where a form leads back to.

use app::paths;
use axum::response::Redirect;

/// Redirects to a path of this site, or to the start page if the text is anything else: a form's hidden field is
/// untrusted input.
pub fn redirect(text: Option<&str>) -> Redirect {
    Redirect::to(local(text).unwrap_or("/"))
}

/// The text, if it is a path of this site.
pub fn local(text: Option<&str>) -> Option<&str> {
    text.filter(|text| paths::is_local(text))
}
