//! How the build reads, checks and generates texts.

use crate::{
    catalog::Catalog,
    check::check,
    languages::{LANGUAGES, Language},
    rust::texts,
};

const ENGLISH: &Language = &LANGUAGES[0];
/// one: i = 1 and v = 0; few: v = 0 and i % 10 = 2..4 and i % 100 != 12..14; many: the other whole numbers.
const POLISH: &Language = &Language {
    tag: "pl",
    name: "polski",
    plurals: &[
        ("one", "1"),
        (
            "few",
            "n if matches!(n % 10, 2..=4) && !matches!(n % 100, 12..=14)",
        ),
        ("many", "_"),
    ],
};

/// The faults that the build reports for these texts, or the Rust code that it generates.
fn built(english: &str, polish: &str) -> Result<String, Vec<String>> {
    let (mut english, mut faults) =
        Catalog::read(&format!("## area: Examples\n{english}"), ENGLISH);
    let (polish, wrong) = Catalog::read(&format!("## area: Examples\n{polish}"), POLISH);
    let mut others = [polish];
    faults.extend(wrong);
    faults.extend(check(&mut english, &mut others));
    if faults.is_empty() {
        Ok(texts(&english, &others).expect("writing to a string never fails"))
    } else {
        Err(faults.iter().map(ToString::to_string).collect())
    }
}

fn faults(english: &str, polish: &str) -> Vec<String> {
    built(english, polish).expect_err("there is something wrong")
}

#[test]
fn a_missing_text_falls_back_to_english() {
    let rust = built("area-title = Title\narea-end = End", "area-end = Koniec").unwrap();
    assert!(
        rust.contains("pub fn title(self) -> &'static str {\n            \"Title\"\n"),
        "{rust}"
    );
    assert!(rust.contains("::model::Locale::Pl => \"Koniec\""), "{rust}");
}

#[test]
fn each_language_uses_its_own_plural_rule() {
    let rust = built(
        "area-all = { $count ->\n  [one] 1 file\n *[other] { $count } files\n }",
        "area-all = { $count ->\n  [one] 1 plik\n  [few] { $count } pliki\n *[many] { $count } plików\n }",
    );
    let rust = rust.unwrap();
    assert!(rust.contains("count: impl crate::Number"), "{rust}");
    assert!(
        rust.contains("match crate::Number::count(count) { 1 => \"1 file\".to_owned(), _ =>"),
        "{rust}"
    );
    assert!(
        rust.contains(
            "n if matches!(n % 10, 2..=4) && !matches!(n % 100, 12..=14) => format!(\"{} pliki\""
        ),
        "{rust}"
    );
}

#[test]
fn a_missing_text_falls_back_with_english_plurals() {
    let english = "area-all = { $count ->\n  [one] 1 file\n *[other] { $count } files\n }";
    let rust = built(english, "").unwrap();
    assert!(!rust.contains("match self.0"), "{rust}");
}

#[test]
fn every_plural_form_needs_a_variant() {
    let said = faults(
        "area-all = { NUMBER($count) }",
        "area-all = { $count ->\n  [one] 1\n *[other] { $count }\n }",
    );
    assert_eq!(
        said,
        [
            "crates/words/pl.ftl:2: `pl` has no plural form [other]",
            "crates/words/pl.ftl:2: `pl` needs a wording for [few]",
            "crates/words/pl.ftl:2: `pl` needs a wording for *[many]",
        ]
    );
}

#[test]
fn all_languages_take_the_same_values() {
    assert_eq!(
        faults("area-by = by { $name }", "\narea-by = przez { $nazwa }"),
        [
            "crates/words/pl.ftl:3: `area-by` does not use $name, as English does",
            "crates/words/pl.ftl:3: `area-by` does not take $nazwa: English does not use it",
        ]
    );
    assert_eq!(
        faults(
            "area-by = by { $name }",
            "area-by = { $name ->\n  [true] a\n *[false] { $name }\n }"
        ),
        ["crates/words/pl.ftl:2: $name is not what it is in the English `area-by`"]
    );
    assert_eq!(
        faults("area-title = Title", "area-titel = Tytuł"),
        ["crates/words/pl.ftl:2: `area-titel` is not in en.ftl"]
    );
}

#[test]
fn several_values_need_a_comment_with_their_order() {
    assert_eq!(
        faults("area-by = { $name } for { $team }", ""),
        [
            "crates/words/en.ftl:2: `area-by` needs a comment that lists what it takes, in order: `# $name, $team`"
        ]
    );
    assert_eq!(
        faults("# $team, $name\narea-by = { $name }", ""),
        ["crates/words/en.ftl:3: `area-by` does not use $team, which its comment lists"]
    );
    let rust = built(
        "# Says who.\n# $team, $name\narea-by = { $name } for { $team }",
        "",
    )
    .unwrap();
    assert!(
        rust.contains("pub fn by(self, team: &str, name: &str) -> String"),
        "{rust}"
    );
}

#[test]
fn a_syntax_error_is_reported_with_its_line() {
    let said = faults(
        "area-title = Title\narea-by = by { $name\narea-end = End",
        "",
    );
    assert!(said[0].starts_with("crates/words/en.ftl:"), "{said:?}");
    assert_eq!(
        faults(
            "area-at = { DATETIME($at) }\nother-title = Title\narea-at = At",
            ""
        ),
        [
            "crates/words/en.ftl:2: only values, NUMBER($value), NUMBER($value, useGrouping: 0), quoted words and \
             wordings that a value selects are supported",
            "crates/words/en.ftl:3: `other-title` is under `area`, so its name must begin with `area-`",
            "crates/words/en.ftl:4: `area-at` is here twice",
        ]
    );
}

#[test]
fn escaped_braces_and_quotes_are_plain_text() {
    let rust = built("area-claim = { \"{\" }{ $claim }{ \"}\" } = \"roles\"", "").unwrap();
    assert!(
        rust.contains(r#"format!("{{{claim}}} = \"roles\"")"#),
        "{rust}"
    );
}
