//! What other programs and stored data rely on, field by field. A change here is a change for them: say so in the
//! release notes. `INSTA_UPDATE=always` with the tests writes the files in `snapshots/` again.

use std::time::Duration;

use insta::{Settings, assert_json_snapshot, assert_snapshot};
use model::{Whole, image::ImageRow, repository::RepositoryRow, search::SearchResults};
use serde::Serialize;
use serde_json::Value;

use crate::browser::{Dashboard, Person};

async fn text(person: &Person, path: &str) -> String {
    person.get(path).await.text().await.unwrap()
}

/// What differs from run to run.
const DIFFERING: [&str; 14] = [
    "address", "as_of", "at", "before", "created", "digest", "hash", "id", "network", "now",
    "pulled", "previous", "pushed", "request",
];

/// An answer as JSON, without the values that differ from run to run.
fn stable(answer: impl Serialize) -> Value {
    let mut value = serde_json::to_value(answer).unwrap();
    hide(&mut value);
    value
}

fn hide(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match DIFFERING.contains(&name.as_str()) && !value.is_null() {
                    true => *value = "differs".into(),
                    false => hide(value),
                }
            }
        }
        Value::Array(entries) => entries.iter_mut().for_each(hide),
        _ => {}
    }
}

fn settings() -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings
}

#[tokio::test]
async fn the_lines_of_the_audit_export_keep_their_fields() {
    let dashboard = Dashboard::start().await.ready().await;
    let (ana, farah) = (
        dashboard.person("ana").await,
        dashboard.person("farah").await,
    );
    ana.preview("storefront/users-api").await;
    ana.preview("payments/ledger").await;
    let lines = text(&farah, "/audit/export.jsonl?event=write").await;
    let rows: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    settings().bind(|| assert_json_snapshot!("audit_export_lines", stable(rows)));
    let table = text(&farah, "/audit/export.csv?event=write").await;
    let columns = table.lines().next().unwrap().replace(',', "\n");
    settings().bind(|| assert_snapshot!("audit_export_columns", columns));
}

/// A repository's row once its images and its indexes are read.
async fn read_whole(person: &Person, name: &str) -> RepositoryRow {
    for _ in 0..600 {
        let rows = person.listed().await.into_iter();
        let mut found = rows.filter(|row| row.repository.name.as_str() == name);
        let row = found.next().unwrap();
        if row.images.is_some() && !row.counts_platforms {
            return row;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    unreachable!("the images of {name} were never read")
}

#[tokio::test]
async fn the_answers_to_the_browser_keep_their_fields() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let name = "storefront/users-api";
    let repository = read_whole(&ana, name).await;
    settings().bind(|| assert_json_snapshot!("answer_repositories", stable(repository)));
    let path = format!("/api/images?registry=retail&name={name}");
    let images: Whole<ImageRow> = ana.ask(&path).await;
    let of_prod = images.rows.iter().find(|row| {
        let mut tags = row.tags.iter();
        tags.any(|label| label.tag.as_str() == "prod")
    });
    settings().bind(|| assert_json_snapshot!("answer_images", stable(of_prod)));
    let found: SearchResults = ana.ask("/api/search?text=users-api").await;
    settings().bind(|| assert_json_snapshot!("answer_search", stable(found)));
}
