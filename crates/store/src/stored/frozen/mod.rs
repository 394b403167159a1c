//! The saved content of a link (`link_kept.content`): JSON with a version.
//!
//! Gantry writes the newest version and reads every version. The types of a version never change
//! once a release has written it; `migrations/README.md` explains how to add a version. A text
//! without a version is version 1.

mod v1;
mod v2;

use model::link;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    Text,
    format::{Format, Unreadable},
};
use crate::StoreError;

/// The version that is written.
const NEWEST: u32 = 2;

/// The value of `link.frozen` if the link has saved content in `link_kept`. Earlier versions of
/// Gantry do not read that table: they report that a newer version created the link.
pub(crate) const ELSEWHERE: &str = r#"{"version":4294967295}"#;

/// A text of any version, including unknown ones.
#[derive(Deserialize)]
struct Marked {
    #[serde(default = "unmarked")]
    version: u32,
}

fn unmarked() -> u32 {
    1
}

/// The text that is written.
#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    #[serde(flatten)]
    shared: &'a v2::Shared,
}

/// The stored form of the saved content.
///
/// # Errors
/// Never: JSON can represent every text and number.
pub fn write(shared: link::Shared) -> Result<Text, StoreError> {
    let written = Written {
        version: NEWEST,
        shared: &v2::Shared::from_wire(shared),
    };
    serde_json::to_string(&written).map(Text).map_err(malformed)
}

/// Reads saved content of any version.
///
/// # Errors
/// [`StoreError::NewerFormat`] if a newer Gantry wrote it; [`StoreError::Malformed`].
pub fn read(text: &str) -> Result<link::Shared, StoreError> {
    let Marked { version } = serde_json::from_str(text).map_err(malformed)?;
    let shared: v2::Shared = match version {
        1 => parse::<v1::Shared>(text)?.into(),
        2 => parse(text)?,
        0 => return Err(malformed("there is no version 0")),
        found => {
            return Err(StoreError::NewerFormat {
                what: "what a link keeps",
                found,
                known: NEWEST,
            });
        }
    };
    shared.into_wire().map_err(|Unreadable(why)| malformed(why))
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(malformed)
}

fn malformed(why: impl std::fmt::Display) -> StoreError {
    StoreError::Malformed(format!("what a link keeps: {why}"))
}

#[cfg(test)]
mod tests;
