//! Measures how much is written to a SQLite store while no one else can write.

use std::path::{Path, PathBuf};

use sqlx::{AnyConnection, Connection, Executor};

use crate::stores::*;

/// Records writes to a store from now on: SQLite appends each page that a transaction changes to
/// its write-ahead log ("WAL-mode File Format" in the SQLite documentation).
pub struct Written {
    /// A reader prevents SQLite from restarting the log.
    _reader: AnyConnection,
    log: PathBuf,
}

impl Written {
    pub async fn from_now(place: &Place) -> Self {
        let mut writer = AnyConnection::connect(&place.address).await.unwrap();
        let emptied = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").await;
        emptied.unwrap();
        let mut reader = AnyConnection::connect(&place.address).await.unwrap();
        reader.execute("BEGIN").await.unwrap();
        reader.execute("SELECT id FROM person").await.unwrap();
        Self {
            _reader: reader,
            log: place.folder().join("gantry.db-wal"),
        }
    }

    /// How many pages of 4 KiB each transaction has changed, in order.
    pub fn pages(&self) -> Vec<u32> {
        transactions(&self.log)
    }
}

fn transactions(log: &Path) -> Vec<u32> {
    let log = std::fs::read(log).unwrap();
    let number = |at: usize| u32::from_be_bytes(log[at..at + 4].try_into().unwrap());
    let page = usize::try_from(number(8)).unwrap();
    assert_eq!(page, 4_096);
    let (mut transactions, mut changed) = (Vec::new(), 0);
    for frame in (32..log.len()).step_by(24 + page) {
        assert_eq!(
            log[frame + 8..frame + 16],
            log[16..24],
            "the log was restarted"
        );
        changed += 1;
        // The last frame of a transaction contains the size of the file after it.
        if number(frame + 4) > 0 {
            transactions.push(std::mem::take(&mut changed));
        }
    }
    transactions
}
