//! The audit log contains every acknowledged entry, and later changes to it are detected.

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

use crate::world::{admin, request_origin};

/// An entry about a person's action, with this request ID.
pub fn entry(request: &str) -> Entry {
    Entry {
        arguments: vec![("tag", "prod".to_owned())],
        ..Entry::new(Event::Write, Outcome::Done, &request_origin(request))
    }
}

/// Appends rows one after the other. Their request IDs are `r1`, `r2`, and so on.
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

/// The rows that an administrator finds, newest first.
pub async fn found(gantry: &Gantry, query: &AuditQuery) -> AuditPage {
    gantry.audit.page(&admin(), query).await.unwrap()
}

/// The newest rows of an event, once there are this many. Changes that the crawler observes are
/// recorded a moment later.
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
