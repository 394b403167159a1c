//! The dashboard over an embedded registry. `gantry demo` runs it, and tests start it.

mod personas;

use std::{net::SocketAddr, num::NonZeroU32, path::Path};

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use ecr::events::QueueSettings;
use ecr_local::{EcrLocal, Options, Seed};
use store::{StoreUrl, audit::Audit};
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::{
    config::{Config, STORE_FILE, VARIABLE_PREFIX},
    limit::LimitSettings,
    serve::{Dashboard, stopped},
    sign_in::SignIn,
};

/// The demo's configuration: the `gantry.toml` of a retailer.
pub const CONFIGURATION: &str = include_str!("gantry.toml");

/// The addition to the configuration for two registries: the carrier's registry.
pub const PARTNER: &str = include_str!("partner.toml");

/// The carrier's registry, in a different account and region from the retailer's. All other options stay the same.
pub fn partner(options: Options) -> Options {
    Options {
        seed: Seed::Partner,
        account: "444455556666".to_owned(),
        region: "eu-west-1".to_owned(),
        ..options
    }
}

/// The maximum number of sessions of one persona. All visitors share the few personas, so one person's limit would
/// soon end other visitors' sessions.
const SESSIONS_PER_PERSONA: NonZeroU32 = NonZeroU32::new(1_000).unwrap();

/// A dashboard and its registries, all listening.
#[derive(Debug)]
pub struct Demo {
    dashboard: Dashboard,
    embedded: Vec<EcrLocal>,
    /// The demo's stored data, deleted with the demo.
    data_dir: TempDir,
}

impl Demo {
    /// Starts a dashboard over an embedded registry, and over the carrier's if there is one.
    ///
    /// # Errors
    /// If the address is in use, or the demo's own configuration is invalid.
    pub async fn start(
        listen: SocketAddr,
        embedded: EcrLocal,
        partner: Option<EcrLocal>,
    ) -> anyhow::Result<Self> {
        let variables = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        let ignored: Vec<_> = variables
            .filter(|name| name.starts_with(VARIABLE_PREFIX))
            .collect();
        if !ignored.is_empty() {
            // They may name the store and the registries of a dashboard that is in use.
            tracing::warn!(
                config.variables = ignored.join(", "),
                "The demo ignores the configuration in the environment"
            );
        }
        Self::start_with(listen, embedded, partner, "").await
    }

    /// Starts a demo with additional configuration.
    ///
    /// # Errors
    /// As [`Demo::start`], and if the additional configuration is invalid.
    pub async fn start_with(
        listen: SocketAddr,
        embedded: EcrLocal,
        partner: Option<EcrLocal>,
        more: &str,
    ) -> anyhow::Result<Self> {
        let beside = partner.as_ref().map_or("", |_| PARTNER);
        let mut config = Config::parse(
            &format!("{CONFIGURATION}\n{beside}\n{more}"),
            "the demo's configuration",
            Path::new(""),
            std::iter::empty(),
        )?;
        config.listen = listen;
        config.limits.get_or_insert(LimitSettings::for_personas());
        config.sessions_per_person = SESSIONS_PER_PERSONA;
        let embedded: Vec<_> = std::iter::once(embedded).chain(partner).collect();
        for (settings, embedded) in config.gantry.registries.iter_mut().zip(&embedded) {
            settings.endpoint_url = Some(embedded.endpoint_url());
        }
        if let Some(first) = embedded.first() {
            config.gantry.events.queue = Some(QueueSettings {
                url: first.queue_url(),
                region: first.registry().home().region.clone(),
            });
        }
        // The embedded registry takes any signature, and a demo must not use the host's own credentials.
        let credentials = Credentials::new("AKIADEMO", "demo", None, None, "the demo");
        config.gantry.credentials = Some(SharedCredentialsProvider::new(credentials));
        let data_dir = tempfile::tempdir()?;
        // Stored data is deleted with the demo unless the configuration says to keep it.
        if config.stores_in_data_dir() {
            config.store = StoreUrl::file(&data_dir.path().join(STORE_FILE));
        }
        let personas = SignIn::Personas(personas::ALL.into());
        Ok(Self {
            dashboard: Dashboard::start(config, personas).await?,
            embedded,
            data_dir,
        })
    }

    /// The address that the dashboard listens on.
    pub fn address(&self) -> SocketAddr {
        self.dashboard.address()
    }

    /// The audit log.
    pub fn audit(&self) -> &Audit {
        self.dashboard.audit()
    }

    /// The URLs of the embedded registries.
    pub fn endpoint_urls(&self) -> Vec<String> {
        let urls = self.embedded.iter().map(|embedded| embedded.endpoint_url());
        urls.collect()
    }

    /// Serves everything until the signal to stop.
    pub async fn run(self) {
        let mut serving = JoinSet::new();
        for embedded in self.embedded {
            serving.spawn(embedded.serve(stopped()));
        }
        self.dashboard.run().await;
        drop(serving);
        drop(self.data_dir);
    }
}
