//! What a link keeps of its target (`link_kept.content`): JSON with a version.
//!
//! The newest version is written, every version is read. A version's types never change once a release
//! has written it; `migrations/README.md` says how to add one. What has no version is version 1.

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

/// Stands in `link.frozen` where a link keeps something in `link_kept`, which versions of Gantry before do not read:
/// these say that a newer version made the link.
pub(crate) const ELSEWHERE: &str = r#"{"version":4294967295}"#;

/// A text of any version, also of one that is not known yet.
#[derive(Deserialize)]
struct Marked {
    #[serde(default = "unmarked")]
    version: u32,
}

fn unmarked() -> u32 {
    1
}

/// What is written.
#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    #[serde(flatten)]
    shared: &'a v2::Shared,
}

/// What is kept, as it is stored.
///
/// # Errors
/// Never, as long as JSON has a way to write every text and number.
pub fn write(shared: link::Shared) -> Result<Text, StoreError> {
    let written = Written {
        version: NEWEST,
        shared: &v2::Shared::from_wire(shared),
    };
    serde_json::to_string(&written).map(Text).map_err(malformed)
}

/// What was kept, whichever version wrote it.
///
/// # Errors
/// [`StoreError::NewerFormat`] when a newer Gantry wrote it; [`StoreError::Malformed`].
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
