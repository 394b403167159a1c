//! Turns for requests without sign-in. For share links, [`super::share_link`] takes the turn; for signed-in people,
//! [`super::request`].

use std::sync::Arc;

use access::RequestOrigin;
use axum::{
    Extension,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use leptos::config::LeptosOptions;

use super::limits;
use crate::{
    accept,
    browser::accepted,
    limit::Exceeded,
    turns::{Anonymous, Turn, Turns},
};

/// Answers a health check when its address has a turn.
pub async fn health(
    State(turns): State<Arc<Turns>>,
    State(leptos): State<LeptosOptions>,
    Extension(request_origin): Extension<RequestOrigin>,
    request: Request,
    next: Next,
) -> Response {
    let turn = turns.of_address(Anonymous::Health, &request_origin);
    answer(turn, request, next, &request_origin, &leptos).await
}

/// Answers with a file when its address has a turn.
pub async fn files(
    State(turns): State<Arc<Turns>>,
    State(leptos): State<LeptosOptions>,
    Extension(request_origin): Extension<RequestOrigin>,
    request: Request,
    next: Next,
) -> Response {
    let turn = turns.of_address(Anonymous::Files, &request_origin);
    answer(turn, request, next, &request_origin, &leptos).await
}

/// The answer, or the page for a request beyond a limit if it gets no turn.
pub(super) async fn answer(
    turn: impl Future<Output = Result<Turn, Exceeded>>,
    request: Request,
    next: Next,
    request_origin: &RequestOrigin,
    leptos: &LeptosOptions,
) -> Response {
    match accept::held(request.extensions(), turn).await {
        Ok(turn) => turn.until_sent(next.run(request).await),
        Err(exceeded) => limits::page(
            exceeded,
            request_origin,
            accepted(request.headers()),
            leptos,
        ),
    }
}
