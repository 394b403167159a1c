//! What people see: pages, the islands that wake in the browser, server functions, words and URLs.
//!
//! Pages are rendered on the server alone (feature `ssr`) and stand without JavaScript. The browser
//! (feature `hydrate`) gets the islands, and what they need of components and parts.

// A view's type holds the types of all that is in it: a table's goes deeper than the default of 128.
#![recursion_limit = "256"]

pub mod api;
#[cfg(feature = "ssr")]
mod app;
mod browser;
pub mod components;
pub mod error;
mod islands;
#[cfg(feature = "ssr")]
mod layout;
pub mod locale;
pub mod messages;
#[cfg(feature = "ssr")]
mod pages;
pub mod parts;
pub mod paths;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
pub mod share;
#[cfg(all(test, feature = "ssr"))]
mod testing;

#[cfg(feature = "ssr")]
pub use app::{App, shell};
#[cfg(feature = "ssr")]
pub use pages::{
    links::{
        Cookie, LinkForm,
        new::{Submitted, submit},
    },
    signing_out::document as signing_out,
    too_many,
};
