//! Text that only this process can have written: page tokens, download links, login passwords.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// Bytes of the authentication code at the start of every sealed text.
const CODE: usize = 16;

/// A secret with the lifetime of the process, used to sign texts.
#[derive(Clone)]
pub(super) struct Seal {
    secret: Hmac<Sha256>,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Seal(..)")
    }
}

impl Seal {
    pub(super) fn new() -> Self {
        let key: [u8; 64] = rand::random();
        // HMAC uses a key of exactly one block as it is.
        Self {
            secret: Hmac::new(&key.into()),
        }
    }

    /// Seals `payload`, so that it cannot be changed or used for another `purpose`.
    pub(super) fn seal(&self, purpose: &str, payload: &str) -> String {
        let mut sealed = self.code(purpose, payload);
        sealed.extend_from_slice(payload.as_bytes());
        URL_SAFE_NO_PAD.encode(sealed)
    }

    /// The payload of a text that [`Seal::seal`] wrote for this purpose.
    pub(super) fn open(&self, purpose: &str, sealed: &str) -> Option<String> {
        let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (code, payload) = sealed.split_at_checked(CODE)?;
        let payload = std::str::from_utf8(payload).ok()?;
        // This is a test double on loopback, so timing attacks do not matter; equality is enough.
        (self.code(purpose, payload) == code).then(|| payload.to_owned())
    }

    fn code(&self, purpose: &str, payload: &str) -> Vec<u8> {
        let mut code = self.secret.clone();
        code.update(&(purpose.len() as u64).to_be_bytes());
        code.update(purpose.as_bytes());
        code.update(payload.as_bytes());
        code.finalize().into_bytes()[..CODE].to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_opens_only_for_its_purpose_and_unchanged() {
        let seal = Seal::new();
        let sealed = seal.seal("page", "users/api");
        assert_eq!(seal.open("page", &sealed).as_deref(), Some("users/api"));
        assert_eq!(seal.open("link", &sealed), None);
        assert_eq!(Seal::new().open("page", &sealed), None);
        let mut changed = sealed.into_bytes();
        changed[0] ^= 1;
        assert_eq!(seal.open("page", &String::from_utf8_lossy(&changed)), None);
        assert_eq!(seal.open("page", ""), None);
    }
}
