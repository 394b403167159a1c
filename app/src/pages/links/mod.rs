//! Share links for the people who create them: create, list and revoke.

mod bound;
mod draft;
mod expiry;
mod fields;
mod form;
mod list;
pub mod made;
pub mod new;
pub mod revoke;
mod words;

pub use draft::Cookie;
pub use form::LinkForm;
pub use list::LinksPage;
pub(in crate::pages) use words::moment_words;
