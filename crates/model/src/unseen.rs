//! Characters that are not what they seem.

/// Whether a character reorders or hides those beside it: controls, and Unicode's bidirectional
/// formatting and invisible characters ("Trojan Source" is the well-known case).
pub fn is_hiding(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
