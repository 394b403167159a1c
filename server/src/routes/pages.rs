//! Pages and server functions.

use app::request::{PublicUrl, Request as AppRequest};
use axum::{
    extract::{Request, State},
    response::Response,
};
use http::{header, request::Parts};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;

use crate::{middleware::headers::content_security_policy, state::Shared};

/// Gives a page or server function the data about its request. Gives a page its content security policy, which must
/// contain the nonce of its scripts.
fn provide() {
    if let Some(request) =
        use_context::<Parts>().and_then(|parts| parts.extensions.get::<AppRequest>().cloned())
    {
        provide_context(request);
    }
    let policy = use_nonce().and_then(|nonce| content_security_policy(&nonce));
    if let (Some(response), Some(policy)) = (use_context::<ResponseOptions>(), policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Gives every page its request and the origin of the URLs that people share.
pub fn provider(shared: &Shared) -> impl Fn() + Clone + Send + Sync + use<> {
    let origin = PublicUrl(shared.reached.public_url.as_str().into());
    move || {
        provide();
        provide_context(origin.clone());
    }
}

/// The document around every page.
pub fn shell(shared: &Shared) -> impl Fn() -> AnyView + Clone + Send + Sync + use<> {
    let options = shared.leptos.clone();
    move || app::shell(options.clone()).into_any()
}

/// The page for an unknown path: the application's own page, in its frame.
pub async fn not_found(State(shared): State<Shared>, request: Request) -> Response {
    let render = leptos_axum::render_app_async_with_context(provider(&shared), shell(&shared));
    render(request).await
}
