//! Creating and revoking share links.

use app::{
    Cookie, LinkForm, Submitted,
    paths::{self, LinkProblem},
    request::Request as AppRequest,
};
use axum::{
    Form,
    body::Body,
    extract::{FromRequest, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use dashboard::Refusal;
use http::{StatusCode, header};
use model::{SignInProblem, link::LinkSelection};
use words::answers::AnswersTexts;

use super::pages;
use crate::{middleware::plain, notice, return_to, state::Shared};

/// Creates the link that the form describes, and redirects to its page. The token is in a cookie for that page, and
/// in no URL and no session. If no link is created, redirects back to the form.
pub async fn make(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(known) = parts.extensions.get::<AppRequest>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let form = match Form::<LinkForm>::from_request(Request::from_parts(parts, body), &()).await {
        Ok(Form(form)) => form,
        Err(unreadable) => return unreadable.into_response(),
    };
    let https = shared.reached.https;
    let (mut response, cookies) = match app::submit(&known, form).await {
        Submitted::Leads(path, cookies) => (Redirect::to(&path).into_response(), cookies),
        Submitted::Again(form, problem, cookies) => {
            let (form, notice) = (&form, &paths::no_link(problem));
            let response = if problem == LinkProblem::Session {
                // The form shows the notice after the sign-in.
                let form = paths::with_notice(form, notice);
                let mut response = Redirect::to(&paths::sign_in(&form)).into_response();
                notice::leave(&mut response, &form, notice, https);
                response
            } else {
                notice::redirect(form, notice, https)
            };
            (response, cookies)
        }
        Submitted::Unreadable => {
            return plain::answer(
                StatusCode::BAD_REQUEST,
                AnswersTexts::names_nothing_to_share,
            );
        }
    };
    for cookie in cookies {
        if let Ok(cookie) = header_of(&cookie, https).parse() {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// A cookie for one page of Gantry that no script can read.
fn header_of(cookie: &Cookie, https: bool) -> String {
    let Cookie {
        name,
        value,
        path,
        lasts,
    } = cookie;
    let secure = if https { "; Secure" } else { "" };
    format!("{name}={value}; Path={path}; Max-Age={lasts}; HttpOnly; SameSite=Lax{secure}")
}

/// Revokes links: the one whose button was pressed, all of a person or a team, or the selected ones.
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
        // After the sign-in, the same confirmation is shown again.
        let asked = fields.iter().map(|(key, value)| (&**key, &**value));
        let asked = paths::revoke_again(asked);
        let sign_in = paths::sign_in_again(&asked, SignInProblem::Ended);
        return Redirect::to(&sign_in).into_response();
    };
    let Some(which) = selection(&fields, field) else {
        return plain::answer(StatusCode::BAD_REQUEST, AnswersTexts::names_no_links);
    };
    if matches!(&which, LinkSelection::These(ids) if ids.is_empty()) {
        return Redirect::to(&paths::revoke_these(&[], back)).into_response();
    }
    let revoking = shared
        .gantry
        .links
        .revoke(viewer, &known.request_origin, &which);
    match revoking.await {
        Ok(count) => notice::redirect(back, &paths::revoked(count), shared.reached.https),
        // No such links exist here.
        Err(Refusal::NotFound) => {
            pages::not_found(State(shared), Request::from_parts(parts, Body::empty())).await
        }
        Err(_) => plain::answer(StatusCode::SERVICE_UNAVAILABLE, AnswersTexts::store_links),
    }
}

fn selection<'a>(
    fields: &[(String, String)],
    field: impl Fn(&str) -> Option<&'a str>,
) -> Option<LinkSelection> {
    if let Some(maker) = field("maker") {
        return Some(LinkSelection::Maker(maker.to_owned()));
    }
    if let Some(team) = field("team") {
        return team.parse().ok().map(LinkSelection::Team);
    }
    let pairs = fields.iter().map(|(key, value)| (&**key, &**value));
    Some(LinkSelection::These(paths::read_ids(pairs)))
}
