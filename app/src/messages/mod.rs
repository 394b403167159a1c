//! What people read: the texts of the crate `words`, and sentences that are put together from several.

#[cfg(feature = "ssr")]
pub mod explain;
#[cfg(feature = "ssr")]
pub mod keys;

pub use words::*;

/// What stands between two sentences: a full-width stop brings its own room.
pub fn gap(locale: model::Locale) -> Option<&'static str> {
    (locale == model::Locale::En).then_some(" ")
}
