//! The path that a page or a form returns to.

use super::value_of;

/// The path to return to, from the query of a page or a form, if it is a path of this site.
pub fn read_return(query: &str) -> Option<String> {
    value_of(query, "return").filter(|text| is_local(text))
}

/// Whether a text is a path of this site. URLs and forms are untrusted input: browsers treat `//host` and `/\\host` as
/// another site, and characters other than printable ASCII could break a header.
pub fn is_local(text: &str) -> bool {
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
    use super::*;
    use crate::paths::{END_SESSIONS, query_of, with_query};

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for good in [
            "/",
            "/repositories?q=a%20b",
            "/tags/retail/prod/storefront/users-api",
        ] {
            assert!(is_local(good), "{good}");
            let url = with_query(END_SESSIONS, [("return", good)]);
            assert_eq!(read_return(query_of(&url)).as_deref(), Some(good));
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
            let url = with_query(END_SESSIONS, [("return", bad)]);
            assert_eq!(read_return(query_of(&url)), None, "{bad}");
        }
    }
}
