//! The arguments of a row of the audit log: a JSON list of pairs of texts, such as
//! `[["tag","prod"],["link","x7Kp2mQ9"]]`. Rows are looked up by the start of this text, so it
//! contains no spaces.

use super::Text;
use crate::StoreError;

/// The stored form of the arguments.
pub(crate) fn write(arguments: &[(String, String)]) -> Text {
    Text(serde_json::json!(arguments).to_string())
}

/// Reads the stored arguments.
///
/// # Errors
/// [`StoreError::Malformed`].
pub(crate) fn read(text: &str) -> Result<Vec<(String, String)>, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Malformed(format!("arguments: {error}")))
}
