//! Previews of lifecycle policies.

use app::{paths, request::Request as AppRequest};
use axum::{
    Form,
    body::Body,
    extract::{FromRequest, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use dashboard::Refusal;
use http::StatusCode;
use model::{RepositoryAt, SignInProblem, lifecycle::PreviewRequest};
use serde::Deserialize;
use words::answers::AnswersTexts;

use super::pages;
use crate::{middleware::plain, notice, state::Shared};

/// The repository whose lifecycle policy is previewed.
#[derive(Debug, Deserialize)]
pub struct Asked {
    registry: Option<String>,
    name: Option<String>,
}

/// Requests a preview from ECR, which changes no image, and leads back to the lifecycle page, which shows the result.
/// Reloading that page requests nothing.
pub async fn preview(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(known) = parts.extensions.get::<AppRequest>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let sent = Request::from_parts(parts.clone(), body);
    let asked = match Form::<Asked>::from_request(sent, &()).await {
        Ok(Form(asked)) => asked,
        Err(unreadable) => return unreadable.into_response(),
    };
    let (Some(registry), Some(name)) = (asked.registry, asked.name) else {
        return plain::answer(StatusCode::BAD_REQUEST, AnswersTexts::names_no_repository);
    };
    let nothing = Request::from_parts(parts, Body::empty());
    let Ok(repository) = RepositoryAt::read(&registry, &name) else {
        return pages::not_found(State(shared), nothing).await;
    };
    let Ok(viewer) = known.viewer() else {
        let back = paths::lifecycle(&repository);
        return Redirect::to(&paths::sign_in_again(&back, SignInProblem::Ended)).into_response();
    };
    let gantry = &shared.gantry;
    let started = gantry
        .lifecycle
        .start_preview(viewer, &known.request_origin, &repository);
    let outcome = match started.await {
        Ok(()) => PreviewRequest::Started,
        Err(Refusal::NotFound) => return pages::not_found(State(shared), nothing).await,
        Err(Refusal::Withheld(_)) => PreviewRequest::Withheld,
        Err(Refusal::StillReading | Refusal::Undecided(_)) => PreviewRequest::Undecided,
        Err(Refusal::Store) => PreviewRequest::NotRecorded,
        Err(Refusal::Problem(problem)) => problem.into(),
    };
    let page = paths::lifecycle(&repository);
    notice::redirect(
        &page,
        &paths::preview_requested(outcome),
        shared.reached.https,
    )
}
