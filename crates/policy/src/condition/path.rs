//! Patterns compared with the ARN of a role whose path is not known: the ARN of a session does not contain the path,
//! but `aws:PrincipalArn` does.
//!
//! Source: `Path` of CreateRole in the IAM API Reference: nothing, or characters from `!` to `~` between slashes;
//! "aws:PrincipalArn" in "AWS global condition context keys" in the IAM User Guide.

use super::{
    pattern::{MOST_BYTES, Pattern, literal},
    positions::{Letter, Positions},
    truth,
};
use crate::{
    glob::{self, Atom},
    request::Scene,
    truth::Truth,
};

/// The longest path, without its first slash, which is always in the ARN.
const LONGEST: usize = 511;

/// A function that compares the ARN of a role with a text of the policy.
pub(super) type Compare = fn(&[Atom], &str) -> Truth;

/// Compares the ARN of a role, written without its path, with a text of the policy.
pub(super) fn compare(pattern: &Pattern, arn: &str, scene: &Scene<'_>, by: Compare) -> Truth {
    let enough = (arn.len() + LONGEST) * MOST_BYTES;
    match pattern.atoms(enough, scene) {
        Ok(atoms) => by(&atoms, arn),
        Err(unfilled) => truth(Err(unfilled), scene),
    }
}

/// As one text, case-sensitive.
pub(super) fn as_text(pattern: &[Atom], arn: &str) -> Truth {
    let (before, name) = around_path(arn);
    matches(pattern, before, name)
}

/// As one text, case-insensitive.
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

/// The part before the path, up to the slash, and the name after it.
fn around_path(arn: &str) -> (&str, &str) {
    arn.split_at(arn.rfind('/').map_or(0, |slash| slash + 1))
}

/// Whether a pattern matches a text with an unknown path in its middle: every such text, some, or none.
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

/// A letter that the pattern does not name represents any letter. Only wildcards match it: if there are more such
/// letters than `?`, a `*` takes one, and then it can take any number.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::glob;

    #[test]
    fn a_path_is_empty_or_ends_with_a_slash() {
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
        fn no_path_contradicts_the_result(pattern in "[a/b?*]{0,9}") {
            let pattern = glob::wildcards(&pattern);
            let answers: Vec<bool> = paths()
                .map(|path| glob::matches(&pattern, &format!("b/{path}ab")))
                .collect();
            match matches(&pattern, "b/", "ab") {
                Truth::True => prop_assert!(answers.iter().all(|matches| *matches)),
                Truth::False => prop_assert!(answers.iter().all(|matches| !matches)),
                // The shortest path that decides may be longer than those tested.
                Truth::Unknown => {}
            }
            if answers.contains(&true) && answers.contains(&false) {
                prop_assert_eq!(matches(&pattern, "b/", "ab"), Truth::Unknown);
            }
        }
    }
}
