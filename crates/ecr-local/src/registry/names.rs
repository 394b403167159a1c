//! The rules for names that clients choose, from the patterns and lengths in the service model.

use super::EcrError;

/// The service model's pattern since 25 February 2026, when ECR adopted the one of the OCI distribution
/// specification. Before that, `__` and more than one `-` were refused.
const REPOSITORY_PATTERN: &str = r"must satisfy regular expression '[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*'";

/// Refuses invalid repository names. A name has 2 to 256 characters: segments between slashes, each of lower-case
/// letters and digits joined by `.`, `_`, `__` or any number of `-`.
///
/// # Errors
/// `InvalidParameterException`.
pub(crate) fn check_repository_name(name: &str) -> Result<(), EcrError> {
    if name.len() < 2 {
        return Err(too_short("repositoryName", 2));
    }
    if name.len() > 256 {
        return Err(too_long("repositoryName", 256));
    }
    if name.split('/').all(is_segment) {
        Ok(())
    } else {
        Err(EcrError::invalid("repositoryName", REPOSITORY_PATTERN))
    }
}

fn is_segment(segment: &str) -> bool {
    let is_word = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit();
    segment.starts_with(is_word)
        && segment.ends_with(is_word)
        && segment.split(is_word).all(|separator| {
            matches!(separator, "" | "." | "_" | "__") || separator.bytes().all(|byte| byte == b'-')
        })
}

/// Refuses invalid image tags. A tag has 1 to 300 characters (the service model's length; OCI allows 128): letters,
/// digits, `_`, `.` and `-`, of which `.` and `-` cannot come first.
pub(super) fn check_tag(tag: &str) -> Result<(), EcrError> {
    if tag.is_empty() {
        return Err(too_short("imageTag", 1));
    }
    if tag.len() > 300 {
        return Err(too_long("imageTag", 300));
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    if tag.bytes().all(allowed) && !tag.starts_with(['.', '-']) {
        Ok(())
    } else {
        Err(EcrError::invalid(
            "imageTag",
            "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]*'",
        ))
    }
}

fn too_short(parameter: &str, length: usize) -> EcrError {
    EcrError::invalid(
        parameter,
        &format!("Member must have length greater than or equal to {length}"),
    )
}

fn too_long(parameter: &str, length: usize) -> EcrError {
    EcrError::invalid(
        parameter,
        &format!("Member must have length less than or equal to {length}"),
    )
}

/// Whether `text` matches `pattern`, in which `*` matches any run of characters.
pub(crate) fn matches_wildcard(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repository_names_follow_the_pattern() {
        for name in ["ab", "team/app", "a.b_c__d---e/f0", "0a/1b/2c"] {
            assert!(check_repository_name(name).is_ok(), "{name}");
        }
        for name in [
            "a", "", "Team/app", "a//b", "/ab", "ab/", "a..b", "a___b", "-ab", "a._b", "ä1",
        ] {
            assert!(check_repository_name(name).is_err(), "{name}");
        }
        assert!(check_repository_name(&"a".repeat(257)).is_err());
    }

    #[test]
    fn a_wildcard_matches_any_run_of_characters() {
        for (pattern, text) in [
            ("*", ""),
            ("v*", "v1"),
            ("*-rc*", "1-rc2"),
            ("a*b*c", "aXbbYc"),
            ("prod", "prod"),
        ] {
            assert!(matches_wildcard(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("v*", "1v"),
            ("prod", "prod2"),
            ("a*bc", "abXc"),
            ("ab*ba", "aba"),
        ] {
            assert!(!matches_wildcard(pattern, text), "{pattern} {text}");
        }
    }
}
