//! Where a form leads back to.

use axum::response::Redirect;

/// Leads to a path of this site, or to its beginning when the text is anything else: a form's hidden
/// field is input.
pub fn redirect(text: Option<&str>) -> Redirect {
    Redirect::to(local(text).unwrap_or("/"))
}

/// The path of this site that a text is, if it is one.
pub fn local(text: Option<&str>) -> Option<&str> {
    text.filter(|text| is_local(text))
}

/// Whether a text is a path of this site. `//host` and `/\host` lead elsewhere in browsers; what is
/// not printable ASCII could break the header.
fn is_local(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && text.len() <= 4_096
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for good in [
            "/",
            "/repositories?q=a%20b",
            "/tags/retail/prod/storefront/users-api",
        ] {
            assert!(is_local(good), "{good}");
        }
        for bad in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x=y",
            "/ä",
            "/a\\b",
        ] {
            assert!(!is_local(bad), "{bad}");
        }
    }
}
