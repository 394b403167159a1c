//! Artifacts that refer to an image: signature, software bill of materials, attestation.
//!
//! Each is an OCI manifest with a `subject`. The signature has the format of a real one, and its payload is what a
//! signer would have signed, but there is no key: it can be listed and read, but not verified.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha512};
use time::OffsetDateTime;

use super::image::timestamp;
use super::{Blob, Manifest, Package, media_type};

/// A signature in the format that cosign stores.
pub fn signature(subject: &Manifest, reference: &str, created: OffsetDateTime) -> Package {
    let payload = Blob::json(&json!({
        "critical": {
            "identity": {"docker-reference": reference},
            "image": {"docker-manifest-digest": subject.digest()},
            "type": "cosign container image signature",
        },
        "optional": {"pipeline": "release"},
    }));
    let mut layer = payload.descriptor("application/vnd.dev.cosign.simplesigning.v1+json");
    let seal = STANDARD.encode(Sha512::digest(&payload.bytes));
    layer["annotations"] = json!({"dev.cosignproject.cosign/signature": seal});
    referring(
        subject,
        "application/vnd.dev.cosign.artifact.sig.v1+json",
        created,
        (payload, layer),
    )
}

/// A software bill of materials in SPDX's JSON format. `packages` are names and versions.
pub fn software_bill_of_materials(
    subject: &Manifest,
    name: &str,
    packages: &[(&str, &str)],
    created: OffsetDateTime,
) -> Package {
    let document = Blob::json(&spdx_document(
        name,
        &subject.digest().to_string(),
        packages,
        created,
    ));
    let layer = document.descriptor("application/spdx+json");
    referring(subject, "application/spdx+json", created, (document, layer))
}

/// A provenance attestation: an in-toto statement with the commit that the image was built from.
pub fn attestation(
    subject: &Manifest,
    name: &str,
    commit: &str,
    created: OffsetDateTime,
) -> Package {
    let statement = Blob::json(&provenance(subject, name, commit, created));
    let layer = statement.descriptor(media_type::IN_TOTO);
    referring(subject, media_type::IN_TOTO, created, (statement, layer))
}

/// The attestation manifest that BuildKit adds to an index. It has no `subject`; its index entry names the image.
pub fn buildkit_attestation(
    image: &Manifest,
    name: &str,
    commit: &str,
    created: OffsetDateTime,
) -> Package {
    let statement = Blob::json(&provenance(image, name, commit, created));
    let mut layer = statement.descriptor(media_type::IN_TOTO);
    layer["annotations"] = json!({"in-toto.io/predicate-type": PROVENANCE});
    let config = Blob::json(&json!({
        "architecture": "unknown",
        "os": "unknown",
        "config": {},
        "rootfs": {"type": "layers", "diff_ids": [statement.digest]},
    }));
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": media_type::OCI_MANIFEST,
        "config": config.descriptor(media_type::OCI_CONFIG),
        "layers": [layer],
    });
    Package {
        manifest: Manifest::new(media_type::OCI_MANIFEST, &manifest),
        blobs: vec![config, statement],
    }
}

const PROVENANCE: &str = "https://slsa.dev/provenance/v1";

fn referring(
    subject: &Manifest,
    artifact_type: &str,
    created: OffsetDateTime,
    (content, layer): (Blob, Value),
) -> Package {
    let config = Blob::empty();
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": media_type::OCI_MANIFEST,
        "artifactType": artifact_type,
        "config": config.descriptor(media_type::OCI_EMPTY),
        "layers": [layer],
        "subject": subject.descriptor(),
        "annotations": {"org.opencontainers.image.created": timestamp(created)},
    });
    Package {
        manifest: Manifest::new(media_type::OCI_MANIFEST, &manifest),
        blobs: vec![config, content],
    }
}

fn provenance(subject: &Manifest, name: &str, commit: &str, created: OffsetDateTime) -> Value {
    let digest = subject.digest().to_string();
    let hexadecimal = digest.trim_start_matches("sha256:");
    json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": name, "digest": {"sha256": hexadecimal}}],
        "predicateType": PROVENANCE,
        "predicate": {
            "buildDefinition": {
                "buildType": "https://build.retailer.example/container/v1",
                "externalParameters": {"repository": format!("https://git.retailer.example/{name}"), "commit": commit},
            },
            "runDetails": {
                "builder": {"id": "https://build.retailer.example/runners/linux"},
                "metadata": {"finishedOn": timestamp(created)},
            },
        },
    })
}

fn spdx_document(
    name: &str,
    digest: &str,
    packages: &[(&str, &str)],
    created: OffsetDateTime,
) -> Value {
    let packages: Vec<Value> = packages
        .iter()
        .enumerate()
        .map(|(position, (package, version))| {
            json!({
                "SPDXID": format!("SPDXRef-Package-{position}"),
                "name": package,
                "versionInfo": version,
                "downloadLocation": "NOASSERTION",
                "filesAnalyzed": false,
            })
        })
        .collect();
    json!({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": name,
        "documentNamespace": format!("https://sbom.retailer.example/{name}/{digest}"),
        "creationInfo": {"created": timestamp(created), "creators": ["Organization: Retailer", "Tool: syft"]},
        "packages": packages,
    })
}
