//! What wakes in the browser.

pub mod behaviours;
pub mod images_table;
mod keyboard;
pub mod live;
pub mod palette;
pub mod repositories_table;
