//! The HTML document and the routes.

use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    layout::Layout,
    pages::{
        access::AccessPage,
        audit::AuditPage,
        history::HistoryPage,
        image::ImagePage,
        lifecycle::LifecyclePage,
        links::{LinksPage, made::MadeLinkPage, new::NewLinkPage, revoke::RevokeLinksPage},
        not_found::NotFoundPage,
        policy::PolicyPage,
        registry::RegistryPage,
        repositories::RepositoriesPage,
        repository::RepositoryPage,
        search::SearchPage,
        sessions::{SessionsPage, end::EndSessionsPage, people::SignedInPage},
        sign_in::SignInPage,
        tag::TagPage,
    },
    paths::route,
    request::Request,
};

/// The whole document around [`App`], in the request's language and theme.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    // Without a request, Leptos is listing the routes and discards the document.
    let request = Request::current().ok();
    let locale = request.as_ref().map(|request| request.locale);
    let theme = request.map(|request| request.preferences.theme);
    view! {
        <!DOCTYPE html>
        <html lang=locale.unwrap_or_default().lang() data-theme=theme.unwrap_or_default().as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
                <HashedStylesheet options=options.clone() />
                <HydrationScripts options islands=true />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// All pages. Status, title and content work without JavaScript. Most pages are rendered completely before the first
/// byte is sent. Pages that may have to wait for ECR on the first visit are streamed in order.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Layout>
                <Routes fallback=NotFoundPage>
                    <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                    <Route path=path!("/repositories") view=RepositoriesPage ssr=SsrMode::Async />
                    <Route path=path!("/repositories/:registry") view=RegistryPage ssr=SsrMode::Async />
                    <Route path=route::repository() view=RepositoryPage ssr=SsrMode::InOrder />
                    <Route path=route::tag() view=TagPage ssr=SsrMode::InOrder />
                    <Route path=route::history() view=HistoryPage ssr=SsrMode::InOrder />
                    <Route path=route::image() view=ImagePage ssr=SsrMode::InOrder />
                    <Route path=route::policy() view=PolicyPage ssr=SsrMode::Async />
                    <Route path=route::lifecycle() view=LifecyclePage ssr=SsrMode::InOrder />
                    <Route path=path!("/audit") view=AuditPage ssr=SsrMode::Async />
                    <Route path=path!("/search") view=SearchPage ssr=SsrMode::Async />
                    <Route path=path!("/access") view=AccessPage ssr=SsrMode::Async />
                    <Route path=path!("/sessions") view=SessionsPage ssr=SsrMode::Async />
                    <Route path=path!("/sessions/people") view=SignedInPage ssr=SsrMode::Async />
                    <Route path=path!("/sessions/end") view=EndSessionsPage ssr=SsrMode::Async />
                    <Route path=path!("/links") view=LinksPage ssr=SsrMode::Async />
                    <Route path=path!("/links/new") view=NewLinkPage ssr=SsrMode::Async />
                    <Route path=path!("/links/made/:id") view=MadeLinkPage ssr=SsrMode::Async />
                    <Route path=path!("/links/revoke") view=RevokeLinksPage ssr=SsrMode::Async />
                </Routes>
            </Layout>
        </Router>
    }
}
