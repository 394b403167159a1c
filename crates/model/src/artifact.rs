//! Registry content that is not an image, and which of it describes an image.

use serde::{Deserialize, Serialize};

use crate::{Digest, Tag};

/// The media type of an empty config. A manifest with this config names its type in `artifactType` (OCI image
/// specification, "Guidelines for Artifact Usage").
pub const EMPTY_CONFIG: &str = "application/vnd.oci.empty.v1+json";

/// A kind of artifact that has its own name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArtifactKind {
    /// A Helm chart.
    HelmChart,
    /// A signature of cosign.
    CosignSignature,
    /// A Sigstore bundle, made by cosign and other tools: a signature, or a signed attestation.
    SigstoreBundle,
    /// A signature of the Notary Project, as made by AWS Signer.
    NotationSignature,
    /// Any other signature.
    Signature,
    /// A bill of materials in SPDX format.
    SpdxSbom,
    /// A bill of materials in CycloneDX format.
    CycloneDxSbom,
    /// A bill of materials in another format.
    Sbom,
    /// An in-toto attestation.
    InTotoAttestation,
    /// Any other attestation.
    Attestation,
    /// A WebAssembly module.
    Wasm,
    /// A policy of Open Policy Agent.
    OpaPolicy,
    /// A Singularity (Apptainer) image.
    Singularity,
}

impl ArtifactKind {
    /// The kind for an artifact type: the media type of a manifest's `artifactType`, of its config or of its content,
    /// as documented by the projects that push them. The role of an image in an index (`attestation-manifest`) counts
    /// too. None for a type without a name here.
    pub fn from_type(artifact_type: &str) -> Option<Self> {
        const KINDS: [(&str, ArtifactKind); 19] = [
            ("cncf.helm", ArtifactKind::HelmChart),
            ("cncf.notary", ArtifactKind::NotationSignature),
            ("cosign.artifact.sig", ArtifactKind::CosignSignature),
            ("cosign.simplesigning", ArtifactKind::CosignSignature),
            ("simplesigning", ArtifactKind::Signature),
            ("sigstore", ArtifactKind::SigstoreBundle),
            ("signature", ArtifactKind::Signature),
            ("spdx", ArtifactKind::SpdxSbom),
            ("cyclonedx", ArtifactKind::CycloneDxSbom),
            ("syft", ArtifactKind::Sbom),
            ("sbom", ArtifactKind::Sbom),
            ("in-toto", ArtifactKind::InTotoAttestation),
            ("attestation", ArtifactKind::Attestation),
            ("dsse", ArtifactKind::Attestation),
            ("provenance", ArtifactKind::Attestation),
            ("wasm", ArtifactKind::Wasm),
            ("cncf.openpolicyagent", ArtifactKind::OpaPolicy),
            ("sylabs.sif", ArtifactKind::Singularity),
            ("singularity", ArtifactKind::Singularity),
        ];
        // The first match counts: more specific types come first.
        KINDS
            .into_iter()
            .find(|(word, _)| artifact_type.contains(word))
            .map(|(_, kind)| kind)
    }

    /// What it means for the image that it refers to.
    pub fn meaning(self) -> ReferrerMeaning {
        match self {
            Self::CosignSignature
            | Self::SigstoreBundle
            | Self::NotationSignature
            | Self::Signature => ReferrerMeaning::Signature,
            Self::SpdxSbom | Self::CycloneDxSbom | Self::Sbom => ReferrerMeaning::Sbom,
            Self::InTotoAttestation | Self::Attestation => ReferrerMeaning::Attestation,
            Self::HelmChart | Self::Wasm | Self::OpaPolicy | Self::Singularity => {
                ReferrerMeaning::Other
            }
        }
    }
}

/// The purpose of a referrer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReferrerMeaning {
    /// A signature.
    Signature,
    /// A bill of materials.
    Sbom,
    /// An attestation.
    Attestation,
    /// Anything else.
    Other,
}

/// What an artifact type means for the image that it refers to.
pub fn meaning(artifact_type: &str) -> ReferrerMeaning {
    ArtifactKind::from_type(artifact_type).map_or(ReferrerMeaning::Other, ArtifactKind::meaning)
}

/// What a signed statement means for its image, by the type of its predicate: cosign also signs images with
/// statements.
pub fn meaning_of_predicate(predicate_type: &str) -> ReferrerMeaning {
    if predicate_type.contains("cosign/sign") {
        return ReferrerMeaning::Signature;
    }
    match meaning(predicate_type) {
        ReferrerMeaning::Sbom => ReferrerMeaning::Sbom,
        _ => ReferrerMeaning::Attestation,
    }
}

/// A tag that names the image that its own image describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectTag {
    /// The image that is described.
    pub subject: Digest,
    /// The type of the tag's own image.
    pub role: SubjectTagRole,
}

/// The type of a [`SubjectTag`]'s image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubjectTagRole {
    /// One artifact about the subject: cosign's `sha256-<hex>.sig`, `.att` and `.sbom` ("Signature Specification" of
    /// cosign).
    Means(ReferrerMeaning),
    /// An index of everything that refers to the subject: `sha256-<hex>`, for registries without a referrers API (OCI
    /// distribution specification, "Referrers Tag Schema").
    Referrers,
}

impl SubjectTagRole {
    const ALL: [(Self, &str); 4] = [
        (Self::Means(ReferrerMeaning::Signature), ".sig"),
        (Self::Means(ReferrerMeaning::Attestation), ".att"),
        (Self::Means(ReferrerMeaning::Sbom), ".sbom"),
        (Self::Referrers, ""),
    ];
}

impl SubjectTag {
    /// Parses a tag. None for most tags.
    pub fn parse(tag: &Tag) -> Option<Self> {
        let rest = tag.as_str().strip_prefix("sha256-")?;
        let (hex, suffix) = rest.split_at_checked(64)?;
        let subject = format!("sha256:{hex}").parse().ok()?;
        let (role, _) = SubjectTagRole::ALL
            .into_iter()
            .find(|(_, its)| *its == suffix)?;
        Some(Self { subject, role })
    }

    /// The tags that may describe an image, with their meaning.
    pub fn tags_about(subject: &Digest) -> Vec<(Tag, SubjectTagRole)> {
        let name = subject.as_str().replace(':', "-");
        SubjectTagRole::ALL
            .into_iter()
            .filter_map(|(role, suffix)| Some((format!("{name}{suffix}").parse().ok()?, role)))
            .collect()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn artifact_types_in_use_have_names() {
        for (artifact_type, kind) in [
            (
                "application/vnd.cncf.helm.config.v1+json",
                ArtifactKind::HelmChart,
            ),
            (
                "application/vnd.dev.cosign.artifact.sig.v1+json",
                ArtifactKind::CosignSignature,
            ),
            (
                "application/vnd.dev.cosign.simplesigning.v1+json",
                ArtifactKind::CosignSignature,
            ),
            (
                "application/vnd.cncf.notary.signature",
                ArtifactKind::NotationSignature,
            ),
            ("application/spdx+json", ArtifactKind::SpdxSbom),
            ("text/spdx", ArtifactKind::SpdxSbom),
            (
                "application/vnd.cyclonedx+json",
                ArtifactKind::CycloneDxSbom,
            ),
            (
                "application/vnd.in-toto+json",
                ArtifactKind::InTotoAttestation,
            ),
            ("attestation-manifest", ArtifactKind::Attestation),
            ("application/vnd.wasm.config.v0+json", ArtifactKind::Wasm),
        ] {
            assert_eq!(
                ArtifactKind::from_type(artifact_type),
                Some(kind),
                "{artifact_type}"
            );
        }
        for unnamed in ["", EMPTY_CONFIG, "application/vnd.example.thing"] {
            assert_eq!(ArtifactKind::from_type(unnamed), None);
            assert_eq!(meaning(unnamed), ReferrerMeaning::Other);
        }
    }

    #[test]
    fn the_predicate_decides_what_a_statement_means() {
        for (predicate_type, expected) in [
            (
                "https://sigstore.dev/cosign/sign/v1",
                ReferrerMeaning::Signature,
            ),
            ("https://spdx.dev/Document", ReferrerMeaning::Sbom),
            ("https://cyclonedx.org/bom", ReferrerMeaning::Sbom),
            (
                "https://slsa.dev/provenance/v1",
                ReferrerMeaning::Attestation,
            ),
        ] {
            assert_eq!(meaning_of_predicate(predicate_type), expected);
        }
    }

    #[test]
    fn tags_of_cosign_and_oci_name_their_subject() {
        let subject: Digest = format!("sha256:{}", "3f".repeat(32)).parse().unwrap();
        let about = SubjectTag::tags_about(&subject);
        assert_eq!(about.len(), 4);
        for (tag, role) in about {
            let read = SubjectTag::parse(&tag).unwrap();
            assert_eq!((read.subject, read.role), (subject.clone(), role), "{tag}");
        }
        for other in [
            "prod",
            "sha256-3f3f",
            &format!("sha256-{}.zip", "3f".repeat(32)),
            &format!("sha256-{}", "3F".repeat(32)),
            &format!("sha512-{}", "3f".repeat(32)),
        ] {
            assert_eq!(SubjectTag::parse(&other.parse().unwrap()), None, "{other}");
        }
    }
}
