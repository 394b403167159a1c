//! Documents that name tests.

use std::{fs, path::Path};

/// Reads every test of the repository into one text.
fn sources(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            if !["target", "node_modules", ".git"].contains(&name) {
                sources(&path, into);
            }
        } else if name.ends_with(".rs") || name.ends_with(".ts") {
            into.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

/// If the test was renamed or deleted, the promise is no longer tested.
#[test]
fn every_test_that_security_md_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut all = String::new();
    sources(root, &mut all);
    let promises = fs::read_to_string(root.join("docs/security.md")).unwrap();
    let quoted = promises.split('`').skip(1).step_by(2);
    let is_test = |word: &&str| {
        let plain = word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        plain && word.matches('_').count() > 2
    };
    let missing: Vec<_> = quoted
        .filter(is_test)
        .filter(|name| !all.contains(&format!("fn {name}")))
        .collect();
    assert_eq!(missing, [""; 0]);
}
