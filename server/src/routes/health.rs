//! What a load balancer asks.

use std::sync::Arc;

use axum::extract::State;
use http::StatusCode;
use registry::Gantry;

/// The process answers.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// Every registry has been listed, and its policies read, at least once. One that fails later makes pages say so; it does
/// not take the server out of service.
pub async fn ready(State(gantry): State<Arc<Gantry>>) -> (StatusCode, String) {
    let status = gantry.status();
    let waiting = status.iter().filter(|registry| !registry.settled).count();
    if waiting == 0 {
        return (StatusCode::OK, "ready\n".to_owned());
    }
    let of = status.len();
    (
        StatusCode::SERVICE_UNAVAILABLE,
        format!("waiting for the first reading of {waiting} of {of} registries\n"),
    )
}
