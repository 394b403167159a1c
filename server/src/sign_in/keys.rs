//! Public keys of token signers, and the accepted algorithms.
//!
//! Source: RFC 7517 (JSON Web Key), RFC 7518 (JSON Web Algorithms), RFC 8037 (Ed25519).

use aws_lc_rs::{
    digest,
    signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, ED25519,
        RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
        RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512,
        RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
    },
};
use base64::Engine;
use rustls_pki_types::{SubjectPublicKeyInfoDer, pem::PemObject};
use serde_json::Value;

use super::{claims::Claims, jwt::BASE64};

/// An algorithm for which only the signer has the private key.
#[derive(Debug)]
pub(super) struct Algorithm {
    name: &'static str,
    scheme: Scheme,
    digest: &'static digest::Algorithm,
}

#[derive(Debug)]
enum Scheme {
    Rsa(&'static RsaParameters),
    /// On a curve, by the curve's name in a key.
    Curve(&'static str, &'static dyn VerificationAlgorithm),
}

static ALGORITHMS: [Algorithm; 11] = [
    rsa("RS256", &RSA_PKCS1_2048_8192_SHA256, &digest::SHA256),
    rsa("RS384", &RSA_PKCS1_2048_8192_SHA384, &digest::SHA384),
    rsa("RS512", &RSA_PKCS1_2048_8192_SHA512, &digest::SHA512),
    rsa("PS256", &RSA_PSS_2048_8192_SHA256, &digest::SHA256),
    rsa("PS384", &RSA_PSS_2048_8192_SHA384, &digest::SHA384),
    rsa("PS512", &RSA_PSS_2048_8192_SHA512, &digest::SHA512),
    curve("ES256", "P-256", &ECDSA_P256_SHA256_FIXED, &digest::SHA256),
    curve("ES384", "P-384", &ECDSA_P384_SHA384_FIXED, &digest::SHA384),
    curve("ES512", "P-521", &ECDSA_P521_SHA512_FIXED, &digest::SHA512),
    curve("EdDSA", "Ed25519", &ED25519, &digest::SHA512),
    curve("Ed25519", "Ed25519", &ED25519, &digest::SHA512),
];

const fn rsa(
    name: &'static str,
    parameters: &'static RsaParameters,
    digest: &'static digest::Algorithm,
) -> Algorithm {
    Algorithm {
        name,
        scheme: Scheme::Rsa(parameters),
        digest,
    }
}

const fn curve(
    name: &'static str,
    curve: &'static str,
    verification: &'static dyn VerificationAlgorithm,
    digest: &'static digest::Algorithm,
) -> Algorithm {
    Algorithm {
        name,
        scheme: Scheme::Curve(curve, verification),
        digest,
    }
}

impl Algorithm {
    /// The algorithm that a token's header names, if it is accepted.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        ALGORITHMS.iter().find(|algorithm| algorithm.name == name)
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// The left half of a text's hash, as in an ID token's `at_hash`.
    ///
    /// Source: OpenID Connect Core 1.0, section 3.1.3.6.
    pub(super) fn half_hash(&self, text: &str) -> String {
        let hash = digest::digest(self.digest, text.as_bytes());
        let (half, _) = hash.as_ref().split_at(hash.as_ref().len() / 2);
        BASE64.encode(half)
    }
}

/// A key that verifies signatures.
#[derive(Debug, Clone)]
pub(super) struct Key {
    id: Option<String>,
    /// The only algorithm that the key is for, if the key names one.
    algorithm: Option<String>,
    material: Material,
}

#[derive(Debug, Clone)]
enum Material {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    Point { curve: String, bytes: Vec<u8> },
}

impl Key {
    /// The keys of a JSON web key set. Unusable keys are left out and do not affect the others.
    pub(super) fn set(answer: &Claims) -> Vec<Self> {
        let keys = answer.get("keys").and_then(Value::as_array);
        let keys = keys.into_iter().flatten();
        keys.filter_map(|key| Self::read(&Claims::from_value(key)?))
            .collect()
    }

    fn read(key: &Claims) -> Option<Self> {
        let bytes = |name: &str| BASE64.decode(key.text(name)?).ok();
        if key.text("use").is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        let point = |bytes| {
            let curve = key.text("crv")?.to_owned();
            Some(Material::Point { curve, bytes })
        };
        let material = match key.text("kty")? {
            "RSA" => Material::Rsa {
                n: without_zeros(bytes("n")?),
                e: without_zeros(bytes("e")?),
            },
            // An uncompressed point: SEC 1, section 2.3.3.
            "EC" => point([vec![4], bytes("x")?, bytes("y")?].concat())?,
            "OKP" => point(bytes("x")?)?,
            _ => return None,
        };
        Some(Self {
            id: key.text("kid").map(str::to_owned),
            algorithm: key.text("alg").map(str::to_owned),
            material,
        })
    }

    /// A key on P-256 from PEM.
    pub(super) fn from_pem(pem: &str) -> Option<Self> {
        let key = SubjectPublicKeyInfoDer::from_pem_slice(pem.as_bytes()).ok()?;
        Some(Self {
            id: None,
            algorithm: None,
            material: Material::Point {
                curve: "P-256".to_owned(),
                bytes: key.to_vec(),
            },
        })
    }

    /// Whether this may be the key that a token names.
    pub(super) fn may_be(&self, id: Option<&str>) -> bool {
        match (&self.id, id) {
            (Some(own), Some(id)) => own == id,
            _ => true,
        }
    }

    /// Whether the key's owner has signed a message.
    pub(super) fn verify(&self, algorithm: &Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let only = self.algorithm.as_deref();
        if only.is_some_and(|only| only != algorithm.name) {
            return false;
        }
        match (&self.material, &algorithm.scheme) {
            (Material::Rsa { n, e }, Scheme::Rsa(parameters)) => {
                let key = RsaPublicKeyComponents { n, e };
                key.verify(parameters, message, signature).is_ok()
            }
            (Material::Point { curve, bytes }, Scheme::Curve(name, verification)) => {
                let key = UnparsedPublicKey::new(*verification, bytes);
                curve == name && key.verify(message, signature).is_ok()
            }
            _ => false,
        }
    }
}

/// A number without its leading zeros, which some providers write.
fn without_zeros(number: Vec<u8>) -> Vec<u8> {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number[zeros..].to_vec()
}
