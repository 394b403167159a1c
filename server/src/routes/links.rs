//! Making and ending share links.

use app::{LinkForm, paths, request::Request as AppRequest};
use axum::{
    Form,
    body::Body,
    extract::{FromRequest, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use leptos::prelude::provide_context;
use model::{SignInProblem, link::LinkSelection};
use registry::Refusal;

use super::{pages, return_to};
use crate::serve::Shared;

/// Makes the link that the form asks for, and answers with the page that tells its URL: the token
/// stands in no redirect and in no session.
pub async fn make(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(known) = parts.extensions.get::<AppRequest>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let sent = Request::from_parts(parts.clone(), body);
    let form = match Form::<LinkForm>::from_request(sent, &()).await {
        Ok(Form(form)) => form,
        Err(unreadable) => return unreadable.into_response(),
    };
    let submitted = app::submit(&known, form, &shared.reached.public_url).await;
    let provide = move || {
        pages::provide();
        provide_context(submitted.clone());
    };
    let render = leptos_axum::render_app_async_with_context(provide, pages::shell(&shared));
    render(Request::from_parts(parts, Body::empty())).await
}

/// Ends links: the one whose button was pressed, all of a person or a team, or those that were ticked.
pub async fn revoke(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(known) = parts.extensions.get::<AppRequest>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let sent = Request::from_parts(parts.clone(), body);
    let fields = match Form::<Vec<(String, String)>>::from_request(sent, &()).await {
        Ok(Form(fields)) => fields,
        Err(unreadable) => return unreadable.into_response(),
    };
    let field = |name: &str| {
        let found = fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    let back = return_to::local(field("return")).unwrap_or(paths::LINKS);
    let Ok(viewer) = known.viewer() else {
        let sign_in = paths::sign_in_again(back, SignInProblem::Ended);
        return Redirect::to(&sign_in).into_response();
    };
    let Some(which) = selection(&fields, field) else {
        let message = "This form names no links. None was revoked.\n";
        return (StatusCode::BAD_REQUEST, message).into_response();
    };
    let revoking = shared.gantry.revoke_links(viewer, &known.occasion, &which);
    match revoking.await {
        Ok(count) => Redirect::to(&paths::with_revoked(back, count)).into_response(),
        // There are no links here.
        Err(Refusal::NotFound) => {
            pages::not_found(State(shared), Request::from_parts(parts, Body::empty())).await
        }
        Err(_) => {
            let message = "The store of links does not answer, so the links go on. Please try again in a moment.\n";
            (StatusCode::SERVICE_UNAVAILABLE, message).into_response()
        }
    }
}

fn selection<'a>(
    fields: &[(String, String)],
    field: impl Fn(&str) -> Option<&'a str>,
) -> Option<LinkSelection> {
    if let Some(only) = field("only") {
        return Some(LinkSelection::These(vec![only.to_owned()]));
    }
    if let Some(maker) = field("maker") {
        return Some(LinkSelection::Maker(maker.to_owned()));
    }
    if let Some(team) = field("team") {
        return team.parse().ok().map(LinkSelection::Team);
    }
    let ticked = fields.iter().filter(|(key, _)| key == "id");
    Some(LinkSelection::These(
        ticked.map(|(_, id)| id.clone()).collect(),
    ))
}
