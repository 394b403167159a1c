//! The configuration: `gantry.toml`, then the environment over it, then checked as a whole.

mod access;
mod audit;
pub(crate) mod claim;
mod connections;
mod environment;
mod events;
mod file;
mod links;
pub(crate) mod reference;
mod secret_file;
mod sign_in;
mod team;

use std::{
    net::SocketAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
    sync::Arc,
};

use ::access::Team;
pub use claim::ClaimPath;
pub use connections::ConnectionSettings;
use dashboard::HistorySettings;
use ecr::{InventorySettings, RegistrySettings};
pub(crate) use environment::PREFIX as VARIABLE_PREFIX;
use file::File;
use ipnet::IpNet;
use model::RegistryAlias;
pub use sign_in::{AlbSettings, OidcSettings, Secret, SignInSettings};
use store::{MAX_SESSIONS, StoreUrl};
use thiserror::Error;

use crate::{limit::LimitSettings, loopback::is_loopback};

/// Why a configuration cannot be run. Each says where, and what would do.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML, or has a key or value that Gantry does not know.
    #[error("{origin}: {error}")]
    Parse {
        /// The file, or the environment.
        origin: String,
        /// What is wrong and where.
        error: String,
    },
    /// A value is not what its key takes, or one that must be there is not.
    #[error("{key}: {message}")]
    Value {
        /// The key, with its table.
        key: String,
        /// What is wrong, and what would do.
        message: String,
    },
}

/// The file under `data_dir` that people, sessions, links and the audit log are in unless `[store]` says
/// otherwise.
pub const STORE_FILE: &str = "gantry.db";

/// A configuration that can be run.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The URL that people open. Only the demo does without.
    pub public_url: Option<String>,
    /// Where Gantry keeps what it stores.
    pub data_dir: PathBuf,
    /// Whose word is taken for where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// How many connections there may be, and how long clients may take.
    pub connections: ConnectionSettings,
    /// Where metrics are served, if they are.
    pub metrics: Option<SocketAddr>,
    /// Where people, sessions, links and the audit log are kept.
    pub store: StoreUrl,
    /// How people sign in, if they can.
    pub sign_in: Option<SignInSettings>,
    /// How often one person, and one address, may ask; none where nothing is configured.
    pub limits: Option<LimitSettings>,
    /// The most sessions that one person has.
    pub sessions_per_person: NonZeroU32,
    /// The registries, teams and rules of access.
    pub gantry: dashboard::Settings,
    /// Who is in which team.
    pub directory: Directory,
}

/// Maps the groups of the sign-in to teams.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// The teams.
    pub teams: Vec<Arc<Team>>,
    /// The groups whose members review every policy.
    pub admins: Vec<String>,
}

impl Config {
    /// Reads a file (or nothing), with the environment's `GANTRY__...` over it.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn load(path: Option<&PathBuf>) -> Result<Self, ConfigError> {
        let text = match path {
            Some(path) => std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
                path: path.clone(),
                source,
            })?,
            None => String::new(),
        };
        let origin = path.map_or_else(
            || "the built-in defaults".to_owned(),
            |path| path.display().to_string(),
        );
        let home = path.and_then(|path| path.parent()).unwrap_or(Path::new(""));
        Self::parse(&text, &origin, home, std::env::vars())
    }

    /// Reads a text, with variables of an environment over it. The paths in it are taken from `home`.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn parse(
        text: &str,
        origin: &str,
        home: &Path,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let parse_error = |error: toml::de::Error| ConfigError::Parse {
            origin: origin.to_owned(),
            error: file_error(&error, text),
        };
        // First as it stands, for errors that name its lines; then with the environment over it.
        toml::from_str::<File>(text).map_err(parse_error)?;
        let table = toml::from_str::<toml::Table>(text).map_err(parse_error)?;
        let table = environment::overlay(table, variables)?;
        let file = table.try_into::<File>();
        let file = file.map_err(|error| ConfigError::Parse {
            origin: "the environment".to_owned(),
            error: file_error(&error, text),
        })?;
        Self::check(file, home)
    }

    fn check(file: File, home: &Path) -> Result<Self, ConfigError> {
        let registries = file
            .registry
            .into_iter()
            .enumerate()
            .map(|(n, registry)| check_registry(n, registry));
        let registries: Vec<_> = registries.collect::<Result<_, _>>()?;
        distinct(
            "registry",
            registries.iter().map(|registry| registry.alias.as_str()),
        )?;
        let teams = file
            .team
            .into_iter()
            .enumerate()
            .map(|(n, team)| team::check(n, team, home));
        let teams: Vec<_> = teams.collect::<Result<_, _>>()?;
        distinct("team", teams.iter().map(|team| team.name.as_str()))?;
        let access = access::check(file.access)?;
        let events = events::check(file.events)?;
        let connections = (&file.server).into();
        let public_url = file.server.public_url.map(check_public_url).transpose()?;
        let (sign_in, sessions) = sign_in::check(file.sign_in, public_url.as_deref())?;
        let store = match &file.store.url {
            Some(url) => url
                .reveal()
                .parse()
                .map_err(|error| value("store.url", error))?,
            None => StoreUrl::file(&file.server.data_dir.join(STORE_FILE)),
        };
        Ok(Self {
            listen: file.server.listen.0,
            metrics: file.server.metrics.map(|listen| listen.0),
            connections,
            trusted_proxies: (file.server.trusted_proxies.into_iter())
                .map(|network| network.0)
                .collect(),
            store,
            sign_in,
            limits: file.limits,
            sessions_per_person: MAX_SESSIONS,
            public_url,
            data_dir: file.server.data_dir,
            gantry: dashboard::Settings {
                registries,
                teams: teams.clone(),
                access,
                inventory: InventorySettings {
                    max_images: file.inventory.max_images,
                },
                audit: file.audit.into(),
                history: HistorySettings {
                    keep: file.history.keep.duration(),
                },
                events,
                links: file.links.into(),
                sessions,
                credentials: None,
                issuer: None,
            },
            directory: Directory {
                teams,
                admins: file.admin.groups,
            },
        })
    }

    /// Whether the store is the file that it is unless something else is configured.
    pub fn stores_in_data_dir(&self) -> bool {
        self.store == StoreUrl::file(&self.data_dir.join(STORE_FILE))
    }

    /// Whether people reach the server by HTTPS, so that cookies may be kept to it.
    pub fn is_https(&self) -> bool {
        self.public_url
            .as_ref()
            .is_some_and(|url| url.starts_with("https://"))
    }
}

/// What is wrong with a text, and where. A line that may hold a secret is not quoted.
fn file_error(error: &toml::de::Error, text: &str) -> String {
    let secret = |line: &str| line.contains("secret") || line.contains("://");
    let whole = error.to_string();
    let Some(span) = error.span() else {
        // What comes from the environment has no line; the last line of the error names the key.
        let place = whole.lines().last().unwrap_or_default();
        return match secret(&whole) {
            true => format!("a value cannot be read\n{place}"),
            false => whole,
        };
    };
    let before = text.get(..span.start).unwrap_or_default();
    let number = before.matches('\n').count();
    let line = text.lines().nth(number).unwrap_or_default();
    if !secret(line) && !secret(&whole) {
        return whole;
    }
    let key = line.split('=').next().unwrap_or_default().trim();
    match error.message() {
        // The types' own words, which quote nothing.
        message if message.starts_with("takes ") => format!("line {}: {key} {message}", number + 1),
        _ => format!("line {}: what {key} is set to cannot be read", number + 1),
    }
}

fn value(key: &str, message: impl std::fmt::Display) -> ConfigError {
    ConfigError::Value {
        key: key.to_owned(),
        message: message.to_string(),
    }
}

fn check_registry(n: usize, registry: file::Registry) -> Result<RegistrySettings, ConfigError> {
    let key = |name: &str| format!("registry {} ({name})", n + 1);
    let alias = registry.alias.get(&key("alias"))?;
    let alias: RegistryAlias = alias.parse().map_err(|error| value(&key("alias"), error))?;
    if let Some(id) = &registry.registry_id
        && model::AccountId::parse(id).is_none()
    {
        return Err(value(
            &key("registry_id"),
            "takes an account id of twelve digits, in quotes",
        ));
    }
    if let Some(url) = &registry.endpoint_url
        && !(url.starts_with("http://") || url.starts_with("https://"))
    {
        return Err(value(
            &key("endpoint_url"),
            "takes a URL, as in http://127.0.0.1:4510",
        ));
    }
    Ok(RegistrySettings {
        alias,
        region: registry.region.get(&key("region"))?,
        registry_id: registry.registry_id,
        role_arn: registry.role_arn,
        endpoint_url: registry.endpoint_url,
    })
}

/// An origin: a scheme, a host and perhaps a port. Gantry's paths stand at its root.
fn check_public_url(url: String) -> Result<String, ConfigError> {
    let uri: http::Uri = url
        .parse()
        .map_err(|error| value("server.public_url", error))?;
    let is_origin = matches!(uri.scheme_str(), Some("http" | "https"))
        && uri.authority().is_some()
        && uri.path() == "/";
    let authority = uri.authority().map_or("", http::uri::Authority::as_str);
    if !is_origin || uri.query().is_some() || authority.contains('@') {
        return Err(value(
            "server.public_url",
            "takes an origin, as in https://gantry.example.com",
        ));
    }
    // Cookies and share links would cross the network in clear.
    if uri.scheme_str() == Some("http") && !is_loopback(uri.host().unwrap_or_default()) {
        return Err(value(
            "server.public_url",
            "takes a URL that begins with https://; http:// is for this host alone, as in http://127.0.0.1:8080",
        ));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

fn distinct<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), ConfigError> {
    let mut seen = std::collections::HashSet::new();
    match names.into_iter().find(|name| !seen.insert(*name)) {
        Some(name) => Err(value(what, format!("there are two called {name}"))),
        None => Ok(()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests;
