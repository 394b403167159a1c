//! Gantry reads every version that was ever written, and writes the newest one unchanged.
//!
//! The files in `tests/golden/frozen/` hold one stored text per line. Never change them: a release
//! wrote these texts, and this code must still read them.

#![expect(
    clippy::unwrap_used,
    reason = "a text that cannot be read is a failed test"
)]

mod examples;

use model::link::Shared;

use super::*;

macro_rules! golden {
    ($version:literal, $kind:literal) => {
        include_str!(concat!(
            "../../../tests/golden/frozen/v",
            $version,
            "/",
            $kind,
            ".jsonl"
        ))
    };
}

/// What each version wrote, and what it represents.
fn versions() -> [(u32, &'static str, Vec<Shared>); 16] {
    use examples::*;
    [
        (1, golden!("1", "repository"), repositories()),
        (1, golden!("1", "tag"), tags()),
        (1, golden!("1", "image"), images()),
        (2, golden!("2", "repository"), repositories()),
        (2, golden!("2", "settings"), repositories_without_settings()),
        (2, golden!("2", "tag"), tags()),
        (2, golden!("2", "image"), images()),
        (2, golden!("2", "added"), images_with_what_was_added()),
        (2, golden!("2", "then"), with_the_tags_of_then()),
        (2, golden!("2", "scans"), scans_told_apart()),
        (2, golden!("2", "seen"), as_seen_before()),
        (2, golden!("2", "archived"), with_archived_images()),
        (2, golden!("2", "often"), that_moved_often()),
        (2, golden!("2", "config"), images_with_a_health_check()),
        (2, golden!("2", "versions"), with_versions_in_the_history()),
        (2, golden!("2", "inner"), images_with_an_inner_index()),
    ]
}

#[test]
fn every_version_ever_written_is_read() {
    for (version, written, expected) in versions() {
        assert_eq!(written.lines().count(), expected.len());
        for (line, expected) in written.lines().zip(expected) {
            assert_eq!(read(line).unwrap(), expected, "version {version}");
        }
    }
}

#[test]
fn the_newest_version_is_written_unchanged() {
    for (_, written, examples) in versions().into_iter().filter(|it| it.0 == NEWEST) {
        for (line, example) in written.lines().zip(examples) {
            assert_eq!(write(example).unwrap().as_str(), line);
        }
    }
}

/// The previous release knew neither field. It reads the same text without them.
#[test]
fn the_previous_release_reads_an_unknown_scan_as_none() {
    let written = write(examples::scans_told_apart().remove(0)).unwrap();
    let text = written.as_str();
    assert!(
        text.contains(r#""scan":"None","scan_unknown":"Unreadable""#),
        "{text}"
    );
}

#[test]
fn every_version_has_golden_files() {
    for version in 1..=NEWEST {
        assert!(versions().iter().any(|it| it.0 == version), "{version}");
    }
}

#[test]
fn a_version_from_a_newer_release_is_reported() {
    let error = read(r#"{"version":3,"something":"else"}"#).unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::NewerFormat {
                found: 3,
                known: NEWEST,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(error.to_string().contains("newer version of Gantry"));
}

#[test]
fn an_invalid_text_is_reported_as_unreadable() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"version":0}"#,
        r#"{"version":-1}"#,
        r#"{"version":"2"}"#,
        r#"{"version":2}"#,
        r#"{"version":2,"view":{"Tag":{}},"more":[]}"#,
        r#"{"view":{"Chart":{}},"more":[]}"#,
    ] {
        let error = read(text).unwrap_err();
        assert!(
            matches!(error, StoreError::Malformed(_)),
            "{text}: {error:?}"
        );
    }
    // A name that the current grammar does not allow.
    let (_, written, _) = &versions()[1];
    let text = written
        .lines()
        .next()
        .unwrap()
        .replace("\"retail\"", "\"RETAIL\"");
    assert!(matches!(read(&text), Err(StoreError::Malformed(_))));
}
