//! The repositories page.

use leptos::prelude::*;

use super::loaded;
use crate::error::AppError;

/// The repositories page.
#[component]
pub fn RepositoriesPage() -> impl IntoView {
    loaded(|_request| async move { Err::<(), _>(AppError::NotFound) })
}
