//! Viewers, policies, and the gate that grants access.
//!
//! The one rule: Gantry shows data to a viewer, or makes a change for one, only with a [`Grant`].
//! See [`gate`].

pub mod acts;
mod clock;
mod gate;
mod grant;
mod grid;
mod person;
pub mod policies;
mod viewer;

pub use clock::now;
pub use gate::{AccessSettings, Gate, Reach, SHOW_IMAGES, SHOW_PAGE, every_request};
pub use grant::{Denial, Grant, ListGrant, RowGrants};
pub use grid::{Cell, PrincipalGrants};
pub use person::{Person, PersonId, RequestOrigin, counted_as};
pub use viewer::{Actor, Identity, Team, Viewer};
