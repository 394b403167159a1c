//! What is counted, for whoever watches the server.

use std::net::SocketAddr;

use anyhow::Context;
use metrics_exporter_prometheus::PrometheusBuilder;

/// Share links that did not open: never made, ended, or not granted any more.
pub const LINK_MISSES: &str = "gantry_link_misses_total";

/// Sign-ins, by `outcome`: `done`, or why not.
pub const SIGN_INS: &str = "gantry_sign_ins_total";

/// Requests beyond a limit, by `limit`: the key in `[limits]`.
pub const LIMITED: &str = "gantry_limited_total";

/// How many requests a limit lets through in a minute, by `limit`: the key in `[limits]`.
pub const LIMIT: &str = "gantry_limit";

/// Reads of signed-in people that were answered with 404 or 403.
pub const DENIED_READS: &str = "gantry_denied_reads_total";

/// Serves metrics to Prometheus, on an address of their own: they are not for people.
///
/// # Errors
/// When the address is taken.
pub fn serve(address: SocketAddr) -> anyhow::Result<()> {
    PrometheusBuilder::new()
        .with_http_listener(address)
        .install()
        .with_context(|| format!("cannot serve metrics on {address}"))?;
    metrics::describe_counter!(LINK_MISSES, "Share links that did not open");
    metrics::describe_counter!(SIGN_INS, "Sign-ins, by outcome");
    metrics::describe_counter!(LIMITED, "Requests beyond a limit");
    metrics::describe_gauge!(LIMIT, "Requests that a limit lets through in a minute");
    metrics::describe_counter!(DENIED_READS, "Reads that were answered with 404 or 403");
    Ok(())
}
