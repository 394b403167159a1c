//! Health checks for load balancers.

use std::sync::Arc;

use axum::extract::State;
use dashboard::Gantry;
use ecr::RegistryStatus;
use http::StatusCode;

/// The process answers.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// Ready if every registry has been listed, and its policies read, at least once. With several registries, only those
/// that can be read count. Pages report a registry that fails; it takes the server out of service only if nothing
/// else can be shown. The number of registries is only in the metrics, because anyone can request this path.
pub async fn ready(State(gantry): State<Arc<Gantry>>) -> (StatusCode, &'static str) {
    let status = gantry.catalog.status();
    let of = status.len();
    let waiting = status.iter().filter(|registry| !registry.settled).count();
    if waiting == 0 {
        return (StatusCode::OK, "ready\n");
    }
    let is_waited_for = status.iter().any(RegistryStatus::is_being_read);
    if waiting < of && !is_waited_for {
        return (StatusCode::OK, "ready\n");
    }
    (
        StatusCode::SERVICE_UNAVAILABLE,
        "waiting for the first reading of the registries\n",
    )
}
