//! The document around what a link shows.

use leptos::{config::LeptosOptions, html::meta, prelude::*};
use leptos_meta::HashedStylesheet;
use model::Locale;

use crate::{
    components::icon::{Icon, IconSheet},
    messages::{share::ShareTexts, shell::ShellTexts},
};

/// What a document says of itself in its head, to browsers and to previews of links.
pub(super) struct Head {
    /// Its title.
    pub(super) title: String,
    /// It in a sentence or two. Anybody to whom the link is shown reads it: it tells nothing that the
    /// page does not.
    pub(super) description: String,
}

/// A document without scripts, in the reader's language and the system's colours.
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

/// What a preview of a link shows of it (ogp.me).
fn preview(property: &'static str, content: String) -> impl IntoView {
    meta().attr("property", property).attr("content", content)
}

/// A sentence in which names stand between back quotes, the names in monospace.
pub(super) fn marked(sentence: &str) -> impl IntoView + use<> {
    let pieces = sentence.split('`').enumerate();
    pieces
        .map(|(number, piece)| {
            let piece = piece.to_owned();
            if number % 2 == 1 {
                view! { <code>{piece}</code> }.into_any()
            } else {
                piece.into_any()
            }
        })
        .collect_view()
}

/// The same sentence as plain text.
pub(super) fn plain(sentence: &str) -> String {
    sentence.replace('`', "")
}
