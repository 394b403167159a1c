//! The access page.

use leptos::prelude::*;

use super::loaded;
use crate::error::AppError;

/// The access page.
#[component]
pub fn AccessPage() -> impl IntoView {
    loaded(|_request| async move { Err::<(), _>(AppError::NotFound) })
}
