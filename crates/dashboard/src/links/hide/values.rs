//! The values of environment variables, and where else they occur.

use std::{collections::BTreeMap, ops::Range};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use ecr::content::MAX_ENTRIES;
use model::link::{HIDDEN_ACCOUNT, Shared, SharedPart};

use super::{
    super::walk::{Text, Visitor},
    cut,
};

/// Values with fewer characters are common words that reveal nothing, such as `1` or `on`. They
/// stay.
const SHORTEST: usize = 4;

/// Values with fewer characters may be part of many words. They are removed only where they are
/// separate words.
const TELLING: usize = 8;

/// The last words of variable names that describe an image. Such a value is shown in the labels
/// with which the image describes itself ([`Text::Identity`]).
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

/// Words in the names of variables that hold secrets, whatever the other words are.
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
    /// Each value once, and whether all variables with this value have plain names. A long value is
    /// reduced to its start, with the length of a text's margin.
    starts: BTreeMap<String, bool>,
    /// Whether the name of the next variable is plain.
    is_plain: bool,
    /// Whether there may be more values than were read.
    is_part: bool,
    /// Whether a value may differ from the pushed one: cut, or without its account IDs.
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
    /// The empty state for a view that was already prepared for a small page.
    pub(super) fn in_what_was_prepared(shared: &Shared) -> Self {
        Self {
            is_part: shared.more_of(SharedPart::Environment) > 0,
            was_prepared: true,
            ..Self::default()
        }
    }

    /// Builds the search for these values.
    pub(super) fn values(self) -> Values {
        let lengths = self.starts.keys().map(|start| start.chars().count());
        let lengths = lengths.collect();
        let plain = self.starts.values().copied().collect();
        // The other kinds need more memory for pushed content.
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

/// Finds values in other pushed content.
pub(super) struct Values {
    /// None if not all values are known.
    finder: Option<AhoCorasick>,
    /// The length of each value, in characters.
    lengths: Vec<usize>,
    /// Whether each value only occurs in variables with plain names.
    plain: Vec<bool>,
}

impl Values {
    /// Which bytes of a text belong to a value. If not all values are known, all bytes may. If the
    /// text was cut, the bytes before the cut may be the start of a value.
    pub(super) fn bytes_in(&self, text: &str) -> Vec<bool> {
        self.bytes_of(text, |_| true)
    }

    /// The same for a text with which the image describes itself: a value of a plainly named
    /// variable stays.
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
        // A value can be inside another one, or overlap it.
        let found = finder.find_overlapping_iter(text);
        for found in found.filter(|found| hides(found.pattern().as_usize())) {
            match self.lengths[found.pattern()] {
                ..TELLING => words.push(found.range()),
                TELLING..cut::MARGIN => hidden[found.range()].fill(true),
                // The end of a long value is unknown.
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

/// Whether the name of a variable says that it holds a version, name, commit or source, and not a
/// secret.
fn is_plain_name(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let mut words = name.split('_');
    let last = words.clone().next_back().unwrap_or_default();
    PLAIN.contains(&last) && !words.any(|word| SECRET.contains(&word))
}

/// Whether a value may be a version, name, commit or URL and nothing else. It must be completely
/// known, and must not contain the user or query of a URL.
fn is_plain_value(value: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._+-/:".contains(c);
    value.len() < cut::MARGIN && value.chars().all(plain)
}

/// Where the margin of a text begins, if the text was cut. Otherwise, the end of the text.
fn margin(text: &str) -> usize {
    let Some(left) = text.strip_suffix('…') else {
        return text.len();
    };
    let mut last = left.char_indices().rev();
    last.nth(cut::MARGIN - 1).map_or(0, |(at, _)| at)
}

/// Whether no visible letter or digit is next to a word.
fn is_alone(text: &str, hidden: &[bool], word: &Range<usize>) -> bool {
    let before = text[..word.start].char_indices().next_back();
    let after = text[word.end..].chars().next().map(|c| (word.end, c));
    let beside = [before, after].into_iter().flatten();
    beside
        .filter(|(at, _)| !hidden[*at])
        .all(|(_, c)| !c.is_alphanumeric())
}
