//! The frame of every page: load the data, then show it or explain the error.

use std::{
    future::Future,
    str::FromStr,
    sync::{Arc, OnceLock},
    time::Duration,
};

use leptos::{either::Either, prelude::*, reactive::computed::ScopedFuture};
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::{Locale, RegistryAlias, RepositoryAt};
use tokio::sync::oneshot;

use crate::{
    error::AppError,
    messages::{common::CommonTexts, shell::ShellTexts},
    pages::problem::{self, ProblemPage},
    request::Request,
};

/// Renders the result of `load`. If that fails, renders the page that explains the error, with its status.
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

/// The same for a page about a repository, which may wait for ECR on the first visit. If the answer takes longer than a
/// moment, the head is sent first, with a text that says what the page waits for, and the content follows in its place,
/// also without JavaScript. If the answer is in memory, as on every later visit, the page is sent as a whole.
///
/// The status and the title (the item that the page is about) are known before anything is sent.
pub fn streamed<Loading, Content>(
    title: impl FnOnce(ShellTexts) -> Result<String, AppError>,
    load: impl FnOnce(Request) -> Loading,
) -> impl IntoView
where
    Loading: Future<Output = Result<Content, AppError>> + Send + 'static,
    Content: IntoView + Send + 'static,
{
    let request = Request::current();
    let response = use_context::<ResponseOptions>();
    let (locale, patience) = request
        .as_ref()
        .map_or((Locale::default(), HEAD_AFTER), |request| {
            (request.locale, patience(request))
        });
    let mut loading = Box::pin(ScopedFuture::new({
        let loading = request.clone().map(load);
        async move { loading?.await }
    }));
    let problem_title = Arc::new(OnceLock::new());
    let title = {
        let named =
            |name: String| ShellTexts(locale).title(&told_apart(name, request.as_ref().ok()));
        let own = title(ShellTexts(locale)).ok().map(named);
        let problem = Arc::clone(&problem_title);
        // It is requested when the head is sent.
        move || problem.get().or(own.as_ref()).cloned().unwrap_or_default()
    };
    let (begun, arrived) = oneshot::channel();
    let (waits, waiting) = oneshot::channel();
    let (decides, decided) = oneshot::channel::<()>();
    tokio::spawn(async move {
        let first = tokio::time::timeout(patience, &mut loading).await;
        if let Ok(Err(error)) = &first {
            error.set_status(response.as_ref());
            let _ = problem_title.set(ShellTexts(locale).title(problem::title(error, locale)));
        }
        // If the receiver is gone, the reader has left.
        let _ = waits.send(first.is_err());
        let _ = begun.send(first.map_err(|_| loading));
        drop(decides);
    });
    if let Some(page) = Owner::current_shared_context() {
        page.defer_stream(Box::pin(async move {
            let _ = decided.await;
        }));
    }
    let note = Suspend::new(async move {
        let waits = waiting.await.unwrap_or_default();
        waits.then(|| view! { <p class="waiting" role="status">{CommonTexts(locale).waiting_for_ecr()}</p> })
    });
    let page = Suspend::new(async move {
        let content = match arrived.await {
            Ok(Ok(content)) => content,
            Ok(Err(loading)) => loading.await,
            Err(_) => Err(AppError::Internal),
        };
        match content {
            Ok(content) => Either::Left(content),
            Err(error) => Either::Right(view! { <ProblemPage error request=request.ok() /> }),
        }
    });
    view! {
        <Title text=title />
        <Suspense>{note}</Suspense>
        <div class="arrived">
            <Suspense>{page}</Suspense>
        </div>
    }
}

/// The title of a page, with its registry if the viewer knows of several.
pub fn told_apart(name: String, request: Option<&Request>) -> String {
    let registry = || {
        let request = request?;
        let several = request
            .gantry
            .catalog
            .several_registries(request.viewer.as_ref()?);
        param::<RegistryAlias>("registry").ok().filter(|_| several)
    };
    match registry() {
        Some(registry) => format!("{name} · {registry}"),
        None => name,
    }
}

/// How long a page may take before its head is sent.
const HEAD_AFTER: Duration = Duration::from_millis(150);

/// The longest time that the decision waits for a policy that is too old.
const DECISION_WITHIN: Duration = Duration::from_secs(20);

/// How long the head waits: only a moment if the decision comes from memory, otherwise up to the limit for a decision.
fn patience(request: &Request) -> Duration {
    let decides = || {
        let viewer = request.viewer.as_ref()?;
        let repository = repository_param().ok()?;
        Some(
            request
                .gantry
                .catalog
                .decides_from_memory(viewer, &repository),
        )
    };
    if decides().unwrap_or(true) {
        HEAD_AFTER
    } else {
        DECISION_WITHIN
    }
}

/// The repository that the path names.
pub fn repository_param() -> Result<RepositoryAt, AppError> {
    Ok(RepositoryAt {
        registry: param("registry")?,
        name: param("name")?,
    })
}

/// A path parameter, parsed. An invalid value gets the same answer as a name that does not exist.
pub fn param<Name: FromStr>(key: &str) -> Result<Name, AppError> {
    use_params_map()
        .with_untracked(|params| params.get_str(key)?.parse().ok())
        .ok_or_else(crate::request::unknown_name)
}
