//! The page for an unknown path.

use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::problem::ProblemPage;
use crate::{error::AppError, request::Request};

/// The same page as for a repository that does not exist or is not granted.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    AppError::NotFound.set_status(use_context::<ResponseOptions>().as_ref());
    view! { <ProblemPage error=AppError::NotFound request=Request::current().ok() /> }
}
