//! JSON that can be nested to any depth.

use serde::{
    Deserialize,
    de::{DeserializeOwned, DeserializeSeed},
};
use serde_json::Deserializer;

/// The maximum depth of a document. Manifests and configs need fewer than ten levels.
const MAX_DEPTH: usize = 32;

/// Reads a document. Values that are nested too deeply become `null`. Also returns the number of
/// such values.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<(T, u32)> {
    let (shallow, pruned) = prune(bytes);
    Some((serde_json::from_slice(&shallow).ok()?, pruned))
}

/// Reads a text, or a part of one, that is not nested too deeply.
pub(super) fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    parse_with(text, std::marker::PhantomData)
}

/// The same as [`parse`], with a seed.
pub(super) fn parse_with<'a, S: DeserializeSeed<'a>>(text: &'a str, seed: S) -> Option<S::Value> {
    #[cfg(test)]
    super::work::add(text.len());
    let mut deserializer = Deserializer::from_str(text);
    let value = seed.deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

/// Replaces each array or object deeper than [`MAX_DEPTH`] with `null`, in one pass and without
/// recursion. Invalid JSON stays invalid, so that the parser refuses it.
pub(super) fn prune(bytes: &[u8]) -> (Vec<u8>, u32) {
    let mut kept = Vec::with_capacity(bytes.len());
    let (mut depth, mut pruned) = (0_usize, 0);
    let (mut in_text, mut escaped) = (false, false);
    for &byte in bytes {
        let opens = !in_text && matches!(byte, b'[' | b'{');
        let closes = !in_text && matches!(byte, b']' | b'}');
        if opens {
            depth += 1;
            if depth == MAX_DEPTH + 1 {
                kept.extend_from_slice(b"null");
                pruned += 1;
            }
        }
        if depth <= MAX_DEPTH {
            kept.push(byte);
        }
        if closes {
            depth = depth.saturating_sub(1);
        }
        in_text = match byte {
            b'"' if !escaped => !in_text,
            _ => in_text,
        };
        escaped = in_text && byte == b'\\' && !escaped;
    }
    (kept, pruned)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn brackets_in_texts_do_not_count() {
        let text = json!({"a": "]]}}\\\"[[{{", "b": [1, {"c": "\\"}]});
        assert_eq!(
            read::<Value>(text.to_string().as_bytes()).unwrap(),
            (text, 0)
        );
    }

    #[test]
    fn values_that_are_too_deep_become_null_and_the_rest_stays() {
        let deep = format!(
            "{{\"deep\":{}1{},\"kept\":true}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        let (value, pruned) = read::<Value>(deep.as_bytes()).unwrap();
        assert_eq!(value["kept"], json!(true));
        assert_eq!(pruned, 1);
    }

    #[test]
    fn invalid_json_is_refused() {
        for bad in ["", "{", "]", "}}}}", "[[[[", "{\"a\":}", "\"\\"] {
            assert!(read::<Value>(bad.as_bytes()).is_none(), "{bad}");
        }
    }
}
