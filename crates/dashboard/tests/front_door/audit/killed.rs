//! A killed process loses nothing that it has acknowledged.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use store::{Store, StoreUrl, audit::Audit};

use super::{entry, over, rows};
use crate::stores::*;

/// The environment variable with the store of the process that is killed.
const STORE: &str = "GANTRY_TEST_KILLED_STORE";

on_each_store! {
    async fn acknowledged_entries_are_stored_after_a_kill(place: &Place) {
        for enough in [1, 40, 200] {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "audit::killed::appends_until_it_is_killed"])
                .args(["--ignored", "--nocapture"])
                .env(STORE, &place.address)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut acknowledged = Vec::new();
            // The test harness writes its own text before and after the output of a test, on the
            // same line.
            for line in BufReader::new(child.stdout.take().unwrap()).lines() {
                let line = line.unwrap();
                acknowledged.extend(line.split_once("stored ").map(|(_, id)| id.to_owned()));
                if acknowledged.len() == enough {
                    // SIGKILL: the process stops immediately.
                    child.kill().unwrap();
                }
            }
            assert!(!child.wait().unwrap().success());
            assert!(acknowledged.len() >= enough, "{acknowledged:?}");
            let store = place.open().await;
            let verified = Audit::new(store.clone()).verify(None).await.unwrap();
            assert_eq!(verified.broken, None);
            let rows = rows(&over(store).await).await;
            for id in acknowledged {
                assert!(rows.iter().any(|row| row.request == id), "{id} is lost");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "another test runs it as a process of its own, and kills that"]
async fn appends_until_it_is_killed() {
    let url = std::env::var_os(STORE).unwrap().into_string().unwrap();
    let url: StoreUrl = url.parse().unwrap();
    let audit = Audit::new(Store::open(&url).await.unwrap());
    let appending = (0..8).map(|task| {
        let audit = audit.clone();
        tokio::spawn(async move {
            for number in 0..100_000 {
                let id = format!("{}-{task}-{number}", std::process::id());
                audit.append(entry(&id)).await.unwrap();
                // One write, so that two tasks do not mix within a line.
                #[expect(
                    clippy::print_stdout,
                    reason = "the process that kills this one reads it"
                )]
                {
                    println!("stored {id}");
                }
            }
        })
    });
    futures::future::join_all(appending.collect::<Vec<_>>()).await;
}
