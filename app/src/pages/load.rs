//! The frame of every page: load, then show; or show why not.

use std::{future::Future, str::FromStr};

use leptos::{either::Either, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_params_map;

use crate::{error::AppError, pages::problem::ProblemPage, request::Request};

/// Shows what `load` makes of the request; where it fails, the page that explains why, with the
/// status that goes with it.
pub fn loaded<Loading, Content>(load: impl FnOnce(Request) -> Loading) -> impl IntoView
where
    Loading: Future<Output = Result<Content, AppError>> + Send + 'static,
    Content: IntoView + Send + 'static,
{
    let response = use_context::<ResponseOptions>();
    let request = Request::current();
    let loading = request.clone().map(load);
    let page = Suspend::new(async move {
        let content = match loading {
            Ok(loading) => loading.await,
            Err(error) => Err(error),
        };
        match content {
            Ok(content) => Either::Left(content),
            Err(error) => {
                error.set_status(response.as_ref());
                Either::Right(view! { <ProblemPage error request=request.ok() /> })
            }
        }
    });
    view! { <Suspense>{page}</Suspense> }
}

/// A part of the path, read as what it stands for. What cannot be read names nothing that exists,
/// and gets the same answer as a name that was never created.
pub fn param<Name: FromStr>(key: &str) -> Result<Name, AppError> {
    use_params_map()
        .with_untracked(|params| params.get_str(key)?.parse().ok())
        .ok_or(AppError::NotFound)
}
