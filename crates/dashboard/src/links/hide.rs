//! Hides what a link does not show unless its creator chose to.
//!
//! Hidden values are searched in each text as it was pushed, before anything is cut or removed: a
//! part of a hidden value would not be found.

mod accounts;
mod values;

use std::collections::BTreeSet;

use model::{
    AccountId,
    link::{LinkShows, Shared, SharedView},
};

pub(super) use self::accounts::{accounts_in, hide_accounts};
use store::StoreError;

use self::{
    accounts::zeroed,
    values::{Found, Values},
};
use super::{
    cut,
    walk::{Text, Visitor, walk},
};

/// Prepares a view for a link: removes hidden values, and cuts it for a small page. `accounts` are
/// the account IDs of the registry and of all configured principals.
///
/// # Errors
/// Never: a name with other digits is still a valid name.
pub(super) fn prepare(
    mut view: SharedView,
    shows: LinkShows,
    accounts: &BTreeSet<AccountId>,
) -> Result<Shared, StoreError> {
    // A variable may be in the part of the list that is cut off, and its value may be repeated
    // elsewhere.
    let mut found = Found::default();
    walk(&mut view, &mut found);
    let mut shared = cut::roughly(view);
    let mut hider = Hider {
        values: (!shows.environment).then(|| found.values()),
        accounts: (!shows.accounts).then(|| accounts.clone()),
    };
    walk(&mut shared.view, &mut hider);
    if let Some(accounts) = hider.accounts {
        shared = hide_accounts(&shared, &accounts)?;
    }
    Ok(cut::finely(shared))
}

/// Hides more in a view that was prepared when the link was allowed to show more. If not all values
/// are known as they were pushed, all texts that may contain them are hidden.
///
/// # Errors
/// As [`prepare`].
pub(super) fn hide_again(
    mut shared: Shared,
    showed: LinkShows,
    shows: LinkShows,
    accounts: &BTreeSet<AccountId>,
) -> Result<Shared, StoreError> {
    if showed == shows {
        return Ok(shared);
    }
    let mut found = Found::in_what_was_prepared(&shared);
    walk(&mut shared.view, &mut found);
    let mut hider = Hider {
        values: (showed.environment && !shows.environment).then(|| found.values()),
        accounts: (showed.accounts && !shows.accounts).then(|| accounts.clone()),
    };
    walk(&mut shared.view, &mut hider);
    match hider.accounts {
        Some(accounts) => hide_accounts(&shared, &accounts),
        None => Ok(shared),
    }
}

/// Hides values in texts that were cut roughly. None means that this kind of value is shown.
struct Hider {
    values: Option<Values>,
    /// The known account IDs, and those found on the way in pushed content.
    accounts: Option<BTreeSet<AccountId>>,
}

impl Visitor for Hider {
    fn text(&mut self, what: Text, text: &mut String) {
        let mut hidden = match (&self.values, what) {
            (Some(_), Text::Value | Text::Remark) => return text.clear(),
            (Some(_), Text::Step) => return *text = instruction(text).to_owned(),
            (Some(values), Text::Pushed) => values.bytes_in(text),
            (Some(values), Text::Identity) => values.bytes_in_identity(text),
            (None, _) | (_, Text::Reported | Text::Variable) => vec![false; text.len()],
        };
        if let Some(accounts) = &mut self.accounts {
            accounts.extend(accounts_in(text));
            // The text keeps its length, so that `hidden` still matches.
            *text = zeroed(text, |digits| digits.len() == 12);
            hidden[cut_number(text)..].fill(true);
        }
        *text = without(text, &hidden);
    }
}

/// Where a number begins that was cut at the end of the text: it may be the start of an account ID.
/// Otherwise, the end of the text.
fn cut_number(text: &str) -> usize {
    let left = text.strip_suffix('…');
    let left = left.map(|left| left.trim_end_matches(|c: char| c.is_ascii_digit()));
    left.map_or(text.len(), str::len)
}

/// Replaces each hidden range of a text with an ellipsis.
fn without(text: &str, hidden: &[bool]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut before = false;
    for (at, c) in text.char_indices() {
        match (before, hidden[at]) {
            (_, false) => left.push(c),
            (false, true) => left.push('…'),
            (true, true) => {}
        }
        before = hidden[at];
    }
    left
}

/// The instruction of a build step, as builders write it: `RUN |1 TOKEN=x /bin/sh -c make`,
/// `/bin/sh -c #(nop)  ENV TOKEN=x`, `/bin/sh -c make`. Any other word could be a value.
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

#[cfg(test)]
mod tests;
