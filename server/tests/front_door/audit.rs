//! The audit log: how administrators read, export and check it.

use std::process::{Command, Output};

use access::{PersonId, RequestOrigin};
use model::audit::{Event, Outcome};
use reqwest::{StatusCode, header};
use serde_json::Value;
use store::{
    Store, StoreUrl,
    audit::{Audit, Entry},
};

use crate::browser::{Dashboard, Person};

const PATHS: [&str; 3] = ["/audit", "/audit/export.csv", "/audit/export.jsonl"];

async fn text(person: &Person, path: &str) -> String {
    let answer = person.get(path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.text().await.unwrap()
}

/// The text of a page with its markup taken out.
fn shown(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap();
    // A line-break hint in a name is not part of it.
    let main = main.split("</main>").next().unwrap().replace("<wbr>", "");
    let pieces = main.split('<').filter_map(|piece| piece.split_once('>'));
    pieces.map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn only_administrators_have_an_audit_log() {
    let dashboard = Dashboard::start().await.ready().await;
    for id in ["ana", "dana", "gus"] {
        let person = dashboard.person(id).await;
        let nothing = person.get("/nothing/here").await;
        assert_eq!(nothing.status(), StatusCode::NOT_FOUND);
        let nothing = shown(&nothing.text().await.unwrap());
        let title = nothing.split("request").next().unwrap();
        for path in PATHS {
            let answer = person.get(path).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{id} opens {path}");
            assert!(answer.headers().get(header::CONTENT_DISPOSITION).is_none());
            let page = answer.text().await.unwrap();
            assert!(shown(&page).starts_with(title.get(..80).unwrap()), "{page}");
        }
        let page = text(&person, "/repositories").await;
        assert!(
            !page.contains("href=\"/audit\""),
            "{id} is redirected there"
        );
    }
    for path in PATHS {
        let answer = dashboard.stranger().get(path).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
    }
}

#[tokio::test]
async fn an_administrator_sees_who_requested_what_and_what_decided() {
    let dashboard = Dashboard::start().await.ready().await;
    let (ana, farah) = (
        dashboard.person("ana").await,
        dashboard.person("farah").await,
    );
    assert!(
        text(&farah, "/repositories")
            .await
            .contains("href=\"/audit\"")
    );
    let (status, led_to) = ana.preview("storefront/users-api").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{led_to}");
    let (status, _) = ana.preview("payments/ledger").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let page = shown(&text(&farah, "/audit?event=write").await);
    for said in [
        "Ana",
        "retail/storefront/users-api",
        "retail/payments/ledger",
        "ecr:StartLifecyclePolicyPreview",
        "refused",
        "begun",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let page = shown(&text(&farah, "/audit?q=LEDGER&outcome=refused").await);
    assert!(
        page.contains("payments/ledger") && !page.contains("users-api"),
        "{page}"
    );
    let page = shown(&text(&farah, "/audit?since=2999-01-01").await);
    assert!(page.contains("No row matches"), "{page}");
    let nonsense = "/audit?q=%25%00%27%3Cscript%3E&event=x&since=never&before=-1";
    assert!(!text(&farah, nonsense).await.contains("<script>alert"));
    let chinese = farah.request(reqwest::Method::GET, "/audit");
    let chinese = chinese.header(header::ACCEPT_LANGUAGE, "zh").send().await;
    assert!(shown(&chinese.unwrap().text().await.unwrap()).contains("审计日志"));
}

#[tokio::test]
async fn the_export_has_the_filtered_rows() {
    let dashboard = Dashboard::start().await.ready().await;
    let (ana, farah) = (
        dashboard.person("ana").await,
        dashboard.person("farah").await,
    );
    ana.preview("storefront/users-api").await;
    ana.preview("payments/ledger").await;
    for (path, kind, file) in [
        ("/audit/export.csv", "text/csv", "gantry-audit.csv"),
        (
            "/audit/export.jsonl",
            "application/jsonl",
            "gantry-audit.jsonl",
        ),
    ] {
        let answer = farah.get(path).await;
        let said = |name| answer.headers()[name].to_str().unwrap();
        assert!(said(header::CONTENT_TYPE).starts_with(kind));
        assert_eq!(
            said(header::CONTENT_DISPOSITION),
            format!("attachment; filename=\"{file}\"")
        );
        assert_eq!(said(header::CACHE_CONTROL), "private, no-store");
    }
    let lines = text(&farah, "/audit/export.jsonl?event=write&q=ledger").await;
    let rows: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows.len(), 1, "{lines}");
    assert_eq!(rows[0]["repository"], "payments/ledger");
    assert_eq!(rows[0]["person_name"], "Ana");
    assert!(rows[0]["hash"].as_str().unwrap().len() == 64 && rows[0]["principal"].is_null());
    let table = text(&farah, "/audit/export.csv?event=write").await;
    assert!(
        table.starts_with("number,time,at,event,outcome,person,"),
        "{table}"
    );
    assert!(table.contains(",write,refused,demo ana,Ana,"), "{table}");
}

#[tokio::test]
async fn no_cell_of_the_export_is_a_formula() {
    let dashboard = Dashboard::start().await.ready().await;
    let farah = dashboard.person("farah").await;
    let hostile = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "a,\"b\"\n=c",
    ];
    for text in hostile {
        let request_origin = RequestOrigin {
            address: None,
            request: text.into(),
        };
        let entry = Entry {
            person: Some((PersonId::new("tests", "x"), text.to_owned())),
            statement: Some(text.to_owned()),
            arguments: vec![("note", text.to_owned())],
            ..Entry::new(Event::LinkMade, Outcome::Done, &request_origin)
        };
        dashboard.audit().append(entry).await.unwrap();
    }
    let table = text(&farah, "/audit/export.csv?event=link-made").await;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), hostile.len());
    for (row, text) in rows.iter().zip(hostile) {
        assert!(
            row.iter()
                .all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])),
            "{row:?}"
        );
        assert!(
            row.iter()
                .any(|cell| cell.replace('\'', "") == text.replace('\'', "")),
            "{row:?}"
        );
    }
}

#[tokio::test]
async fn an_unreadable_row_is_shown_and_exported_as_unreadable() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gantry.db");
    let config = format!("[store]\nurl = \"sqlite://{}\"", file.display());
    let dashboard = Dashboard::with(&config).await.ready().await;
    let (ana, farah) = (
        dashboard.person("ana").await,
        dashboard.person("farah").await,
    );
    ana.preview("payments/ledger").await;
    say(
        &file,
        "UPDATE audit SET arguments = 'nonsense' WHERE event = 'write'",
    )
    .await;
    let page = shown(&text(&farah, "/audit").await);
    for said in [
        "payments/ledger",
        "unreadable",
        "hold values that Gantry did not write: arguments",
        "signed in",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let lines = text(&farah, "/audit/export.jsonl").await;
    let rows = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let (bad, good): (Vec<_>, Vec<_>) = rows.partition(|row| row["event"] == "write");
    assert!(bad.len() == 1 && !good.is_empty(), "{lines}");
    assert_eq!(bad[0]["unreadable"], serde_json::json!(["arguments"]));
    assert!(good.iter().all(|row| row.get("unreadable").is_none()));
    let table = text(&farah, "/audit/export.csv").await;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.deserialize::<std::collections::HashMap<String, String>>();
    let bad = rows
        .map(Result::unwrap)
        .filter(|row| row["unreadable"] == "arguments");
    assert_eq!(bad.count(), 1, "{table}");
    let said = printed(&verify(&folder.path().display().to_string(), &[]));
    assert!(
        said.contains("BROKEN") && said.contains("its column arguments"),
        "{said}"
    );
}

/// Changes a store without Gantry.
async fn say(file: &std::path::Path, statement: &'static str) {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}", file.display());
    let mut connection = <sqlx::AnyConnection as sqlx::Connection>::connect(&url)
        .await
        .unwrap();
    let done = sqlx::query(statement).execute(&mut connection).await;
    assert!(done.unwrap().rows_affected() > 0);
}

/// A log in a file, and `gantry audit verify` on it.
struct Kept {
    folder: tempfile::TempDir,
    audit: Audit,
}

impl Kept {
    async fn with(rows: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = StoreUrl::file(&folder.path().join("gantry.db"));
        let audit = Audit::new(Store::open(&store).await.unwrap());
        let kept = Self { folder, audit };
        kept.append(rows).await;
        kept
    }

    async fn append(&self, rows: u64) {
        let request_origin = RequestOrigin {
            address: None,
            request: "r".into(),
        };
        for _ in 0..rows {
            let entry = Entry::new(Event::SignIn, Outcome::Done, &request_origin);
            self.audit.append(entry).await.unwrap();
        }
    }

    fn verify(&self, more: &[&str]) -> Output {
        verify(&self.folder.path().display().to_string(), more)
    }
}

fn verify(data_dir: &str, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
    command
        .args(["audit", "verify"])
        .args(more)
        .env("GANTRY__SERVER__DATA_DIR", data_dir)
        .env_remove("GANTRY_CONFIG")
        .output()
        .unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

#[tokio::test]
async fn the_log_is_checked_on_the_command_line() {
    let kept = Kept::with(3).await;
    let whole = kept.verify(&[]);
    let said = printed(&whole);
    assert_eq!(whole.status.code(), Some(0), "{said}");
    assert!(said.contains("3 rows hold together, from 1 to 3"), "{said}");
    let head = said.split("the last of them is ").nth(1).unwrap();
    let head = head.split_whitespace().next().unwrap();
    kept.append(1).await;
    assert_eq!(kept.verify(&["--expect", head]).status.code(), Some(0));
    let other = format!("3:{}", "0".repeat(64));
    let again = kept.verify(&["--expect", &other]);
    assert_eq!(again.status.code(), Some(1));
    assert!(printed(&again).contains("BROKEN: row 3 has another hash"));
    let gone = kept.verify(&["--expect", &format!("9:{}", "0".repeat(64))]);
    assert_eq!(gone.status.code(), Some(1));
    assert!(printed(&gone).contains("the end of the log is gone"));
    assert_eq!(
        kept.verify(&["--expect", "nonsense"]).status.code(),
        Some(2)
    );
}

#[tokio::test]
async fn a_row_that_was_hidden_from_searches_is_reported() {
    let kept = Kept::with(3).await;
    let file = kept.folder.path().join("gantry.db");
    say(&file, "UPDATE audit SET searched = '' WHERE number = 2").await;
    let verified = kept.verify(&[]);
    let said = printed(&verified);
    assert_eq!(verified.status.code(), Some(1), "{said}");
    assert!(
        said.contains("row 2 holds, but a search may not find it"),
        "{said}"
    );
    assert!(
        said.contains("the audit log is whole") && !said.contains("BROKEN"),
        "{said}"
    );
}

#[tokio::test]
async fn a_missing_log_is_not_reported_as_intact() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = verify(&folder.path().display().to_string(), &[]);
    assert_eq!(nowhere.status.code(), Some(1), "{}", printed(&nowhere));
    assert!(printed(&nowhere).contains("cannot be opened"));
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        0,
        "no log was created"
    );
}
