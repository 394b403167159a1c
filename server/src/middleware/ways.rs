//! Paths that are almost those of a page: a namespace, or a path with a trailing slash.

use app::{paths, request::Request as AppRequest};
use axum::{
    Extension,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::Uri;
use model::{RepositoryAt, query::RepositoryQuery};

/// Redirects such a path to the page that is meant, based only on what the viewer can see: a registry, or a namespace
/// in which they see nothing, is answered as if it did not exist.
pub async fn lead_on(
    Extension(known): Extension<AppRequest>,
    request: Request,
    next: Next,
) -> Response {
    let way = request
        .method()
        .is_safe()
        .then(|| way(&known, request.uri()));
    match way.flatten() {
        Some(way) => Redirect::to(&way).into_response(),
        None => next.run(request).await,
    }
}

/// Where a path that has no page of its own leads.
fn way(known: &AppRequest, uri: &Uri) -> Option<String> {
    let (path, viewer) = (uri.path(), known.viewer.as_ref()?);
    let whole = path.trim_end_matches('/');
    let named = whole.strip_prefix(paths::REPOSITORIES)?;
    let without_slash = || {
        let query = uri.query().map(|query| format!("?{query}"));
        (whole != path).then(|| format!("{whole}{}", query.unwrap_or_default()))
    };
    let Some((alias, name)) = named.strip_prefix('/').and_then(|it| it.split_once('/')) else {
        return without_slash();
    };
    let repository = RepositoryAt::read(alias, name).ok()?;
    if known.gantry.catalog.reaches(viewer, &repository) {
        return without_slash();
    }
    let within = RepositoryQuery {
        namespace: Some(repository.name.to_string()),
        ..RepositoryQuery::default()
    };
    let RepositoryAt { registry, name } = &repository;
    let is_namespace = known.gantry.catalog.is_namespace(viewer, registry, name);
    is_namespace.then(|| paths::repositories_in(Some(registry), &within))
}
