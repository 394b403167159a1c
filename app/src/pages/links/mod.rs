//! Share links, for those who make them: making one, the list of them, ending them.

mod fields;
mod form;
mod list;
pub mod new;
pub mod revoke;
mod words;

pub use form::LinkForm;
pub use list::LinksPage;
