//! Manifests: by tag or by digest, exactly as they were pushed.

use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use serde_json::json;

use super::error::OciError;
use super::{empty, finish};
use crate::events;
use crate::registry::{
    DeletionRefused, Digest, EcrError, ErrorKind, Image, PutImage, Reference, Registry, Timestamp,
};

/// The largest manifest that is read, in bytes. ECR has the same limit, 4 MiB.
const MAX_MANIFEST: usize = 4 * 1024 * 1024;

/// `GET /v2/<name>/manifests/<reference>`. ECR counts this as a pull.
pub fn get(
    registry: &Registry,
    name: &str,
    reference: &Reference,
    headers: &HeaderMap,
) -> Result<Response, OciError> {
    let image = find(registry, name, reference, headers)?;
    registry.set_pulled_at(name, &image.digest, Timestamp::now())?;
    finish(describe(&image), image.bytes)
}

/// `HEAD /v2/<name>/manifests/<reference>`
pub fn head(
    registry: &Registry,
    name: &str,
    reference: &Reference,
    headers: &HeaderMap,
) -> Result<Response, OciError> {
    let image = find(registry, name, reference, headers)?;
    empty(describe(&image))
}

/// `PUT /v2/<name>/manifests/<reference>`, subject to the repository's tag mutability.
pub async fn put(
    registry: &Registry,
    name: &str,
    reference: Reference,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, OciError> {
    let manifest = to_bytes(body, MAX_MANIFEST)
        .await
        .map_err(OciError::unreadable_body)?;
    let (tag, digest) = match &reference {
        Reference::Tag(tag) => (Some(tag.clone()), None),
        Reference::Digest(digest) => (None, Some(*digest)),
    };
    let put = registry.put_image(
        name,
        PutImage {
            manifest,
            media_type: text(headers, header::CONTENT_TYPE),
            tag,
            digest,
            pushed_at: None,
        },
    );
    let image = match put {
        // Pushing the same manifest again is not an error in this protocol, unlike in ECR's own.
        Err(error) if error.kind == ErrorKind::ImageAlreadyExists => {
            registry.image_by_reference(name, &reference)?
        }
        stored => {
            let stored = stored?;
            let tag = match &reference {
                Reference::Tag(tag) => Some(tag.as_str()),
                Reference::Digest(_) => None,
            };
            report(registry, name, "PUSH", stored.digest, tag);
            if stored.manifest.subject.is_some() {
                events::referrer_action(registry, name, &json!(stored.digest.to_string()));
            }
            stored
        }
    };
    let mut answer = Response::builder()
        .status(StatusCode::CREATED)
        .header(
            header::LOCATION,
            format!("/v2/{name}/manifests/{}", image.digest),
        )
        .header("docker-content-digest", image.digest.to_string());
    if let Some(subject) = image.manifest.subject {
        // Tells the client that it does not have to maintain a referrers tag.
        answer = answer.header("oci-subject", subject.to_string());
    }
    empty(answer)
}

/// `DELETE /v2/<name>/manifests/<reference>`
pub fn delete(
    registry: &Registry,
    name: &str,
    reference: &Reference,
) -> Result<Response, OciError> {
    let deleted = registry.change_images(name, |images| {
        images.delete(reference).map_err(|refused| match refused {
            DeletionRefused::NotFound => images.image_not_found(reference),
            DeletionRefused::ReferencedBy(index) => EcrError::new(
                ErrorKind::InvalidParameter,
                format!("Requested image referenced by manifest list: [{index}]"),
            ),
        })
    })?;
    for tag in &deleted.tags {
        report(registry, name, "DELETE", deleted.digest, Some(tag));
    }
    if deleted.tags.is_empty() {
        report(registry, name, "DELETE", deleted.digest, None);
    }
    empty(Response::builder().status(StatusCode::ACCEPTED))
}

fn report(registry: &Registry, name: &str, action: &str, digest: Digest, tag: Option<&str>) {
    let digest = json!(digest.to_string());
    events::image_action(registry, action, name, &digest, &json!(tag));
}

/// The image, if the client accepts the format that it is stored in. Manifests are never converted, because a
/// different text would have a different digest.
fn find(
    registry: &Registry,
    name: &str,
    reference: &Reference,
    headers: &HeaderMap,
) -> Result<Image, OciError> {
    let image = registry.image_by_reference(name, reference)?;
    let media_type = image.manifest.kind.media_type();
    if accepts(headers, media_type) {
        Ok(image)
    } else {
        let message =
            format!("manifest is stored as {media_type}, which the Accept header does not list");
        Err(OciError::new(
            StatusCode::NOT_FOUND,
            "MANIFEST_UNKNOWN",
            message,
        ))
    }
}

fn accepts(headers: &HeaderMap, media_type: &str) -> bool {
    let mut accepted = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|range| range.split(';').next())
        .map(str::trim)
        .peekable();
    accepted.peek().is_none()
        || accepted.any(|range| {
            range == "*/*" || range == "application/*" || range.eq_ignore_ascii_case(media_type)
        })
}

fn describe(image: &Image) -> http::response::Builder {
    Response::builder()
        .header(header::CONTENT_TYPE, image.manifest.kind.media_type())
        .header(header::CONTENT_LENGTH, image.bytes.len())
        .header("docker-content-digest", image.digest.to_string())
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    const INDEX: &str = "application/vnd.oci.image.index.v1+json";

    fn accept(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::ACCEPT, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_client_that_names_no_format_accepts_any() {
        assert!(accepts(&accept(&[]), INDEX));
        assert!(accepts(&accept(&["*/*"]), INDEX));
    }

    #[test]
    fn a_format_can_be_anywhere_in_the_list() {
        let headers = accept(&[
            "text/plain;q=0.5, application/json",
            &format!("a/b, {INDEX};q=0.1"),
        ]);
        assert!(accepts(&headers, INDEX));
    }

    #[test]
    fn a_format_that_is_not_listed_is_not_sent() {
        assert!(!accepts(
            &accept(&["application/vnd.docker.distribution.manifest.v2+json"]),
            INDEX
        ));
    }
}
