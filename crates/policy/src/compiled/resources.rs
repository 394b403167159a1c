//! The resources of a statement.
//!
//! Sources: "IAM JSON policy elements: Resource" and "IAM identifiers" in the IAM User Guide.

use crate::{
    condition::{self, Pattern, Piece, Wildcards},
    document::{Listed, Version},
    glob::{self, Atom},
    request::{Mode, Scene},
    truth::Truth,
};

/// The colons of an ARN.
const COLONS: usize = 5;

/// The resources of a statement.
#[derive(Debug, Clone)]
pub(super) struct Resources {
    patterns: Box<[Pattern]>,
    excluded: bool,
}

impl Resources {
    pub(super) fn read(listed: &Listed<String>, version: Version) -> Self {
        Self {
            patterns: (listed.items.iter())
                .map(|pattern| Pattern::read(pattern, version, Wildcards::Mean))
                .collect(),
            excluded: listed.excluded,
        }
    }

    pub(super) fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    pub(super) fn cover(&self, scene: &Scene<'_>) -> Truth {
        let covers = |pattern: &Pattern| covers(pattern, scene);
        Truth::any(self.patterns.iter().map(covers)).negated_if(self.excluded)
    }
}

fn covers(pattern: &Pattern, scene: &Scene<'_>) -> Truth {
    let arn = scene.resource.arn();
    if is_whole(pattern) && colons(arn.bytes()) == COLONS {
        return condition::truth(pattern.matches(arn, scene), scene);
    }
    match pattern.atoms(arn.len(), scene) {
        Ok(atoms) => in_part(&atoms, arn, scene.mode),
        Err(unfilled) => condition::truth(Err(unfilled), scene),
    }
}

/// Whether a pattern names as many parts as an ARN has. Then no wildcard can stand for a colon.
fn is_whole(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Plain(text) => colons(text.bytes()) >= COLONS,
        Pattern::Fixed(atoms) => colons_in(atoms) >= COLONS,
        Pattern::Template(pieces) => {
            let colons = pieces.iter().map(|piece| match piece {
                Piece::Fixed(atoms) => colons_in(atoms),
                Piece::Variable { .. } => 0,
            });
            colons.sum::<usize>() >= COLONS
        }
        // Whatever it names, it is not known.
        Pattern::Unclear => true,
    }
}

fn colons_in(atoms: &[Atom]) -> usize {
    atoms.iter().filter(|atom| **atom == COLON).count()
}

fn colons(bytes: impl Iterator<Item = u8>) -> usize {
    bytes.filter(|byte| *byte == b':').count()
}

const COLON: Atom = Atom::Byte(b':');

/// Whether a pattern that names fewer parts than an ARN has covers a resource. AWS documents that missing parts count
/// as `*`, for identity policies, and that a wildcard stands for a colon only if it is a `*` at the end of a part. It
/// does not say that this is so in resource policies. Where the interpretations differ, it is not known.
fn in_part(atoms: &[Atom], arn: &str, mode: Mode) -> Truth {
    if !atoms.is_empty() && atoms.iter().all(|atom| *atom == Atom::Many) {
        return Truth::True;
    }
    let missing = COLONS.saturating_sub(colons_in(atoms));
    let mut completed = atoms.to_vec();
    completed.extend([COLON, Atom::Many].into_iter().cycle().take(2 * missing));
    let documented = matches_by_parts(&completed, arn);
    let others = [glob::matches(atoms, arn), matches_by_parts(atoms, arn)];
    if mode == Mode::Strict || others == [documented; 2] {
        documented.into()
    } else {
        Truth::Unknown
    }
}

/// Whether a pattern matches a whole ARN if only a `*` at the end of a part stands for colons.
fn matches_by_parts(atoms: &[Atom], arn: &str) -> bool {
    let text: Vec<char> = arn.chars().collect();
    // Whether what was looked at so far matches the first so many characters.
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    let mut bytes = Vec::new();
    for (number, atom) in atoms.iter().enumerate() {
        let ends_part = atoms.get(number + 1).is_none_or(|next| *next == COLON);
        let stands_for = |c: char| c != ':' || (*atom == Atom::Many && ends_part);
        if let Atom::Byte(byte) = atom {
            bytes.push(*byte);
            // A character can have several bytes.
            let Some(letter) = std::str::from_utf8(&bytes)
                .ok()
                .and_then(|it| it.chars().next())
            else {
                continue;
            };
            bytes.clear();
            for at in (0..text.len()).rev() {
                reached[at + 1] = reached[at] && text[at] == letter;
            }
            reached[0] = false;
        } else if *atom == Atom::One {
            for at in (0..text.len()).rev() {
                reached[at + 1] = reached[at] && stands_for(text[at]);
            }
            reached[0] = false;
        } else {
            for at in 0..text.len() {
                reached[at + 1] |= reached[at] && stands_for(text[at]);
            }
        }
    }
    reached[text.len()]
}
