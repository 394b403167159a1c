//! The texts that people read, from `en.ftl`, `zh.ftl` …, with a method for each.
//!
//! `PaletteTexts(locale).keys()` is the entry `palette-keys`. A program contains only the texts that it uses, and it
//! parses nothing at run time.

mod listed;
mod number;

pub use listed::{before, listed};
pub use number::{Number, grouped};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
