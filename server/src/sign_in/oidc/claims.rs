//! What a provider tells of somebody.

use std::collections::HashMap;

use openidconnect::{
    AdditionalClaims, EmptyExtraTokenFields, IdTokenClaims, IdTokenFields, StandardTokenResponse,
    UserInfoClaims,
    core::{
        CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Claims beyond the standard ones, by name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Claims(pub(super) HashMap<String, Value>);

impl AdditionalClaims for Claims {}

type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

pub(super) type IdToken = openidconnect::IdToken<
    Claims,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

pub(super) type IdClaims = IdTokenClaims<Claims, CoreGenderClaim>;

pub(super) type TokenResponse = StandardTokenResponse<Fields, CoreTokenType>;

pub(super) type UserInfo = UserInfoClaims<Claims, CoreGenderClaim>;

/// The most groups of somebody that are kept, and the most bytes of their names: more than any
/// configuration asks for.
const MOST_GROUPS: usize = 1_000;
const LONGEST_GROUP: usize = 256;

/// The groups in a claim: a list of texts, or one text. None where there is no such claim.
pub(in crate::sign_in) fn groups_of(
    claims: &HashMap<String, Value>,
    claim: &str,
) -> Option<Vec<String>> {
    let told = claims.get(claim)?;
    let texts: Vec<&str> = match told {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let fitting = texts
        .into_iter()
        .filter(|text| !text.is_empty() && text.len() <= LONGEST_GROUP);
    Some(fitting.take(MOST_GROUPS).map(str::to_owned).collect())
}

/// What to call somebody: their name, else what they sign in with, else what the provider has.
pub(super) fn name_of(claims: &IdClaims) -> String {
    let name = claims.name().and_then(|name| name.get(None));
    let name = name.map(|name| name.as_str());
    let name = name.or_else(|| claims.preferred_username().map(|name| name.as_str()));
    let name = name.or_else(|| claims.email().map(|email| email.as_str()));
    shown_name(name.unwrap_or(claims.subject().as_str()))
}

/// Whether a text can name somebody. Source: "sub" in OpenID Connect Core 1.0, section 2.
pub(in crate::sign_in) fn is_subject(text: &str) -> bool {
    (1..=255).contains(&text.len()) && !text.chars().any(char::is_control)
}

/// A name as the header can show it: without what would reorder or hide the rest.
pub(in crate::sign_in) fn shown_name(name: &str) -> String {
    let plain = model::marked(name).filter(|(_, hides)| !hides);
    plain.map(|(c, _)| c).take(100).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests {
    use serde_json::json;

    use super::*;

    fn groups(told: Value) -> Option<Vec<String>> {
        let claims = serde_json::from_value(json!({ "groups": told })).unwrap();
        groups_of(&claims, "groups")
    }

    #[test]
    fn groups_are_a_list_of_texts_or_one() {
        assert_eq!(groups(json!(["a", "b c"])).unwrap(), ["a", "b c"]);
        assert_eq!(
            groups(json!("storefront, checkout")).unwrap(),
            ["storefront, checkout"]
        );
        // A list of anything else names no group, and must not name one by accident.
        let none: [&str; 0] = [];
        assert_eq!(
            groups(json!([1, null, {"a": "b"}, ["c"], ""])).unwrap(),
            none
        );
        assert_eq!(groups(json!({"a": true})).unwrap(), none);
        assert_eq!(groups_of(&HashMap::new(), "groups"), None);
    }

    #[test]
    fn nobody_is_named_by_nothing_or_by_what_cannot_be_stored() {
        assert!(is_subject("auth0|5f7c8ec7c33c6c004bbafe82"));
        for none in ["", "a\u{0}", "a\nb", &"x".repeat(256)] {
            assert!(!is_subject(none), "{none}");
        }
        assert_eq!(shown_name("A\u{202e}na\u{7}"), "Ana");
    }

    #[test]
    fn what_is_too_much_is_left_out() {
        let many: Vec<_> = (0..5_000).map(|number| number.to_string()).collect();
        assert_eq!(groups(json!(many)).unwrap().len(), MOST_GROUPS);
        assert!(groups(json!("x".repeat(300))).unwrap().is_empty());
    }
}
