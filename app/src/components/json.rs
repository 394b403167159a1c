//! JSON on a page.

/// The most that line breaks may lengthen the text, as a factor. Real manifests need less than 2.
const LONGEST: usize = 3;

/// A JSON text on a single line, with each member moved to a line of its own. Any other text stays as it is, and so
/// does a text that consists mostly of brackets.
pub fn indented(text: &str) -> String {
    if text.contains('\n') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() * 2);
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if out.len() + depth > LONGEST * text.len() {
            return text.to_owned();
        }
        match c {
            _ if in_text => out.push(c),
            '{' | '[' => {
                out.push(c);
                let closes = matches!(characters.peek(), Some('}' | ']'));
                out.extend(closes.then(|| characters.next()).flatten());
                if !closes {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            ' ' => {}
            c => out.push(c),
        }
        let is_quote = c == '"' && !escaped;
        in_text ^= is_quote;
        escaped = in_text && c == '\\' && !escaped;
    }
    out
}
