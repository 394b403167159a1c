//! The evaluator against a table of cases, against a simple reference, and against attackers.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot build its input has failed"
)]

mod asked;
mod bounds;
mod cases;
mod properties;
mod reference;
