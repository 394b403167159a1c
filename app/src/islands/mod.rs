//! Islands: the interactive parts of a page.

pub mod behaviours;
pub mod images_table;
mod keyboard;
pub mod live;
pub mod palette;
pub mod repositories_table;
