//! The dashboard over an embedded registry: what `gantry demo` runs, and what tests start.

mod personas;

use std::{net::SocketAddr, path::Path, sync::Arc};

use anyhow::Context;
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use axum::Router;
use ecr_local::EcrLocal;
use registry::{Gantry, SessionTimes, Store, StoreUrl};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::{
    config::Config,
    router::router,
    serve::{Https, PublicUrl, Shared, leptos_options, serve, stopped},
    session,
};

/// The demo's configuration: `gantry.toml` of a retailer.
pub const CONFIGURATION: &str = include_str!("gantry.toml");

/// A dashboard and its registry, both listening.
#[derive(Debug)]
pub struct Demo {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    embedded: EcrLocal,
    /// What the demo stores goes with it.
    data_dir: TempDir,
}

impl Demo {
    /// Starts a dashboard over an embedded registry.
    ///
    /// # Errors
    /// When the address is taken, or the demo's own configuration is wrong.
    pub async fn start(listen: SocketAddr, embedded: EcrLocal) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("cannot listen on {listen}"))?;
        let address = listener.local_addr()?;
        let mut config = Config::parse(
            CONFIGURATION,
            "the demo's configuration",
            Path::new(""),
            std::env::vars(),
        )?;
        let https = config.is_https();
        for settings in &mut config.gantry.registries {
            settings.endpoint_url = Some(embedded.endpoint_url());
        }
        // The embedded registry takes any signature, and a demo must not use up the host's own.
        let credentials = Credentials::new("AKIADEMO", "demo", None, None, "the demo");
        config.gantry.credentials = Some(SharedCredentialsProvider::new(credentials));
        let data_dir = tempfile::tempdir()?;
        let store = Store::open(&StoreUrl::file(&data_dir.path().join("gantry.db"))).await?;
        let shared = Shared {
            leptos: leptos_options(config.site),
            gantry: Arc::new(Gantry::start(config.gantry, store.clone()).await?),
            directory: Arc::new(config.directory),
            personas: personas::ALL.into(),
            https: Https(https),
            public_url: PublicUrl(config.public_url.map(Into::into)),
        };
        let sessions = session::layer(store, SessionTimes::default(), https);
        Ok(Self {
            listener,
            address,
            router: router(shared, sessions),
            embedded,
            data_dir,
        })
    }

    /// Where the dashboard answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the embedded registry answers.
    pub fn endpoint_url(&self) -> String {
        self.embedded.endpoint_url()
    }

    /// Serves both until told to stop.
    ///
    /// # Errors
    /// When a listening socket fails.
    pub async fn run(self) -> anyhow::Result<()> {
        let registry = tokio::spawn(self.embedded.serve(stopped()));
        serve(self.listener, self.router).await?;
        registry.abort();
        drop(self.data_dir);
        Ok(())
    }
}
