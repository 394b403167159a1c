//! Resources.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns>

use policy::{Mode, Policy, Statement, Truth, Version};

use super::{
    keys::RequestKeys,
    not,
    text::{self, Filled, Piece},
};

/// Whether a statement concerns a resource.
pub fn concerns(policy: &Policy, statement: &Statement, asked: &str, keys: &RequestKeys) -> Truth {
    let Some(resources) = &statement.resources else {
        return Truth::True;
    };
    let in_identity = statement.principals.is_none();
    let mut listed = Truth::False;
    for arn in &resources.items {
        listed = listed.max(covers(arn, policy.version, in_identity, asked, keys));
    }
    if resources.excluded {
        not(listed)
    } else {
        listed
    }
}

fn covers(
    arn: &str,
    version: Version,
    in_identity: bool,
    asked: &str,
    keys: &RequestKeys,
) -> Truth {
    let undocumented = match keys.mode {
        Mode::Strict => Truth::False,
        Mode::ThreeValued => Truth::Unknown,
    };
    if is_stars(arn) {
        return Truth::True;
    }
    let mut most = Truth::False;
    for reading in [arn.to_owned(), completed(arn, version)] {
        let matches = match text::fill(&reading, version, true, keys) {
            Filled::Text(pattern) if !text::matches(&pattern, asked) => Truth::False,
            Filled::Text(pattern)
                if is_documented(arn, version, in_identity) && by_parts(&pattern, asked) =>
            {
                return Truth::True;
            }
            Filled::Text(_) | Filled::Undocumented => undocumented,
            Filled::Missing => Truth::False,
            Filled::Unknown => Truth::Unknown,
        };
        most = most.max(matches);
    }
    most
}

/// Whether a resource has a form that the documentation may say nothing about.
pub fn is_unusual(arn: &str, in_identity: bool) -> bool {
    let versions = [Version::V2008, Version::V2012];
    let documented = |version| is_documented(arn, version, in_identity);
    text::is_undocumented(arn) || !is_stars(arn) && !versions.into_iter().all(documented)
}

fn is_stars(arn: &str) -> bool {
    !arn.is_empty() && arn.chars().all(|c| c == '*')
}

/// The text before the first variable.
fn start(arn: &str, version: Version) -> &str {
    let end = (version == Version::V2012)
        .then(|| arn.find("${"))
        .flatten();
    &arn[..end.unwrap_or(arn.len())]
}

/// Whether the documentation says what the ARN covers if it matches part by part.
fn is_documented(arn: &str, version: Version, in_identity: bool) -> bool {
    let start = start(arn, version);
    let parts: Vec<&str> = start.splitn(6, ':').collect();
    let service = parts.get(2).copied().unwrap_or_default();
    if parts[0] != "arn" || service.is_empty() || service.contains(['*', '?']) {
        return false;
    }
    match parts.len() {
        6 => true,
        _ if start.len() < arn.len() || parts.contains(&"") => false,
        _ => in_identity || arn.ends_with('*'),
    }
}

/// The ARN with all six parts.
fn completed(arn: &str, version: Version) -> String {
    let mut parts: Vec<&str> = arn.split(':').collect();
    let missing = 6_usize.saturating_sub(start(arn, version).split(':').count());
    if missing > 0 {
        parts.extend(vec!["*"; missing]);
        for part in parts.iter_mut().filter(|part| part.is_empty()) {
            *part = "*";
        }
    }
    parts.join(":")
}

fn by_parts(pattern: &[Piece], asked: &str) -> bool {
    let asked: Vec<&str> = asked.splitn(6, ':').collect();
    let parts = text::arn_parts(pattern).filter(|_| asked.len() == 6);
    parts.is_some_and(|parts| {
        let mut pairs = parts.into_iter().zip(asked);
        pairs.all(|(wanted, found)| text::matches(wanted, found))
    })
}
