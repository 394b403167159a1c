//! The page for a request beyond a limit. It is small and independent of everything else, because clients that send
//! many requests receive it.

use leptos::{config::LeptosOptions, prelude::*};
use leptos_meta::HashedStylesheet;
use model::Locale;

use crate::messages::{errors::ErrorsTexts, shell::ShellTexts};

/// The limit that was exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Requests of one person.
    Requests,
    /// Changes of one person.
    Writes,
    /// Requests of one address, without a sign-in.
    Anonymous,
    /// Sign-ins of one address.
    SignIns,
    /// Sign-ins of one person.
    PersonSignIns,
    /// Share links that do not exist, tried from one address.
    LinkMisses,
    /// Share links opened from one address.
    LinkRequests,
    /// Views of one share link from one address.
    LinkViews,
    /// Requests of one person that are under way at the same time.
    AtOnce,
    /// Requests of one address that are under way at the same time, without a sign-in.
    AnonymousAtOnce,
}

/// A document that says what happened and how long to wait.
pub fn document(
    why: Why,
    seconds: u32,
    request: &str,
    options: &LeptosOptions,
    locale: Locale,
) -> String {
    let page =
        Owner::new_root(None).with(|| page(why, seconds, request, options, locale).to_html());
    format!("<!DOCTYPE html>{page}")
}

fn page(
    why: Why,
    seconds: u32,
    request: &str,
    options: &LeptosOptions,
    locale: Locale,
) -> impl IntoView + use<> {
    let (errors, shell) = (ErrorsTexts(locale), ShellTexts(locale));
    let happened = match why {
        Why::Requests => errors.too_many(),
        Why::Writes => errors.too_many_writes(),
        Why::Anonymous => errors.too_many_anonymous(),
        Why::SignIns => errors.too_many_sign_ins(),
        Why::PersonSignIns => errors.too_many_person_sign_ins(),
        Why::LinkMisses => errors.too_many_link_misses(),
        Why::LinkRequests => errors.too_many_link_requests(),
        Why::LinkViews => errors.too_many_link_views(),
        Why::AtOnce => errors.too_many_at_once(),
        Why::AnonymousAtOnce => errors.too_many_anonymous_at_once(),
    };
    view! {
        <html lang=locale.lang()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{shell.title(errors.too_many_title())}</title>
                <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
                <HashedStylesheet options=options.clone() />
            </head>
            <body class="shared">
                <main>
                    <article class="problem">
                        <p class="problem-status">"429"</p>
                        <h1>{errors.too_many_title()}</h1>
                        <p class="problem-happened">{happened}</p>
                        <p>{errors.nothing_changed()}</p>
                        <p>{errors.too_many_next(seconds)}</p>
                        <dl class="problem-id">
                            <dt>{errors.request_id()}</dt>
                            <dd>
                                <code>{request.to_owned()}</code>
                            </dd>
                        </dl>
                    </article>
                </main>
            </body>
        </html>
    }
}
