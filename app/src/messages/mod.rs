//! Texts for pages: those of the crate `words`, and sentences that combine several of them.

#[cfg(feature = "ssr")]
pub mod diff;
#[cfg(feature = "ssr")]
pub mod explain;
#[cfg(feature = "ssr")]
pub mod keys;
#[cfg(feature = "ssr")]
pub mod lint;

pub use words::*;

/// The separator between two sentences. Chinese needs none: its full stop is full-width.
pub fn gap(locale: model::Locale) -> Option<&'static str> {
    (locale == model::Locale::En).then_some(" ")
}
