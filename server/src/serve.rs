//! Serving, from the first request to the last.

use std::{
    fs::DirBuilder, net::SocketAddr, os::unix::fs::DirBuilderExt, sync::Arc, time::Duration,
};

use anyhow::Context;
use axum::Router;
use dashboard::Gantry;
use store::{SessionTimes, Store, audit::Audit};
use tokio::{net::TcpListener, signal, task::JoinSet};

use crate::{
    accept::{self, Places},
    config::Config,
    denials::Denials,
    limit::Limits,
    router::router,
    routes::assets,
    session,
    sign_in::{SignIn, refused::Refusals},
    state::{Reached, Shared},
    turns::Turns,
};

/// How long running requests can take after the signal to stop.
const GRACE: Duration = Duration::from_secs(10);

/// How often ended sessions and links are removed.
const SWEEP: Duration = Duration::from_secs(600);

/// A dashboard that listens.
#[derive(Debug)]
pub struct Dashboard {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    places: Arc<Places>,
    store: Store,
    audit: Audit,
    /// Periodic tasks, which run for as long as this lives.
    housekeeping: JoinSet<()>,
}

impl Dashboard {
    /// Opens the store, starts reading the registries, and listens.
    ///
    /// # Errors
    /// If the store cannot be opened, or the address is in use.
    pub async fn start(mut config: Config, sign_in: SignIn) -> anyhow::Result<Self> {
        config.gantry.issuer = Some(sign_in.issuer().into());
        let listen = config.listen;
        let listener =
            accept::listen(listen).with_context(|| format!("cannot listen on {listen}"))?;
        let address = listener.local_addr()?;
        if config.stores_in_data_dir() {
            // The stored data is private: people, their groups, and the contents of links.
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&config.data_dir)
                .with_context(|| format!("cannot make {}", config.data_dir.display()))?;
        }
        let store = Store::open(&config.store)
            .await
            .with_context(|| format!("the store at {}", config.store))?
            .with_most_sessions(config.sessions_per_person);
        let reached = Reached::new(&config, &sign_in, address);
        let times = config.gantry.sessions;
        let sessions = session::layer(store.clone(), times, reached.https);
        let longest = time::Duration::try_from(times.longest);
        let proxies = reached.trusted_proxies.clone();
        let places = Places::new("pages", config.connections, proxies);
        let limits = config.limits.unwrap_or_default();
        let shared = Shared {
            leptos: assets::options(),
            gantry: Arc::new(Gantry::start(config.gantry, store.clone()).await?),
            directory: Arc::new(config.directory),
            sign_in,
            longest_session: longest.unwrap_or(time::Duration::MAX),
            limits: Arc::new(Limits::new(&limits)),
            turns: Arc::new(Turns::new(&limits)),
            denials: Denials::default(),
            refusals: Refusals::default(),
            reached: Arc::new(reached),
        };
        let audit = shared.gantry.audit.log().clone();
        let mut housekeeping = JoinSet::new();
        let (limits, turns) = (Arc::clone(&shared.limits), Arc::clone(&shared.turns));
        housekeeping.spawn(sweep(store.clone(), times, limits, turns));
        Ok(Self {
            address,
            listener,
            router: router(shared, sessions),
            places,
            store,
            audit,
            housekeeping,
        })
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The audit log.
    pub fn audit(&self) -> &Audit {
        &self.audit
    }

    /// Serves until the signal to stop, then finishes running requests.
    pub async fn run(self) {
        serve(self.listener, self.router, self.places).await;
        drop(self.housekeeping);
        self.audit.settle().await;
        self.store.close().await;
    }
}

/// Removes ended sessions and links, and addresses that are no longer counted.
async fn sweep(store: Store, times: SessionTimes, limits: Arc<Limits>, turns: Arc<Turns>) {
    let mut ticks = tokio::time::interval(SWEEP);
    loop {
        ticks.tick().await;
        limits.sweep();
        turns.sweep();
        match store.sweep_sessions(times).await {
            Ok(swept) => tracing::debug!(count = swept, "Gantry deleted sessions that have ended"),
            Err(error) => tracing::warn!(%error, "Gantry cannot delete sessions that have ended"),
        }
        match store.sweep_links().await {
            Ok(swept) => tracing::debug!(
                count = swept,
                "Gantry deleted share links that ended long ago"
            ),
            Err(error) => {
                tracing::warn!(%error, "Gantry cannot delete share links that ended long ago")
            }
        }
    }
}

async fn serve(listener: TcpListener, router: Router, places: Arc<Places>) {
    let (stopping, stop) = tokio::sync::oneshot::channel();
    let serving = accept::serve(listener, router, places, async {
        stopped().await;
        tracing::info!("Gantry is stopping");
        let _ = stopping.send(());
    });
    let too_long = async {
        let _ = stop.await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = serving => {}
        () = too_long => tracing::warn!("Gantry stopped before it had answered all requests"),
    }
}

/// Waits for the signal to stop: Ctrl-C, or the signal that a supervisor sends.
pub async fn stopped() {
    let interrupted = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
