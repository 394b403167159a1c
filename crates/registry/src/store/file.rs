//! Who else on the host may read or change a SQLite file.

use std::{
    fs::{Metadata, OpenOptions},
    io::ErrorKind,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::Path,
    str::FromStr,
};

use sqlx::sqlite::SqliteConnectOptions;

use super::StoreError;

/// A file that is missing is made for its own user alone; SQLite gives the files beside it (`-wal`,
/// `-shm`) the same mode. Where others may read what is there already, the log says so.
///
/// # Errors
/// [`StoreError::Exposed`] where anybody may write to the file, or put others into its folder.
/// [`StoreError::Open`] where it cannot be made.
pub(super) fn keep_private(url: &str) -> Result<(), StoreError> {
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Ok(());
    }
    let options = SqliteConnectOptions::from_str(url).map_err(StoreError::Open)?;
    let file = options.get_filename();
    if url.contains("mode=rwc") {
        let mut new = OpenOptions::new();
        match new.write(true).create_new(true).mode(0o600).open(file) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(StoreError::Open(sqlx::Error::Io(error))),
        }
    }
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    check(folder.unwrap_or(Path::new(".")), 0o022, "change")?;
    for suffix in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(suffix);
        check(Path::new(&path), 0o077, "read")?;
    }
    Ok(())
}

/// Refuses what anybody may write to, and warns where others have any of these permissions. What is not
/// there cannot be opened either, and the driver says so.
fn check(path: &Path, others: u32, may: &str) -> Result<(), StoreError> {
    let Ok(mode) = path.metadata().as_ref().map(Metadata::mode) else {
        return Ok(());
    };
    if mode & 0o002 != 0 {
        return Err(StoreError::Exposed(path.to_owned()));
    }
    if mode & others != 0 {
        tracing::warn!(
            "other users of this host may {may} {path}, where people, sessions and the audit log are kept: \
             run chmod go-rwx {path}",
            path = path.display(),
        );
    }
    Ok(())
}
