//! Where a form leads back to.

use app::paths;
use axum::response::Redirect;

/// Leads to a path of this site, or to its beginning when the text is anything else: a form's hidden
/// field is input.
pub fn redirect(text: Option<&str>) -> Redirect {
    Redirect::to(local(text).unwrap_or("/"))
}

/// The path of this site that a text is, if it is one.
pub fn local(text: Option<&str>) -> Option<&str> {
    text.filter(|text| paths::is_local(text))
}
