//! Formats of texts that the store keeps inside a column. They outlive the code that wrote them.
//!
//! Types that cross the wire to the browser can change at any time, with the code on both sides.
//! Stored texts were written by an older release, or by a newer one that runs at the same time. So
//! a type that crosses the wire is never stored directly:
//!
//! | column | format |
//! | --- | --- |
//! | `link_kept.content` | [`frozen`]: JSON with a version |
//! | `person.member_of` | [`groups`]: a JSON list of texts |
//! | `audit.arguments` | [`arguments`]: a JSON list of pairs of texts |
//! | `session.content` | defined by the server (`server/src/session.rs`): a JSON object with the state of a sign-in |
//!
//! All other columns are plain: names as text, times and counts as numbers, and words such as
//! [`LinkMoment::as_str`](model::link::LinkMoment::as_str) and
//! [`Event::as_str`](model::audit::Event::as_str), which a test in this module pins.
//!
//! `migrations/README.md` explains how tables and formats change.

pub(crate) mod arguments;
mod format;
pub mod frozen;
pub(crate) mod groups;

/// A text in one of these formats. Only this module can create one. Statements that store such a
/// text require this type, so that nothing else is written to the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// The text for the column.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests;
