//! Signing in and out.

use access::{Person, PersonId, RequestOrigin};
use app::{paths, request::Request as AppRequest};
use axum::{
    Extension, Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use model::{
    SignInProblem,
    audit::{Event, Outcome},
};
use serde::Deserialize;
use store::{EndSessions, SessionOrigin, audit::Entry};
use tower_sessions::{Expiry, Session};
use words::answers::AnswersTexts;

use crate::{
    browser::cookie,
    limit::Exceeded,
    logging::outside,
    metrics::SIGN_INS,
    middleware::{limits, plain, unavailable::Unavailable},
    return_to,
    session::{CLAIMS, ORIGIN, PERSON},
    sign_in::{
        Persona, SignIn, alb, browser,
        oidc::{Attempts, Oidc, PATIENCE},
    },
    state::Shared,
};

/// The longest path and query that a sign-in leads back to, in bytes. The browser keeps it in a cookie.
const LONGEST_RETURN: usize = 1_024;

/// The form of personas.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    persona: String,
    r#return: Option<String>,
}

/// Signs in as the chosen persona.
pub async fn choose(
    State(shared): State<Shared>,
    Extension(request_origin): Extension<RequestOrigin>,
    Extension(request): Extension<AppRequest>,
    session: Session,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Unavailable> {
    let SignIn::Personas(personas) = &shared.sign_in else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let Some(persona) = personas.iter().find(|persona| persona.id == chosen.persona) else {
        let unknown = AnswersTexts::no_such_person;
        return Ok(plain::answer(StatusCode::BAD_REQUEST, unknown));
    };
    let person = Person {
        id: PersonId::new(Persona::ISSUER, persona.id),
        name: persona.name.to_owned(),
        groups: persona
            .groups
            .iter()
            .map(|group| (*group).to_owned())
            .collect(),
    };
    if let Some(too_often) = too_often(&shared, &request_origin, &request, &person) {
        return Ok(too_often);
    }
    establish(&shared, &session, &request_origin, &headers, &person).await?;
    Ok(return_to::redirect(chosen.r#return.as_deref()).into_response())
}

/// Where to go after the sign-in.
#[derive(Debug, Deserialize)]
pub struct Start {
    r#return: Option<String>,
}

/// Sends the browser to the provider, with a cookie that it must bring back. Nothing is stored, because anyone can
/// request this as often as they like.
pub async fn start(
    State(shared): State<Shared>,
    Extension(request_origin): Extension<RequestOrigin>,
    Extension(request): Extension<AppRequest>,
    headers: HeaderMap,
    Query(start): Query<Start>,
) -> Result<Response, Unavailable> {
    let SignIn::Oidc(oidc) = &shared.sign_in else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    if let Err(exceeded) = shared.limits.count_sign_in(&request_origin) {
        return Ok(too_many(exceeded, &request, &shared));
    }
    let return_to = return_to::local(start.r#return.as_deref());
    let return_to = return_to.filter(|path| path.len() <= LONGEST_RETURN);
    let return_to = return_to.unwrap_or(paths::REPOSITORIES);
    let (url, attempt) = match oidc.begin(return_to.to_owned()).await {
        Ok(begun) => begun,
        Err(problem) => {
            metrics::counter!(SIGN_INS, "outcome" => problem.as_str()).increment(1);
            return Ok(again(problem, return_to));
        }
    };
    let https = shared.reached.https;
    let mut attempts = Attempts::read(cookie(&headers, Attempts::cookie_name(https)));
    attempts.add(attempt);
    Ok(keeping(attempts, https, Redirect::to(&url).into_response()))
}

/// The page for a sign-in beyond the limit.
fn too_many(exceeded: Exceeded, request: &AppRequest, shared: &Shared) -> Response {
    limits::page(
        exceeded,
        &request.request_origin,
        request.locale,
        &shared.leptos,
    )
}

/// The answer, with the cookie of the sign-ins in progress.
fn keeping(attempts: Attempts, https: bool, mut answer: Response) -> Response {
    // Its value is base64url.
    if let Ok(cookie) = attempts.cookie(https).to_string().parse() {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// The parameters that the provider sends back.
#[derive(Debug, Deserialize)]
pub struct Callback {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// Completes the sign-in of a person who returns from the provider.
pub async fn callback(
    State(shared): State<Shared>,
    Extension(request_origin): Extension<RequestOrigin>,
    Extension(request): Extension<AppRequest>,
    session: Session,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Result<Response, Unavailable> {
    let SignIn::Oidc(oidc) = &shared.sign_in else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    if let Err(exceeded) = shared.limits.count_sign_in(&request_origin) {
        return Ok(too_many(exceeded, &request, &shared));
    }
    let https = shared.reached.https;
    let mut attempts = Attempts::read(cookie(&headers, Attempts::cookie_name(https)));
    let attempt = callback
        .state
        .as_deref()
        .and_then(|state| attempts.take(state));
    let Some(attempt) = attempt else {
        return Ok(again(SignInProblem::State, paths::REPOSITORIES));
    };
    let vouched = match code_of(oidc, callback, attempt.is_over()) {
        Ok(code) => oidc.finish(&attempt, code).await,
        Err(problem) => Err(problem),
    };
    // Only now: a caller without a code that the provider accepts causes no writes except a few rows of the audit
    // log, which all such callers share.
    let store = shared.gantry.store();
    let vouched = match vouched {
        Ok(_) if !store.use_sign_in(&attempt.state(), PATIENCE).await? => Err(SignInProblem::State),
        vouched => vouched,
    };
    let answer = match vouched {
        Ok(signed_in) => {
            let person = &signed_in.person;
            if let Some(too_often) = too_often(&shared, &request_origin, &request, person) {
                return Ok(too_often);
            }
            establish(&shared, &session, &request_origin, &headers, person).await?;
            if let Some(claims) = signed_in.explain(&shared.directory.viewer(person)) {
                session.insert(CLAIMS, claims).await?;
                session.save().await?;
            }
            return_to::redirect(Some(attempt.return_to())).into_response()
        }
        Err(problem) => {
            metrics::counter!(SIGN_INS, "outcome" => problem.as_str()).increment(1);
            let mut entry = Entry::new(Event::SignIn, Outcome::Refused, &request_origin);
            entry
                .arguments
                .push(("problem", problem.as_str().to_owned()));
            shared.gantry.audit.log().append(entry).await?;
            again(problem, attempt.return_to())
        }
    };
    Ok(keeping(attempts, https, answer))
}

/// The code of a callback, unless the callback reports an error or is too late.
fn code_of(oidc: &Oidc, callback: Callback, too_late: bool) -> Result<String, SignInProblem> {
    if callback.iss.is_some_and(|issuer| !oidc.is_issuer(&issuer)) {
        return Err(SignInProblem::Token);
    }
    match callback.error.as_deref() {
        Some("access_denied") => Err(SignInProblem::Denied),
        Some(error) => {
            tracing::warn!(
                error = outside(error),
                "A sign-in failed: the identity provider answered with an error"
            );
            Err(SignInProblem::Provider)
        }
        None if too_late => Err(SignInProblem::Expired),
        None => callback.code.ok_or(SignInProblem::State),
    }
}

/// The answer to a person who signs in too often: they would fill the store and the audit log.
fn too_often(
    shared: &Shared,
    request_origin: &RequestOrigin,
    request: &AppRequest,
    person: &Person,
) -> Option<Response> {
    let counted = shared
        .limits
        .count_person_sign_in(&person.id, request_origin);
    let exceeded = counted.err()?;
    let locale = request.locale;
    Some(limits::page(
        exceeded,
        request_origin,
        locale,
        &shared.leptos,
    ))
}

/// Assigns the session to a person, under a new ID: an ID from before the sign-in is worthless after it.
async fn establish(
    shared: &Shared,
    session: &Session,
    request_origin: &RequestOrigin,
    headers: &HeaderMap,
    person: &Person,
) -> Result<(), Unavailable> {
    shared.gantry.store().remember(person).await?;
    metrics::counter!(SIGN_INS, "outcome" => "done").increment(1);
    let mut entry = Entry::new(Event::SignIn, Outcome::Done, request_origin);
    entry.person = Some((person.id.clone(), person.name.clone()));
    shared.gantry.audit.log().append(entry).await?;
    session.clear().await;
    session.cycle_id().await?;
    session.set_expiry(Some(Expiry::OnInactivity(shared.longest_session)));
    session.insert(PERSON, person).await?;
    let user_agent = headers.get(header::USER_AGENT);
    let user_agent = user_agent.and_then(|text| text.to_str().ok());
    let origin = SessionOrigin {
        network: request_origin.network(),
        browser: user_agent.and_then(browser::family),
    };
    session.insert(ORIGIN, origin).await?;
    session.save().await?;
    Ok(())
}

/// Which sessions to end.
#[derive(Debug, Deserialize)]
pub struct SignOut {
    #[serde(default)]
    everywhere: bool,
}

static CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// What the browser clears for this origin after a sign-out. Cookies are not included: browsers would clear those of
/// the whole domain, including the provider's session, which its own sign-out page has yet to end.
static FORGET: HeaderValue = HeaderValue::from_static("\"cache\", \"storage\"");

/// Ends the session in the store, or all sessions of the person, and leads on to where the provider's session ends.
/// Leads to a page of Gantry first, so that the form is not sent twice.
pub async fn sign_out(
    State(shared): State<Shared>,
    Extension(request_origin): Extension<RequestOrigin>,
    Extension(request): Extension<AppRequest>,
    session: Session,
    Form(form): Form<SignOut>,
) -> Result<Response, Unavailable> {
    let recorded = request.viewer.as_ref().map(|viewer| {
        let entry = Entry::new(Event::SignOut, Outcome::Done, &request_origin);
        (viewer, entry.by(viewer))
    });
    match recorded {
        // All sessions end together with the row that says so, or none does.
        Some((viewer, mut entry)) if form.everywhere => {
            entry.arguments.push(("everywhere", "true".to_owned()));
            let all = EndSessions::Person(&viewer.id);
            shared.gantry.store().end_recorded(all, entry).await?;
            session.flush().await?;
        }
        // The session has ended even if that cannot be recorded.
        Some((_, entry)) => {
            session.flush().await?;
            shared.gantry.audit.log().append(entry).await?;
        }
        None => session.flush().await?,
    }
    let forgets = match &shared.sign_in {
        SignIn::Personas(_) | SignIn::Oidc(_) => &[][..],
        SignIn::Alb(_) => &alb::COOKIES[..],
    };
    let mut response = match (&shared.sign_in, provider_sign_out(&shared.sign_in)) {
        // Another request would start a new session at the load balancer before it reaches Gantry.
        (SignIn::Alb(_), Some(url)) => lead_away(&url, &request),
        (_, Some(_)) => Redirect::to(paths::SIGNED_OUT).into_response(),
        (_, None) => Redirect::to(paths::SIGN_IN).into_response(),
    };
    response
        .headers_mut()
        .insert(&CLEAR_SITE_DATA, FORGET.clone());
    for cookie in forgets {
        let forget = format!("{cookie}=; Max-Age=0; Path=/; Secure; HttpOnly");
        if let Ok(forget) = forget.parse() {
            response.headers_mut().append(header::SET_COOKIE, forget);
        }
    }
    Ok(response)
}

/// Leads a person who has signed out to the provider's sign-out page, if it has one.
pub async fn signed_out(
    State(shared): State<Shared>,
    Extension(request): Extension<AppRequest>,
) -> Response {
    match provider_sign_out(&shared.sign_in) {
        Some(url) => lead_away(&url, &request),
        None => Redirect::to(paths::SIGN_IN).into_response(),
    }
}

/// Where the provider's session ends.
fn provider_sign_out(sign_in: &SignIn) -> Option<String> {
    match sign_in {
        SignIn::Personas(_) => None,
        SignIn::Oidc(oidc) => oidc.sign_out_url(),
        SignIn::Alb(alb) => alb.sign_out_url().map(str::to_owned),
    }
}

/// Leads to the provider through an intermediate page: a form's target cannot redirect to another site.
fn lead_away(url: &str, request: &AppRequest) -> Response {
    static REFRESH: HeaderName = HeaderName::from_static("refresh");
    let page = app::signing_out(url, request.locale);
    let mut response = axum::response::Html(page).into_response();
    // A URL that does not fit in a header is skipped.
    if let Ok(refresh) = format!("0; url={url}").parse() {
        response.headers_mut().insert(&REFRESH, refresh);
    }
    response
}

/// Redirects back to the sign-in page, which shows the problem.
fn again(problem: SignInProblem, return_to: &str) -> Response {
    Redirect::to(&paths::sign_in_again(return_to, problem)).into_response()
}
