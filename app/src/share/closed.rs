//! The pages of links that show nothing.

use leptos::{config::LeptosOptions, prelude::*};
use model::Locale;

use super::document::{Head, document};
use crate::messages::share::ShareTexts;

/// The link does not exist; the page is the same whether or not it ever did.
pub(super) fn gone(options: &LeptosOptions, locale: Locale) -> AnyView {
    let texts = ShareTexts(locale);
    let said = [texts.gone_title(), texts.gone(), texts.gone_next()];
    closed(said, 404, None, options, locale)
}

/// Whether the link is valid cannot be determined now.
pub(super) fn undecided(request: &str, options: &LeptosOptions, locale: Locale) -> AnyView {
    let texts = ShareTexts(locale);
    let said = [
        texts.undecided_title(),
        texts.undecided(),
        texts.undecided_next(),
    ];
    closed(said, 503, Some(texts.request(request)), options, locale)
}

/// A newer version of Gantry created the link.
pub(super) fn newer(request: &str, options: &LeptosOptions, locale: Locale) -> AnyView {
    let texts = ShareTexts(locale);
    let said = [texts.unreadable_title(), texts.newer(), texts.newer_next()];
    closed(said, 503, Some(texts.request(request)), options, locale)
}

/// What the link keeps cannot be read.
pub(super) fn unreadable(request: &str, options: &LeptosOptions, locale: Locale) -> AnyView {
    let texts = ShareTexts(locale);
    let said = [
        texts.unreadable_title(),
        texts.unreadable(),
        texts.unreadable_next(),
    ];
    closed(said, 500, Some(texts.request(request)), options, locale)
}

fn closed(
    [title, happened, next]: [&'static str; 3],
    status: u16,
    request: Option<String>,
    options: &LeptosOptions,
    locale: Locale,
) -> AnyView {
    let head = Head {
        title: title.to_owned(),
        description: happened.to_owned(),
    };
    let content = view! {
        <article class="problem">
            <p class="problem-status">{status}</p>
            <h1>{title}</h1>
            <p class="problem-happened">{happened}</p>
            <p>{next}</p>
            {request.map(|request| view! { <p class="footer-request quiet">{request}</p> })}
        </article>
    }
    .into_any();
    document(head, options, locale, content)
}
