//! The simple formats never change.

#![expect(
    clippy::unwrap_used,
    reason = "a text that cannot be read is a failed test"
)]

use model::{
    Problem, SignInProblem,
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

/// Rows contain these words. You can add words, also to this list. Never change a word in this
/// list.
#[test]
fn words_in_columns_do_not_change() {
    let moments = LinkMoment::ALL.map(LinkMoment::as_str);
    assert_eq!(moments, ["both", "frozen", "live"]);
    let events: Vec<_> = Event::ALL.iter().map(|event| event.as_str()).collect();
    assert_eq!(
        events,
        [
            "sign-in",
            "sign-out",
            "sessions-ended",
            "link-made",
            "link-viewed",
            "link-revoked",
            "write",
            "policy-changed",
            "tag-moved",
            "tags-unwatched",
            "audit-cut",
        ]
    );
    let outcomes: Vec<_> = Outcome::ALL.iter().map(|it| it.as_str()).collect();
    assert_eq!(outcomes, ["begun", "done", "refused", "failed"]);
    // Arguments of rows: why a write failed, and why a sign-in was refused.
    for (problem, word) in [
        (Problem::Throttled, "throttled"),
        (Problem::HostDenied, "host-denied"),
        (Problem::Credentials, "credentials"),
        (Problem::Unreachable, "unreachable"),
        (Problem::Failing, "failing"),
        (Problem::Gone, "gone"),
        (Problem::Malformed, "malformed"),
        (Problem::Unexpected, "unexpected"),
    ] {
        assert_eq!(problem.as_str(), word);
    }
    let problems: Vec<_> = SignInProblem::ALL.iter().map(|it| it.as_str()).collect();
    assert_eq!(
        problems,
        [
            "denied", "expired", "state", "token", "provider", "limited", "ended"
        ]
    );
}
