//! Why the store does not do what it is asked for.

use std::{path::PathBuf, sync::Arc};

use sqlx::migrate::MigrateError;
use thiserror::Error;

/// Why something could not be stored or looked up.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The URL names no store that Gantry knows.
    #[error("takes a URL that begins with sqlite:// or postgres://")]
    Url,
    /// It cannot be opened: the message of the driver says why. URLs hold passwords, and stay out of it.
    #[error("cannot be opened: {0}")]
    Open(#[source] sqlx::Error),
    /// Anybody on the host may change the file, or put another in its place: nothing in it can be believed.
    #[error(
        "may be changed by every user of this host ({path}), so it was not opened: run chmod o-w {path} and check \
         who has written there, or name a file in a folder of Gantry's own",
        path = .0.display()
    )]
    Exposed(PathBuf),
    /// Users of the host in a group that Gantry is not in may change the file, or put another in its place.
    #[error(
        "may be changed by other users of this host ({path} may be written to by the group {group}, which Gantry \
         is not in), so it was not opened: run chmod g-w {path} and check who has written there, or name a file \
         in a folder of Gantry's own",
        path = path.display()
    )]
    ExposedToGroup {
        /// What they may write to.
        path: PathBuf,
        /// The number of the group.
        group: u32,
    },
    /// Another user of the host may change the file, or put another in its place.
    #[error(
        "may be changed by another user of this host ({path} belongs to the user {owner}), so it was not opened: \
         check what is there and run chown, or name a file in a folder of Gantry's own",
        path = path.display()
    )]
    OwnedByAnother {
        /// What belongs to them.
        path: PathBuf,
        /// The number of the user.
        owner: u32,
    },
    /// The file is a symbolic link that leads to nothing.
    #[error(
        "is a symbolic link that leads to no file ({path}), so it was not opened: remove the link, or name \
         the file itself",
        path = .0.display()
    )]
    Dangling(PathBuf),
    /// There are no tables yet, and only `gantry serve` makes them.
    #[error(
        "holds nothing of Gantry's yet: start gantry serve first, or name the store that it uses"
    )]
    Empty,
    /// The file has tables, and Gantry made none of them: name another one.
    #[error("is a database of some other program's: name a file of Gantry's own")]
    Foreign,
    /// A newer Gantry has been here: run that one, or restore what was there before it.
    #[error(
        "was written by a newer version of Gantry (schema {found}; this one knows {known}): run that version, \
         or restore a copy from before it"
    )]
    Newer {
        /// The newest schema that was found.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// Its tables cannot be brought up to date.
    #[error("cannot be brought up to date: {0}")]
    Migrate(#[source] MigrateError),
    /// It did not answer, or with an error. Nothing was changed; trying again may help.
    #[error("does not answer: {0}")]
    Unavailable(#[from] sqlx::Error),
    /// The audit log could not be written, together with others' entries: then what it must hold is not
    /// done.
    #[error("the audit log cannot be written: {0}")]
    Unrecorded(#[source] Arc<StoreError>),
    /// A newer Gantry wrote this in a format that this one does not know: run that version.
    #[error(
        "holds {what} in a format that a newer version of Gantry wrote (version {found}; this one reads up \
         to {known}): run that version"
    )]
    NewerFormat {
        /// What it is.
        what: &'static str,
        /// The version of the format.
        found: u32,
        /// The newest that this program reads.
        known: u32,
    },
    /// What it holds is not what Gantry wrote.
    #[error("holds something that cannot be read: {0}")]
    Malformed(String),
}

impl StoreError {
    /// What was asked for ended before it was answered, with the runtime that it ran in.
    pub fn interrupted() -> Self {
        Self::Unavailable(sqlx::Error::WorkerCrashed)
    }
}
