//! The page between the sign-out here and the sign-out at the provider.

use leptos::prelude::*;
use model::Locale;

use crate::messages::{shell::ShellTexts, sign_in::SignInTexts};

/// A document that leads to a URL: by the redirect header if the browser follows it, otherwise by its link.
pub fn document(url: &str, locale: Locale) -> String {
    let (texts, shell) = (SignInTexts(locale), ShellTexts(locale));
    let url = url.to_owned();
    let page = view! {
        <html lang=locale.lang()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{shell.title(texts.signed_out())}</title>
            </head>
            <body>
                <main>
                    <h1>{texts.signed_out()}</h1>
                    <p>
                        <a href=url>{texts.signed_out_next()}</a>
                    </p>
                </main>
            </body>
        </html>
    };
    format!("<!DOCTYPE html>{}", page.to_html())
}
