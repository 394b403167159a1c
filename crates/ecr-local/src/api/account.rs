//! Operations on the registry as a whole: logins, settings, and principals whose pulls are not recorded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use super::lists::paged;
use super::shapes::Nothing;
use crate::registry::{EcrError, ErrorKind, Listing, PageRequest, Timestamp};

pub(super) fn authorization_token(context: &Context<'_>, _: Nothing) -> Result<Value, EcrError> {
    let login = context.registry.issue_login();
    let token = STANDARD.encode(format!("AWS:{}", login.password));
    Ok(json!({ "authorizationData": [{
        "authorizationToken": token,
        "expiresAt": login.expires_at,
        "proxyEndpoint": format!("http://{}", context.registry.home().host),
    }] }))
}

#[derive(Deserialize)]
pub(super) struct GetSetting {
    name: String,
}

pub(super) fn get_setting(context: &Context<'_>, request: GetSetting) -> Result<Value, EcrError> {
    let value = context
        .registry
        .account()
        .setting(&request.name)?
        .to_owned();
    Ok(json!({ "name": request.name, "value": value }))
}

#[derive(Deserialize)]
pub(super) struct PutSetting {
    name: String,
    value: String,
}

pub(super) fn put_setting(context: &Context<'_>, request: PutSetting) -> Result<Value, EcrError> {
    context
        .registry
        .account()
        .set(&request.name, &request.value)?;
    Ok(json!({ "name": request.name, "value": request.value }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Exclusion {
    principal_arn: String,
}

/// ECR's quota of principals whose pulls are not recorded.
const MAX_EXCLUSIONS: usize = 100;

pub(super) fn register_exclusion(
    context: &Context<'_>,
    request: Exclusion,
) -> Result<Value, EcrError> {
    let arn = request.principal_arn;
    check_principal(&arn)?;
    let exclusions = &mut context.registry.account().pull_time_exclusions;
    if exclusions.contains_key(&arn) {
        return Err(EcrError::new(
            ErrorKind::ExclusionAlreadyExists,
            format!("The principal '{arn}' is excluded already"),
        ));
    }
    if exclusions.len() >= MAX_EXCLUSIONS {
        return Err(EcrError::new(
            ErrorKind::LimitExceeded,
            format!("At most {MAX_EXCLUSIONS} principals can be excluded"),
        ));
    }
    let created_at = Timestamp::now();
    exclusions.insert(arn.clone(), created_at);
    Ok(json!({ "principalArn": arn, "createdAt": created_at }))
}

pub(super) fn deregister_exclusion(
    context: &Context<'_>,
    request: Exclusion,
) -> Result<Value, EcrError> {
    let arn = request.principal_arn;
    match context.registry.account().pull_time_exclusions.remove(&arn) {
        Some(_) => Ok(json!({ "principalArn": arn })),
        None => Err(EcrError::new(
            ErrorKind::ExclusionNotFound,
            format!("The principal '{arn}' is not excluded"),
        )),
    }
}

pub(super) fn list_exclusions(
    context: &Context<'_>,
    request: PageRequest,
) -> Result<Value, EcrError> {
    let exclusions = context.registry.account().pull_time_exclusions.clone();
    let listing = Listing {
        purpose: "ListPullTimeUpdateExclusions",
        default: 100,
        limit: 1000,
    };
    let arns = exclusions.into_keys().map(|arn| (arn.clone(), arn));
    let page = context.registry.page(&listing, &request, arns)?;
    Ok(paged(
        "pullTimeUpdateExclusions",
        json!(page.items),
        page.next_token,
    ))
}

/// The service model accepts roles and users: `arn:PARTITION:iam::ACCOUNT:role/NAME`.
fn check_principal(arn: &str) -> Result<(), EcrError> {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte))
    };
    let parts: Vec<&str> = arn.split(':').collect();
    let is_principal = match parts.as_slice() {
        ["arn", partition, "iam", "", account, resource] => {
            partition.starts_with("aws")
                && account.len() == 12
                && account.bytes().all(|byte| byte.is_ascii_digit())
                && resource.split_once('/').is_some_and(|(kind, path)| {
                    matches!(kind, "role" | "user") && path.split('/').all(is_name)
                })
        }
        _ => false,
    };
    if is_principal && arn.len() <= 200 {
        Ok(())
    } else {
        Err(EcrError::invalid(
            "principalArn",
            "must be the ARN of a role or a user",
        ))
    }
}
