//! Complete languages.

use crate::catalogs;

/// Other languages may fall back to English until their translation is complete.
const COMPLETE: [&str; 2] = ["en", "zh"];

#[test]
fn complete_languages_have_every_text() {
    let catalogs = catalogs();
    let english = catalogs.first().unwrap();
    for catalog in catalogs
        .iter()
        .filter(|it| COMPLETE.contains(&it.language.tag))
    {
        let missing = catalog.missing(english);
        assert!(
            missing.is_empty(),
            "{}.ftl lacks {missing:#?}",
            catalog.language.tag
        );
    }
}

#[test]
fn every_language_keeps_the_order_of_english() {
    let catalogs = catalogs();
    let english = catalogs.first().unwrap();
    for catalog in &catalogs {
        let has = |id: &&String| catalog.text(id).is_some();
        let expected: Vec<_> = english
            .texts()
            .map(|(_, text)| &text.id)
            .filter(has)
            .collect();
        let order: Vec<_> = catalog.texts().map(|(_, text)| &text.id).collect();
        let differs = order
            .iter()
            .zip(&expected)
            .find(|(is, wanted)| is != wanted);
        assert_eq!(
            differs, None,
            "in {}.ftl: what is there, and what is next in English",
            catalog.language.tag
        );
    }
}
