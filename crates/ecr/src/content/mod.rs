//! Parses pushed content, which is untrusted: a person who can push decides what is in a manifest,
//! a config, a referrer, and the package metadata that a scan reports. Gantry shows it to other
//! people.
//!
//! Sizes and depths are limited, nothing in the content is ever downloaded, and characters that
//! make a text look different from what it is are made visible ([`model::marked`]). Each section of
//! a page has a budget of bytes and says how much it leaves out.

mod budget;
mod config;
mod document;
mod findings;
mod first;
mod json;
mod lifecycle;
mod manifest;
mod object;
mod platform;
mod referrers;
#[cfg(test)]
pub(crate) mod work;

use budget::Budget;
pub use budget::MAX_ENTRIES;
pub(crate) use config::read_config;
pub use document::document;
pub(crate) use findings::{Findings, RawFinding};
pub use lifecycle::{Rules, read_rules};
pub use manifest::Manifest;
pub use manifest::ManifestParts;
pub(crate) use manifest::{Contents, is_index, read_contents, read_manifest};
pub use referrers::with_tagged;
pub(crate) use referrers::{RawReferrer, Referrers};

/// The maximum size of a manifest or config: ECR's limit for a manifest, 4 MiB.
pub(crate) const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The maximum size of a repository's resource tags, in bytes. ECR accepts 50 tags of at most 128
/// and 256 characters.
const RESOURCE_TAGS: usize = 64 * 1024;

/// A URL that is safe to link: http or https, and without characters that disguise it.
pub(crate) fn http_link(url: &str) -> Option<String> {
    let scheme = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let web = scheme.starts_with("https://") || scheme.starts_with("http://");
    let plain = url.len() <= 2_048
        && url
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&b));
    (web && plain).then(|| url.to_owned())
}

/// A word that lists show, such as a media type: at most 255 bytes, the limit for media types (RFC
/// 6838, section 4.2).
pub(crate) fn word(text: &str) -> String {
    budget::visible(text, 255).0
}

/// A repository's resource tags, as a page shows them.
pub fn resource_tags(tags: &[(String, String)]) -> Vec<(String, String)> {
    Budget::new(RESOURCE_TAGS).pairs(tags.iter().cloned())
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod link_tests {
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
}
