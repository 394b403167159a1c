//! What a share link shows: documents of their own, without scripts or forms. They lead to the same page for
//! people who can sign in, and nowhere else.
//!
//! The server writes them whole. The pieces are those of the pages for people who are signed in;
//! [`Linking::Nowhere`] makes words of their links.

mod answer;
mod closed;
mod differences;
mod document;
mod images;
mod listing;
mod page;
mod sides;
#[cfg(test)]
mod tests;

use leptos::{config::LeptosOptions, prelude::*};
use model::{Locale, link::SharedPage};

use crate::components::way::Linking;

/// The page of a link that opens, and the id of the request to quote.
pub fn shared_page(
    page: SharedPage,
    request: &str,
    options: &LeptosOptions,
    locale: Locale,
) -> String {
    written(|| page::document(page, request, options, locale))
}

/// The page of every link that does not open, for whatever reason: it holds nothing that differs.
pub fn closed_page(options: &LeptosOptions, locale: Locale) -> String {
    written(|| closed::gone(options, locale))
}

/// The page of a link that may be good, but cannot be judged now, and the id of the request to quote.
pub fn undecided_page(request: &str, options: &LeptosOptions, locale: Locale) -> String {
    written(|| closed::undecided(request, options, locale))
}

/// The page of a link that a newer Gantry made.
pub fn newer_page(request: &str, options: &LeptosOptions, locale: Locale) -> String {
    written(|| closed::newer(request, options, locale))
}

/// The page of a link whose content cannot be read.
pub fn unreadable_page(request: &str, options: &LeptosOptions, locale: Locale) -> String {
    written(|| closed::unreadable(request, options, locale))
}

/// The text of a document: no hydration, no islands, no server functions know of it.
fn written(document: impl FnOnce() -> AnyView) -> String {
    Owner::new_root(None).with(|| {
        provide_context(Linking::Nowhere);
        document().to_html()
    })
}
