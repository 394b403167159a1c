//! Turns of those who are not signed in. A person's are taken where the person is known: [`super::request`].

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::HeaderMap;
use leptos::config::LeptosOptions;
use registry::Occasion;

use super::{limits, request::accepted};
use crate::{
    limit::Exceeded,
    turns::{Anonymous, Turns},
};

/// Answers a share link when its address has a turn.
pub async fn links(
    State(turns): State<Arc<Turns>>,
    State(leptos): State<LeptosOptions>,
    Extension(occasion): Extension<Occasion>,
    request: Request,
    next: Next,
) -> Response {
    match turns.of_address(Anonymous::Links, &occasion).await {
        Ok(turn) => turn.until_sent(next.run(request).await),
        Err(exceeded) => refused(exceeded, &occasion, request.headers(), &leptos),
    }
}

/// Answers with a file when its address has a turn.
pub async fn files(
    State(turns): State<Arc<Turns>>,
    State(leptos): State<LeptosOptions>,
    Extension(occasion): Extension<Occasion>,
    request: Request,
    next: Next,
) -> Response {
    match turns.of_address(Anonymous::Files, &occasion).await {
        Ok(turn) => turn.until_sent(next.run(request).await),
        Err(exceeded) => refused(exceeded, &occasion, request.headers(), &leptos),
    }
}

fn refused(
    exceeded: Exceeded,
    occasion: &Occasion,
    headers: &HeaderMap,
    leptos: &LeptosOptions,
) -> Response {
    limits::page(exceeded, occasion, accepted(headers), leptos)
}
