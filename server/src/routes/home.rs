//! The beginning.

use axum::response::Redirect;

/// Leads to where people start.
pub async fn home() -> Redirect {
    Redirect::to(app::paths::REPOSITORIES)
}
