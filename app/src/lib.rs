//! The user interface: pages, islands, server functions, texts and URLs.
//!
//! Pages are rendered on the server only (feature `ssr`) and work without JavaScript. The browser (feature `hydrate`)
//! gets the islands and the components and parts that they need.

// A view's type contains the types of all its children: a table's is nested deeper than the default limit of 128.
#![recursion_limit = "256"]

pub mod api;
#[cfg(feature = "ssr")]
mod app;
mod browser;
pub mod compact;
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
