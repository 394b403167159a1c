//! What of the texts the program shows.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{catalogs, rust::struct_name};

/// The Rust sources below a folder of the workspace.
fn sources(below: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// Whether the source calls a method or names it: `.title()`, `PullTexts::title`.
fn names(source: &str, method: &str) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    source.match_indices(method).any(|(at, _)| {
        let (before, after) = (&source[..at], &source[at + method.len()..]);
        (before.ends_with('.') || before.ends_with("::")) && !after.starts_with(is_word)
    })
}

#[test]
fn every_text_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = Vec::new();
    for folder in ["app/src", "server/src", "crates"] {
        sources(&root.join(folder), &mut paths);
    }
    let sources: Vec<String> = paths
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let catalogs = catalogs();
    let mut unused = Vec::new();
    for (area, text) in catalogs.first().unwrap().texts() {
        let texts = struct_name(area);
        if !sources
            .iter()
            .any(|source| source.contains(&texts) && names(source, &text.name))
        {
            unused.push(&text.id);
        }
    }
    assert!(unused.is_empty(), "nothing shows these texts: {unused:#?}");
}
