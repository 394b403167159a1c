//! Patterns beside the ARN of a role whose path nobody knows: the ARN of a session does not tell it, and
//! `aws:PrincipalArn` has it.
//!
//! Source: `Path` of CreateRole in the IAM API Reference: nothing, or signs from `!` to `~` between
//! slashes; "aws:PrincipalArn" in "AWS global condition context keys" in the IAM User Guide.

use smallvec::SmallVec;

use super::{
    pattern::{MOST_BYTES, Pattern, literal},
    truth,
};
use crate::{
    glob::{self, Atom},
    request::Scene,
    truth::Truth,
};

/// The longest path: it counts the slash before it, which stands in the ARN in any case.
const LONGEST: usize = 511;

/// How the ARN of a role is compared with a text of the policy's.
pub(super) type Compare = fn(&[Atom], &str) -> Truth;

/// Compares the ARN of a role, written without its path, with a text of the policy's.
pub(super) fn compare(pattern: &Pattern, arn: &str, scene: &Scene<'_>, by: Compare) -> Truth {
    let enough = (arn.len() + LONGEST) * MOST_BYTES;
    match pattern.atoms(enough, scene) {
        Ok(atoms) => by(&atoms, arn),
        Err(unfilled) => truth(Err(unfilled), scene),
    }
}

/// As one text, letter for letter.
pub(super) fn as_text(pattern: &[Atom], arn: &str) -> Truth {
    let (before, name) = around_path(arn);
    matches(pattern, before, name)
}

/// As one text, in any case.
pub(super) fn in_any_case(pattern: &[Atom], arn: &str) -> Truth {
    let Some(text) = literal(pattern) else {
        return Truth::False;
    };
    let pattern: Vec<Atom> = text.to_lowercase().bytes().map(Atom::Byte).collect();
    as_text(&pattern, &arn.to_lowercase())
}

/// Part by part.
pub(super) fn as_arn(pattern: &[Atom], arn: &str) -> Truth {
    let wanted = || pattern.splitn(6, |atom| *atom == Atom::Byte(b':'));
    let Some(resource) = wanted().nth(5) else {
        return Truth::Unknown;
    };
    let mut parts = wanted().zip(arn.splitn(6, ':')).take(5);
    if !parts.all(|(wanted, part)| glob::matches(wanted, part)) {
        return Truth::False;
    }
    as_text(resource, arn.splitn(6, ':').last().unwrap_or_default())
}

/// What stands before the path, up to the slash, and the name after it.
fn around_path(arn: &str) -> (&str, &str) {
    arn.split_at(arn.rfind('/').map_or(0, |slash| slash + 1))
}

/// Whether a pattern matches a text that has a path in its middle: every such text, some, or none.
fn matches(pattern: &[Atom], before: &str, name: &str) -> Truth {
    let start = Positions::new(pattern).after(before);
    if matches_every(&start, name) {
        Truth::True
    } else {
        Truth::from(matches_some(&start, name)).and(Truth::Unknown)
    }
}

fn matches_some(start: &Positions<'_>, name: &str) -> bool {
    start.accept(name) || {
        let mut path = start.step(Letter::OfPath);
        path.go_on_along_path();
        path.step(Letter::Byte(b'/')).accept(name)
    }
}

/// A letter that the pattern does not name stands for any. It is matched by wildcards only: where there
/// are more of them than `?`, a `*` takes one, and then it takes any number.
fn matches_every(start: &Positions<'_>, name: &str) -> bool {
    let ones = start.pattern.iter().filter(|atom| **atom == Atom::One);
    let longest = (ones.count() + 1).min(LONGEST);
    let mut path = start.clone();
    start.accept(name)
        && (0..longest).all(|_| {
            path = path.step(Letter::Unnamed);
            path.step(Letter::Byte(b'/')).accept(name)
        })
}

/// A letter of a text.
#[derive(Clone, Copy)]
enum Letter {
    Byte(u8),
    /// Any that a path may have.
    OfPath,
    /// One that the pattern does not name.
    Unnamed,
}

/// How many atoms of a pattern a text may have matched so far.
#[derive(Clone)]
struct Positions<'a> {
    pattern: &'a [Atom],
    /// By the number of atoms.
    reached: SmallVec<[bool; 128]>,
}

impl<'a> Positions<'a> {
    fn new(pattern: &'a [Atom]) -> Self {
        let mut positions = Self {
            pattern,
            reached: SmallVec::from_elem(false, pattern.len() + 1),
        };
        positions.reached[0] = true;
        positions.skip_runs();
        positions
    }

    /// A `*` matches nothing too.
    fn skip_runs(&mut self) {
        for (place, atom) in self.pattern.iter().enumerate() {
            self.reached[place + 1] |= self.reached[place] && *atom == Atom::Many;
        }
    }

    fn step(&self, letter: Letter) -> Self {
        let mut next = Self {
            pattern: self.pattern,
            reached: SmallVec::from_elem(false, self.reached.len()),
        };
        // The later bytes of a character belong to the `?` that took its first one.
        let continues = matches!(letter, Letter::Byte(byte) if byte & 0b1100_0000 == 0b1000_0000);
        for (place, atom) in self.pattern.iter().enumerate() {
            match atom {
                Atom::Many => next.reached[place] |= self.reached[place],
                Atom::One if continues => next.reached[place + 1] |= self.reached[place + 1],
                Atom::One => next.reached[place + 1] |= self.reached[place],
                Atom::Byte(wanted) => {
                    let is_this = match letter {
                        Letter::Byte(byte) => byte == *wanted,
                        Letter::OfPath => may_be_of_path(*wanted),
                        Letter::Unnamed => false,
                    };
                    next.reached[place + 1] |= is_this && self.reached[place];
                }
            }
        }
        next.skip_runs();
        next
    }

    /// After any number of further letters of a path.
    fn go_on_along_path(&mut self) {
        for (place, atom) in self.pattern.iter().enumerate() {
            let goes_on = match atom {
                Atom::Byte(wanted) => may_be_of_path(*wanted),
                Atom::One | Atom::Many => true,
            };
            self.reached[place + 1] |= self.reached[place] && goes_on;
        }
    }

    fn after(&self, text: &str) -> Self {
        let bytes = text.bytes().map(Letter::Byte);
        bytes.fold(self.clone(), |positions, letter| positions.step(letter))
    }

    /// Whether the pattern is matched whole once this text follows.
    fn accept(&self, text: &str) -> bool {
        self.after(text).reached.last() == Some(&true)
    }
}

fn may_be_of_path(byte: u8) -> bool {
    byte.is_ascii_graphic()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::glob;

    #[test]
    fn a_path_is_nothing_or_ends_with_a_slash() {
        for (pattern, expected) in [
            ("r/*", Truth::True),
            ("*", Truth::True),
            ("r/*b", Truth::True),
            ("?/*b", Truth::True),
            ("r/b", Truth::Unknown),
            ("r/ci/b", Truth::Unknown),
            ("r/ci/*", Truth::Unknown),
            ("r/*/b", Truth::Unknown),
            ("r/?*b", Truth::Unknown),
            ("r/*??b", Truth::Unknown),
            ("r/cib", Truth::False),
            ("r/ci/", Truth::False),
            ("r/ /b", Truth::False),
            ("r/é/b", Truth::False),
            ("r//b", Truth::False),
            ("r/*c", Truth::False),
            ("s*", Truth::False),
            ("r?b", Truth::Unknown),
            ("r??b", Truth::False),
            ("r/??b", Truth::Unknown),
        ] {
            assert_eq!(
                matches(&glob::wildcards(pattern), "r/", "b"),
                expected,
                "{pattern}"
            );
        }
    }

    fn paths() -> impl Iterator<Item = String> {
        let words = ["", "a", "/", "b", "~"];
        let further = words.into_iter().flat_map(move |first| {
            let second = words.into_iter();
            second.flat_map(move |second| words.map(|third| format!("{first}{second}{third}")))
        });
        std::iter::once(String::new()).chain(
            further
                .filter(|path| !path.is_empty())
                .map(|path| path + "/"),
        )
    }

    proptest! {
        #[test]
        fn no_path_says_otherwise(pattern in "[a/b?*]{0,9}") {
            let pattern = glob::wildcards(&pattern);
            let answers: Vec<bool> = paths()
                .map(|path| glob::matches(&pattern, &format!("b/{path}ab")))
                .collect();
            match matches(&pattern, "b/", "ab") {
                Truth::True => prop_assert!(answers.iter().all(|matches| *matches)),
                Truth::False => prop_assert!(answers.iter().all(|matches| !matches)),
                // The shortest path that decides may be longer than those.
                Truth::Unknown => {}
            }
            if answers.contains(&true) && answers.contains(&false) {
                prop_assert_eq!(matches(&pattern, "b/", "ab"), Truth::Unknown);
            }
        }
    }
}
