//! What artifacts are called.

texts! {
    /// What artifacts are called.
    ArtifactTexts {
        helm_chart: "Helm chart", "Helm Chart";
        cosign_signature: "cosign signature", "cosign 签名";
        sigstore_bundle: "Sigstore bundle", "Sigstore Bundle";
        notation_signature: "Notation signature", "Notation 签名";
        signature: "signature", "签名";
        spdx_sbom: "SPDX SBOM", "SPDX SBOM";
        cyclonedx_sbom: "CycloneDX SBOM", "CycloneDX SBOM";
        sbom: "SBOM", "SBOM";
        in_toto_attestation: "in-toto attestation", "in-toto 证明";
        attestation: "attestation", "证明";
        wasm: "WebAssembly module", "WebAssembly 模块";
        opa_policy: "OPA policy", "OPA 策略";
        singularity: "Singularity image", "Singularity 镜像";
        artifact: "artifact", "制品";
        referrers: "list of referrers", "引用者列表";
        by_tag(what: &str): "{what}, by its tag", "{what}（根据标签判断）";
    }
}
