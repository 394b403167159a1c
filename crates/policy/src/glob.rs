//! Wildcards: `*` for any run of characters, `?` for one.

/// Whether a text matches a pattern whole, by `same` for single characters.
///
/// Takes at most `pattern.len() × text.len()` steps and no memory: after a mismatch only the last
/// star is tried again, one character further on.
fn matches(pattern: &[u8], text: &[u8], same: impl Fn(u8, u8) -> bool) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some(&wanted) if wanted == b'?' || same(wanted, text[t]) => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((star, from)) => {
                    retry = Some((star, from + 1));
                    p = star + 1;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|rest| *rest == b'*')
}

/// As IAM compares resources: letter for letter.
pub(crate) fn matches_case(pattern: &str, text: &str) -> bool {
    matches(pattern.as_bytes(), text.as_bytes(), |wanted, found| {
        wanted == found
    })
}

/// Whether a pattern of a statement covers an action, as IAM compares actions: in any case.
pub fn action_matches(pattern: &str, text: &str) -> bool {
    matches(pattern.as_bytes(), text.as_bytes(), |wanted, found| {
        wanted.eq_ignore_ascii_case(&found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("ecr:*", "ecr:PutImage", true),
            ("ecr:Put*", "ecr:PutImage", true),
            ("ecr:Put?mage", "ecr:PutImage", true),
            ("ecr:Put?", "ecr:PutImage", false),
            ("*Image", "ecr:PutImage", true),
            ("*Image", "ecr:PutImages", false),
            ("*a*b", "aab", true),
            ("", "x", false),
        ] {
            assert_eq!(
                matches_case(pattern, text),
                expected,
                "{pattern} against {text}"
            );
        }
        assert!(action_matches("ECR:put*", "ecr:PutImage"));
        assert!(!matches_case("ECR:put*", "ecr:PutImage"));
    }

    #[test]
    fn many_stars_end_in_bounded_time() {
        let pattern = "*a".repeat(2_000);
        assert!(!matches_case(&pattern, &format!("{}b", "a".repeat(20_000))));
    }
}
