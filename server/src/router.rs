//! All routes.

use std::{sync::Arc, time::Duration};

use app::paths;
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state, map_response},
    routing::{get, post},
};
use http::{HeaderName, StatusCode};
use leptos_axum::{LeptosRoutes, generate_route_list};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, CompressionLevel},
    csrf::CsrfLayer,
    limit::RequestBodyLimitLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

use crate::{
    middleware::{
        headers, host, origin, pieces, plain, request, request_origin, share_link, trace, turns,
        ways,
    },
    routes::{
        assets, audit, health, home, lifecycle, links, pages, panic, preferences, sessions, share,
        sign_in,
    },
    session::Sessions,
    sign_in::refused,
    state::Shared,
};

/// The time limit of a request. Calls to ECR give up before it.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The largest body that is read, in bytes: forms and the arguments of server functions are small.
const BODY_LIMIT: usize = 64 * 1024;

/// Every path, and the layers that a request passes.
pub fn router(shared: Shared, session: Sessions) -> Router {
    let for_people = Router::new()
        .route("/", get(home::home))
        .route(paths::SIGN_IN, post(sign_in::choose))
        .route(paths::SIGN_IN_START, get(sign_in::start))
        .route(paths::SIGN_IN_CALLBACK, get(sign_in::callback))
        .route(paths::SIGN_OUT, post(sign_in::sign_out))
        .route(paths::SIGNED_OUT, get(sign_in::signed_out))
        .route(paths::PREFERENCES, post(preferences::set))
        .route(paths::AUDIT_CSV, get(audit::csv))
        .route(paths::AUDIT_JSON_LINES, get(audit::json_lines))
        .route(paths::NEW_LINK, post(links::make))
        .route(paths::REVOKE_LINKS, post(links::revoke))
        .route(paths::END_SESSIONS, post(sessions::end))
        .route(paths::START_PREVIEW, post(lifecycle::preview))
        .leptos_routes_with_context(
            &shared,
            generate_route_list(app::App),
            pages::provider(&shared),
            pages::shell(&shared),
        )
        .fallback(pages::not_found)
        .layer(
            ServiceBuilder::new()
                // Brotli would make a page 4% smaller and double the time to render it.
                .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
                .layer(map_response(pieces::cut))
                .layer(from_fn(plain::in_words))
                .layer(from_fn(headers::uncached))
                .layer(from_fn(origin::required))
                .layer(CsrfLayer::new())
                .layer(session)
                .layer(from_fn_with_state(shared.clone(), refused::by_address))
                .layer(from_fn_with_state(shared.clone(), request::prepare))
                .layer(from_fn(ways::lead_on)),
        );
    // For anyone with a link: no session, no scripts, nothing to change.
    let for_anybody = Router::new()
        .route(share::PATH, get(share::open).head(share::probe))
        .layer(
            ServiceBuilder::new()
                .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
                .layer(map_response(pieces::cut))
                .layer(from_fn_with_state(shared.clone(), share_link::with_turn)),
        );
    let files = assets::router().layer(from_fn_with_state(shared.clone(), turns::files));
    let health = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .layer(from_fn_with_state(shared.clone(), turns::health));
    let request_id = HeaderName::from_static("x-request-id");
    Router::new()
        .merge(health)
        .merge(files)
        .merge(for_anybody)
        .merge(for_people)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn(plain::in_words))
                .layer(from_fn(trace::without_foreign_id))
                .layer(SetRequestIdLayer::new(request_id.clone(), MakeRequestUuid))
                .layer(
                    TraceLayer::new_for_http()
                        .make_span_with(trace::span)
                        .on_response(trace::answered)
                        // The log line for the answer already says it.
                        .on_failure(()),
                )
                .layer(from_fn_with_state(
                    Arc::clone(&shared.reached),
                    request_origin::note,
                ))
                .layer(PropagateRequestIdLayer::new(request_id))
                .layer(from_fn_with_state(
                    Arc::clone(&shared.reached),
                    headers::secure,
                ))
                .layer(from_fn_with_state(Arc::clone(&shared.reached), host::own))
                .layer(CatchPanicLayer::custom(panic::answer))
                .layer(TimeoutLayer::with_status_code(
                    StatusCode::GATEWAY_TIMEOUT,
                    TIME_LIMIT,
                ))
                .layer(RequestBodyLimitLayer::new(BODY_LIMIT)),
        )
        .with_state(shared)
}
