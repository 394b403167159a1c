//! What people read: the texts of `en.ftl`, `zh.ftl` …, as a method each.
//!
//! `PaletteTexts(locale).keys()` is the entry `palette-keys`. A program holds the texts that it
//! uses, and no others; nothing is read or looked up when it runs.

mod listed;
mod number;

pub use listed::{before, listed};
pub use number::{Number, grouped};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
