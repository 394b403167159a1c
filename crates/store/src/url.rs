//! Where a store is.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use sqlx::sqlite::SqliteConnectOptions;

use crate::StoreError;

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

/// Where a store is. It may hold a password, so it is not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreUrl {
    url: String,
    backend: Backend,
}

impl StoreUrl {
    /// A file of SQLite's.
    pub fn file(path: &Path) -> Self {
        // What would end a URL's path, or be decoded as something else.
        const SPECIAL: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#');
        let path = path.to_string_lossy();
        Self {
            url: format!("sqlite://{}?mode=rwc", utf8_percent_encode(&path, SPECIAL)),
            backend: Backend::Sqlite,
        }
    }

    /// Whether replicas on several hosts may share it.
    pub fn is_shared(&self) -> bool {
        self.backend == Backend::Postgres
    }

    /// The URL, for the driver.
    pub(super) fn as_str(&self) -> &str {
        &self.url
    }

    pub(super) fn backend(&self) -> Backend {
        self.backend
    }

    /// The same place, for who wants what is there already: a file that is missing is not made.
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

    /// The file of SQLite's; none for a store that is no file.
    ///
    /// # Errors
    /// [`StoreError::Open`] for a URL that the driver does not take.
    pub(super) fn path(&self) -> Result<Option<PathBuf>, StoreError> {
        if self.backend != Backend::Sqlite {
            return Ok(None);
        }
        let options = SqliteConnectOptions::from_str(&self.url).map_err(StoreError::Open)?;
        let place = self.url.split('?').next().unwrap_or_default();
        let is_memory = place == "sqlite://:memory:" || self.has_mode("memory");
        Ok((!is_memory).then(|| options.get_filename().to_owned()))
    }

    /// Whether a file of SQLite's that is missing is made.
    pub(super) fn creates(&self) -> bool {
        self.has_mode("rwc")
    }

    fn has_mode(&self, mode: &str) -> bool {
        let query = self.url.split_once('?').map_or("", |(_, query)| query);
        query.split('&').any(|pair| is_mode(pair, mode))
    }
}

/// Whether a pair of a query string sets this mode. The driver decodes both of its sides, and so does this.
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
            // User and password stand before the host, and may stand in the query.
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
