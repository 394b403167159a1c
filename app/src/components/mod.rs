//! Components that know nothing of registries.

pub mod alert;
pub mod badge;
pub mod bar;
pub mod bytes;
pub mod copy;
pub mod empty;
pub mod filter;
pub mod foreign;
pub mod help;
pub mod icon;
pub mod json;
pub mod maybe_link;
pub mod pager;
pub mod sort;
pub mod tabs;
pub mod time;
pub mod woven;
