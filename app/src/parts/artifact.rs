//! Names for artifacts.

use model::{
    Locale,
    artifact::{ArtifactKind, SubjectTagRole},
    image::ReferrerMeaning,
};

use crate::messages::artifact::ArtifactTexts;

/// The name of a kind of artifact.
pub fn kind_name(kind: ArtifactKind, locale: Locale) -> &'static str {
    let texts = ArtifactTexts(locale);
    match kind {
        ArtifactKind::HelmChart => texts.helm_chart(),
        ArtifactKind::CosignSignature => texts.cosign_signature(),
        ArtifactKind::SigstoreBundle => texts.sigstore_bundle(),
        ArtifactKind::NotationSignature => texts.notation_signature(),
        ArtifactKind::Signature => texts.signature(),
        ArtifactKind::SpdxSbom => texts.spdx_sbom(),
        ArtifactKind::CycloneDxSbom => texts.cyclonedx_sbom(),
        ArtifactKind::Sbom => texts.sbom(),
        ArtifactKind::InTotoAttestation => texts.in_toto_attestation(),
        ArtifactKind::Attestation => texts.attestation(),
        ArtifactKind::Wasm => texts.wasm(),
        ArtifactKind::OpaPolicy => texts.opa_policy(),
        ArtifactKind::Singularity => texts.singularity(),
    }
}

/// The name of an artifact type, if it has one.
pub fn type_name(artifact_type: &str, locale: Locale) -> Option<&'static str> {
    ArtifactKind::from_type(artifact_type).map(|kind| kind_name(kind, locale))
}

/// The purpose of an artifact for the image that it refers to.
pub fn meaning_name(meaning: ReferrerMeaning, locale: Locale) -> &'static str {
    let texts = ArtifactTexts(locale);
    match meaning {
        ReferrerMeaning::Signature => texts.signature(),
        ReferrerMeaning::Sbom => texts.sbom(),
        ReferrerMeaning::Attestation => texts.attestation(),
        ReferrerMeaning::Other => texts.artifact(),
    }
}

/// The kind of an image, if its tag says that it belongs to another image.
pub fn role_name(role: SubjectTagRole, locale: Locale) -> String {
    let texts = ArtifactTexts(locale);
    texts.by_tag(match role {
        SubjectTagRole::Means(meaning) => meaning_name(meaning, locale),
        SubjectTagRole::Referrers => texts.referrers(),
    })
}
