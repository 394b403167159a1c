//! The pages of share links: documents without scripts or forms. They link to the same page for people who can sign in,
//! and to nothing else.
//!
//! The server renders them completely. They use the same parts as the pages for people who are signed in;
//! [`LinkMode::Nowhere`] turns links into text.

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

use crate::components::maybe_link::LinkMode;

/// The page of a link that opens. It contains the ID of the request.
pub fn shared_page(
    page: SharedPage,
    request: &str,
    options: &LeptosOptions,
    locale: Locale,
) -> String {
    written(|| page::document(page, request, options, locale))
}

/// The page of every link that does not open, for any reason. It is always the same.
pub fn closed_page(options: &LeptosOptions, locale: Locale) -> String {
    written(|| closed::gone(options, locale))
}

/// The page of a link that may be valid but cannot be checked now. It contains the ID of the request.
pub fn undecided_page(request: &str, options: &LeptosOptions, locale: Locale) -> String {
    written(|| closed::undecided(request, options, locale))
}

/// The page of a link that a newer version of Gantry created.
pub fn newer_page(request: &str, options: &LeptosOptions, locale: Locale) -> String {
    written(|| closed::newer(request, options, locale))
}

/// The page of a link whose content cannot be read.
pub fn unreadable_page(request: &str, options: &LeptosOptions, locale: Locale) -> String {
    written(|| closed::unreadable(request, options, locale))
}

/// The HTML of a document, without hydration, islands or server functions.
fn written(document: impl FnOnce() -> AnyView) -> String {
    Owner::new_root(None).with(|| {
        provide_context(LinkMode::Nowhere);
        document().to_html()
    })
}
