//! Basic authentication with the password from GetAuthorizationToken.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, StatusCode, header};

use super::Shared;

/// The user name of every client (ECR's user guide, "Private registry authentication").
const USER: &str = "AWS";

/// Accepts requests with a valid login. Others get a response that says how to log in.
pub async fn require(State(registry): State<Shared>, request: Request, next: Next) -> Response {
    let is_known =
        password(request.headers()).is_some_and(|password| registry.authorize(&password).is_ok());
    let mut response = if is_known {
        next.run(request).await
    } else {
        let host = &registry.home().host;
        let challenge = format!("Basic realm=\"https://{host}/\",service=\"ecr.amazonaws.com\"");
        (
            StatusCode::UNAUTHORIZED,
            [(header::WWW_AUTHENTICATE, challenge)],
            "Not Authorized\n",
        )
            .into_response()
    };
    response.headers_mut().insert(
        "docker-distribution-api-version",
        header::HeaderValue::from_static("registry/2.0"),
    );
    response
}

fn password(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let credentials = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let (user, password) = credentials.split_once(':')?;
    (user == USER).then(|| password.to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn with_authorization(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, value.parse().unwrap());
        headers
    }

    #[test]
    fn the_password_is_everything_after_the_first_colon() {
        let headers = with_authorization(&format!("basic {}", STANDARD.encode("AWS:se:cret")));
        assert_eq!(password(&headers).as_deref(), Some("se:cret"));
    }

    #[test]
    fn other_users_and_schemes_have_no_password() {
        let other_user = format!("Basic {}", STANDARD.encode("root:secret"));
        for value in [other_user.as_str(), "Bearer abc", "Basic", "Basic %%%"] {
            assert_eq!(password(&with_authorization(value)), None, "{value}");
        }
        assert_eq!(password(&HeaderMap::new()), None);
    }
}
