//! A signature in the format of the Notary Project, as written by Notation and AWS Signer: a manifest whose subject
//! is the image, and a JSON envelope as its only layer.
//!
//! The format is that of <https://github.com/notaryproject/specifications>, version 1.1. The envelope has no
//! certificate, and its seal is a hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha384};

use super::{Digest, Image, ManifestKind, Timestamp};

/// The type of the artifact: the media type of its config.
const SIGNATURE: &str = "application/vnd.cncf.notary.signature";
const ENVELOPE: &str = "application/jose+json";
const PAYLOAD: &str = "application/vnd.cncf.notary.payload.v1+json";

const SCHEME: &str = "io.cncf.notary.signingScheme";
const SIGNING_TIME: &str = "io.cncf.notary.authenticSigningTime";
const PLUGIN: &str = "io.cncf.notary.verificationPlugin";
const PROFILE_VERSION: &str = "com.amazonaws.signer.signingProfileVersion";

/// The config of every signature.
pub(super) fn empty_config() -> Vec<u8> {
    b"{}".to_vec()
}

/// The envelope and the manifest of a profile's signature for an image.
pub(super) fn signature(image: &Image, profile: &str, at: Timestamp) -> (Vec<u8>, String) {
    let media_type = image.manifest.kind.media_type();
    let subject = descriptor(media_type, &image.bytes);
    let envelope = envelope(&subject, profile, at).to_string().into_bytes();
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": ManifestKind::OciManifest.media_type(),
        "config": descriptor(SIGNATURE, &empty_config()),
        "layers": [descriptor(ENVELOPE, &envelope)],
        "subject": subject,
        "annotations": {
            "io.cncf.notary.x509chain.thumbprint#S256": json!([hash(profile)]).to_string(),
            "org.opencontainers.image.created": at.to_rfc3339(),
        },
    });
    (envelope, manifest.to_string())
}

fn envelope(subject: &Value, profile: &str, at: Timestamp) -> Value {
    let payload = encode(&json!({ "targetArtifact": subject }));
    let protected = encode(&json!({
        "alg": "ES384",
        "cty": PAYLOAD,
        "crit": [SCHEME, SIGNING_TIME, PLUGIN, PROFILE_VERSION],
        SCHEME: "notary.x509.signingAuthority",
        SIGNING_TIME: at.to_rfc3339(),
        PLUGIN: "com.amazonaws.signer.notation.plugin",
        PROFILE_VERSION: format!("{profile}/{}", &hash(profile)[..10]),
    }));
    let seal = [Sha384::digest(&protected), Sha384::digest(&payload)].concat();
    json!({
        "payload": payload,
        "protected": protected,
        "header": { "x5c": [] },
        "signature": URL_SAFE_NO_PAD.encode(seal),
    })
}

fn encode(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn descriptor(media_type: &str, bytes: &[u8]) -> Value {
    json!({ "mediaType": media_type, "digest": Digest::of(bytes), "size": bytes.len() })
}

/// The SHA-256 of a text in hexadecimal.
fn hash(text: &str) -> String {
    let digest = Digest::of(text.as_bytes()).to_string();
    digest.trim_start_matches("sha256:").to_owned()
}
