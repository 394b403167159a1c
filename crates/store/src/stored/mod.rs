//! What the store keeps as text inside a column: formats of their own, which outlive the code that wrote
//! them.
//!
//! Types that cross the wire to the browser may change any day, with the code on both of its ends. What
//! is stored was written by an older release, or by a newer one beside this one, so nothing that crosses
//! the wire is stored as it is:
//!
//! | column | format |
//! | --- | --- |
//! | `link.frozen` | [`frozen`]: JSON with a version |
//! | `person.member_of` | [`groups`]: a JSON list of texts |
//! | `audit.arguments` | [`arguments`]: a JSON list of pairs of texts |
//! | `session.content` | the server's own (`server/src/session.rs`): a JSON object of what a sign-in remembers |
//!
//! All other columns are plain: names as text, times and counts as numbers, and words such as
//! [`LinkMoment::as_str`](model::link::LinkMoment::as_str) and
//! [`Event::as_str`](model::audit::Event::as_str), which a test here pins.
//!
//! `migrations/README.md` says how tables change, and how formats do.

pub(crate) mod arguments;
mod format;
pub mod frozen;
pub(crate) mod groups;

/// A text in one of these formats. Statements that store one take this type, so that nothing else ends up
/// in its column: it can be made here alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// The text, for its column.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests;
