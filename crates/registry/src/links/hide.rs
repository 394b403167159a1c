//! What a link does not show unless its maker chose to.

use std::collections::BTreeSet;

use model::{
    AccountId, Digest, Tag,
    link::{HIDDEN_ACCOUNT, LinkShows, Shared, SharedView},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    cut,
    walk::{Text, Visitor, walk},
};
use crate::StoreError;

/// A view as a link shows it: what is hidden left out, and cut to a small page. The account ids are
/// those that are known to belong here.
///
/// # Errors
/// Never, as long as names with other digits are names.
pub(super) fn prepare(
    mut view: SharedView,
    shows: LinkShows,
    accounts: &BTreeSet<AccountId>,
) -> Result<Shared, StoreError> {
    // What is to be hidden may stand where it is cut off or hidden itself, and be repeated elsewhere.
    let mut found = Found {
        values: BTreeSet::new(),
        accounts: accounts.clone(),
    };
    walk(&mut view, &mut found);
    let mut shared = cut::roughly(view);
    if !shows.environment {
        walk(&mut shared.view, &mut Hider(found.values));
    }
    if !shows.accounts {
        shared = hide_accounts(&shared, &found.accounts)?;
    }
    Ok(cut::finely(shared))
}

/// A value shorter than this is a word that stands in many places and tells nothing in them: `1`, `true`.
const TELLING: usize = 8;

/// What is to be hidden of a view.
struct Found {
    /// The values of environment variables, or how they begin.
    values: BTreeSet<String>,
    accounts: BTreeSet<AccountId>,
}

impl Visitor for Found {
    fn text(&mut self, what: Text, text: &mut String) {
        self.accounts.extend(accounts_in(text));
        let value: String = text.chars().take(cut::MARGIN).collect();
        if what == Text::Value && value.chars().count() >= TELLING {
            self.values.insert(value);
        }
    }
}

/// Hides the values of environment variables, and takes them out of what repeats them.
struct Hider(BTreeSet<String>);

impl Visitor for Hider {
    fn text(&mut self, what: Text, text: &mut String) {
        match what {
            Text::Told => {}
            Text::Value => text.clear(),
            Text::Step => *text = instruction(text).to_owned(),
            Text::Pushed => self.0.iter().for_each(|value| take_out(text, value)),
        }
    }
}

/// Takes a value out of a text; with one that is only known by how it begins goes all that follows.
fn take_out(text: &mut String, value: &str) {
    let Some(at) = text.find(value) else { return };
    if value.chars().count() < cut::MARGIN {
        *text = text.replace(value, "…");
    } else {
        text.truncate(at);
        text.push('…');
    }
}

/// The instruction of a build step, as builders write them: `RUN |1 TOKEN=x /bin/sh -c make`,
/// `/bin/sh -c #(nop)  ENV TOKEN=x`, `/bin/sh -c make`. Any other word might be a value itself.
fn instruction(step: &str) -> &'static str {
    // Source: "Dockerfile reference", the overview of instructions.
    const INSTRUCTIONS: [&str; 18] = [
        "ADD",
        "ARG",
        "CMD",
        "COPY",
        "ENTRYPOINT",
        "ENV",
        "EXPOSE",
        "FROM",
        "HEALTHCHECK",
        "LABEL",
        "MAINTAINER",
        "ONBUILD",
        "RUN",
        "SHELL",
        "STOPSIGNAL",
        "USER",
        "VOLUME",
        "WORKDIR",
    ];
    let mut words = step.split_whitespace().peekable();
    if words.peek() == Some(&"/bin/sh") {
        match words.find(|word| *word != "/bin/sh" && *word != "-c") {
            Some("#(nop)") => {}
            _ => return "RUN",
        }
    }
    let first = words.next().unwrap_or_default();
    if first.starts_with('|') {
        return "RUN";
    }
    let mut known = INSTRUCTIONS.into_iter();
    known.find(|known| *known == first).unwrap_or("…")
}

/// Puts [`HIDDEN_ACCOUNT`] in place of account ids, wherever they stand: those that are known, and those
/// in an ARN or in the name of a registry's host. Digests and tags are left as they are, whatever digits
/// they have.
///
/// # Errors
/// Never, as long as names with other digits are names.
pub(super) fn hide_accounts<T: Serialize + DeserializeOwned>(
    value: &T,
    accounts: &BTreeSet<AccountId>,
) -> Result<T, StoreError> {
    let mut value = serde_json::to_value(value).map_err(malformed)?;
    let mut known = accounts.clone();
    for_each_text(&mut value, &mut |text| known.extend(accounts_in(text)));
    // Hiding it again would change nothing, for ever.
    known.retain(|account| account.as_str() != HIDDEN_ACCOUNT);
    for_each_text(&mut value, &mut |text| hide(text, &known));
    serde_json::from_value(value).map_err(malformed)
}

fn malformed(error: serde_json::Error) -> StoreError {
    StoreError::Malformed(error.to_string())
}

/// Visits every text, but for digests and tags.
fn for_each_text(value: &mut Value, visit: &mut impl FnMut(&mut String)) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
        Value::String(text) => visit(text),
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| for_each_text(value, visit)),
        Value::Object(fields) => {
            for (name, value) in fields {
                let exempt = value.as_str().is_some_and(|text| match name.as_str() {
                    "digest" | "subject" | "Image" => text.parse::<Digest>().is_ok(),
                    "tag" | "Tag" => text.parse::<Tag>().is_ok(),
                    _ => false,
                });
                if !exempt {
                    for_each_text(value, visit);
                }
            }
        }
    }
}

/// The account ids that a text names as such: in an ARN (`arn:aws:iam::111122223333:role/x`), or before
/// a registry's domain (`111122223333.dkr.ecr.eu-central-1.amazonaws.com`, or `.dkr-ecr.` on newer ones).
pub(super) fn accounts_in(text: &str) -> Vec<AccountId> {
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

/// Hides account ids in a text, but for the digits of digests.
fn hide(text: &mut String, accounts: &BTreeSet<AccountId>) {
    if !accounts
        .iter()
        .any(|account| text.contains(account.as_str()))
    {
        return;
    }
    const START: &str = "sha256:";
    const LENGTH: usize = START.len() + 64;
    let (mut hidden, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find(START) {
        let is_digest = |part: &&str| part.parse::<Digest>().is_ok();
        let digest = rest.get(at..at + LENGTH).filter(is_digest).unwrap_or(START);
        hidden.push_str(&without(&rest[..at], accounts));
        hidden.push_str(digest);
        rest = &rest[at + digest.len()..];
    }
    hidden.push_str(&without(rest, accounts));
    *text = hidden;
}

/// A text without account ids. Zeros in place of one may make up another with what stands beside them,
/// so it is gone over until none is left; each time fewer digits are left that are not zero.
fn without(text: &str, accounts: &BTreeSet<AccountId>) -> String {
    let mut text = text.to_owned();
    while let Some(account) = accounts.iter().find(|it| text.contains(it.as_str())) {
        text = text.replace(account.as_str(), HIDDEN_ACCOUNT);
    }
    text
}

#[cfg(test)]
mod tests;
