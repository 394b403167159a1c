//! The audit log: what is acknowledged is there, what is changed afterwards shows.

mod chain;
mod growth;
mod killed;
mod last;
mod retention;
mod search;
mod writes;

use dashboard::{Gantry, Settings};
use model::audit::{AuditPage, AuditQuery, AuditRow, Event, Outcome};
use store::{
    Store,
    audit::{Audit, Entry, Record},
};

use crate::world::{admin, occasion};

/// Something that somebody did, by the request's id.
pub fn entry(request: &str) -> Entry {
    Entry {
        arguments: vec![("tag", "prod".to_owned())],
        ..Entry::new(Event::Write, Outcome::Done, &occasion(request))
    }
}

/// Appends rows one after the other; their requests' ids are `r1`, `r2`, and so on.
pub async fn fill(audit: &Audit, rows: u64) {
    for number in 1..=rows {
        audit.append(entry(&format!("r{number}"))).await.unwrap();
    }
}

/// A Gantry without registries, for its administrators.
pub async fn over(store: Store) -> Gantry {
    Gantry::start(Settings::default(), store).await.unwrap()
}

/// Every row, as administrators export them.
pub async fn rows(gantry: &Gantry) -> Vec<Record> {
    let mut export = gantry
        .audit
        .export(&admin(), AuditQuery::default())
        .await
        .unwrap();
    let mut rows = Vec::new();
    loop {
        let some = export.next().await.unwrap();
        if some.is_empty() {
            return rows;
        }
        rows.extend(some);
    }
}

/// What an administrator finds, newest first.
pub async fn found(gantry: &Gantry, query: &AuditQuery) -> AuditPage {
    gantry.audit.page(&admin(), query).await.unwrap()
}

/// The newest rows of a kind, once there are so many: what the crawler saw is recorded a moment later.
pub async fn seen(gantry: &Gantry, event: Event, count: usize) -> Vec<AuditRow> {
    let query = AuditQuery {
        event: Some(event),
        ..AuditQuery::default()
    };
    let mut rows = Vec::new();
    for _ in 0..200 {
        rows = found(gantry, &query).await.rows;
        if rows.len() >= count {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    rows
}
