//! No page stands at this path.

use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::{load::set_status, problem::ProblemPage};
use crate::{error::AppError, request::Request};

/// The same page as for a repository that does not exist or is not granted.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    set_status(
        use_context::<ResponseOptions>().as_ref(),
        &AppError::NotFound,
    );
    view! { <ProblemPage error=AppError::NotFound request=Request::current().ok() /> }
}
