//! Tests of the texts, and of the code that the build generates from them.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failure fails the test"
)]

#[path = "../../build/catalog.rs"]
mod catalog;
#[path = "../../build/check.rs"]
mod check;
mod complete;
#[path = "../../build/languages.rs"]
mod languages;
mod mechanism;
#[path = "../../build/rust.rs"]
mod rust;
mod used;
mod wording;

use catalog::Catalog;
use languages::LANGUAGES;

/// The texts of all languages, English first.
fn catalogs() -> Vec<Catalog> {
    let read = |language: &'static languages::Language| {
        let path = format!("{}/{}.ftl", env!("CARGO_MANIFEST_DIR"), language.tag);
        Catalog::read(&std::fs::read_to_string(path).unwrap(), language).0
    };
    LANGUAGES.iter().map(read).collect()
}
