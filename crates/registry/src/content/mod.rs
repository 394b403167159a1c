//! What people pushed, read with care: whoever can push decides what stands in a manifest or a
//! config, and Gantry shows it to others.
//!
//! Sizes and depths are capped, nothing in it is ever fetched, and characters that would make a text
//! read differently from what it is are made visible.

mod config;
mod json;
mod lifecycle;
mod manifest;

use std::fmt::Write;

pub(crate) use config::read_config;
pub(crate) use lifecycle::read_rules;
pub(crate) use manifest::{ManifestParts, read_manifest};

/// The largest manifest or config that is read: ECR's own limit for a manifest, 4 MiB.
pub(crate) const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The longest single value that is shown.
const MAX_TEXT: usize = 4 * 1024;

/// The most entries of one kind (labels, variables, steps, layers) that are shown.
pub(crate) const MAX_ENTRIES: usize = 1_000;

/// A link that may be offered: http or https, and plain enough to be what it looks like.
pub(crate) fn http_link(url: &str) -> Option<String> {
    let scheme = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let web = scheme.starts_with("https://") || scheme.starts_with("http://");
    let plain = url.len() <= 2_048
        && url
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&b));
    (web && plain).then(|| url.to_owned())
}

/// Cuts a text to what is shown, and makes characters visible that would reorder or hide others
/// ([`model::is_hiding`]).
fn shown(text: &str, cut: &mut u32) -> String {
    let mut out = String::with_capacity(text.len().min(MAX_TEXT));
    for c in text.chars() {
        if out.len() >= MAX_TEXT {
            *cut += 1;
            out.push('…');
            break;
        }
        if model::is_hiding(c) && c != '\n' && c != '\t' {
            // Writing to a string does not fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_linked() {
        assert!(http_link("https://nvd.nist.gov/vuln/detail/CVE-2024-0001?x=1#y").is_some());
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//host/path",
            " https://x",
            "https://x\"onmouseover=1",
            "https://x\u{202e}y",
            "https://ex ample",
        ] {
            assert_eq!(http_link(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_hides_is_made_visible_and_what_is_long_is_cut() {
        let mut cut = 0;
        assert_eq!(shown("a\u{202e}b\u{0}", &mut cut), "a\\u{202e}b\\u{0}");
        assert_eq!(cut, 0);
        assert!(shown(&"ä".repeat(1_000_000), &mut cut).len() < MAX_TEXT + 8);
        assert_eq!(cut, 1);
    }
}
