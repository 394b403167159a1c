//! The metrics that the server reports.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context;
use axum::{Router, routing::get};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;

use crate::{
    accept::{self, Places},
    config::ConnectionSettings,
};

/// Share links that did not open: never created, ended, or no longer granted.
pub const LINK_MISSES: &str = "gantry_link_misses_total";

/// Sign-ins, by `outcome`: `done`, or why it failed.
pub const SIGN_INS: &str = "gantry_sign_ins_total";

/// Requests beyond a limit, by `limit`: the key in `[limits]`.
pub const LIMITED: &str = "gantry_limited_total";

/// Connections that are open, by `listener`: `pages`, `metrics`.
pub const CONNECTIONS: &str = "gantry_connections";

/// Refused connections, by `listener` and `reason`: `all` and `address` (too many connections), or `system` (the
/// system has no descriptor or memory for one).
pub const CONNECTIONS_REFUSED: &str = "gantry_connections_refused_total";

/// Connections that were ended to make room for new ones while they waited for a request, by `listener`.
pub const CONNECTIONS_ENDED: &str = "gantry_connections_ended_total";

/// Connections of metrics readers.
const READERS: usize = 64;

/// How often the recorder does its upkeep, as its documentation requires.
const UPKEEP: Duration = Duration::from_secs(5);

/// How many requests a limit allows, in a minute or at the same time, by `limit`: the key in `[limits]`.
pub const LIMIT: &str = "gantry_limit";

/// Reads of signed-in people that were answered with 404 or 403.
pub const DENIED_READS: &str = "gantry_denied_reads_total";

/// Serves metrics to Prometheus, on a separate address because they are not for people.
///
/// # Errors
/// If the address is in use.
pub async fn serve(address: SocketAddr) -> anyhow::Result<()> {
    let cannot = || format!("cannot serve metrics on {address}");
    let listener = TcpListener::bind(address).await.with_context(cannot)?;
    let recorder = PrometheusBuilder::new().install_recorder();
    let recorder = recorder.with_context(cannot)?;
    metrics::describe_counter!(LINK_MISSES, "Share links that did not open");
    metrics::describe_counter!(SIGN_INS, "Sign-ins, by outcome");
    metrics::describe_counter!(LIMITED, "Requests beyond a limit");
    metrics::describe_gauge!(
        LIMIT,
        "Requests that a limit lets through, in a minute or at the same time"
    );
    metrics::describe_counter!(DENIED_READS, "Reads that were answered with 404 or 403");
    metrics::describe_gauge!(CONNECTIONS, "Connections that are open");
    metrics::describe_counter!(
        CONNECTIONS_REFUSED,
        "Connections that were refused, by reason"
    );
    metrics::describe_counter!(
        CONNECTIONS_ENDED,
        "Waiting connections that were ended for new ones"
    );
    let rendered = recorder.clone();
    let router = Router::new().route("/metrics", get(async move || rendered.render()));
    let settings = ConnectionSettings {
        max: READERS,
        ..ConnectionSettings::default()
    };
    let places = Places::new("metrics", settings, Vec::new());
    tokio::spawn(accept::serve(
        listener,
        router,
        places,
        std::future::pending(),
    ));
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(UPKEEP);
        loop {
            ticks.tick().await;
            recorder.run_upkeep();
        }
    });
    Ok(())
}
