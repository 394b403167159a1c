//! Turns for requests without sign-in. For signed-in people, [`super::request`] takes the turn.

use std::sync::Arc;

use access::RequestOrigin;
use axum::{
    Extension,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use dashboard::link_id;
use leptos::config::LeptosOptions;

use super::{limits, request::accepted};
use crate::{
    accept,
    limit::Exceeded,
    routes::share,
    turns::{Anonymous, Turn, Turns},
};

/// Answers a share link when its address has a turn.
pub async fn links(
    State(turns): State<Arc<Turns>>,
    State(leptos): State<LeptosOptions>,
    Extension(request_origin): Extension<RequestOrigin>,
    request: Request,
    next: Next,
) -> Response {
    let id = link_id(share::token(request.uri()));
    let turn = turns.of_link(&id, &request_origin);
    let answer = answer(turn, request, next, &request_origin, &leptos).await;
    // A page beyond a limit has them too: its URL is the link's.
    (share::headers(), answer).into_response()
}

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

async fn answer(
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
