//! Pushing blobs: in one piece, in chunks, or by mounting one from another repository.

use axum::body::Body;
use axum::response::Response;
use futures::StreamExt as _;
use http::{HeaderMap, StatusCode, header};

use super::error::OciError;
use super::{Query, empty};
use crate::registry::{Digest, EcrError, Registry};

/// `POST /v2/<name>/blobs/uploads/`: mounts (`mount`, `from`), takes the whole blob (`digest`), or starts an upload.
pub async fn start(
    registry: &Registry,
    name: &str,
    query: &Query,
    body: Body,
) -> Result<Response, OciError> {
    if let (Some(digest), Some(from)) = (query.get("mount"), query.get("from")) {
        let digest = parse_digest(digest)?;
        if registry.mount_blob(from, name, &digest)? {
            return created(name, &digest);
        }
    }
    let id = registry.change(name, |settings| Ok(settings.uploads.start()))?;
    if query.contains_key("digest") {
        return finish(registry, name, &id, query, body).await;
    }
    accepted(name, &id, 0)
}

/// `GET /v2/<name>/blobs/uploads/<id>`: the progress of an upload.
pub fn progress(registry: &Registry, name: &str, id: &str) -> Result<Response, OciError> {
    let size = received(registry, name, id)?;
    empty(upload_headers(name, id, size).status(StatusCode::NO_CONTENT))
}

/// `PATCH /v2/<name>/blobs/uploads/<id>`: the next chunk, or the whole blob as a stream.
pub async fn append(
    registry: &Registry,
    name: &str,
    id: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, OciError> {
    let size = received(registry, name, id)?;
    if first_byte(headers).is_some_and(|first| first != size) {
        return empty(upload_headers(name, id, size).status(StatusCode::RANGE_NOT_SATISFIABLE));
    }
    receive(registry, name, id, body).await?;
    accepted(name, id, received(registry, name, id)?)
}

/// `PUT /v2/<name>/blobs/uploads/<id>?digest=`: the last bytes, if any, and the end of the upload.
pub async fn finish(
    registry: &Registry,
    name: &str,
    id: &str,
    query: &Query,
    body: Body,
) -> Result<Response, OciError> {
    let digest = query.get("digest").ok_or_else(|| {
        OciError::new(
            StatusCode::BAD_REQUEST,
            "DIGEST_INVALID",
            "the digest parameter is missing",
        )
    })?;
    let digest = parse_digest(digest)?;
    receive(registry, name, id, body).await?;
    registry.complete_upload(name, id, &digest)?;
    created(name, &digest)
}

/// `DELETE /v2/<name>/blobs/uploads/<id>`
pub fn cancel(registry: &Registry, name: &str, id: &str) -> Result<Response, OciError> {
    registry.change(name, |settings| settings.uploads.remove(id))?;
    empty(Response::builder().status(StatusCode::NO_CONTENT))
}

/// How many bytes of an upload have arrived.
fn received(registry: &Registry, name: &str, id: &str) -> Result<u64, EcrError> {
    registry.change(name, |settings| Ok(settings.uploads.find(id)?.size()))
}

async fn receive(registry: &Registry, name: &str, id: &str, body: Body) -> Result<(), OciError> {
    let mut stream = body.into_data_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(OciError::unreadable_body)?;
        registry.change(name, |settings| settings.uploads.find(id)?.append(&chunk))?;
    }
    Ok(())
}

/// The start position of a chunk: `Content-Range: <first>-<last>`. Some clients write `bytes ` first.
fn first_byte(headers: &HeaderMap) -> Option<u64> {
    let text = headers.get(header::CONTENT_RANGE)?.to_str().ok()?;
    let (first, _) = text.trim_start_matches("bytes ").split_once('-')?;
    first.parse().ok()
}

fn parse_digest(text: &str) -> Result<Digest, OciError> {
    text.parse().map_err(|error| {
        OciError::new(
            StatusCode::BAD_REQUEST,
            "DIGEST_INVALID",
            format!("{error}"),
        )
    })
}

fn upload_headers(name: &str, id: &str, size: u64) -> http::response::Builder {
    Response::builder()
        .header(header::LOCATION, format!("/v2/{name}/blobs/uploads/{id}"))
        .header("docker-upload-uuid", id)
        .header(header::RANGE, format!("0-{}", size.saturating_sub(1)))
}

fn accepted(name: &str, id: &str, size: u64) -> Result<Response, OciError> {
    empty(upload_headers(name, id, size).status(StatusCode::ACCEPTED))
}

fn created(name: &str, digest: &Digest) -> Result<Response, OciError> {
    empty(
        Response::builder()
            .status(StatusCode::CREATED)
            .header(header::LOCATION, format!("/v2/{name}/blobs/{digest}"))
            .header("docker-content-digest", digest.to_string()),
    )
}
