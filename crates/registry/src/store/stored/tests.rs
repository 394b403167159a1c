//! The simple formats stay as they are.

#![expect(
    clippy::unwrap_used,
    reason = "a text that cannot be read is a failed test"
)]

use model::{
    Problem,
    audit::{Event, Outcome},
    link::LinkMoment,
};

use super::*;

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn groups_are_a_list_of_texts() {
    for (groups, text) in [
        (owned(&[]), "[]"),
        (
            owned(&["storefront", "on-call \"A\" é\\", "<b>\n"]),
            r#"["storefront","on-call \"A\" é\\","<b>\n"]"#,
        ),
    ] {
        assert_eq!(groups::write(&groups).as_str(), text);
        assert_eq!(groups::read(text).unwrap(), groups);
    }
    for text in ["", "null", "{}", "[1]", "storefront"] {
        assert!(groups::read(text).is_err(), "{text}");
    }
}

#[test]
fn arguments_are_a_list_of_pairs() {
    let pairs = [("tag", "prod"), ("note", "\"é\\\n"), ("shows", "")];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    for (arguments, text) in [
        (&[][..], "[]"),
        (
            &pairs[..],
            r#"[["tag","prod"],["note","\"é\\\n"],["shows",""]]"#,
        ),
    ] {
        assert_eq!(arguments::write(arguments).as_str(), text);
        assert_eq!(arguments::read(text).unwrap(), arguments);
    }
    for text in ["", "null", "{}", r#"[["tag"]]"#] {
        assert!(arguments::read(text).is_err(), "{text}");
    }
}

/// Words may be added, and none that is here may change: rows hold them.
#[test]
fn words_in_columns_stay_what_they_were() {
    let moments = ["frozen", "live", "both"];
    assert!(moments.iter().all(|word| LinkMoment::parse(word).is_some()));
    for word in [
        "sign-in",
        "sign-out",
        "link-made",
        "link-viewed",
        "link-revoked",
        "write",
        "policy-changed",
        "tag-moved",
        "audit-cut",
    ] {
        assert!(Event::parse(word).is_some(), "{word}");
    }
    for word in ["begun", "done", "refused", "failed"] {
        assert!(Outcome::parse(word).is_some(), "{word}");
    }
    let problems = [
        (Problem::Throttled, "throttled"),
        (Problem::HostDenied, "host-denied"),
        (Problem::Credentials, "credentials"),
        (Problem::Unreachable, "unreachable"),
        (Problem::Failing, "failing"),
        (Problem::Gone, "gone"),
        (Problem::Malformed, "malformed"),
        (Problem::Unexpected, "unexpected"),
    ];
    for (problem, word) in problems {
        assert_eq!(problem.as_str(), word);
    }
}
