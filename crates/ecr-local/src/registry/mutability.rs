use serde::{Deserialize, Serialize};

use super::EcrError;
use super::names::matches_wildcard;

/// Whether the tags of a repository can move (`imageTagMutability`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MutabilityMode {
    /// Every tag can move.
    #[default]
    Mutable,
    /// No tag can move.
    Immutable,
    /// No tag can move, except those that a filter matches.
    ImmutableWithExclusion,
    /// Every tag can move, except those that a filter matches.
    MutableWithExclusion,
}

/// A mode and, for the two modes with exclusions, one to five patterns with `*` as a wildcard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mutability {
    mode: MutabilityMode,
    exclusions: Vec<String>,
}

impl Mutability {
    /// Combines a mode with its exclusion patterns.
    ///
    /// # Errors
    /// `InvalidParameterException` unless the modes with exclusions have one to five patterns, each of 1 to 128
    /// letters, digits, `.`, `_`, `-` and at most two `*`, and the others have none.
    pub fn new(mode: MutabilityMode, exclusions: Vec<String>) -> Result<Self, EcrError> {
        use MutabilityMode::{ImmutableWithExclusion, MutableWithExclusion};
        const PARAMETER: &str = "imageTagMutabilityExclusionFilters";
        let takes_exclusions = matches!(mode, ImmutableWithExclusion | MutableWithExclusion);
        if takes_exclusions && !(1..=5).contains(&exclusions.len()) {
            return Err(EcrError::invalid(
                PARAMETER,
                "Member must have 1 to 5 filters for this mutability",
            ));
        }
        if !takes_exclusions && !exclusions.is_empty() {
            return Err(EcrError::invalid(
                PARAMETER,
                "Member must be absent for this mutability",
            ));
        }
        if exclusions.iter().all(|pattern| is_filter(pattern)) {
            Ok(Self { mode, exclusions })
        } else {
            Err(EcrError::invalid(
                PARAMETER,
                "must satisfy regular expression '^[0-9a-zA-Z._*-]{1,128}$' with at most two wildcards",
            ))
        }
    }

    /// The mode.
    #[must_use]
    pub const fn mode(&self) -> MutabilityMode {
        self.mode
    }

    /// The exclusion patterns. Empty unless the mode has exclusions.
    #[must_use]
    pub fn exclusions(&self) -> &[String] {
        &self.exclusions
    }

    /// Whether this tag, once set, cannot move.
    #[must_use]
    pub fn locks(&self, tag: &str) -> bool {
        let excluded = || {
            self.exclusions
                .iter()
                .any(|pattern| matches_wildcard(pattern, tag))
        };
        match self.mode {
            MutabilityMode::Mutable => false,
            MutabilityMode::Immutable => true,
            MutabilityMode::ImmutableWithExclusion => !excluded(),
            MutabilityMode::MutableWithExclusion => excluded(),
        }
    }
}

fn is_filter(pattern: &str) -> bool {
    (1..=128).contains(&pattern.len())
        && pattern
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._*-".contains(&byte))
        && pattern.bytes().filter(|&byte| byte == b'*').count() <= 2
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn exclusions_invert_the_mode() {
        let filters = vec!["dev-*".to_owned()];
        let frozen =
            Mutability::new(MutabilityMode::ImmutableWithExclusion, filters.clone()).unwrap();
        assert!(frozen.locks("prod") && !frozen.locks("dev-1"));
        let loose = Mutability::new(MutabilityMode::MutableWithExclusion, filters).unwrap();
        assert!(!loose.locks("prod") && loose.locks("dev-1"));
    }

    #[test]
    fn filters_belong_to_the_modes_with_exclusions() {
        let filter = || vec!["v*".to_owned()];
        assert!(Mutability::new(MutabilityMode::Mutable, filter()).is_err());
        assert!(Mutability::new(MutabilityMode::MutableWithExclusion, vec![]).is_err());
        let three_stars = vec!["*a*b*".to_owned()];
        assert!(Mutability::new(MutabilityMode::MutableWithExclusion, three_stars).is_err());
    }
}
