//! A person's groups: a JSON list of texts, such as `["storefront","on-call"]`.

use super::Text;
use crate::StoreError;

/// The stored form of the groups.
pub(crate) fn write(groups: &[String]) -> Text {
    Text(serde_json::Value::from(groups).to_string())
}

/// Reads the stored groups.
///
/// # Errors
/// [`StoreError::Malformed`].
pub(crate) fn read(text: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(text)
        .map_err(|error| StoreError::Malformed(format!("a person's groups: {error}")))
}
