//! "AWS API Call via CloudTrail": which call, and who made it ("CloudTrail record contents" and "CloudTrail userIdentity
//! element" in the user guide of CloudTrail).

use serde::Deserialize;

use super::message::{Event, EventKind, Unread, check_id, from_json, millis, part};

/// The maximum number of images in a call: the limit of BatchDeleteImage.
const MAX_IMAGES: usize = 100;

/// The maximum length of an ARN, in bytes.
const MAX_ARN: usize = 512;

/// A call that changed something.
pub(super) struct ApiCall {
    pub(super) request: String,
    pub(super) at: i64,
    pub(super) repository: String,
    pub(super) principal: Option<String>,
    pub(super) events: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    event_source: String,
    event_name: String,
    event_time: String,
    #[serde(rename = "eventID")]
    event_id: Option<String>,
    #[serde(rename = "requestID")]
    request_id: Option<String>,
    error_code: Option<String>,
    user_identity: Option<UserIdentity>,
    request_parameters: Option<Parameters>,
    response_elements: Option<Parameters>,
}

#[derive(Deserialize)]
struct UserIdentity {
    arn: Option<String>,
}

/// What requests and answers name.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Parameters {
    repository_name: Option<String>,
    image_tag: Option<String>,
    image_digest: Option<String>,
    image_ids: Option<Vec<ImageId>>,
    image: Option<Image>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Image {
    image_id: Option<ImageId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ImageId {
    image_tag: Option<String>,
    image_digest: Option<String>,
}

impl ImageId {
    fn part(&self, kind: EventKind) -> Result<Event, Unread> {
        part(
            kind,
            self.image_tag.as_deref(),
            self.image_digest.as_deref(),
        )
    }
}

pub(super) fn read(detail: &str) -> Result<ApiCall, Unread> {
    let record: Record = from_json(detail)?;
    if record.event_source != "ecr.amazonaws.com" || record.error_code.is_some() {
        return Err(Unread::Other);
    }
    let request = record.request_parameters.unwrap_or_default();
    let answer = record.response_elements.unwrap_or_default();
    let whole = |kind| part(kind, None, None).map(|event| vec![event]);
    let events = match record.event_name.as_str() {
        "PutImage" => vec![put(&request, &answer)?],
        "BatchDeleteImage" => deleted(request.image_ids, answer.image_ids)?,
        "SetRepositoryPolicy" | "DeleteRepositoryPolicy" => whole(EventKind::Policy)?,
        "PutLifecyclePolicy" | "DeleteLifecyclePolicy" => whole(EventKind::Lifecycle)?,
        "CreateRepository" | "DeleteRepository" => whole(EventKind::Repository)?,
        _ => return Err(Unread::Other),
    };
    let id = record.request_id.or(record.event_id);
    let id = id.ok_or(Unread::Malformed)?;
    check_id(&id)?;
    Ok(ApiCall {
        request: id,
        at: millis(&record.event_time)?,
        repository: request.repository_name.ok_or(Unread::Malformed)?,
        principal: record
            .user_identity
            .and_then(|identity| identity.arn)
            .filter(|arn| is_arn(arn)),
        events,
    })
}

/// The answer has the digest, which the request may lack.
fn put(request: &Parameters, answer: &Parameters) -> Result<Event, Unread> {
    let stored = answer.image.as_ref().and_then(|it| it.image_id.as_ref());
    let tag = stored.and_then(|it| it.image_tag.as_deref());
    let digest = stored.and_then(|it| it.image_digest.as_deref());
    part(
        EventKind::Push,
        tag.or(request.image_tag.as_deref()),
        digest.or(request.image_digest.as_deref()),
    )
}

/// The answer has what was deleted, which can be less than what was requested. Where it is not recorded, the request has
/// to do: a reading shows what was deleted.
fn deleted(
    requested: Option<Vec<ImageId>>,
    answered: Option<Vec<ImageId>>,
) -> Result<Vec<Event>, Unread> {
    let ids = answered.or(requested).unwrap_or_default();
    let ids = ids.iter().take(MAX_IMAGES);
    let events: Vec<_> = ids
        .map(|id| id.part(EventKind::Delete))
        .collect::<Result<_, _>>()?;
    (!events.is_empty()).then_some(events).ok_or(Unread::Other)
}

fn is_arn(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"');
    text.len() <= MAX_ARN && text.starts_with("arn:") && text.bytes().all(is_letter)
}
