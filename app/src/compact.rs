//! The encoding of everything that the server sends to islands.

use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use postcard::Error;
use serde::{Serialize, de::DeserializeOwned};

/// Postcard: values without the names of their fields. The browser downloads the code that reads them, which is a small
/// part of what JSON needs. A page that was opened before an upgrade cannot read the new server's lists, and loads
/// again.
pub struct Compact;

/// [`Compact`] as the output of a server function.
pub type CompactOutput = Post<Compact>;

impl ContentType for Compact {
    const CONTENT_TYPE: &'static str = "application/x-postcard";
}

impl FormatType for Compact {
    const FORMAT_TYPE: Format = Format::Binary;
}

impl<T: Serialize> Encodes<T> for Compact {
    type Error = Error;

    fn encode(value: &T) -> Result<Bytes, Error> {
        postcard::to_extend(value, Vec::new()).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Compact {
    type Error = Error;

    fn decode(bytes: Bytes) -> Result<T, Error> {
        read(&bytes)
    }
}

/// Reads a value. Bytes after its end are an error: they are not what this version wrote.
///
/// # Errors
/// If the bytes are not exactly one such value.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    match postcard::take_from_bytes(bytes)? {
        (value, []) => Ok(value),
        _ => Err(Error::DeserializeBadEncoding),
    }
}

/// Writes a value for an attribute: two hexadecimal digits for each byte.
#[cfg(feature = "ssr")]
pub fn attribute(value: &impl Serialize) -> Option<String> {
    let bytes = postcard::to_extend(value, Vec::new()).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Reads the value of an attribute.
pub fn read_attribute<T: DeserializeOwned>(digits: &str) -> Option<T> {
    let byte = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<_>> = (0..digits.len()).step_by(2).map(byte).collect();
    read(&bytes?).ok()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_keeps_its_value() {
        let value = ("storefront/users-api".to_owned(), Some(255_u8), true);
        let written = attribute(&value);
        assert_eq!(written.and_then(|it| read_attribute(&it)), Some(value));
    }

    #[test]
    fn what_this_version_did_not_write_is_refused() {
        for digits in ["", "0", "zz", "\u{e9}\u{e9}", "0101"] {
            assert_eq!(read_attribute::<bool>(digits), None, "{digits}");
        }
        assert_eq!(read_attribute("01"), Some(true));
    }
}
