//! The signer of a request. The Authorization header must be present, complete, and scoped to this service (and for
//! ECR to this region). The signature itself is not verified, because ecr-local has no secret keys: any credentials
//! work.

use http::HeaderMap;

use crate::registry::{Caller, EcrError, ErrorKind, Registry, Timestamp};

/// The principal of the access key in the signature: a role session that AssumeRole started here, or else the host.
pub(super) fn caller(
    registry: &Registry,
    headers: &HeaderMap,
    service: &str,
) -> Result<Caller, EcrError> {
    let header = headers
        .get(http::header::AUTHORIZATION)
        .and_then(|header| header.to_str().ok())
        .ok_or_else(|| {
            EcrError::new(
                ErrorKind::MissingAuthenticationToken,
                "Missing Authentication Token",
            )
        })?;
    let fields = header.strip_prefix("AWS4-HMAC-SHA256 ").ok_or_else(|| {
        incomplete("Authorization header requires the algorithm AWS4-HMAC-SHA256")
    })?;
    let field = |name: &str| {
        fields
            .split(',')
            .find_map(|field| field.trim().strip_prefix(name)?.strip_prefix('='))
            .filter(|value| !value.is_empty())
            .ok_or_else(|| incomplete(&format!("Authorization header requires '{name}' parameter")))
    };
    let credential = field("Credential")?;
    field("SignedHeaders")?;
    field("Signature")?;
    if !headers.contains_key("x-amz-date") && !headers.contains_key(http::header::DATE) {
        return Err(incomplete(
            "The request has neither an X-Amz-Date nor a Date header",
        ));
    }
    let access_key = check_scope(registry, credential, service)?;
    who(registry, access_key)
}

/// Checks `KEY/DATE/REGION/SERVICE/aws4_request` and returns the key.
fn check_scope<'a>(
    registry: &Registry,
    credential: &'a str,
    service: &str,
) -> Result<&'a str, EcrError> {
    let parts: Vec<&str> = credential.split('/').collect();
    let &[access_key, date, region, scoped_to, "aws4_request"] = parts.as_slice() else {
        return Err(incomplete(
            "Credential must have exactly 5 slash-delimited elements",
        ));
    };
    if date.len() != 8 || !date.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(incomplete(
            "Date in Credential scope must be of the form YYYYMMDD",
        ));
    }
    let wrong = |message: String| Err(EcrError::new(ErrorKind::InvalidSignature, message));
    if scoped_to != service {
        return wrong(format!(
            "Credential should be scoped to correct service: '{service}'."
        ));
    }
    // STS also has a global endpoint, so its scope can name another region.
    if service == "ecr" && region != registry.home().region {
        return wrong(format!(
            "Credential should be scoped to a valid region, not '{region}'."
        ));
    }
    Ok(access_key)
}

fn who(registry: &Registry, access_key: &str) -> Result<Caller, EcrError> {
    match registry.sessions().get(access_key) {
        Some(session) if session.expires_at <= Timestamp::now() => Err(EcrError::new(
            ErrorKind::ExpiredToken,
            "The security token included in the request is expired",
        )),
        Some(session) => Ok(session.caller.clone()),
        None => Ok(host(registry)),
    }
}

/// The caller for credentials that were not issued here.
fn host(registry: &Registry) -> Caller {
    let account = registry.home().account.clone();
    Caller {
        arn: format!(
            "arn:{}:sts::{account}:assumed-role/host/ecr-local",
            registry.partition()
        ),
        user_id: "AROAHOSTOFECRLOCAL00:ecr-local".to_owned(),
        account,
    }
}

fn incomplete(message: &str) -> EcrError {
    EcrError::new(ErrorKind::IncompleteSignature, message)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::registry::{Home, Session};

    #[test]
    fn a_session_expires() {
        let registry = Registry::new(Home {
            account: "111122223333".to_owned(),
            region: "eu-central-1".to_owned(),
            host: "localhost".to_owned(),
        });
        let now = Timestamp::now();
        for (key, expires_at) in [("OLD", now), ("NEW", now.after(Duration::from_secs(60)))] {
            let mut caller = host(&registry);
            caller.user_id = key.to_owned();
            let session = Session { caller, expires_at };
            registry.sessions().insert(key.to_owned(), session);
        }
        let kind = who(&registry, "OLD").map_err(|error| error.kind);
        assert_eq!(kind, Err(ErrorKind::ExpiredToken));
        assert_eq!(
            who(&registry, "NEW").map(|caller| caller.user_id),
            Ok("NEW".to_owned())
        );
        assert_eq!(who(&registry, "OTHER"), Ok(host(&registry)));
    }
}
