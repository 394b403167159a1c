//! Ending sessions.

use access::PersonId;
use app::{paths, request::Request as AppRequest};
use axum::{
    Form,
    body::Body,
    extract::{FromRequest, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use dashboard::Refusal;
use http::StatusCode;
use model::SignInProblem;
use serde::Deserialize;
use store::EndSessions;
use words::answers::AnswersTexts;

use super::pages;
use crate::{middleware::plain, notice, return_to, state::Shared};

/// Which sessions to end: one of the viewer's own, all others of the viewer's, or all of a person's.
#[derive(Debug, Deserialize)]
pub struct Ended {
    only: Option<String>,
    #[serde(default)]
    others: bool,
    person: Option<String>,
    r#return: Option<String>,
}

/// Ends sessions. Only administrators can end other people's sessions; for everyone else there is no such page.
pub async fn end(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(known) = parts.extensions.get::<AppRequest>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let sent = Request::from_parts(parts.clone(), body);
    let form = match Form::<Ended>::from_request(sent, &()).await {
        Ok(Form(form)) => form,
        Err(unreadable) => return unreadable.into_response(),
    };
    let back = return_to::local(form.r#return.as_deref()).unwrap_or(paths::SESSIONS);
    let Ok(viewer) = known.viewer() else {
        // After the sign-in, the same confirmation is shown again.
        let asked = match (&form.person, form.others) {
            (Some(person), _) => paths::end_person(person, back),
            (None, true) => paths::end_others(),
            (None, false) => back.to_owned(),
        };
        let sign_in = paths::sign_in_again(&asked, SignInProblem::Ended);
        return Redirect::to(&sign_in).into_response();
    };
    let person = form.person.as_deref().map(PersonId::stored);
    let which = match (&person, &form.only, known.session.as_deref()) {
        (Some(person), None, _) => EndSessions::Person(person),
        (None, Some(id), _) => EndSessions::One(&viewer.id, id),
        (None, None, Some(here)) if form.others => EndSessions::Others(&viewer.id, here),
        _ => {
            return plain::answer(StatusCode::BAD_REQUEST, AnswersTexts::names_no_session);
        }
    };
    match shared
        .gantry
        .sessions
        .end(viewer, &known.request_origin, which)
        .await
    {
        Ok(count) => notice::redirect(back, &paths::ended(count), shared.reached.https),
        Err(Refusal::Store) => plain::answer(
            StatusCode::SERVICE_UNAVAILABLE,
            AnswersTexts::store_sessions,
        ),
        Err(_) => {
            let request = Request::from_parts(parts, Body::empty());
            pages::not_found(State(shared), request).await
        }
    }
}
