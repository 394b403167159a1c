//! Errors of the store.

use std::{path::PathBuf, sync::Arc};

use sqlx::migrate::MigrateError;
use thiserror::Error;

/// Why something could not be stored or looked up.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The URL does not name a kind of store that Gantry knows.
    #[error("takes a URL that begins with sqlite:// or postgres://")]
    Url,
    /// The store cannot be opened. The message of the driver says why. It contains no URL, because
    /// URLs can contain passwords.
    #[error("cannot be opened: {0}")]
    Open(#[source] sqlx::Error),
    /// Every user of the host can change or replace the file, so its contents cannot be trusted.
    #[error(
        "may be changed by every user of this host ({path}), so it was not opened: run chmod o-w {path} and check \
         who has written there, or name a file in a folder of Gantry's own",
        path = .0.display()
    )]
    Exposed(PathBuf),
    /// Users of the host in a group that Gantry is not in can change or replace the file.
    #[error(
        "may be changed by other users of this host ({path} may be written to by the group {group}, which Gantry \
         is not in), so it was not opened: run chmod g-w {path} and check who has written there, or name a file \
         in a folder of Gantry's own",
        path = path.display()
    )]
    ExposedToGroup {
        /// The file or folder that the group can write to.
        path: PathBuf,
        /// The ID of the group.
        group: u32,
    },
    /// Another user of the host can change or replace the file.
    #[error(
        "may be changed by another user of this host ({path} belongs to the user {owner}), so it was not opened: \
         check what is there and run chown, or name a file in a folder of Gantry's own",
        path = path.display()
    )]
    OwnedByAnother {
        /// The file or folder that belongs to the user.
        path: PathBuf,
        /// The ID of the user.
        owner: u32,
    },
    /// The file is a symbolic link whose target does not exist.
    #[error(
        "is a symbolic link that leads to no file ({path}), so it was not opened: remove the link, or name \
         the file itself",
        path = .0.display()
    )]
    Dangling(PathBuf),
    /// There are no tables yet. Only `gantry serve` creates them.
    #[error(
        "holds nothing of Gantry's yet: start gantry serve first, or name the store that it uses"
    )]
    Empty,
    /// The file has tables of another program. Use another file.
    #[error("is a database of some other program's: name a file of Gantry's own")]
    Foreign,
    /// A newer version of Gantry wrote the store. Run that version, or restore a backup from before
    /// the update.
    #[error(
        "was written by a newer version of Gantry (schema {found}; this one knows {known}): run that version, \
         or restore a copy from before it"
    )]
    Newer {
        /// The newest schema in the store.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// The tables cannot be updated.
    #[error("cannot be brought up to date: {0}")]
    Migrate(#[source] MigrateError),
    /// The store did not answer, or returned an error. Nothing was changed; trying again may help.
    #[error("does not answer: {0}")]
    Unavailable(#[from] sqlx::Error),
    /// The audit log could not be written, together with entries of other requests. The action that
    /// must be recorded is not done.
    #[error("the audit log cannot be written: {0}")]
    Unrecorded(#[source] Arc<StoreError>),
    /// A newer version of Gantry wrote this in a format that this version does not know. Run that
    /// version.
    #[error(
        "holds {what} in a format that a newer version of Gantry wrote (version {found}; this one reads up \
         to {known}): run that version"
    )]
    NewerFormat {
        /// What has this format.
        what: &'static str,
        /// The version of the format.
        found: u32,
        /// The newest version that this program reads.
        known: u32,
    },
    /// The store contains data that Gantry did not write.
    #[error("holds something that cannot be read: {0}")]
    Malformed(String),
}

impl StoreError {
    /// The error of a request whose runtime ended before the answer.
    pub fn interrupted() -> Self {
        Self::Unavailable(sqlx::Error::WorkerCrashed)
    }
}
