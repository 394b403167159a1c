//! The sign_in page.

use leptos::prelude::*;

use super::loaded;
use crate::error::AppError;

/// The sign_in page.
#[component]
pub fn SignInPage() -> impl IntoView {
    loaded(|_request| async move { Err::<(), _>(AppError::NotFound) })
}
