//! Blobs: complete, in part, or only checked for existence.

use std::ops::Range;

use axum::response::Response;
use http::{HeaderMap, StatusCode, header};

use super::error::OciError;
use super::{empty, finish};
use crate::registry::{Content, Digest, ErrorKind, Registry};

/// `GET /v2/<name>/blobs/<digest>`, with an optional `Range`.
pub fn get(
    registry: &Registry,
    name: &str,
    digest: &Digest,
    headers: &HeaderMap,
) -> Result<Response, OciError> {
    let content = find(registry, name, digest)?;
    let bytes = content.bytes();
    let answer = Response::builder()
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .header(header::ACCEPT_RANGES, "bytes")
        .header("docker-content-digest", digest.to_string());
    match requested_range(headers, bytes.len()) {
        None => finish(answer, bytes),
        Some(Ok(range)) => {
            let content_range = format!("bytes {}-{}/{}", range.start, range.end - 1, bytes.len());
            let answer = answer
                .status(StatusCode::PARTIAL_CONTENT)
                .header(header::CONTENT_RANGE, content_range);
            finish(answer, bytes.slice(range))
        }
        Some(Err(Unsatisfiable)) => {
            let content_range = format!("bytes */{}", bytes.len());
            let answer = answer
                .status(StatusCode::RANGE_NOT_SATISFIABLE)
                .header(header::CONTENT_RANGE, content_range);
            empty(answer)
        }
    }
}

/// `HEAD /v2/<name>/blobs/<digest>`
pub fn head(registry: &Registry, name: &str, digest: &Digest) -> Result<Response, OciError> {
    let size = find(registry, name, digest)?.size();
    empty(
        Response::builder()
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header(header::CONTENT_LENGTH, size)
            .header("docker-content-digest", digest.to_string()),
    )
}

fn find(registry: &Registry, name: &str, digest: &Digest) -> Result<Content, OciError> {
    registry
        .read_images(name, |images| images.find_blob(digest).cloned())
        .map_err(|error| match error.kind {
            ErrorKind::LayersNotFound => OciError::blob_unknown(),
            _ => error.into(),
        })
}

/// The range is outside the blob.
#[derive(Debug, PartialEq, Eq)]
struct Unsatisfiable;

/// The single range in a request. Anything except one plain `bytes=first-last` is ignored, as HTTP allows: the client
/// then gets the whole blob.
fn requested_range(
    headers: &HeaderMap,
    size: usize,
) -> Option<Result<Range<usize>, Unsatisfiable>> {
    let text = headers.get(header::RANGE)?.to_str().ok()?;
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let range = match (first, last) {
        ("", suffix) => size.saturating_sub(suffix.parse().ok()?)..size,
        (first, "") => first.parse().ok()?..size,
        (first, last) => {
            first.parse().ok()?..last.parse::<usize>().ok()?.saturating_add(1).min(size)
        }
    };
    Some(if range.is_empty() {
        Err(Unsatisfiable)
    } else {
        Ok(range)
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn range(value: &str) -> Option<Result<Range<usize>, Unsatisfiable>> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, value.parse().unwrap());
        requested_range(&headers, 10)
    }

    #[test]
    fn ranges_are_inclusive_and_end_with_the_blob() {
        assert_eq!(range("bytes=0-3"), Some(Ok(0..4)));
        assert_eq!(range("bytes=7-"), Some(Ok(7..10)));
        assert_eq!(range("bytes=-4"), Some(Ok(6..10)));
        assert_eq!(range("bytes=5-99"), Some(Ok(5..10)));
    }

    #[test]
    fn a_range_past_the_end_cannot_be_satisfied() {
        assert_eq!(range("bytes=10-12"), Some(Err(Unsatisfiable)));
        assert_eq!(range("bytes=4-2"), Some(Err(Unsatisfiable)));
    }

    #[test]
    fn anything_but_a_single_range_is_ignored() {
        assert_eq!(range("lines=1-2"), None);
        assert_eq!(range("bytes=0-1,4-5"), None);
    }
}
