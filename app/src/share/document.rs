//! The document around what a link shows.

use leptos::{config::LeptosOptions, html::meta, prelude::*};
use leptos_meta::HashedStylesheet;
use model::Locale;

use crate::{
    components::icon::{Icon, IconSheet},
    messages::{share::ShareTexts, shell::ShellTexts},
};

/// The metadata in a document's head, for browsers and for link previews.
pub(super) struct Head {
    /// Its title.
    pub(super) title: String,
    /// A description in a sentence or two. Everyone who receives the link can read it, so it contains only what the
    /// page shows.
    pub(super) description: String,
}

/// A document without scripts, in the reader's language and the system's colour scheme.
pub(super) fn document(
    head: Head,
    options: &LeptosOptions,
    locale: Locale,
    content: AnyView,
) -> AnyView {
    let texts = ShareTexts(locale);
    let Head { title, description } = head;
    let title = ShellTexts(locale).title(&title);
    view! {
        <!DOCTYPE html>
        <html lang=locale.lang()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex, nofollow" />
                <meta name="description" content=description.clone() />
                {preview("og:type", "website".to_owned())}
                {preview("og:site_name", texts.product().to_owned())}
                {preview("og:title", title.clone())}
                {preview("og:description", description)}
                <title>{title}</title>
                <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
                <HashedStylesheet options=options.clone() />
            </head>
            <body class="shared">
                <IconSheet />
                <header class="shared-header">
                    <Icon name="gantry" />
                    <span>{texts.product()}</span>
                    <span class="quiet">{texts.read_only()}</span>
                </header>
                <main>{content}</main>
            </body>
        </html>
    }
    .into_any()
}

/// The metadata for a link preview (ogp.me).
fn preview(property: &'static str, content: String) -> impl IntoView {
    meta().attr("property", property).attr("content", content)
}

/// A sentence with names in backquotes. The names are set in monospace.
pub(super) fn marked(sentence: &str) -> impl IntoView + use<> {
    let pieces = sentence.split('`').enumerate();
    pieces
        .map(|(number, piece)| {
            let piece = piece.to_owned();
            if number % 2 == 1 {
                view! { <code>{piece}</code> }.into_any()
            } else {
                timed(&piece).into_any()
            }
        })
        .collect_view()
}

/// A sentence in which an exact time never breaks over two lines.
pub(super) fn timed(sentence: &str) -> impl IntoView + use<> {
    let mut pieces = Vec::new();
    let mut rest = sentence;
    while let Some(begin) = exact_time(rest) {
        let (before, from) = rest.split_at(begin);
        let zone = if from[EXACT.len()..].starts_with(ZONE) {
            ZONE.len()
        } else {
            0
        };
        let (time, after) = from.split_at(EXACT.len() + zone);
        pieces.push(before.to_owned().into_any());
        pieces.push(view! { <span class="shared-time">{time.to_owned()}</span> }.into_any());
        rest = after;
    }
    pieces.push(rest.to_owned().into_any());
    pieces
}

/// How [`Timestamp::utc`](model::Timestamp::utc) writes times, a digit for each zero.
const EXACT: &str = "0000-00-00 00:00:00";

/// What follows, unless another time of the same day does.
const ZONE: &str = " UTC";

/// The start of the first exact time in a sentence.
fn exact_time(sentence: &str) -> Option<usize> {
    let is_like = |(found, model): (&u8, u8)| match model {
        b'0' => found.is_ascii_digit(),
        other => *found == other,
    };
    let mut windows = sentence.as_bytes().windows(EXACT.len());
    windows.position(|window| window.iter().zip(EXACT.bytes()).all(is_like))
}

/// The same sentence as plain text.
pub(super) fn plain(sentence: &str) -> String {
    sentence.replace('`', "")
}
