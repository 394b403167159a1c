//! Checks that the program shows every text, and that the server's answers come from texts.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{catalogs, rust::struct_name};

/// The Rust sources in a folder of the workspace.
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

/// Whether the source calls a method or refers to it: `.title()`, `PullTexts::title`.
fn names(source: &str, method: &str) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    source.match_indices(method).any(|(at, _)| {
        let (before, after) = (&source[..at], &source[at + method.len()..]);
        (before.ends_with('.') || before.ends_with("::")) && !after.starts_with(is_word)
    })
}

/// The string literals of a source, without tests and comments, and without line continuations.
fn literals(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut letters = code.chars().peekable();
    let mut found = Vec::new();
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => {
                letters.by_ref().find(|letter| *letter == '\n');
            }
            // A quotation mark as a character.
            '\'' if letters.peek() == Some(&'"') => drop(letters.next()),
            '"' => {
                let mut literal = String::new();
                while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
                    match (letter, letters.peek()) {
                        ('\\', Some('\n')) => {
                            while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
                        }
                        ('\\', _) => literal.extend(letters.next().filter(|letter| *letter != 'n')),
                        _ => literal.push(letter),
                    }
                }
                found.push(literal);
            }
            _ => {}
        }
    }
    found
}

/// Whether a literal is a sentence for people: it begins with a capital letter and ends with a full stop, as no log
/// message does.
fn is_sentence(literal: &str) -> bool {
    let words = literal.split_whitespace().count();
    literal.starts_with(char::is_uppercase) && literal.ends_with(['.', '?', '!']) && words > 2
}

#[test]
fn the_servers_answers_come_from_texts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../server/src");
    let mut paths = Vec::new();
    for folder in ["routes", "middleware"] {
        sources(&root.join(folder), &mut paths);
    }
    assert!(!paths.is_empty());
    let found = paths.iter().flat_map(|path| {
        let literals = literals(&fs::read_to_string(path).unwrap()).into_iter();
        literals
            .filter(|literal| is_sentence(literal))
            .map(move |literal| (path, literal))
    });
    let found: Vec<_> = found.collect();
    assert!(
        found.is_empty(),
        "write these in en.ftl and answer with them by `plain::answer`: {found:#?}"
    );
}

#[test]
fn sentences_are_distinguished_from_other_literals() {
    let source = r#"
        // "A comment has no sentences."
        const POLICY: &str = "default-src 'none'; \
                              style-src 'self'";
        info!("a message for the log");
        let quoted = ('"', "Nothing was \"changed\". \
                            Try again.\n");
        #[cfg(test)]
        mod tests { const SAID: &str = "This one is for a test."; }
    "#;
    let literals = literals(source);
    assert_eq!(literals.len(), 3, "{literals:?}");
    let sentences: Vec<_> = literals.iter().filter(|it| is_sentence(it)).collect();
    assert_eq!(sentences, ["Nothing was \"changed\". Try again."]);
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
