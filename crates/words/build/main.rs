//! Reads the texts (`en.ftl`, `zh.ftl` …) and writes a Rust method for each.
//!
//! English is complete and determines the values that a text takes. If another language lacks a text, the English one
//! is used, and the build says how many texts are missing.

mod catalog;
mod check;
mod languages;
mod rust;

use std::{env, error::Error, fs, path::Path};

use catalog::Catalog;
use check::check;
use languages::LANGUAGES;

#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "cargo passes variables to a build script, and reads its output"
)]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build");
    let mut catalogs = Vec::new();
    let mut faults = Vec::new();
    for language in LANGUAGES {
        // A build script runs in its package's folder.
        let path = format!("{}.ftl", language.tag);
        println!("cargo::rerun-if-changed={path}");
        let source = fs::read_to_string(&path).map_err(|why| format!("{path}: {why}"))?;
        let (catalog, wrong) = Catalog::read(&source, language);
        catalogs.push(catalog);
        faults.extend(wrong);
    }
    let (english, others) = catalogs.split_first_mut().ok_or("there is no language")?;
    faults.extend(check(english, others));
    if !faults.is_empty() {
        for fault in faults {
            println!("cargo::error={fault}");
        }
        return Ok(());
    }
    let all = english.texts().count();
    for other in others.iter() {
        let (tag, missing) = (other.language.tag, other.missing(english).len());
        if missing > 0 {
            println!(
                "cargo::warning={tag}.ftl: {missing} of {all} texts are missing, and stay English"
            );
        }
    }
    let out = env::var("OUT_DIR")?;
    fs::write(
        Path::new(&out).join("texts.rs"),
        rust::texts(english, others)?,
    )?;
    Ok(())
}
