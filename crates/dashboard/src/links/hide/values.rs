//! The values of environment variables, and where else they stand.

use std::{collections::BTreeMap, ops::Range};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use ecr::content::MAX_ENTRIES;
use model::link::{HIDDEN_ACCOUNT, Shared, SharedPart};

use super::{
    super::walk::{Text, Visitor},
    cut,
};

/// A value of fewer characters is a word that tells nothing where it stands: `1`, `on`. It is left.
const SHORTEST: usize = 4;

/// A value of fewer characters may be part of many words. It is taken out where it is one of its own.
const TELLING: usize = 8;

/// The last words of the names of variables that say what an image is. Such a value is shown where the image
/// says the same of itself ([`Text::Identity`]).
const PLAIN: [&str; 13] = [
    "VERSION",
    "RELEASE",
    "BUILD",
    "TAG",
    "NAME",
    "TITLE",
    "SERVICE",
    "REVISION",
    "COMMIT",
    "SHA",
    "SOURCE",
    "REPOSITORY",
    "REPO",
];

/// Words of names of variables that hold secrets, whatever stands beside them.
const SECRET: [&str; 14] = [
    "TOKEN",
    "KEY",
    "SECRET",
    "SECRETS",
    "PASSWORD",
    "PASSWD",
    "PASS",
    "PWD",
    "PIN",
    "AUTH",
    "CREDENTIAL",
    "CREDENTIALS",
    "PRIVATE",
    "USER",
];

/// The values of a view.
#[derive(Default)]
pub(super) struct Found {
    /// Each once, and whether every variable that has it says plainly what the image is. Of a long one its
    /// beginning: as many characters as a text's margin.
    starts: BTreeMap<String, bool>,
    /// Whether the name of the variable that comes next is such a plain one.
    is_plain: bool,
    /// There may be more than were read.
    is_part: bool,
    /// Whether a value may not be as it was pushed: cut, or without the account ids in it.
    was_prepared: bool,
}

impl Visitor for Found {
    fn list<T>(&mut self, part: SharedPart, list: &mut Vec<T>) {
        self.is_part |= part == SharedPart::Environment && list.len() >= MAX_ENTRIES;
    }

    fn incomplete(&mut self, part: SharedPart) {
        self.is_part |= part == SharedPart::Environment;
    }

    fn text(&mut self, what: Text, text: &mut String) {
        if what == Text::Variable {
            self.is_plain = is_plain_name(text);
        }
        let is_changed = |text: &str| text.ends_with('…') || text.contains(HIDDEN_ACCOUNT);
        self.is_part |= self.was_prepared && what == Text::Value && is_changed(text);
        let start: String = text.chars().take(cut::MARGIN).collect();
        if what == Text::Value && start.chars().count() >= SHORTEST {
            let is_plain = self.is_plain && is_plain_value(text);
            *self.starts.entry(start).or_insert(true) &= is_plain;
        }
    }
}

impl Found {
    /// Nothing yet, for a view that was prepared for a small page already.
    pub(super) fn in_what_was_prepared(shared: &Shared) -> Self {
        Self {
            is_part: shared.more_of(SharedPart::Environment) > 0,
            was_prepared: true,
            ..Self::default()
        }
    }

    /// What finds them.
    pub(super) fn values(self) -> Values {
        let lengths = self.starts.keys().map(|start| start.chars().count());
        let lengths = lengths.collect();
        let plain = self.starts.values().copied().collect();
        // The other kinds take more memory for what somebody pushed.
        let finder = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(self.starts.keys());
        Values {
            finder: finder.ok().filter(|_| !self.is_part),
            lengths,
            plain,
        }
    }
}

/// Finds values in what else was pushed.
pub(super) struct Values {
    /// None where not all of them are known.
    finder: Option<AhoCorasick>,
    /// The characters of each.
    lengths: Vec<usize>,
    /// Whether each says plainly what the image is.
    plain: Vec<bool>,
}

impl Values {
    /// Which bytes of a text belong to a value. Where not all values are known, all may; and where the
    /// text was cut, those before the cut may be the beginning of one.
    pub(super) fn bytes_in(&self, text: &str) -> Vec<bool> {
        self.bytes_of(text, |_| true)
    }

    /// The same in what the image says of itself: a value that says the same in its variable is left.
    pub(super) fn bytes_in_identity(&self, text: &str) -> Vec<bool> {
        self.bytes_of(text, |pattern| !self.plain[pattern])
    }

    fn bytes_of(&self, text: &str, hides: impl Fn(usize) -> bool) -> Vec<bool> {
        let Some(finder) = &self.finder else {
            return vec![true; text.len()];
        };
        let mut hidden = vec![false; text.len()];
        hidden[margin(text)..].fill(true);
        let mut words = Vec::new();
        // One value may stand within another, or begin where another ends.
        let found = finder.find_overlapping_iter(text);
        for found in found.filter(|found| hides(found.pattern().as_usize())) {
            match self.lengths[found.pattern()] {
                ..TELLING => words.push(found.range()),
                TELLING..cut::MARGIN => hidden[found.range()].fill(true),
                // Where it ends is not known.
                cut::MARGIN.. => hidden[found.start()..].fill(true),
            }
        }
        words.retain(|word| is_alone(text, &hidden, word));
        for word in words {
            hidden[word].fill(true);
        }
        hidden
    }
}

/// Whether the name of a variable says that it holds a version, name, commit or source, and no secret.
fn is_plain_name(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let mut words = name.split('_');
    let last = words.clone().next_back().unwrap_or_default();
    PLAIN.contains(&last) && !words.any(|word| SECRET.contains(&word))
}

/// Whether a value may be a version, name, commit or address, and nothing but that: it is known whole, and
/// holds no user or query of an address.
fn is_plain_value(value: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._+-/:".contains(c);
    value.len() < cut::MARGIN && value.chars().all(plain)
}

/// Where the margin begins of a text that was cut; else where the text ends.
fn margin(text: &str) -> usize {
    let Some(left) = text.strip_suffix('…') else {
        return text.len();
    };
    let mut last = left.char_indices().rev();
    last.nth(cut::MARGIN - 1).map_or(0, |(at, _)| at)
}

/// Whether no letter or digit that is shown stands beside a word.
fn is_alone(text: &str, hidden: &[bool], word: &Range<usize>) -> bool {
    let before = text[..word.start].char_indices().next_back();
    let after = text[word.end..].chars().next().map(|c| (word.end, c));
    let beside = [before, after].into_iter().flatten();
    beside
        .filter(|(at, _)| !hidden[*at])
        .all(|(_, c)| !c.is_alphanumeric())
}
