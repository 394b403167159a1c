//! The location of a store.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use sqlx::sqlite::SqliteConnectOptions;

use crate::StoreError;

/// The kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

/// The location of a store. It is never displayed, because it can contain a password.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreUrl {
    url: String,
    backend: Backend,
}

impl StoreUrl {
    /// An SQLite file.
    pub fn file(path: &Path) -> Self {
        // Characters that would end the path of a URL, or be decoded as something else.
        const SPECIAL: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#');
        let path = path.to_string_lossy();
        Self {
            url: format!("sqlite://{}?mode=rwc", utf8_percent_encode(&path, SPECIAL)),
            backend: Backend::Sqlite,
        }
    }

    /// Whether replicas on several hosts can share the store.
    pub fn is_shared(&self) -> bool {
        self.backend == Backend::Postgres
    }

    /// The URL for the driver.
    pub(super) fn as_str(&self) -> &str {
        &self.url
    }

    pub(super) fn backend(&self) -> Backend {
        self.backend
    }

    /// The same location, but without creating a missing file.
    pub(super) fn existing(&self) -> Self {
        let url = match (self.backend, self.url.split_once('?')) {
            (Backend::Sqlite, Some((place, query))) => {
                let kept = query.split('&').map(|pair| match pair {
                    creates if is_mode(creates, "rwc") => "mode=rw",
                    other => other,
                });
                format!("{place}?{}", kept.collect::<Vec<_>>().join("&"))
            }
            _ => self.url.clone(),
        };
        let backend = self.backend;
        Self { url, backend }
    }

    /// The SQLite file. None for a store that is not a file.
    ///
    /// # Errors
    /// [`StoreError::Open`] for a URL that the driver does not accept.
    pub(super) fn path(&self) -> Result<Option<PathBuf>, StoreError> {
        if self.backend != Backend::Sqlite {
            return Ok(None);
        }
        let options = SqliteConnectOptions::from_str(&self.url).map_err(StoreError::Open)?;
        let place = self.url.split('?').next().unwrap_or_default();
        let is_memory = place == "sqlite://:memory:" || self.has_mode("memory");
        Ok((!is_memory).then(|| options.get_filename().to_owned()))
    }

    /// Whether a missing SQLite file is created.
    pub(super) fn creates(&self) -> bool {
        self.has_mode("rwc")
    }

    fn has_mode(&self, mode: &str) -> bool {
        let query = self.url.split_once('?').map_or("", |(_, query)| query);
        query.split('&').any(|pair| is_mode(pair, mode))
    }
}

/// Whether a pair of a query string sets this mode. The driver decodes both sides, so this does
/// too.
fn is_mode(pair: &str, mode: &str) -> bool {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    percent_decode_str(key).eq("mode".bytes()) && percent_decode_str(value).eq(mode.bytes())
}

impl FromStr for StoreUrl {
    type Err = StoreError;

    fn from_str(url: &str) -> Result<Self, StoreError> {
        let scheme = url.split_once("://").map(|(scheme, _)| scheme);
        match scheme {
            Some("sqlite") => Ok(Self {
                url: match url.contains('?') {
                    true => url.to_owned(),
                    false => format!("{url}?mode=rwc"),
                },
                backend: Backend::Sqlite,
            }),
            Some("postgres" | "postgresql") => Ok(Self {
                url: url.to_owned(),
                backend: Backend::Postgres,
            }),
            _ => Err(StoreError::Url),
        }
    }
}

impl std::fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.backend {
            Backend::Sqlite => f.write_str(self.url.split('?').next().unwrap_or_default()),
            // User and password come before the host, and can also be in the query.
            Backend::Postgres => {
                let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
                let plain = rest.split(['?', '#']).next().unwrap_or_default();
                let (who, database) = plain.split_once('/').unwrap_or((plain, ""));
                let host = who.rsplit('@').next().unwrap_or_default();
                write!(f, "postgres://{host}/{database}")
            }
        }
    }
}

impl std::fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}
