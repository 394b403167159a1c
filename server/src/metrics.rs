//! What is counted, for whoever watches the server.

use std::net::SocketAddr;

use anyhow::Context;
use metrics_exporter_prometheus::PrometheusBuilder;

/// Share links that did not open: never made, ended, or not granted any more.
pub const LINK_MISSES: &str = "gantry_link_misses_total";

/// Sign-ins, by `outcome`: `done`, or why not.
pub const SIGN_INS: &str = "gantry_sign_ins_total";

/// Tries beyond what an address may, by `what`: `sign_in`, `link`.
pub const LIMITED: &str = "gantry_limited_total";

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
    metrics::describe_counter!(LIMITED, "Tries beyond what an address may");
    Ok(())
}
