//! Characters that hide or disguise text.

use std::{fmt::Write, iter};

/// Whether a character hides or reorders its neighbours, or is invisible itself: controls, all of Unicode's
/// `Default_Ignorable_Code_Point` and `Bidi_Control`, line and paragraph separators, and interlinear annotations.
/// "Trojan Source" (CVE-2021-42574) is the well-known case.
///
/// Some scripts and emoji need a few of these: [`marked`] considers their context.
pub fn is_hiding(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// The characters of a text, each with whether it hides something in its context.
///
/// A joiner is part of the spelling between two letters of a script that has joining forms (Arabic, the scripts of
/// South and Southeast Asia, Mongolian), and between two emoji. The variation selectors 15 and 16 are part of an
/// emoji that they directly follow. Anywhere else they hide.
pub fn marked(text: &str) -> impl Iterator<Item = (char, bool)> {
    let (mut chars, mut before) = (text.chars().peekable(), None);
    iter::from_fn(move || {
        let c = chars.next()?;
        let hides = is_hiding(c) && !belongs(before, c, chars.peek().copied());
        before = (!hides).then_some(c);
        Some((c, hides))
    })
}

/// Whether a text contains a character that hides something in its context.
pub fn has_hiding(text: &str) -> bool {
    marked(text).any(|(_, hides)| hides)
}

/// A text with its hidden characters as escapes (`\u{202e}`), including line breaks and tabs. For text on one line,
/// such as a name, a condition's value or a line on a terminal.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (c, hides) in marked(text) {
        if hides {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// A line of JSON with its hidden characters as JSON escapes (`\u202e`): they become visible, and the meaning stays
/// the same.
pub fn visible_json(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for (c, hides) in marked(line) {
        // JSON allows these only between its tokens, where an escape is not allowed.
        if hides && !matches!(c, '\n' | '\r' | '\t') {
            push_json_escape(&mut out, c);
        } else {
            out.push(c);
        }
    }
    out
}

/// Appends a character as a JSON escape.
pub fn push_json_escape(out: &mut String, c: char) {
    let mut units = [0; 2];
    for unit in c.encode_utf16(&mut units) {
        // Writing to a string cannot fail.
        let _ = write!(out, "\\u{unit:04x}");
    }
}

/// Whether a character is part of the spelling of its neighbours.
fn belongs(before: Option<char>, c: char, after: Option<char>) -> bool {
    let (Some(before), after) = (before, after.unwrap_or(' ')) else {
        return false;
    };
    match c {
        '\u{fe0e}' | '\u{fe0f}' => {
            let is_keycap = matches!(before, '0'..='9' | '#' | '*') && after == '\u{20e3}';
            is_pictograph(before) || is_keycap
        }
        '\u{200c}' => has_joining_forms(before) && has_joining_forms(after),
        '\u{200d}' => {
            let after_emoji = is_pictograph(before) || before == '\u{fe0f}';
            (has_joining_forms(before) && has_joining_forms(after))
                || (after_emoji && is_pictograph(after))
        }
        _ => false,
    }
}

/// The blocks from Arabic to Sinhala, Myanmar, Khmer and Mongolian.
fn has_joining_forms(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{18af}')
        && !is_hiding(c)
}

/// The blocks of arrows, symbols and emoji.
fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{2190}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use regex_syntax::hir::{Class, HirKind};

    use super::*;

    /// The characters of a class, by the regular expression library and Unicode's tables.
    fn class(pattern: &str) -> impl Iterator<Item = char> {
        let hir = regex_syntax::parse(pattern).unwrap();
        let HirKind::Class(Class::Unicode(class)) = hir.into_kind() else {
            unreachable!("{pattern} is a class")
        };
        let ranges: Vec<_> = class.ranges().iter().map(|r| r.start()..=r.end()).collect();
        ranges.into_iter().flatten()
    }

    #[test]
    fn every_character_that_unicode_calls_ignorable_or_reordering_hides() {
        let hiding = r"[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\p{Zl}\p{Zp}\x{fff9}-\x{fffb}]";
        let expected: Vec<_> = class(hiding).collect();
        assert!(expected.len() > 4_000, "{}", expected.len());
        let all = ('\0'..=char::MAX).filter(|c| is_hiding(*c));
        assert!(all.eq(expected.iter().copied()));
    }

    #[test]
    fn every_hiding_character_is_found_among_latin_letters_or_twice_in_a_row() {
        for c in ('\0'..=char::MAX).filter(|c| is_hiding(*c)) {
            for text in [
                format!("pay{c}pal"),
                format!("{c}"),
                format!("🚀{c}{c}x"),
                format!("می{c}{c}خواهم"),
            ] {
                assert!(has_hiding(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn joiners_and_emoji_stay_readable() {
        for text in [
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👨\u{200d}👩\u{200d}👧",
            "❤\u{fe0f}\u{200d}🔥",
            "1\u{fe0f}\u{20e3}",
            "已发布 ✔\u{fe0f}",
            "naïve Ωmega été",
        ] {
            assert!(!has_hiding(text), "{text:?}");
        }
    }
}
