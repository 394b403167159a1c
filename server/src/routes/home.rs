//! The start page.

use axum::response::Redirect;

/// Redirects to the page where people start.
pub async fn home() -> Redirect {
    Redirect::to(app::paths::REPOSITORIES)
}
