//! Export of the audit log.

use app::{paths, request::Request as AppRequest};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use dashboard::Refusal;
use futures::{Stream, stream};
use http::{StatusCode, header};
use model::audit::AuditQuery;
use store::{
    StoreError,
    audit::{Export, Record},
};
use words::answers::AnswersTexts;

use super::pages;
use crate::{middleware::plain, state::Shared};

/// How rows are written.
struct Format {
    head: fn() -> anyhow::Result<Vec<u8>>,
    row: fn(&Record) -> anyhow::Result<Vec<u8>>,
    media_type: &'static str,
    file: &'static str,
}

const CSV: Format = Format {
    head: || csv_line(&COLUMNS.map(|column| column.to_owned())),
    row: |record| csv_line(&cells(record).map(|cell| disarmed(&cell))),
    media_type: "text/csv; charset=utf-8; header=present",
    file: "attachment; filename=\"gantry-audit.csv\"",
};

const JSON_LINES: Format = Format {
    head: || Ok(Vec::new()),
    row: |record| {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        Ok(line)
    },
    media_type: "application/jsonl; charset=utf-8",
    file: "attachment; filename=\"gantry-audit.jsonl\"",
};

/// As comma-separated values, for spreadsheets.
pub async fn csv(state: State<Shared>, asks: Extension<AppRequest>, request: Request) -> Response {
    export(&CSV, state, asks, request).await
}

/// As JSON Lines, which hold all that the hashes cover.
pub async fn json_lines(
    state: State<Shared>,
    asks: Extension<AppRequest>,
    request: Request,
) -> Response {
    export(&JSON_LINES, state, asks, request).await
}

/// All rows that match the query, oldest first, with constant memory. A viewer without permission to read the log
/// gets the page for what does not exist.
async fn export(
    format: &'static Format,
    state: State<Shared>,
    Extension(asks): Extension<AppRequest>,
    request: Request,
) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let query = paths::read_query(query, AuditQuery::from_pairs);
    let exported = match &asks.viewer {
        Some(viewer) => asks.gantry.audit.export(viewer, query).await,
        None => Err(Refusal::NotFound),
    };
    match exported {
        Ok(export) => {
            let headers = [
                (header::CONTENT_TYPE, format.media_type),
                (header::CONTENT_DISPOSITION, format.file),
                (header::CACHE_CONTROL, "private, no-store"),
            ];
            (headers, Body::from_stream(written(format, export))).into_response()
        }
        Err(Refusal::Store) => plain::answer(StatusCode::SERVICE_UNAVAILABLE, AnswersTexts::store),
        Err(_) => pages::not_found(state, request).await,
    }
}

/// The response body: the head, then the rows of each page. If the store fails in between, the response breaks off,
/// so that a part is not mistaken for the whole.
fn written(
    format: &'static Format,
    export: Export,
) -> impl Stream<Item = anyhow::Result<Bytes>> + Send + 'static {
    let head = stream::once(async { (format.head)().map(Bytes::from) });
    let pages = stream::try_unfold(export, move |mut export| async move {
        let records = export.next().await.map_err(broken_off)?;
        let mut page = Vec::new();
        for record in &records {
            page.extend((format.row)(record)?);
        }
        Ok((!records.is_empty()).then(|| (Bytes::from(page), export)))
    });
    stream::StreamExt::chain(head, pages)
}

fn broken_off(error: StoreError) -> StoreError {
    tracing::error!(%error, "An export of the audit log ended early");
    error
}

const COLUMNS: [&str; 19] = [
    "number",
    "time",
    "at",
    "event",
    "outcome",
    "person",
    "person_name",
    "team",
    "principal",
    "address",
    "action",
    "registry",
    "repository",
    "arguments",
    "statement",
    "request",
    "previous",
    "hash",
    "unreadable",
];

/// A row's cells, in the order of the columns.
fn cells(record: &Record) -> [String; 19] {
    let perhaps = |text: &Option<String>| text.clone().unwrap_or_default();
    let arguments = record.arguments.iter();
    let arguments: Vec<_> = arguments
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    [
        record.number.to_string(),
        record.at.rfc3339(),
        record.at.0.to_string(),
        record.event.clone(),
        record.outcome.clone(),
        perhaps(&record.person),
        perhaps(&record.person_name),
        perhaps(&record.team),
        perhaps(&record.principal),
        perhaps(&record.address),
        perhaps(&record.action),
        perhaps(&record.registry),
        perhaps(&record.repository),
        arguments.join("; "),
        perhaps(&record.statement),
        record.request.clone(),
        record.previous.clone(),
        record.hash.clone(),
        record.unreadable.join("; "),
    ]
}

/// A cell that a spreadsheet takes as text. If it begins like a formula, an apostrophe is added, both at the start of
/// the cell and after a character that separates cells or lines in other programs. Source: "CSV Injection", OWASP.
fn disarmed(cell: &str) -> String {
    let mut disarmed = String::with_capacity(cell.len() + 1);
    let mut begins = true;
    for c in cell.chars() {
        if begins && begins_formula(c) {
            disarmed.push('\'');
        }
        // Spaces and invisible characters can precede a formula.
        let is_blank = c.is_whitespace() || model::is_hiding(c);
        begins = matches!(c, ';' | '\t' | '\r' | '\n') || (begins && is_blank);
        disarmed.push(c);
    }
    disarmed
}

/// Whether a spreadsheet may read a cell that begins with this character as a formula: the four signs, every
/// character that Unicode's compatibility decomposition maps to one of them, and the control characters that some
/// programs skip.
fn begins_formula(c: char) -> bool {
    let is_sign = matches!(
        c,
        '=' | '⁼'
            | '₌'
            | '﹦'
            | '＝'
            | '+'
            | '⁺'
            | '₊'
            | '﬩'
            | '﹢'
            | '＋'
            | '-'
            | '﹣'
            | '－'
            | '@'
            | '﹫'
            | '＠'
    );
    is_sign || matches!(c, '\t' | '\r' | '\n')
}

fn csv_line(cells: &[String]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells)?;
    Ok(writer.into_inner()?)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{begins_formula, disarmed};

    #[test]
    fn cells_that_begin_like_a_formula_are_text() {
        for (cell, written) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("  @SUM(1)", "  '@SUM(1)"),
            ("INC-4711", "INC-4711"),
            ("note=INC;=1+1", "note=INC;'=1+1"),
            ("a; -1\t+2", "a; '-1\t'+2"),
            ("2026-11-22T01:30:00Z", "2026-11-22T01:30:00Z"),
            ("＝1+1", "'＝1+1"),
            ("\u{3000}＋1", "\u{3000}'＋1"),
            ("\u{200b}=1", "\u{200b}'=1"),
            ("\n=1", "'\n'=1"),
            ("a\r－1", "a\r'－1"),
        ] {
            assert_eq!(disarmed(cell), written);
        }
    }

    #[test]
    fn every_form_of_the_four_signs_is_disarmed_wherever_a_cell_may_begin() {
        let is_sign = |c: char| {
            let mut plain = std::iter::once(c).nfkc();
            matches!(
                (plain.next(), plain.next()),
                (Some('=' | '+' | '-' | '@'), None)
            )
        };
        let signs = ('\0'..=char::MAX).filter(|c| is_sign(*c));
        for sign in signs.chain(['\t', '\r', '\n']) {
            assert!(begins_formula(sign), "{sign:?}");
            for before in [
                "",
                " ",
                "\u{a0}",
                "\u{feff}",
                "a;",
                "a\t",
                "a\r",
                "a\n",
                "a\n \u{ad}",
            ] {
                let written = disarmed(&format!("{before}{sign}1"));
                assert!(written.contains(&format!("'{sign}")), "{before:?} {sign:?}");
            }
        }
    }
}
