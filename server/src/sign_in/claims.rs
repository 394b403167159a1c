//! What a sign-in says about a person.
//!
//! Only the requested claims are typed: providers send dates as texts and texts as lists, and a claim that Gantry
//! does not use must not refuse a sign-in.

use std::collections::BTreeSet;

use model::{ClaimsSeen, GroupsFinding};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::config::{ClaimPath, claim};

/// Claims by name: a JSON object.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Claims(Map<String, Value>);

/// The maximum number of groups that are kept for a person, and the maximum total bytes of their names: more than any
/// configuration needs.
const MOST_GROUPS: usize = 1_000;
const LONGEST_GROUP: usize = 256;

/// The limits for displayed claim names: how many names, how many characters of each, and how deep in nested claims.
const MOST_NAMES: usize = 60;
const LONGEST_NAME: usize = 80;
const DEEPEST: usize = 3;

impl Claims {
    /// The claims in a value, if it is an object.
    pub(super) fn from_value(value: &Value) -> Option<Self> {
        value.as_object().cloned().map(Self)
    }

    /// A claim. A null claim counts as missing.
    ///
    /// Source: OpenID Connect Core 1.0, section 5.3.2.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A text claim.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// A time claim, in seconds since 1970.
    pub(super) fn time(&self, name: &str) -> Option<f64> {
        self.get(name).and_then(Value::as_f64)
    }

    /// The claim that a path leads to.
    pub(super) fn at(&self, path: &ClaimPath) -> Option<&Value> {
        let (first, nested) = path.names().split_first()?;
        nested.iter().try_fold(self.get(first)?, |value, name| {
            value.get(name).filter(|value| !value.is_null())
        })
    }

    /// Whether a claim was left out because it has too many values, and must be fetched separately.
    ///
    /// Source: "Groups overage claim" in "Access token claims reference" of the Microsoft identity platform; OpenID
    /// Connect Core 1.0, section 5.6.2.
    fn leaves_out(&self, path: &ClaimPath) -> bool {
        let elsewhere = self.get("_claim_names").and_then(Value::as_object);
        let has_groups = self.get("hasgroups");
        elsewhere.is_some_and(|names| names.contains_key(path.first()))
            || (path.first() == "groups"
                && has_groups.is_some_and(|has| *has == true || *has == "true"))
    }
}

/// A person's groups, and what was seen where they were looked for. The first of these sources that has the claim
/// counts.
pub(super) fn groups_of(accounts: &[&Claims], path: &ClaimPath) -> (Vec<String>, ClaimsSeen) {
    let found = accounts.iter().find_map(|claims| claims.at(path));
    let groups = found.map(groups_in).unwrap_or_default();
    let is_left_out = || accounts.iter().any(|claims| claims.leaves_out(path));
    let finding = match found {
        Some(_) if !groups.is_empty() => GroupsFinding::Groups,
        Some(Value::Array(values)) if values.is_empty() => GroupsFinding::Empty,
        Some(Value::String(text)) if text.is_empty() => GroupsFinding::Empty,
        Some(_) => GroupsFinding::Unreadable,
        None if is_left_out() => GroupsFinding::TooMany,
        None => GroupsFinding::Absent,
    };
    let mut names = BTreeSet::new();
    for Claims(claims) in accounts {
        add_names(claims, &mut Vec::new(), &mut names);
    }
    let seen = ClaimsSeen {
        claim: path.to_string(),
        finding,
        more: names.len().saturating_sub(MOST_NAMES),
        names: names.into_iter().take(MOST_NAMES).collect(),
    };
    (groups, seen)
}

/// The groups in a claim: a list of texts, or one text.
fn groups_in(claim: &Value) -> Vec<String> {
    let texts: Vec<&str> = match claim {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let fitting = texts
        .into_iter()
        .filter(|text| !text.is_empty() && text.len() <= LONGEST_GROUP);
    fitting.take(MOST_GROUPS).map(str::to_owned).collect()
}

/// Adds the names of claims, each as a configuration would write it. The names come from the sender of the claims, so
/// they are cut and hidden characters are escaped.
fn add_names<'a>(
    claims: &'a Map<String, Value>,
    above: &mut Vec<&'a str>,
    names: &mut BTreeSet<String>,
) {
    for (name, value) in claims {
        above.push(name);
        match value {
            Value::Object(nested) if !nested.is_empty() && above.len() < DEEPEST => {
                add_names(nested, above, names);
            }
            _ => {
                let cut: Vec<_> = above.iter().map(|name| cut(name)).collect();
                names.insert(claim::written(cut.iter().map(String::as_str)));
            }
        }
        above.pop();
    }
}

fn cut(name: &str) -> String {
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// The display name of a person: their name, else what they sign in with, else the provider's ID. The first of these
/// sources that has one counts.
pub(super) fn name_of(accounts: &[&Claims], subject: &str) -> String {
    let names = ["name", "preferred_username", "email"]
        .into_iter()
        .flat_map(|claim| accounts.iter().filter_map(move |it| it.text(claim)));
    let mut shown = names.map(shown_name).filter(|name| !name.trim().is_empty());
    shown.next().unwrap_or_else(|| shown_name(subject))
}

/// Whether a text can identify a person. Source: "sub" in OpenID Connect Core 1.0, section 2.
pub(super) fn is_subject(text: &str) -> bool {
    (1..=255).contains(&text.len()) && !text.chars().any(char::is_control)
}

/// A name for display in the header, without characters that would reorder or hide the rest.
fn shown_name(name: &str) -> String {
    let plain = model::marked(name).filter(|(_, hides)| !hides);
    plain.map(|(c, _)| c).take(100).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(value: Value) -> Claims {
        Claims::from_value(&value).unwrap()
    }

    fn groups(claim: Value) -> (Vec<String>, GroupsFinding) {
        let claims = claims(json!({ "groups": claim }));
        let (groups, seen) = groups_of(&[&claims], &ClaimPath::top("groups"));
        (groups, seen.finding)
    }

    #[test]
    fn groups_are_a_list_of_texts_or_one_text() {
        assert_eq!(groups(json!(["a", "b c"])).0, ["a", "b c"]);
        assert_eq!(
            groups(json!("storefront, checkout")).0,
            ["storefront, checkout"]
        );
        // A list of anything else names no group, and must not name one by accident.
        let none = |finding| (Vec::<String>::new(), finding);
        for unreadable in [
            json!([1, {"a": "b"}, ["c"], ""]),
            json!({"a": true}),
            json!(7),
        ] {
            assert_eq!(groups(unreadable), none(GroupsFinding::Unreadable));
        }
        for empty in [json!([]), json!("")] {
            assert_eq!(groups(empty), none(GroupsFinding::Empty));
        }
        assert_eq!(groups(Value::Null), none(GroupsFinding::Absent));
    }

    #[test]
    fn groups_and_names_over_the_limits_are_left_out() {
        let many: Vec<_> = (0..5_000).map(|number| number.to_string()).collect();
        assert_eq!(groups(json!(many)).0.len(), MOST_GROUPS);
        assert!(groups(json!("x".repeat(300))).0.is_empty());
        let many: Map<_, _> = (0..5_000)
            .map(|number| (format!("{number}{}", "x".repeat(300)), json!(1)))
            .collect();
        let (_, seen) = groups_of(&[&Claims(many)], &ClaimPath::top("groups"));
        assert_eq!(
            (seen.names.len(), seen.more),
            (MOST_NAMES, 5_000 - MOST_NAMES)
        );
        assert!(
            seen.names
                .iter()
                .all(|name| name.chars().count() == LONGEST_NAME + 1)
        );
    }

    #[test]
    fn claim_names_are_shown_as_the_configuration_would_write_them() {
        let claims = claims(json!({
            "realm_access": {"roles": ["a"]},
            "realm_access.roles": [],
            "https://example.com/groups": ["a"],
            "empty": {},
            "gro\u{202e}ups\n\"": 1,
            "deep": {"deeper": {"deepest": {"too": "deep"}}},
        }));
        let (_, seen) = groups_of(&[&claims], &ClaimPath::top("groups"));
        let names: BTreeSet<_> = seen.names.iter().map(String::as_str).collect();
        assert_eq!(
            names,
            BTreeSet::from([
                r#"["realm_access", "roles"]"#,
                "realm_access.roles",
                "https://example.com/groups",
                "empty",
                r#""gro\u202eups\n\"""#,
                r#"["deep", "deeper", "deepest"]"#,
            ])
        );
    }

    #[test]
    fn a_path_leads_into_nested_claims_and_a_text_is_one_name() {
        let claims = claims(json!({
            "realm_access": {"roles": ["nested"]}, "realm_access.roles": ["dotted"], "list": ["a"],
        }));
        let groups = |written: &str| {
            let path = serde_json::from_str(written).unwrap();
            groups_of(&[&claims], &path).0
        };
        assert_eq!(groups(r#"["realm_access", "roles"]"#), ["nested"]);
        assert_eq!(groups(r#""realm_access.roles""#), ["dotted"]);
        for nowhere in [
            r#"["realm_access", "0"]"#,
            r#"["list", "0"]"#,
            r#"["realm_access"]"#,
        ] {
            assert!(groups(nowhere).is_empty(), "{nowhere}");
        }
    }

    #[test]
    fn a_missing_or_invisible_name_falls_back_to_another_one() {
        let token = claims(json!({"name": " ", "email": "ana@example.com"}));
        let more = claims(json!({"name": 7, "preferred_username": "ana"}));
        assert_eq!(name_of(&[&token], "x"), "ana@example.com");
        assert_eq!(name_of(&[&token, &more], "x"), "ana");
        assert_eq!(name_of(&[], "A\u{202e}na\u{7}"), "Ana");
    }

    #[test]
    fn an_empty_subject_or_one_that_cannot_be_stored_is_invalid() {
        assert!(is_subject("auth0|5f7c8ec7c33c6c004bbafe82"));
        for none in ["", "a\u{0}", "a\nb", &"x".repeat(256)] {
            assert!(!is_subject(none), "{none}");
        }
    }
}
