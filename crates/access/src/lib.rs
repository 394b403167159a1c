//! Who looks, which policies decide, and the gate that grants.
//!
//! The one rule: nothing is shown to a viewer or changed for one but by a [`Grant`]; see [`gate`].

pub mod acts;
mod clock;
mod gate;
mod grant;
mod person;
pub mod policies;
mod viewer;

pub use clock::now;
pub use gate::{AccessSettings, Gate, Reach, SHOW_IMAGES, SHOW_PAGE, every_request};
pub use grant::{Denial, Grant, ListGrant, RowGrants};
pub use person::{Occasion, Person, PersonId, counted_as};
pub use viewer::{Actor, Identity, Team, Viewer};
