//! The resources that a statement lists.
//!
//! Source: "IAM JSON policy elements: Resource", "IAM identifiers" and "Policy variables" in the IAM User Guide.
//! Wildcards are for use within a part of an ARN. A `*` at the end of a part may also match beyond the next colon. The
//! service has no wildcard, and a variable is only allowed after the fifth colon. In an identity policy, an ARN with
//! fewer than six parts has a `*` for each missing one. Nothing is documented about such an ARN in other policies.

use crate::{
    condition::{self, Pattern, Piece, Wildcards},
    document::{Listed, Version},
    glob::Atom,
    request::Scene,
    truth::Truth,
};

/// The number of parts of an ARN.
const PARTS: usize = 6;

/// The resources of a statement.
#[derive(Debug, Clone)]
pub(super) struct Resources {
    listed: Box<[ResourcePattern]>,
    excluded: bool,
}

impl Resources {
    /// `of_identity`: whether the statement is part of an identity policy.
    pub(super) fn read(listed: &Listed<String>, version: Version, of_identity: bool) -> Self {
        Self {
            listed: (listed.items.iter())
                .map(|text| ResourcePattern::read(text, version, of_identity))
                .collect(),
            excluded: listed.excluded,
        }
    }

    /// The condition keys of its variables, in lower case.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.listed.iter().flat_map(|item| item.written.keys())
    }

    /// Whether the statement concerns the resource of the request.
    pub(super) fn cover(&self, scene: &Scene<'_>) -> Truth {
        Truth::any(self.listed.iter().map(|item| item.covers(scene))).negated_if(self.excluded)
    }
}

/// A listed resource.
#[derive(Debug, Clone)]
struct ResourcePattern {
    written: Pattern,
    /// With the missing parts, if some are missing.
    completed: Option<Pattern>,
    meaning: Meaning,
}

/// What is known of the meaning of a listed resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// Every resource.
    Everything,
    /// The ARNs that match part by part.
    Arns,
    /// Not documented.
    Unclear,
}

impl ResourcePattern {
    fn read(text: &str, version: Version, of_identity: bool) -> Self {
        let written = Pattern::read(text, version, Wildcards::Mean);
        let start = before_variables(&written);
        let is_star = |atom: &Atom| *atom == Atom::Many;
        let ends_with_star = start.last().is_some_and(is_star);
        let parts: Vec<&[Atom]> = start.splitn(PARTS, |atom| is_byte(atom, b':')).collect();
        let is_complete = parts.len() == PARTS;
        let has_variables = matches!(written, Pattern::Template(_));
        let is_documented = names_service(&parts)
            && (is_complete
                || !has_variables
                    && (of_identity || ends_with_star)
                    && parts.iter().all(|part| !part.is_empty()));
        let meaning = if !start.is_empty() && start.iter().all(is_star) && !has_variables {
            Meaning::Everything
        } else if is_documented {
            Meaning::Arns
        } else {
            Meaning::Unclear
        };
        let completed = (!is_complete)
            .then(|| Pattern::read(&complete(text, parts.len()), version, Wildcards::Mean));
        Self {
            written,
            completed,
            meaning,
        }
    }

    fn covers(&self, scene: &Scene<'_>) -> Truth {
        if self.meaning == Meaning::Everything {
            return Truth::True;
        }
        // As one text, with wildcards that match colons too: the most that it can mean.
        let arn = scene.resource.arn();
        let matches = |pattern: &Pattern| condition::truth(pattern.matches(arn, scene), scene);
        let most = (self.completed.as_ref())
            .map_or(Truth::False, matches)
            .or(matches(&self.written));
        if most != Truth::True {
            return most;
        }
        let pattern = self.completed.as_ref().unwrap_or(&self.written);
        if self.meaning == Meaning::Arns
            && condition::arn_matches(pattern, arn, scene) == Truth::True
        {
            Truth::True
        } else {
            condition::undocumented(scene)
        }
    }
}

/// The text before the first variable.
fn before_variables(pattern: &Pattern) -> Vec<Atom> {
    match pattern {
        Pattern::Plain(text) => text.bytes().map(Atom::Byte).collect(),
        Pattern::Fixed(atoms) => atoms.to_vec(),
        Pattern::Template(pieces) => match pieces.first() {
            Some(Piece::Fixed(atoms)) => atoms.to_vec(),
            _ => Vec::new(),
        },
        Pattern::Unclear => Vec::new(),
    }
}

/// Whether these parts begin an ARN and name its service, without wildcards.
fn names_service(parts: &[&[Atom]]) -> bool {
    let is_literal = |part: &[Atom]| part.iter().all(|atom| matches!(atom, Atom::Byte(_)));
    let is_arn = |part: &[Atom]| {
        part.len() == 3
            && part
                .iter()
                .zip(b"arn")
                .all(|(atom, byte)| is_byte(atom, *byte))
    };
    let names = |part: &&[Atom]| !part.is_empty() && is_literal(part);
    parts.first().is_some_and(|part| is_arn(part)) && parts.get(2).is_some_and(names)
}

/// A text with a `*` for each missing part, and for each empty one, because that may count as missing.
fn complete(text: &str, parts: usize) -> String {
    let text = format!("{text}{}", ":*".repeat(PARTS.saturating_sub(parts)));
    let parts = text
        .split(':')
        .map(|part| if part.is_empty() { "*" } else { part });
    parts.collect::<Vec<_>>().join(":")
}

fn is_byte(atom: &Atom, byte: u8) -> bool {
    *atom == Atom::Byte(byte)
}
