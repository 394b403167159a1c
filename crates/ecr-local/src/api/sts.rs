//! The two STS operations that clients of ECR use: GetCallerIdentity and AssumeRole. They use AWS's query protocol: a
//! form in, XML out.

use std::collections::HashMap;
use std::time::Duration;

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode, header};

use super::{Endpoint, signature};
use crate::registry::{Caller, EcrError, ErrorKind, Registry, Session, Timestamp, uuid};

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";
/// How long an assumed role lasts by default.
const SESSION: Duration = Duration::from_secs(3600);

/// The answer to a form that names an action. None for any other request.
pub(super) async fn answer(
    endpoint: &Endpoint,
    headers: &HeaderMap,
    body: &[u8],
) -> Option<Response> {
    let form = form(body);
    let action = form.get("Action")?;
    let id = uuid();
    let (status, body) = match perform(endpoint, headers, action, &form).await {
        Ok(result) => (
            StatusCode::OK,
            format!(
                "<{action}Response xmlns=\"{NAMESPACE}\"><{action}Result>{result}</{action}Result>\
                 <ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata></{action}Response>"
            ),
        ),
        Err(error) => (error.kind.status(), failure(&error, &id)),
    };
    let headers = [
        (header::CONTENT_TYPE.as_str(), "text/xml".to_owned()),
        (super::REQUEST_ID, id),
    ];
    Some((status, headers, body).into_response())
}

async fn perform(
    endpoint: &Endpoint,
    headers: &HeaderMap,
    action: &str,
    form: &HashMap<String, String>,
) -> Result<String, EcrError> {
    let registry = &endpoint.registry;
    let caller = signature::caller(registry, headers, "sts")?;
    endpoint.meet_faults(action, None).await?;
    match action {
        "GetCallerIdentity" => Ok(identity(&caller)),
        "AssumeRole" => assume(registry, form),
        _ => Err(super::unknown_operation()),
    }
}

fn identity(caller: &Caller) -> String {
    format!(
        "<Arn>{}</Arn><UserId>{}</UserId><Account>{}</Account>",
        escape(&caller.arn),
        escape(&caller.user_id),
        escape(&caller.account)
    )
}

/// Assumes any role with a well-formed ARN: there are no trust policies here.
fn assume(registry: &Registry, form: &HashMap<String, String>) -> Result<String, EcrError> {
    let field = |name: &str| {
        form.get(name)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| invalid(&format!("'{name}' must not be null")))
    };
    let now = Timestamp::now();
    let expires_at = now.after(duration(form)?);
    let caller = session_of(field("RoleArn")?, field("RoleSessionName")?)?;
    let access_key = unique_id("ASIA");
    let answer = format!(
        "<AssumedRoleUser><AssumedRoleId>{}</AssumedRoleId><Arn>{}</Arn></AssumedRoleUser>\
         <Credentials><AccessKeyId>{access_key}</AccessKeyId><SecretAccessKey>{}</SecretAccessKey>\
         <SessionToken>{}</SessionToken><Expiration>{}</Expiration></Credentials>",
        escape(&caller.user_id),
        escape(&caller.arn),
        uuid(),
        uuid(),
        expires_at
            .to_rfc3339()
            .ok_or_else(|| EcrError::new(ErrorKind::Server, "The time cannot be written"))?,
    );
    let mut sessions = registry.sessions();
    // A session that ended an hour ago has already been answered with an error; it is no longer needed.
    sessions.retain(|_, session| session.expires_at > now.before(SESSION));
    sessions.insert(access_key, Session { caller, expires_at });
    Ok(answer)
}

/// How long the session lasts: an hour, unless the request sets 15 minutes to 12 hours.
fn duration(form: &HashMap<String, String>) -> Result<Duration, EcrError> {
    match form.get("DurationSeconds").map(|text| text.parse()) {
        None => Ok(SESSION),
        Some(Ok(seconds)) if (900..=43_200).contains(&seconds) => Ok(Duration::from_secs(seconds)),
        Some(_) => Err(invalid("'durationSeconds' must be between 900 and 43200")),
    }
}

/// The caller for a session of this role. The role's path is not part of its session's ARN.
fn session_of(role: &str, session: &str) -> Result<Caller, EcrError> {
    let parts: Vec<&str> = role.splitn(6, ':').collect();
    let (partition, account, name) = match parts.as_slice() {
        ["arn", partition, "iam", "", account, resource] => resource
            .strip_prefix("role/")
            .and_then(|path| path.rsplit('/').next())
            .map(|name| (*partition, *account, name)),
        _ => None,
    }
    .ok_or_else(|| invalid(&format!("{role} is invalid")))?;
    Ok(Caller {
        account: account.to_owned(),
        arn: format!("arn:{partition}:sts::{account}:assumed-role/{name}/{session}"),
        user_id: format!("{}:{session}", unique_id("AROA")),
    })
}

/// A prefix for the kind of ID, and 16 more letters and digits.
fn unique_id(prefix: &str) -> String {
    let letters = uuid().replace('-', "").to_uppercase();
    format!("{prefix}{}", &letters[..16])
}

fn invalid(message: &str) -> EcrError {
    EcrError::new(ErrorKind::Validation, message)
}

fn failure(error: &EcrError, id: &str) -> String {
    // The query protocol spells the general AWS error codes differently.
    let code = match error.kind {
        ErrorKind::MissingAuthenticationToken => "MissingAuthenticationToken",
        ErrorKind::Validation => "ValidationError",
        ErrorKind::UnknownOperation => "InvalidAction",
        ErrorKind::IncompleteSignature => "IncompleteSignature",
        ErrorKind::InvalidSignature => "SignatureDoesNotMatch",
        ErrorKind::AccessDenied => "AccessDenied",
        ErrorKind::Throttling => "Throttling",
        ErrorKind::ExpiredToken => "ExpiredToken",
        kind => kind.name(),
    };
    format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>Sender</Type><Code>{code}</Code>\
         <Message>{}</Message></Error><RequestId>{id}</RequestId></ErrorResponse>",
        escape(&error.message)
    )
}

/// Parses `application/x-www-form-urlencoded`. If a field is sent twice, the last one counts.
fn form(body: &[u8]) -> HashMap<String, String> {
    body.split(|&byte| byte == b'&')
        .filter_map(|pair| {
            let at = pair.iter().position(|&byte| byte == b'=')?;
            Some((decode(&pair[..at]), decode(&pair[at + 1..])))
        })
        .collect()
}

fn decode(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, after)) = rest.split_first() {
        let hexadecimal = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let escaped = hexadecimal.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let (byte, length) = match (first, escaped) {
            (b'%', Some(byte)) => (byte, 3),
            (b'+', _) => (b' ', 1),
            _ => (first, 1),
        };
        bytes.push(byte);
        rest = &rest[length..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_decoded() {
        let form = form(b"Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam&Name=a+b%");
        assert_eq!(form["RoleArn"], "arn:aws:iam");
        assert_eq!(form["Name"], "a b%");
    }
}
