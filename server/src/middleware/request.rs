//! Finds out who asks, and how they like to be answered.

use app::{paths, request::Request as AppRequest};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, Method, StatusCode, header};
use model::{Locale, Preferences};
use registry::{Occasion, Person};
use tower_sessions::Session;

use crate::{serve::Shared, session::PERSON};

/// Makes what pages and server functions know of a request. Who is signed out is led to the sign-in,
/// and from there to where they wanted to go.
pub async fn prepare(
    State(shared): State<Shared>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    let person = match session.get::<Person>(PERSON).await {
        Ok(person) => person,
        Err(error) => {
            tracing::error!(%error, "sessions cannot be read");
            let message = "The store of sessions does not answer. Nothing was changed; please try again in a moment.\n";
            return (StatusCode::SERVICE_UNAVAILABLE, message).into_response();
        }
    };
    let path = request.uri().path();
    let path_and_query = request
        .uri()
        .path_and_query()
        .map_or(path, |whole| whole.as_str());
    let open_to_all = path == paths::SIGN_IN || path.starts_with(paths::API);
    if person.is_none() && !open_to_all && request.method() == Method::GET {
        return Redirect::to(&paths::sign_in(path_and_query)).into_response();
    }
    let preferences = preferences(request.headers());
    let locale = preferences
        .locale
        .unwrap_or_else(|| accepted(request.headers()));
    let Some(occasion) = request.extensions().get::<Occasion>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let known = AppRequest {
        gantry: shared.gantry,
        viewer: person.map(|person| shared.directory.viewer(&person)),
        preferences,
        locale,
        occasion,
        personas: shared
            .personas
            .iter()
            .map(|persona| persona.card(locale))
            .collect(),
        path_and_query: path_and_query.into(),
    };
    request.extensions_mut().insert(known);
    next.run(request).await
}

/// What a person chose, by their cookie.
pub fn preferences(headers: &HeaderMap) -> Preferences {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let value = pairs
        .find(|(name, _)| *name == Preferences::COOKIE)
        .map(|(_, value)| value);
    value.map(Preferences::from_cookie).unwrap_or_default()
}

/// The language that the browser asks for.
pub fn accepted(headers: &HeaderMap) -> Locale {
    let header = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    header.map(Locale::accepted).unwrap_or_default()
}
