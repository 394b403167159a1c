//! What wakes in the browser.

pub mod behaviours;
pub mod palette;
