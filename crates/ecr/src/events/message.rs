//! Parsing a message: the envelope of EventBridge, and the events of Amazon ECR ("Amazon ECR events and EventBridge" in its
//! user guide).

use model::{AccountId, Digest, RepositoryName, Tag};
use serde::Deserialize;
use serde_json::value::RawValue;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::cloud_trail;

/// The maximum size of a message, in bytes. EventBridge sends at most this.
const MAX_BYTES: usize = 256 * 1024;

/// The maximum length of an ID, in bytes. They are UUIDs.
const MAX_ID: usize = 128;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// An image was pushed, or a tag was set.
    Push,
    /// An image was deleted, or a tag was removed.
    Delete,
    /// An image was scanned.
    Scan,
    /// A referrer of an image was pushed or deleted.
    Referrer,
    /// The repository policy was set or deleted.
    Policy,
    /// The lifecycle policy was set or deleted.
    Lifecycle,
    /// The repository was created or deleted.
    Repository,
}

/// A part of what a message reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The tag, if the message names one.
    pub tag: Option<Tag>,
    /// The image, if the message names one.
    pub digest: Option<Digest>,
}

/// What a message reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The ID of the EventBridge event, or of the request that CloudTrail recorded: an event can be sent more than once.
    pub id: String,
    /// The account of the registry.
    pub account: AccountId,
    /// The region of the registry.
    pub region: String,
    /// The repository.
    pub repository: RepositoryName,
    /// When it happened, in milliseconds since 1970, UTC.
    pub at: i64,
    /// The ARN of the principal who did it, if CloudTrail says.
    pub principal: Option<String>,
    /// Its parts, at least one.
    pub events: Vec<Event>,
}

/// Why a message reports nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is no event, or one with other fields than those that AWS documents.
    Malformed,
    /// It is an event of another kind, or of something that failed.
    Other,
}

/// The envelope of EventBridge ("AWS service event metadata").
#[derive(Deserialize)]
struct Envelope<'a> {
    id: String,
    #[serde(rename = "detail-type")]
    detail_type: String,
    source: String,
    account: String,
    time: String,
    region: String,
    #[serde(borrow)]
    detail: &'a RawValue,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ImageAction {
    result: Option<String>,
    repository_name: String,
    image_digest: Option<String>,
    action_type: String,
    image_tag: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ImageScan {
    repository_name: String,
    image_digest: Option<String>,
}

/// Reads a message. The work is limited by the size of the message, which is limited too.
///
/// # Errors
/// [`Unread`].
pub fn parse(text: &str) -> Result<Message, Unread> {
    if text.len() > MAX_BYTES {
        return Err(Unread::Malformed);
    }
    let envelope: Envelope<'_> = from_json(text)?;
    let detail = envelope.detail.get();
    let at = millis(&envelope.time)?;
    let account = AccountId::parse(&envelope.account).ok_or(Unread::Malformed)?;
    check_id(&envelope.id)?;
    check_region(&envelope.region)?;
    let message = |repository: &str, events| {
        Ok(Message {
            id: envelope.id.clone(),
            account: account.clone(),
            region: envelope.region.clone(),
            repository: repository.parse().map_err(|_| Unread::Malformed)?,
            at,
            principal: None,
            events,
        })
    };
    match (envelope.source.as_str(), envelope.detail_type.as_str()) {
        ("aws.ecr", "ECR Image Action") => {
            let action: ImageAction = from_json(detail)?;
            let kind = match action.action_type.as_str() {
                "PUSH" => EventKind::Push,
                "DELETE" => EventKind::Delete,
                // The storage class of an image is read with its tags.
                "UPDATE_STORAGE_CLASS" => EventKind::Scan,
                _ => return Err(Unread::Other),
            };
            check_result(action.result.as_deref())?;
            let event = part(
                kind,
                action.image_tag.as_deref(),
                action.image_digest.as_deref(),
            )?;
            message(&action.repository_name, vec![event])
        }
        ("aws.ecr", "ECR Referrer Action") => {
            let action: ImageAction = from_json(detail)?;
            check_result(action.result.as_deref())?;
            let event = part(EventKind::Referrer, None, action.image_digest.as_deref())?;
            message(&action.repository_name, vec![event])
        }
        ("aws.ecr", "ECR Image Scan") => {
            let scan: ImageScan = from_json(detail)?;
            let event = part(EventKind::Scan, None, scan.image_digest.as_deref())?;
            message(&scan.repository_name, vec![event])
        }
        ("aws.ecr", "AWS API Call via CloudTrail") => {
            let call = cloud_trail::read(detail)?;
            let made = message(&call.repository, call.events)?;
            Ok(Message {
                id: call.request,
                at: call.at,
                principal: call.principal,
                ..made
            })
        }
        _ => Err(Unread::Other),
    }
}

pub(super) fn from_json<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Unread> {
    serde_json::from_str(text).map_err(|_| Unread::Malformed)
}

/// A part with a tag and an image. An empty text is none: Amazon ECR sends it for an image without a tag.
pub(super) fn part(
    kind: EventKind,
    tag: Option<&str>,
    digest: Option<&str>,
) -> Result<Event, Unread> {
    let named = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    let tag = named(tag).map(|tag| tag.parse()).transpose();
    let digest = named(digest).map(|digest| digest.parse()).transpose();
    Ok(Event {
        kind,
        tag: tag.map_err(|_| Unread::Malformed)?,
        digest: digest.map_err(|_| Unread::Malformed)?,
    })
}

/// A time, in milliseconds since 1970.
pub(super) fn millis(text: &str) -> Result<i64, Unread> {
    let at = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| Unread::Malformed)?;
    let millis = at.unix_timestamp_nanos().div_euclid(1_000_000);
    i64::try_from(millis).map_err(|_| Unread::Malformed)
}

pub(super) fn check_id(id: &str) -> Result<(), Unread> {
    let is_id = (1..=MAX_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    is_id.then_some(()).ok_or(Unread::Malformed)
}

fn check_region(region: &str) -> Result<(), Unread> {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_region = (1..=32).contains(&region.len()) && region.bytes().all(is_letter);
    is_region.then_some(()).ok_or(Unread::Malformed)
}

fn check_result(result: Option<&str>) -> Result<(), Unread> {
    match result {
        None | Some("SUCCESS") => Ok(()),
        Some(_) => Err(Unread::Other),
    }
}

#[cfg(test)]
mod tests;
