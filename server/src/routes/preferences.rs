//! Theme, language and container client.

use std::sync::Arc;

use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};
use model::Preferences;
use serde::Deserialize;

use crate::{browser::preferences, return_to, state::Reached};

/// The form. Fields that are not sent stay unchanged.
#[derive(Debug, Deserialize)]
pub struct Choice {
    theme: Option<String>,
    locale: Option<String>,
    client: Option<String>,
    r#return: Option<String>,
}

/// How long a choice is kept, in seconds: a year.
const MAX_AGE: u32 = 365 * 24 * 60 * 60;

/// Stores a choice in the cookie.
pub async fn set(
    State(reached): State<Arc<Reached>>,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Response {
    let known = preferences(&headers);
    let chosen = Preferences {
        theme: choice
            .theme
            .and_then(|text| text.parse().ok())
            .unwrap_or(known.theme),
        locale: choice
            .locale
            .and_then(|text| text.parse().ok())
            .or(known.locale),
        client: choice
            .client
            .and_then(|text| text.parse().ok())
            .unwrap_or(known.client),
    };
    let secure = if reached.https { "; Secure" } else { "" };
    let (name, value) = (Preferences::COOKIE, chosen.to_cookie());
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={MAX_AGE}; HttpOnly; SameSite=Lax{secure}");
    (
        [(header::SET_COOKIE, cookie)],
        return_to::redirect(choice.r#return.as_deref()),
    )
        .into_response()
}
