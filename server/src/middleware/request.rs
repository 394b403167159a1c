//! Finds out who sends a request and their preferences.

use std::sync::Arc;

use access::{Person, PersonId, RequestOrigin};
use app::{paths, request::Request as AppRequest};
use axum::{
    Extension,
    body::Bytes,
    extract::{FromRequest, Request, State, rejection::BytesRejection},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, HeaderName, Method, Uri, header};
use model::{
    ClaimsSeen, SignInProblem,
    audit::{Event, Outcome},
};
use store::audit::Entry;
use tower_sessions::Session;

use super::{limits, unavailable::Unavailable};
use crate::{
    accept,
    browser::{locale, preferences},
    limit::Exceeded,
    notice,
    session::{CLAIMS, PERSON, stored_id},
    sign_in::{SignIn, SignedIn, alb::Alb},
    state::Shared,
    turns::{Anonymous, Turn},
};

/// Prepares what pages and server functions know about a request. Sends people who are signed out to the sign-in
/// page, and from there to the page that they wanted.
pub async fn prepare(
    State(shared): State<Shared>,
    Extension(request_origin): Extension<RequestOrigin>,
    session: Session,
    request: Request,
    next: Next,
) -> Result<Response, Unavailable> {
    // A cookie of a session that is no longer valid shows that a person was signed in.
    let was_signed_in = session.id().is_some();
    let (person, claims) = who(&shared, &session, request.headers()).await?;
    let id = person.as_ref().map(|person| person.id.clone());
    let (mut request, turn) = match turn(&shared, id.as_ref(), request, &request_origin).await {
        Ok(turn) => turn,
        Err(unread) => return Ok(unread.into_response()),
    };
    let path = request.uri().path();
    let path_and_query = request
        .uri()
        .path_and_query()
        .map_or(path, |whole| whole.as_str());
    let open_to_all = path.starts_with(paths::SIGN_IN) || path.starts_with(paths::API);
    let preferences = preferences(request.headers());
    let locale = locale(request.headers());
    let turn = match turn {
        Ok(turn) => turn,
        Err(exceeded) => {
            let page = |exceeded| limits::page(exceeded, &request_origin, locale, &shared.leptos);
            return Ok(limits::answer(exceeded, path, request.headers(), page));
        }
    };
    if let (SignIn::Alb(alb), Some(person), Some(claims)) = (&shared.sign_in, &person, &claims) {
        let signed_in = SignedIn {
            person: person.clone(),
            claims: Arc::clone(claims),
        };
        arrive(&shared, alb, &signed_in, &request_origin).await?;
    }
    if person.is_none() && !open_to_all && request.method() == Method::GET {
        let sign_in = if was_signed_in {
            paths::sign_in_again(path_and_query, SignInProblem::Ended)
        } else {
            paths::sign_in(path_and_query)
        };
        return Ok(Redirect::to(&sign_in).into_response());
    }
    if person.is_none()
        && was_signed_in
        && path.starts_with(paths::API)
        && let Some(form) = page_of_form(request.headers())
    {
        let sign_in = paths::sign_in_again(&form, SignInProblem::Ended);
        return Ok(Redirect::to(&sign_in).into_response());
    }
    let groups = person
        .as_ref()
        .map(|person| person.groups.as_slice().into());
    let notice = notice::of(request.headers(), path_and_query, shared.reached.https);
    let known = AppRequest {
        notice: notice.map(Into::into),
        groups: groups.unwrap_or_default(),
        claims,
        session: stored_id(&session).map(Into::into),
        viewer: person.map(|person| shared.directory.viewer(&person)),
        preferences,
        locale,
        request_origin,
        sign_in: shared.sign_in.way(locale).into(),
        changes: !request.method().is_safe(),
        path_and_query: path_and_query.into(),
        gantry: shared.gantry,
    };
    request.extensions_mut().insert(known);
    let is_read = request.method().is_safe();
    let response = next.run(request).await;
    if let Some(id) = id.filter(|_| is_read) {
        shared.denials.note(&id, response.status());
    }
    Ok(turn.until_sent(response))
}

/// The path of the page whose plain form sends this request, if one does: the browser shows whatever is answered, and
/// no script reads it.
fn page_of_form(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if text(HeaderName::from_static("sec-fetch-mode")) != Some("navigate") {
        return None;
    }
    let page: Uri = text(header::REFERER)?.parse().ok()?;
    Some(page.path_and_query()?.to_string())
}

/// Counts the request, and waits for a turn to answer it.
async fn turn(
    shared: &Shared,
    person: Option<&PersonId>,
    request: Request,
    request_origin: &RequestOrigin,
) -> Result<(Request, Result<Turn, Exceeded>), BytesRejection> {
    let limits = &shared.limits;
    if let Err(exceeded) = limits.count_request(person, request.method(), request_origin) {
        return Ok((request, Err(exceeded)));
    }
    if let Some(person) = person {
        let path = request.uri().path();
        let turn = shared.turns.of_person(person, path, request_origin);
        let turn = accept::held(request.extensions(), turn).await;
        return Ok((request, turn));
    }
    // Before the turn: otherwise a client that sends a body slowly would use up the turns of others at the same
    // address.
    let request = whole(request).await?;
    let path = request.uri().path();
    let what = if [paths::SIGN_IN_START, paths::SIGN_IN_CALLBACK].contains(&path) {
        Anonymous::SignIns
    } else {
        Anonymous::Pages
    };
    let turn = shared.turns.of_address(what, request_origin);
    let turn = accept::held(request.extensions(), turn).await;
    Ok((request, turn))
}

/// The request with its whole body.
async fn whole(request: Request) -> Result<Request, BytesRejection> {
    let (parts, body) = request.into_parts();
    let sent = Request::from_parts(parts.clone(), body);
    let body = Bytes::from_request(sent, &()).await?;
    Ok(Request::from_parts(parts, body.into()))
}

/// The person who sends the request, if they are signed in, and the claims seen where their groups were looked for.
async fn who(
    shared: &Shared,
    session: &Session,
    headers: &HeaderMap,
) -> Result<(Option<Person>, Option<Arc<ClaimsSeen>>), Unavailable> {
    let SignIn::Alb(alb) = &shared.sign_in else {
        let person = session.get::<Person>(PERSON).await?;
        // A person from a different provider is not known to this one.
        let person = person.filter(|person| person.id.is_of(shared.sign_in.issuer()));
        // A value that another release has written may not be readable here.
        let claims = session.get_value(CLAIMS).await?;
        let claims = claims.and_then(|claims| serde_json::from_value::<ClaimsSeen>(claims).ok());
        return Ok((person, claims.map(Into::into)));
    };
    if !Alb::is_told(headers) {
        return Ok((None, None));
    }
    // The log says why a person is refused; the page they get says what to do.
    let account = alb.account(headers).await.ok();
    Ok(account.map_or((None, None), |SignedIn { person, claims }| {
        (Some(person), Some(claims))
    }))
}

/// Stores and records a person who has come through the load balancer.
async fn arrive(
    shared: &Shared,
    alb: &Alb,
    signed_in: &SignedIn,
    request_origin: &RequestOrigin,
) -> Result<(), Unavailable> {
    let person = &signed_in.person;
    if !alb.keep(person, shared.gantry.store()).await? {
        return Ok(());
    }
    let mut entry = Entry::new(Event::SignIn, Outcome::Done, request_origin);
    entry.person = Some((person.id.clone(), person.name.clone()));
    if let Err(error) = shared.gantry.audit.log().append(entry).await {
        alb.unannounce(person).await;
        return Err(error.into());
    }
    signed_in.explain(&shared.directory.viewer(person));
    Ok(())
}
