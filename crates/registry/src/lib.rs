//! What Gantry does, over ECR.

mod viewer;
mod views;

pub use viewer::{Identity, Team, Viewer};
pub use views::{Gantry, Refusal};
