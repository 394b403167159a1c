//! Names that are validated once, on input.

use std::{borrow::Borrow, fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text is not a valid name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text:?} is not a {what}: {rule}")]
pub struct NameError {
    what: &'static str,
    rule: &'static str,
    text: String,
}

impl NameError {
    /// Input may be long: an error quotes only its beginning.
    pub(crate) fn new(what: &'static str, rule: &'static str, text: &str) -> Self {
        Self {
            what,
            rule,
            text: text.chars().take(80).collect(),
        }
    }
}

/// Declares a name: a text that is cheap to clone and can only be created by parsing.
macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $what:literal, $rule:literal, $valid:path) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NameError;

            fn from_str(text: &str) -> Result<Self, NameError> {
                if !$valid(text) {
                    return Err(NameError::new($what, $rule, text));
                }
                Ok(Self(text.into()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;

            fn try_from(text: String) -> Result<Self, NameError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.as_str().to_owned()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, f)
            }
        }
    };
}

name!(
    /// The operator's short name for a registry (one account and region). It is the first part of every URL that
    /// concerns the registry.
    RegistryAlias,
    "registry alias",
    "1 to 32 lowercase letters, digits and hyphens, beginning with a letter",
    is_alias
);
name!(
    /// A repository's name within its registry, such as `storefront/users-api`.
    ///
    /// It has 2 to 256 characters in the format documented for ECR's CreateRepository: since February 2026 the grammar
    /// of OCI's Distribution Specification, with `__` and `--` between letters and digits.
    RepositoryName,
    "repository name",
    "2 to 256 characters: lowercase letters and digits, parted by '.', '_', '__', '/' or hyphens",
    is_repository_name
);
name!(
    /// An image tag: 1 to 300 characters, as the service model's `ImageTag` allows.
    Tag,
    "tag",
    "1 to 300 letters, digits, '_', '.' and '-', not beginning with '.' or '-'",
    is_tag
);
name!(
    /// The SHA-256 digest of a manifest or blob: `sha256:` and 64 lowercase hex digits.
    Digest,
    "digest",
    "'sha256:' and 64 lowercase hexadecimal digits",
    is_digest
);
name!(
    /// The start of a digest: what people copy from shortened digests. At least four hex digits, with or without
    /// `sha256:`.
    DigestBeginning,
    "beginning of a digest",
    "'sha256:' or nothing, and 4 to 63 lowercase hexadecimal digits",
    is_digest_beginning
);
name!(
    /// A team's name in the configuration.
    TeamName,
    "team name",
    "1 to 64 letters, digits, spaces, '_', '.' and '-'",
    is_team_name
);

/// A repository: its name, and the registry that it is in. Its text is `<registry>/<name>`, as in the paths of pages.
///
/// Its order is that of lists: by name, then by registry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RepositoryAt {
    /// Its name.
    pub name: RepositoryName,
    /// The registry.
    pub registry: RegistryAlias,
}

impl fmt::Display for RepositoryAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.registry, self.name)
    }
}

impl RepositoryAt {
    /// Reads both parts, as forms and queries have them.
    ///
    /// # Errors
    /// If a part is not valid.
    pub fn read(registry: &str, name: &str) -> Result<Self, NameError> {
        Ok(Self {
            registry: registry.parse()?,
            name: name.parse()?,
        })
    }
}

impl FromStr for RepositoryAt {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (registry, name) = text.split_once('/').unwrap_or((text, ""));
        Self::read(registry, name)
    }
}

impl TryFrom<String> for RepositoryAt {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        text.parse()
    }
}

impl From<RepositoryAt> for String {
    fn from(repository: RepositoryAt) -> Self {
        repository.to_string()
    }
}

impl RepositoryName {
    /// The part before the last slash: the group that a repository belongs to, if any.
    pub fn namespace(&self) -> Option<&str> {
        self.0.rsplit_once('/').map(|(namespace, _)| namespace)
    }
}

impl Digest {
    /// The hex digits.
    pub fn hex(&self) -> &str {
        &self.0[7..]
    }

    /// The first twelve hex digits: enough for people to tell images apart.
    pub fn short(&self) -> &str {
        &self.0[7..19]
    }
}

/// The minimum number of hex digits in the start of a digest: fewer match too many digests.
pub const DIGEST_DIGITS: usize = 4;

impl DigestBeginning {
    /// The hex digits.
    pub fn hex(&self) -> &str {
        self.0.strip_prefix("sha256:").unwrap_or(&self.0)
    }
}

fn is_alias(text: &str) -> bool {
    text.len() <= 32
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_repository_name(text: &str) -> bool {
    let alphanumeric = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    (2..=256).contains(&text.len())
        && text.split('/').all(|part| {
            let bytes = part.as_bytes();
            let edges = [bytes.first(), bytes.last()];
            let mut between = bytes.split(|b| alphanumeric(*b));
            edges
                .iter()
                .all(|edge| edge.is_some_and(|b| alphanumeric(*b)))
                && between.all(|separator| {
                    matches!(separator, b"" | b"." | b"_" | b"__")
                        || separator.iter().all(|b| *b == b'-')
                })
        })
}

fn is_tag(text: &str) -> bool {
    (1..=300).contains(&text.len())
        && !text.starts_with(['.', '-'])
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:")
        .is_some_and(|hex| hex.len() == 64 && is_hex(hex))
}

fn is_digest_beginning(text: &str) -> bool {
    let hex = text.strip_prefix("sha256:").unwrap_or(text);
    (DIGEST_DIGITS..64).contains(&hex.len()) && is_hex(hex)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_team_name(text: &str) -> bool {
    (1..=64).contains(&text.chars().count())
        && text.trim() == text
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.' | '-'))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn repository_names_follow_ecrs_grammar() {
        for good in [
            "ab",
            "a1",
            "storefront/users-api",
            "a/b/c",
            "my.repo_x",
            "a__b",
            "a--b",
            "a---b/c",
        ] {
            assert!(good.parse::<RepositoryName>().is_ok(), "{good}");
        }
        for bad in [
            "", "a", "A/b", "/ab", "ab/", "a//b", "a..b", "a___b", "a-_b", "a._b", "a/-b", "a--",
            "-ab", "ab-", "a b", "a\r\nb", "../x",
        ] {
            assert!(bad.parse::<RepositoryName>().is_err(), "{bad}");
        }
        assert!("a".repeat(257).parse::<RepositoryName>().is_err());
    }

    #[test]
    fn a_namespace_is_everything_but_the_last_part() {
        let name: RepositoryName = "prod/storefront/users-api".parse().unwrap();
        assert_eq!(name.namespace(), Some("prod/storefront"));
        assert_eq!("hello".parse::<RepositoryName>().unwrap().namespace(), None);
    }

    #[test]
    fn a_repository_is_written_and_read_with_its_registry() {
        let repository: RepositoryAt = "retail/storefront/users-api".parse().unwrap();
        assert_eq!(repository.registry.as_str(), "retail");
        assert_eq!(repository.name.as_str(), "storefront/users-api");
        let wire = serde_json::to_string(&repository).unwrap();
        assert_eq!(wire, r#""retail/storefront/users-api""#);
        assert_eq!(
            serde_json::from_str::<RepositoryAt>(&wire).unwrap(),
            repository
        );
        for bad in ["", "retail", "retail/", "/ab", "Retail/ab", "retail//ab"] {
            assert!(bad.parse::<RepositoryAt>().is_err(), "{bad}");
        }
    }

    #[test]
    fn repositories_are_ordered_by_name_and_then_by_registry() {
        let mut repositories = ["retail/bb", "partner/bb", "retail/aa"]
            .map(|text| text.parse::<RepositoryAt>().unwrap());
        repositories.sort();
        assert_eq!(
            repositories.map(|it| it.to_string()),
            ["retail/aa", "partner/bb", "retail/bb"]
        );
    }

    #[test]
    fn tags_and_digests_refuse_characters_that_could_break_a_header_or_a_path() {
        for bad in ["", ".x", "-x", "a/b", "a b", "a\nb", "ä", "a%2f"] {
            assert!(bad.parse::<Tag>().is_err(), "{bad}");
        }
        let hex = "0".repeat(64);
        let digest: Digest = format!("sha256:{hex}").parse().unwrap();
        assert_eq!(digest.short(), "000000000000");
        assert!(
            format!("sha256:{}", "A".repeat(64))
                .parse::<Digest>()
                .is_err()
        );
        assert!(format!("sha512:{hex}").parse::<Digest>().is_err());
    }

    #[test]
    fn a_digest_can_be_cut_short_but_not_too_short() {
        for (text, hex) in [("3f9a", "3f9a"), ("sha256:3f9a1c2b0d4e", "3f9a1c2b0d4e")] {
            let beginning: DigestBeginning = text.parse().unwrap();
            assert_eq!(beginning.hex(), hex);
        }
        let whole = "0".repeat(64);
        for bad in ["", "3f9", "sha256:", "3F9A", "prod", "md5:3f9a", &whole] {
            assert!(bad.parse::<DigestBeginning>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_from_the_wire_is_validated_too() {
        assert!(serde_json::from_str::<RepositoryName>("\"../etc\"").is_err());
        let error = "x".repeat(5_000).parse::<RegistryAlias>().unwrap_err();
        assert!(
            error.to_string().len() < 300,
            "errors do not echo long input"
        );
    }
}
