//! Whether a tag moves: what was seen, what the repository enforces, and what its name suggests.

mod words;

use serde::{Deserialize, Serialize};

use self::words::{BRANCHES, CHANNELS, RELEASES, VARIANTS};
use crate::Tag;

/// Whether a tag moves, and how Gantry knows.
///
/// A *floating* tag is moved to newer images, a *unique* one never is. AWS's and Azure's guides call floating
/// tags "stable".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TagKind {
    /// The repository does not let it move. Only known with `ecr:DescribeRepositories`.
    Locked,
    /// It has been seen to move.
    Moved,
    /// A guess: its name is of a kind that people move (`prod`, `latest`, `1.4`).
    LooksFloating,
    /// A guess: its name is of a kind that people give to one image (a build number, a commit ID, a date). As far as
    /// is known, it could still move.
    LooksUnique,
    /// Nothing is known, and its name is not enough for a guess.
    Unknown,
}

impl TagKind {
    /// Whether it always names the same image, as far as is known.
    pub fn is_unique(self) -> bool {
        matches!(self, Self::Locked | Self::LooksUnique)
    }

    /// Whether it is moved from image to image, as far as is known.
    pub fn is_floating(self) -> bool {
        matches!(self, Self::Moved | Self::LooksFloating)
    }

    /// Whether this is only based on the tag's name.
    pub fn is_guess(self) -> bool {
        matches!(self, Self::LooksFloating | Self::LooksUnique)
    }

    /// What a tag's name suggests. [`TagKind::Unknown`] if two conventions use the same name for different things.
    pub fn by_name(tag: &Tag) -> Self {
        let name = tag.as_str().to_ascii_lowercase();
        let parts: Vec<Part<'_>> = split(&name).into_iter().map(Part::new).collect();
        if is_of_a_digest(&name) || name.ends_with("-dirty") {
            Self::Unknown
        } else if is_commit(&parts) || (!is_branch(&parts) && is_build(&parts)) {
            Self::LooksUnique
        } else if !is_branch(&parts) && is_moved(&parts) {
            Self::LooksFloating
        } else {
            Self::Unknown
        }
    }
}

/// A part of a tag, between `.`, `-` and `_`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    /// A number, with its digits.
    Number(&'a str),
    /// A word in lower case.
    Word(&'a str),
}

impl<'a> Part<'a> {
    fn new(text: &'a str) -> Self {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            Self::Number(text)
        } else {
            Self::Word(text)
        }
    }

    fn text(self) -> &'a str {
        match self {
            Self::Number(text) | Self::Word(text) => text,
        }
    }

    fn number(self) -> Option<&'a str> {
        match self {
            Self::Number(digits) => Some(digits),
            Self::Word(_) => None,
        }
    }

    /// Whether it is one of these words, which must be sorted.
    fn is_in(self, words: &[&str]) -> bool {
        is_in(words, self.text())
    }
}

/// Whether these words, which must be sorted, contain this one.
fn is_in(words: &[&str], word: &str) -> bool {
    words.binary_search(&word).is_ok()
}

/// The parts of a name. After the first part, a number ends where its pre-release begins (`3.13.0rc1`).
fn split(name: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in name.split(['.', '-', '_']).filter(|part| !part.is_empty()) {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, word) = part.split_at(digits);
        let counter = word.len() - stem(word).len();
        let is_pre_release = is_in(RELEASES, stem(word)) && (1..=3).contains(&counter);
        if !parts.is_empty() && (1..=2).contains(&digits) && is_pre_release {
            parts.extend([number, word]);
        } else {
            parts.push(part);
        }
    }
    parts
}

/// A word without the number at its end.
fn stem(word: &str) -> &str {
    word.trim_end_matches(|letter: char| letter.is_ascii_digit())
}

/// Whether it is a tag that cosign or OCI's fallback give to referrers of an image. Such a tag moves whenever another
/// signature is added.
fn is_of_a_digest(name: &str) -> bool {
    name.strip_prefix("sha256-")
        .is_some_and(|rest| rest.get(..64).is_some_and(is_hex))
}

fn is_branch(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| part.is_in(BRANCHES))
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether it contains a commit ID. In a branch's name a number is a ticket number.
fn is_commit(parts: &[Part<'_>]) -> bool {
    if let [first, Part::Word(id) | Part::Number(id)] = parts
        && first.is_in(&["commit", "git", "rev", "sha"])
        && is_hex(id)
        && (7..=64).contains(&id.len())
    {
        return true;
    }
    let branch = is_branch(parts);
    let has_id = |part: &Part<'_>| match part {
        Part::Number(_) => false,
        Part::Word(word) => looks_like_commit(word) || described(word),
    };
    if branch {
        parts.last().is_some_and(has_id)
    } else {
        parts.iter().any(has_id)
    }
}

/// Hexadecimal of the length that Git and tools use for commit IDs, with letters and a digit. Without a digit it is a
/// word (`facade`). Git uses more than 8 characters only in large repositories, so for those a year after a word is
/// excluded.
fn looks_like_commit(word: &str) -> bool {
    let mixed = || {
        word.bytes()
            .skip_while(u8::is_ascii_alphabetic)
            .any(|byte| byte.is_ascii_alphabetic())
    };
    is_hex(word)
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && match word.len() {
            7 | 8 => true,
            9..=12 | 40 | 64 => mixed(),
            _ => false,
        }
}

/// The output of `git describe`: `g` before the commit ID.
fn described(word: &str) -> bool {
    word.strip_prefix('g')
        .is_some_and(|id| id.len() >= 7 && looks_like_commit(id))
}

/// Whether it names a build, a day, or a full version.
fn is_build(parts: &[Part<'_>]) -> bool {
    is_version(parts) || has_day(parts) || has_build_number(parts)
}

/// A version of at least three numbers, alone or followed by typical suffixes (`1.4.2-rc.1`, `1.4.2-alpine3.19`).
fn is_version(parts: &[Part<'_>]) -> bool {
    let parts = match parts {
        [first, rest @ ..] if first.is_in(&["rel", "release", "v", "version"]) => rest,
        parts => parts,
    };
    let (numbers, rest) = leading_numbers(parts);
    numbers.len() >= 3
        && rest.iter().all(|part| match part {
            Part::Number(_) => true,
            Part::Word(word) => is_in(RELEASES, stem(word)) || is_in(VARIANTS, stem(word)),
        })
}

/// The numbers at the start of a version, without `v`, and what follows.
fn leading_numbers<'a, 'b>(parts: &'b [Part<'a>]) -> (Vec<&'a str>, &'b [Part<'a>]) {
    let number = |(index, part): (usize, &Part<'a>)| match part {
        Part::Number(digits) => Some(*digits),
        Part::Word(word) if index == 0 => word
            .strip_prefix('v')
            .and_then(|rest| Part::new(rest).number())
            .filter(|digits| !digits.is_empty()),
        Part::Word(_) => None,
    };
    let numbers: Vec<_> = parts.iter().enumerate().map_while(number).collect();
    let rest = &parts[numbers.len()..];
    (numbers, rest)
}

/// A day, optionally with channels, variants and numbers: `20261122`, `2026-11-22`, `nightly-20261122`.
fn has_day(parts: &[Part<'_>]) -> bool {
    let known = parts.iter().all(|part| match part {
        Part::Number(_) => true,
        Part::Word(word) => part.is_in(CHANNELS) || is_in(VARIANTS, stem(word)) || is_time(word),
    });
    let numbers: Vec<_> = parts.iter().map(|part| day_digits(*part)).collect();
    let written_out = numbers.windows(3).any(|three| {
        let [year, month, day] = three else {
            return false;
        };
        year.len() == 4 && is_day(&format!("{year}{month:0>2}{day:0>2}"))
    });
    known && (written_out || numbers.iter().any(|digits| is_day(digits)))
}

/// The digits of a part that may be a day: `v20261122` and `20261122t153000z` start with one.
fn day_digits(part: Part<'_>) -> &str {
    let text = part.text();
    let text = text.strip_prefix('v').unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    &text[..digits]
}

fn is_time(word: &str) -> bool {
    word.trim_end_matches('z')
        .trim_start_matches('v')
        .split('t')
        .all(|digits| Part::new(digits).number().is_some())
}

/// Eight digits that are a day of this century.
fn is_day(digits: &str) -> bool {
    let number =
        |range: std::ops::Range<usize>| digits.get(range).and_then(|text| text.parse::<u32>().ok());
    digits.len() == 8
        && digits.starts_with("20")
        && number(4..6).is_some_and(|month| (1..=12).contains(&month))
        && number(6..8).is_some_and(|day| (1..=31).contains(&day))
}

/// A number of at least five digits, or a number after `build`.
fn has_build_number(parts: &[Part<'_>]) -> bool {
    let long = |part: &Part<'_>| part.number().is_some_and(|digits| digits.len() >= 5);
    match parts {
        [Part::Word(word)] => word
            .strip_prefix("build")
            .or(word.strip_prefix('v').filter(|digits| digits.len() >= 5))
            .is_some_and(|digits| !digits.is_empty() && Part::new(digits).number().is_some()),
        [only] => long(only),
        [.., before, Part::Number(_)] if before.is_in(&["build"]) => true,
        [first, last] => first.is_in(CHANNELS) && long(last),
        _ => false,
    }
}

/// Whether each part belongs to a channel (`latest`), to a pull or merge request (`pr-123`), to a version of one or
/// two numbers (`1.4`), or to a variant.
fn is_moved(parts: &[Part<'_>]) -> bool {
    let short = |digits: &str| digits.len() <= 2;
    match parts {
        [first, Part::Number(_)] if first.is_in(&["merge", "mr", "pr", "pull"]) => return true,
        [Part::Word(word)] if is_request(word) => return true,
        _ => {}
    }
    let parts = match parts {
        [first, rest @ ..] if first.is_in(&["v"]) => rest,
        parts => parts,
    };
    let (numbers, rest) = leading_numbers(parts);
    let mut is_variant = false;
    let mut channels = 0;
    let known = rest.iter().all(|part| match part {
        Part::Number(digits) => is_variant && short(digits),
        Part::Word("x") => true,
        Part::Word(word) if is_in(CHANNELS, word) => {
            // A stage can have its own versions (`release-1.4`).
            (is_variant, channels) = (true, channels + 1);
            true
        }
        Part::Word(word) => {
            is_variant = is_in(VARIANTS, stem(word));
            is_variant
        }
    });
    let names_newest = rest.iter().any(|part| part.is_in(&["latest", "snapshot"]));
    let of_a_variant = rest.iter().any(|part| part.number().is_some());
    let version = match numbers.len() {
        0 => channels > 0 || of_a_variant,
        1 | 2 => numbers.iter().all(|digits| short(digits)),
        _ => false,
    };
    known && (version || names_newest)
}

/// `pr123`, the same as `pr-123`.
fn is_request(word: &str) -> bool {
    ["pr", "mr"].iter().any(|kind| {
        word.strip_prefix(kind)
            .is_some_and(|digits| !digits.is_empty() && Part::new(digits).number().is_some())
    })
}

#[cfg(test)]
mod tests;
