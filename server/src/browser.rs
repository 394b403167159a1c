//! What a browser sends with every request: cookies and languages.

use http::{HeaderMap, header};
use model::{Locale, Preferences};

/// A person's preferences, from their cookie.
pub fn preferences(headers: &HeaderMap) -> Preferences {
    let chosen = cookie(headers, Preferences::COOKIE);
    chosen.map(Preferences::from_cookie).unwrap_or_default()
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(other, _)| *other == name)
        .map(|(_, value)| value)
}

/// The language that a person chose, or else the one that the browser asks for.
pub fn locale(headers: &HeaderMap) -> Locale {
    let chosen = preferences(headers).locale;
    chosen.unwrap_or_else(|| accepted(headers))
}

/// The language that the browser asks for.
pub fn accepted(headers: &HeaderMap) -> Locale {
    let header = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    header.map(Locale::accepted).unwrap_or_default()
}
