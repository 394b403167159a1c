//! Connects the parts of Gantry. There is one field for each feature.

use std::{sync::Arc, time::Duration};

use access::{AccessSettings, Gate, Team};
use aws_credential_types::provider::SharedCredentialsProvider;
use ecr::{
    client::{ConnectError, EcrClient, RegistrySettings},
    inventory::{Inventory, InventorySettings},
};
use store::{
    SessionTimes, Store,
    audit::{Audit, AuditSettings},
};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::{
    AuditLog, Catalog, Images, Lifecycle, LinkSettings, Links, Policies, Registries, Repositories,
    Search, Sessions,
    events::{self, EventSettings},
    history::{Histories, History, HistorySettings, TagRecorder},
    links::no_views_yet,
    live_links::LiveLinks,
    recorder::ChangeRecorder,
};

/// The settings from the configuration.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The registries.
    pub registries: Vec<RegistrySettings>,
    /// The teams.
    pub teams: Vec<Arc<Team>>,
    /// How access is decided.
    pub access: AccessSettings,
    /// How the inventory is kept.
    pub inventory: InventorySettings,
    /// How the audit log is kept.
    pub audit: AuditSettings,
    /// How the history of tags is kept.
    pub history: HistorySettings,
    /// Where messages about changes come from.
    pub events: EventSettings,
    /// What links may share.
    pub links: LinkSettings,
    /// How long sessions last.
    pub sessions: SessionTimes,
    /// The issuer of people's IDs, if there is one. Links of people from another issuer do not
    /// open.
    pub issuer: Option<Arc<str>>,
    /// Credentials that replace the host's own, for an embedded registry, which accepts any.
    pub credentials: Option<SharedCredentialsProvider>,
}

/// Gantry, with one field for each feature. The crawler stops when this is dropped.
#[derive(Debug)]
pub struct Gantry {
    /// What each viewer may open.
    pub catalog: Arc<Catalog>,
    /// Registries and their state.
    pub registries: Registries,
    /// Repositories and the lists of their images.
    pub repositories: Repositories,
    /// Tags and images.
    pub images: Images,
    /// Where tags pointed.
    pub history: History,
    /// Repository policies and explanations of their decisions.
    pub policies: Policies,
    /// Lifecycle policies and their previews.
    pub lifecycle: Lifecycle,
    /// Search in everything that a viewer sees.
    pub search: Search,
    /// Share links.
    pub links: Links,
    /// Sessions of people.
    pub sessions: Sessions,
    /// The audit log, for administrators.
    pub audit: AuditLog,
    store: Store,
    _crawler: DropGuard,
}

impl Gantry {
    /// Connects to the registries and starts reading them, with an open store. Returns at once;
    /// pages show what is not known yet.
    ///
    /// # Errors
    /// If no HTTPS client can be created.
    pub async fn start(settings: Settings, store: Store) -> Result<Self, ConnectError> {
        let mut clients = Vec::new();
        for registry in settings.registries {
            clients.push(EcrClient::connect(registry, settings.credentials.clone()).await?);
        }
        // With an age of zero, the crawler would read without a pause.
        let policy_max_age = settings
            .access
            .policy_max_age
            .max(Duration::from_millis(100));
        let identities = || {
            settings
                .teams
                .iter()
                .flat_map(|team| team.identity.policies())
        };
        let identities_ask_for_tags = identities().any(|policy| policy.asks_for_resource_tags());
        let identities_ask_for_time = identities().any(|policy| policy.asks_for_time());
        let audit = Audit::new(store.clone());
        let inventory = Inventory::new(
            clients,
            Arc::new(ChangeRecorder {
                audit: audit.clone(),
                tags: TagRecorder::new(store.clone()),
            }),
            settings.inventory,
            policy_max_age,
            identities_ask_for_tags,
        );
        let inventory = Arc::new(inventory);
        let stop = CancellationToken::new();
        inventory.start(policy_max_age, &stop);
        if let Some(keep) = settings.audit.keep {
            audit.keep_for(keep, &stop);
        }
        let gate = Gate::new(settings.access, identities_ask_for_time);
        let catalog = Arc::new(Catalog::start(gate, inventory, settings.teams, &stop));
        let of = || Arc::clone(&catalog);
        let live_links = LiveLinks {
            store: store.clone(),
            settings: settings.links,
        };
        let repositories = Repositories {
            catalog: of(),
            live_links: live_links.clone(),
        };
        let histories = Histories {
            inventory: Arc::clone(&catalog.inventory),
            store: store.clone(),
        };
        histories.keep_for(settings.history.keep, &stop);
        events::start(
            settings.events,
            settings.credentials,
            Arc::clone(&catalog.inventory),
            store.clone(),
            &stop,
        )
        .await;
        let images = Images {
            catalog: of(),
            histories: histories.clone(),
        };
        Ok(Self {
            registries: Registries {
                catalog: of(),
                repositories: repositories.clone(),
            },
            policies: Policies { catalog: of() },
            lifecycle: Lifecycle {
                catalog: of(),
                audit: audit.clone(),
            },
            search: Search { catalog: of() },
            links: Links {
                catalog: of(),
                images: images.clone(),
                repositories: repositories.clone(),
                live_links,
                store: store.clone(),
                audit: audit.clone(),
                settings: settings.links,
                issuer: settings.issuer.clone(),
                recorded_views: no_views_yet(),
            },
            sessions: Sessions {
                catalog: of(),
                store: store.clone(),
                times: settings.sessions,
                issuer: settings.issuer,
            },
            audit: AuditLog { audit },
            repositories,
            images,
            history: History {
                catalog: of(),
                histories,
            },
            catalog,
            store,
            _crawler: stop.drop_guard(),
        })
    }

    /// The store with Gantry's own data.
    pub fn store(&self) -> &Store {
        &self.store
    }
}
