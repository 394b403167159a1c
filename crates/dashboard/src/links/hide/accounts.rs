//! Account IDs, and what replaces them.

use std::collections::{BTreeSet, HashSet};

use model::{AccountId, Digest, Tag, link::HIDDEN_ACCOUNT};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use store::StoreError;

/// The number of digits of an account ID.
const DIGITS: usize = HIDDEN_ACCOUNT.len();

/// Replaces account IDs with zeros, as in [`HIDDEN_ACCOUNT`]: the known ones everywhere, and all
/// others in an ARN or in the host name of a registry. Digests and tags do not change, whatever
/// digits they contain.
///
/// # Errors
/// Never: a name with other digits is still a valid name.
pub(in crate::links) fn hide_accounts<T: Serialize + DeserializeOwned>(
    value: &T,
    accounts: &BTreeSet<AccountId>,
) -> Result<T, StoreError> {
    let mut value = serde_json::to_value(value).map_err(malformed)?;
    let mut named = BTreeSet::new();
    for_each_text(&mut value, &mut |text| named.extend(accounts_in(text)));
    let known = accounts.union(&named).map(AccountId::as_str);
    let known: HashSet<&str> = known.filter(|it| *it != HIDDEN_ACCOUNT).collect();
    let has_known = |digits: &str| {
        let mut starts = 0..=digits.len().saturating_sub(DIGITS);
        starts.any(|at| {
            let window = digits.get(at..at + DIGITS);
            window.is_some_and(|window| known.contains(window))
        })
    };
    for_each_text(&mut value, &mut |text| *text = zeroed(text, has_known));
    serde_json::from_value(value).map_err(malformed)
}

fn malformed(error: serde_json::Error) -> StoreError {
    StoreError::Malformed(error.to_string())
}

/// Visits every text except digests and tags.
pub(super) fn for_each_text(value: &mut Value, visit: &mut impl FnMut(&mut String)) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
        Value::String(text) => visit(text),
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| for_each_text(value, visit)),
        Value::Object(fields) => {
            for (name, value) in fields {
                let exempt = value.as_str().is_some_and(|text| match name.as_str() {
                    "digest" | "index" | "subject" | "Image" => text.parse::<Digest>().is_ok(),
                    "by_tag" | "tag" | "Tag" | "version_tag" => text.parse::<Tag>().is_ok(),
                    _ => false,
                });
                if !exempt {
                    for_each_text(value, visit);
                }
            }
        }
    }
}

/// Replaces the digits to hide with zeros. The text keeps its length. All digits of one run are
/// hidden together, because the zeros could otherwise form another account ID with the digits next
/// to them. The digits of a digest do not change.
pub(super) fn zeroed(text: &str, hides: impl Fn(&str) -> bool) -> String {
    let (mut hidden, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let length = digits.max(digest_at_start(rest)).max(first.len_utf8());
        let (part, after) = rest.split_at(length);
        if digits > 0 && hides(part) {
            hidden.extend(std::iter::repeat_n('0', digits));
        } else {
            hidden.push_str(part);
        }
        rest = after;
    }
    hidden
}

/// The length of the digest that a text begins with.
fn digest_at_start(text: &str) -> usize {
    const LENGTH: usize = "sha256:".len() + 64;
    let start = text.get(..LENGTH).map(str::parse::<Digest>);
    start.map_or(0, |digest| if digest.is_ok() { LENGTH } else { 0 })
}

/// The account IDs that a text identifies as such: in an ARN (`arn:aws:iam::111122223333:role/x`),
/// or before the domain of a registry (`111122223333.dkr.ecr.eu-central-1.amazonaws.com`, or
/// `.dkr-ecr.` for newer ones).
pub(in crate::links) fn accounts_in(text: &str) -> Vec<AccountId> {
    let in_arns = text.match_indices("arn:").filter_map(|(at, _)| {
        let account = text[at..].split(':').nth(4)?;
        let digits = account.find(|c: char| !c.is_ascii_digit());
        AccountId::parse(&account[..digits.unwrap_or(account.len())])
    });
    let hosts = text
        .match_indices(".dkr")
        .filter(|(at, _)| matches!(text.as_bytes().get(at + 4), Some(b'.' | b'-')));
    let in_hosts = hosts.filter_map(|(at, _)| AccountId::parse(text.get(at.checked_sub(12)?..at)?));
    in_arns.chain(in_hosts).collect()
}
