//! The list of a repository's tags, in pages.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use serde_json::json;

use super::Query;
use super::error::OciError;
use crate::registry::Registry;

/// The largest page, which is also the default.
const MAX_PAGE: usize = 1_000;

/// `GET /v2/<name>/tags/list`, with `n` and `last`. Every page except the last one has a `Link` to the next.
pub fn list(registry: &Registry, name: &str, query: &Query) -> Result<Response, OciError> {
    let size = page_size(query)?;
    let after = query.get("last").map(String::as_str);
    let mut tags: Vec<String> = registry.read_images(name, |images| {
        let tags = images.tags().map(|(tag, _)| tag);
        let rest = tags.skip_while(|tag| after.is_some_and(|after| *tag <= after));
        Ok(rest.take(size + 1).map(str::to_owned).collect())
    })?;
    let is_last = tags.len() <= size;
    tags.truncate(size);
    let next = tags.last().filter(|_| !is_last);
    // A tag contains no character that must be escaped in a query.
    let link =
        next.map(|last| format!("</v2/{name}/tags/list?n={size}&last={last}>; rel=\"next\""));
    let body = Json(json!({"name": name, "tags": tags}));
    Ok(match link {
        Some(link) => ([(header::LINK, link)], body).into_response(),
        None => body.into_response(),
    })
}

fn page_size(query: &Query) -> Result<usize, OciError> {
    let Some(text) = query.get("n") else {
        return Ok(MAX_PAGE);
    };
    text.parse::<usize>()
        .map(|size| size.min(MAX_PAGE))
        .map_err(|_| {
            OciError::new(
                StatusCode::BAD_REQUEST,
                "PAGINATION_NUMBER_INVALID",
                "n must be a number",
            )
        })
}
