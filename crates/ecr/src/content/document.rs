//! JSON texts that a page shows unchanged.

/// A JSON document with invisible and misleading characters written as JSON escapes (`\u202e`), so
/// that a reader sees them and the text keeps its meaning. A document that is longer than this many
/// bytes is cut and ends with an ellipsis. Also returns how many characters were escaped.
pub fn document(text: &str, most: usize) -> (String, u32) {
    let mut out = String::with_capacity(text.len().min(most));
    let mut escaped: u32 = 0;
    for (c, hides) in model::marked(text) {
        if out.len() >= most {
            out.push('…');
            break;
        }
        // JSON allows these only between its tokens, where an escape would be invalid.
        if hides && !matches!(c, '\n' | '\r' | '\t') {
            escaped = escaped.saturating_add(1);
            model::push_json_escape(&mut out, c);
        } else {
            out.push(c);
        }
    }
    (out, escaped)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn hidden_characters_become_visible_without_changing_the_meaning() {
        let text = json!({"a\u{202e}b": "c\u{e0041}d\u{200b}", "e": ["é", 1]});
        let (shown, escaped) = document(&text.to_string(), 1_000);
        assert_eq!(escaped, 3);
        assert!(!model::has_hiding(&shown), "{shown}");
        assert_eq!(serde_json::from_str::<Value>(&shown).unwrap(), text);
    }

    #[test]
    fn a_long_document_is_cut() {
        let (shown, escaped) = document(&"\u{ad}".repeat(1_000_000), 1_000);
        assert!(shown.len() < 1_012 && escaped < 200, "{escaped}");
        assert!(shown.ends_with('…'));
        assert_eq!(document("{}\r\n", 1_000), ("{}\r\n".to_owned(), 0));
    }
}
