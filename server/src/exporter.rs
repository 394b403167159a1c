//! Serves the metrics.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context;
use axum::{Router, routing::get};
use dashboard::event_metric;
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;

use crate::{
    accept::{self, Places},
    config::ConnectionSettings,
    metrics::{
        CONNECTIONS, CONNECTIONS_ENDED, CONNECTIONS_REFUSED, DENIED_READS, LIMIT, LIMITED,
        LINK_MISSES, SIGN_INS,
    },
};

/// Connections of metrics readers.
const READERS: usize = 64;

/// How often the recorder does its upkeep, as its documentation requires.
const UPKEEP: Duration = Duration::from_secs(5);

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
    describe_events();
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

fn describe_events() {
    metrics::describe_counter!(
        event_metric::MESSAGES,
        "Messages from the queue of events, by outcome"
    );
    metrics::describe_counter!(
        event_metric::LATE,
        "Messages that arrived more than a minute after what they report"
    );
    metrics::describe_counter!(
        event_metric::NOT_CONFIRMED,
        "Reported pushes and deletions that no reading confirmed"
    );
}
