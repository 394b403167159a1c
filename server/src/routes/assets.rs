//! The browser's files: script, WebAssembly, stylesheet, icon. They are embedded in the program.
//!
//! A debug build reads them from `target/site` at each request instead, where `./dev` puts them.

use std::borrow::Cow;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Path,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::config::LeptosOptions;
use rust_embed::Embed;

/// The output of the browser build, compressed beforehand.
#[derive(Embed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// The path prefix of build files, their name without a hash, and how long browsers keep files.
const FOLDER: &str = "pkg/";
const UNHASHED: &str = "gantry";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const FOR_A_DAY: &str = "public, max-age=86400";
const NEVER: &str = "no-cache";

/// The supported compressions, smallest result first: the name of the content coding, and the file suffix.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// What pages need to know about the files: their common name, which contains a hash of their bytes.
pub fn options() -> LeptosOptions {
    let name = Site::iter().find_map(|path| {
        let name = path.strip_prefix(FOLDER)?.strip_suffix(".css")?;
        Some(name.to_owned())
    });
    if name.is_none() {
        tracing::error!(
            "This build of Gantry has no stylesheet and no scripts: build it with ./dev build"
        );
    }
    LeptosOptions::builder()
        .output_name(name.unwrap_or_else(|| UNHASHED.to_owned()))
        .site_pkg_dir(FOLDER.trim_end_matches('/'))
        .build()
}

/// The files.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let built = |Path(name): Path<String>, headers: HeaderMap| async move {
        // Names without a hash come from a development build, where the files change.
        let hashed = name.matches('.').count() > 1;
        file(
            &format!("{FOLDER}{name}"),
            &headers,
            if hashed { FOR_EVER } else { NEVER },
        )
    };
    let icon = |headers: HeaderMap| async move { file("favicon.svg", &headers, FOR_A_DAY) };
    Router::new()
        .route(&format!("/{FOLDER}{{name}}"), get(built))
        .route("/favicon.svg", get(icon))
        // Browsers, link previews and scanners request it without being asked to.
        .route("/favicon.ico", get(icon))
}

fn file(path: &str, asked: &HeaderMap, kept: &'static str) -> Response {
    let Some(kind) = media_type(path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let compressed = ENCODINGS.iter().find_map(|(coding, ending)| {
        accepts(asked, coding).then_some(())?;
        Some((*coding, Site::get(&format!("{path}{ending}"))?))
    });
    let (coding, found) = match compressed {
        Some((coding, found)) => (Some(coding), found),
        None => match Site::get(path) {
            Some(found) => (None, found),
            None => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let bytes = match found.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    let mut response = Body::from(bytes).into_response();
    let mut say = |name, value| {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value))
    };
    say(header::CONTENT_TYPE, kind);
    say(header::VARY, "accept-encoding");
    say(header::CACHE_CONTROL, kept);
    if let Some(coding) = coding {
        say(header::CONTENT_ENCODING, coding);
    }
    response
}

/// None for a file that no client requests: compressed files are requested under the name of the original.
fn media_type(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "css" => "text/css",
        "js" => "text/javascript",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        _ => return None,
    })
}

/// Whether a client accepts a content coding (RFC 9110, section 12.5.3). A weight of zero refuses it.
fn accepts(asked: &HeaderMap, coding: &str) -> bool {
    let lists = asked.get_all(header::ACCEPT_ENCODING).iter();
    let named = lists.filter_map(|list| list.to_str().ok());
    named.flat_map(|list| list.split(',')).any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, ""));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
        name.trim().eq_ignore_ascii_case(coding)
            && weight.parse::<f32>().is_ok_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coding_counts_if_it_is_named_and_not_refused() {
        for (list, br) in [
            ("gzip, deflate, br, zstd", true),
            ("BR;q=0.5", true),
            ("br;q=0, gzip", false),
            ("br; q=0.0", false),
            ("brotli", false),
            ("", false),
        ] {
            let mut asked = HeaderMap::new();
            asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(list));
            assert_eq!(accepts(&asked, "br"), br, "{list}");
        }
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }

    #[test]
    fn only_files_of_the_build_are_served() {
        for path in [
            "pkg/../../../style/main.css",
            "pkg/gantry.css.br",
            "pkg/none",
            "pkg/none.css",
        ] {
            let answer = file(path, &HeaderMap::new(), NEVER);
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
}
