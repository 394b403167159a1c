//! The token at the end of a link's URL. Anyone who has it may open the link.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{TryRngCore, rngs::OsRng};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The length of the public part, which finds the link, in bytes.
const ID: usize = 6;

/// The length of the secret part, which opens the link, in bytes: 192 bits.
const SECRET: usize = 24;

/// A token: an ID that finds the link, then a secret that opens it. The URL contains both as one
/// word of forty characters.
pub(super) struct Token {
    id: [u8; ID],
    secret: [u8; SECRET],
}

/// Leaves out the secret.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Token").field(&self.id()).finish()
    }
}

impl Token {
    /// Creates a token that cannot be guessed.
    pub(super) fn generate() -> Self {
        let mut token = Self {
            id: [0; ID],
            secret: [0; SECRET],
        };
        // Without the system's random generator, nothing here is safe, so this panics.
        let mut random = OsRng.unwrap_err();
        rand::RngCore::fill_bytes(&mut random, &mut token.id);
        rand::RngCore::fill_bytes(&mut random, &mut token.secret);
        token
    }

    /// Reads the end of a URL. An invalid text becomes a token that no link has, so that it is
    /// looked up and compared like any other.
    pub(super) fn read(text: &str) -> Self {
        let mut bytes = [0; ID + SECRET];
        let whole = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) == Ok(ID + SECRET);
        let (mut id, mut secret) = ([0; ID], [0; SECRET]);
        if whole {
            id.copy_from_slice(&bytes[..ID]);
            secret.copy_from_slice(&bytes[ID..]);
        }
        Self { id, secret }
    }

    /// The token as text, for the end of the URL.
    pub(super) fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode([self.id.as_slice(), &self.secret].concat())
    }

    /// The public part.
    pub(super) fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.id)
    }

    /// The hash of the secret part, which the store holds.
    pub(super) fn hash(&self) -> String {
        let hash = Sha256::digest(self.secret);
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether the token opens the link with this stored hash. It takes the same time if there is
    /// no link.
    pub(super) fn opens(&self, stored: Option<&str>) -> bool {
        // As long as a hash, and the hash of no known secret.
        const NONE: &str = "0000000000000000000000000000000000000000000000000000000000000000";
        let hash = self.hash();
        let same = hash.as_bytes().ct_eq(stored.unwrap_or(NONE).as_bytes());
        bool::from(same) && stored.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_forty_url_characters_and_can_be_read_back() {
        let token = Token::generate();
        let text = token.text();
        assert_eq!(text.len(), 40);
        assert!(
            text.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        );
        assert!(text.starts_with(&token.id()) && token.id().len() == 8);
        assert!(Token::read(&text).opens(Some(&token.hash())));
        assert_ne!(text, Token::generate().text());
    }

    #[test]
    fn only_the_exact_token_opens_the_link() {
        let token = Token::generate();
        let (text, stored) = (token.text(), token.hash());
        let mut turned = text.clone().into_bytes();
        turned.reverse();
        let turned = String::from_utf8_lossy(&turned).into_owned();
        for other in [
            String::new(),
            text[..39].to_owned(),
            format!("{text}A"),
            format!("{text}="),
            format!(" {text}"),
            text.replacen(|c: char| c.is_ascii_alphanumeric(), "é", 1),
            turned,
            stored.clone(),
        ] {
            assert!(!Token::read(&other).opens(Some(&stored)), "{other}");
        }
        assert!(!Token::read(&text).opens(None), "the link does not exist");
        assert!(!Token::read("").opens(None));
    }

    #[test]
    fn the_debug_output_opens_nothing() {
        let token = Token::generate();
        let printed = format!("{token:?}");
        assert!(printed.contains(&token.id()));
        assert!(!printed.contains(&token.text()[8..]) && !printed.contains(&token.hash()));
    }
}
