//! Tags and images.

use model::image as wire;

use super::parts::{GrantedVia, Problem, Section, Severity, Source};
use crate::stored::format::{Format, Unreadable, record, words};

/// Whether a field that was added later has its default value. It is then not written, as in
/// earlier versions.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

record! {
    /// A page of a repository's images.
    Images = model::Page<wire::ImageRow> {
        rows: Vec<ImageRow>,
        total: u32,
        matching: u32,
        number: u32,
        pages: u32,
        as_of: Option<i64>,
        incomplete: bool,
        problem: Option<Problem>,
        now: i64,
    }
}

record! {
    /// A row of the list of images.
    ImageRow = wire::ImageRow {
        digest: String,
        tags: Vec<TagLabel>,
        facts: Option<ImageFacts>,
    }
}

/// A tag on an image.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::stored) struct TagLabel {
    tag: String,
    kind: TagKind,
}

/// Whether a tag moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
enum TagKind {
    Locked,
    Moved,
    /// Any guess except `LooksUnique`.
    LooksStable,
    LooksUnique,
}

/// A guess is not stored. It is derived from the tag when the text is read, by the current rules.
impl Format<wire::TagLabel> for TagLabel {
    fn from_wire(wire::TagLabel { tag, kind }: wire::TagLabel) -> Self {
        use wire::TagKind as Wire;
        Self {
            tag: Format::from_wire(tag),
            kind: match kind {
                Wire::Locked => TagKind::Locked,
                Wire::Moved => TagKind::Moved,
                Wire::LooksFloating | Wire::Unknown => TagKind::LooksStable,
                Wire::LooksUnique => TagKind::LooksUnique,
            },
        }
    }

    fn into_wire(self) -> Result<wire::TagLabel, Unreadable> {
        let tag: model::Tag = self.tag.into_wire()?;
        let kind = match self.kind {
            TagKind::Locked => wire::TagKind::Locked,
            TagKind::Moved => wire::TagKind::Moved,
            TagKind::LooksStable | TagKind::LooksUnique => wire::TagKind::by_name(&tag),
        };
        Ok(wire::TagLabel { tag, kind })
    }
}

record! {
    /// What DescribeImages returned for an image.
    ImageFacts = wire::ImageFacts {
        kind: ImageKind,
        platforms: Vec<Platform>,
        size: Option<u64>,
        pushed: Option<i64>,
        pulled: Option<i64>,
        #[serde(flatten)]
        scan: Scan,
        #[serde(default, skip_serializing_if = "is_default")]
        platform_scans: Option<ScanSummary>,
        archived: bool,
    }
}

/// What a manifest describes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::stored) enum ImageKind {
    Image,
    Index,
    /// With its artifact type.
    Artifact(String),
}

impl Format<wire::ImageKind> for ImageKind {
    fn from_wire(wire: wire::ImageKind) -> Self {
        match wire {
            wire::ImageKind::Image => Self::Image,
            wire::ImageKind::Index => Self::Index,
            wire::ImageKind::Artifact(artifact_type) => Self::Artifact(artifact_type),
        }
    }

    fn into_wire(self) -> Result<wire::ImageKind, Unreadable> {
        Ok(match self {
            Self::Image => wire::ImageKind::Image,
            Self::Index => wire::ImageKind::Index,
            Self::Artifact(artifact_type) => wire::ImageKind::Artifact(artifact_type),
        })
    }
}

record! {
    /// The platform that an image runs on.
    Platform = wire::Platform {
        os: String,
        architecture: String,
        variant: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")]
        os_version: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")]
        os_features: Vec<String>,
    }
}

/// The scan of an image, as a field of its parent, and another field if the scan was unknown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::stored) struct Scan {
    scan: ScanState,
    #[serde(default, skip_serializing_if = "is_default")]
    scan_unknown: Option<ScanUnknown>,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
enum ScanState {
    None,
    Pending,
    Failed,
    /// The number of findings by severity, critical first.
    Found([u32; 6]),
}

/// Why a scan was unknown. The state next to it is then none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
enum ScanUnknown {
    Unreadable,
    Unread,
}

impl Format<wire::Scan> for Scan {
    fn from_wire(wire: wire::Scan) -> Self {
        let (scan, scan_unknown) = match wire {
            wire::Scan::None => (ScanState::None, None),
            wire::Scan::Pending => (ScanState::Pending, None),
            wire::Scan::Failed => (ScanState::Failed, None),
            wire::Scan::Found(counts) => (ScanState::Found(Format::from_wire(counts)), None),
            wire::Scan::Unreadable => (ScanState::None, Some(ScanUnknown::Unreadable)),
            wire::Scan::Unread => (ScanState::None, Some(ScanUnknown::Unread)),
        };
        Self { scan, scan_unknown }
    }

    fn into_wire(self) -> Result<wire::Scan, Unreadable> {
        Ok(match (self.scan_unknown, self.scan) {
            (Some(ScanUnknown::Unreadable), _) => wire::Scan::Unreadable,
            (Some(ScanUnknown::Unread), _) => wire::Scan::Unread,
            (None, ScanState::None) => wire::Scan::None,
            (None, ScanState::Pending) => wire::Scan::Pending,
            (None, ScanState::Failed) => wire::Scan::Failed,
            (None, ScanState::Found(counts)) => wire::Scan::Found(counts.into_wire()?),
        })
    }
}

record! {
    /// The scan states of several images.
    ScanSummary = wire::ScanSummary {
        worst: Option<Severity>,
        scanned: u32,
        not_scanned: u32,
        pending: u32,
        failed: u32,
        unreadable: u32,
        unread: u32,
        artifacts: u32,
    }
}

record! {
    /// Which repository it is.
    RepositoryAt = model::RepositoryAt {
        registry: String,
        name: String,
    }
}

record! {
    /// The common part of tag and image pages.
    ImageContext = wire::ImageContext {
        #[serde(flatten)]
        repository: RepositoryAt,
        through: Vec<GrantedVia>,
        source: Source,
        pull: Section<()>,
        as_of: Option<i64>,
        now: i64,
    }
}

record! {
    /// A tag's page.
    TagDetail = wire::TagDetail {
        label: TagLabel,
        image: ImageRow,
        siblings: Vec<TagLabel>,
        seen: Vec<TagSighting>,
        #[serde(default, skip_serializing_if = "is_default")]
        absent_before: Option<i64>,
        #[serde(default, skip_serializing_if = "is_default")]
        more: u32,
        #[serde(default, skip_serializing_if = "is_default")]
        gaps: Vec<HistoryGap>,
        context: ImageContext,
    }
}

record! {
    /// A time without readings.
    HistoryGap = wire::HistoryGap {
        from: i64,
        until: i64,
    }
}

record! {
    /// A digest that a tag was seen to point at.
    TagSighting = wire::TagSighting {
        digest: String,
        #[serde(default, skip_serializing_if = "is_default")]
        version_tag: Option<String>,
        first_seen: i64,
        #[serde(default, skip_serializing_if = "is_default")]
        last_seen: Option<i64>,
        #[serde(default, skip_serializing_if = "is_default")]
        gone: Option<i64>,
    }
}

record! {
    /// An image's page.
    ImageDetail = wire::ImageDetail {
        context: ImageContext,
        image: ImageRow,
        part_of: Vec<ImageRow>,
        #[serde(default, skip_serializing_if = "is_default")]
        more_part_of: u32,
        manifest: Section<ManifestView>,
        config: Section<ConfigView>,
        referrers: Section<Vec<ReferrerView>>,
        #[serde(default, skip_serializing_if = "is_default")]
        index_referrers: Vec<IndexReferrers>,
        findings: Section<FindingsView>,
    }
}

record! {
    /// The referrers of an index.
    IndexReferrers = wire::IndexReferrers {
        index: String,
        meanings: Option<Vec<ReferrerMeaning>>,
    }
}

record! {
    /// A manifest.
    ManifestView = wire::ManifestView {
        media_type: String,
        /// Always empty: links do not show the text.
        raw: String,
        #[serde(default, skip_serializing_if = "is_default")]
        size: u64,
        #[serde(default, skip_serializing_if = "is_default")]
        escaped: u32,
        children: Vec<ChildView>,
        layers: Vec<LayerView>,
        annotations: Vec<(String, String)>,
        subject: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")]
        config_size: u64,
        #[serde(default, skip_serializing_if = "is_default")]
        cut: u32,
        #[serde(default, skip_serializing_if = "is_default")]
        unread: Vec<String>,
    }
}

record! {
    /// One image of an index.
    ChildView = wire::ChildView {
        digest: String,
        platform: Option<Platform>,
        size: u64,
        role: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")]
        is_index: bool,
        #[serde(flatten)]
        scan: Scan,
    }
}

record! {
    /// A layer.
    LayerView = wire::LayerView {
        digest: String,
        size: u64,
        media_type: String,
        created_by: Option<String>,
        urls: Vec<String>,
    }
}

record! {
    /// A config.
    ConfigView = wire::ConfigView {
        platform: Option<Platform>,
        created: Option<i64>,
        author: Option<String>,
        entrypoint: Vec<String>,
        command: Vec<String>,
        user: Option<String>,
        working_directory: Option<String>,
        stop_signal: Option<String>,
        environment: Vec<(String, String)>,
        #[serde(default, skip_serializing_if = "is_default")]
        environment_bare: Vec<u32>,
        #[serde(default, skip_serializing_if = "is_default")]
        environment_cut: bool,
        ports: Vec<String>,
        volumes: Vec<String>,
        #[serde(default, skip_serializing_if = "is_default")]
        health_check: Vec<String>,
        labels: Vec<(String, String)>,
        history: Vec<HistoryStep>,
        cut: u32,
        #[serde(default, skip_serializing_if = "is_default")]
        unread: Vec<String>,
    }
}

record! {
    /// A build step of an image.
    HistoryStep = wire::HistoryStep {
        created: Option<i64>,
        created_by: String,
        comment: Option<String>,
        empty_layer: bool,
    }
}

record! {
    /// A referrer of an image.
    ReferrerView = wire::ReferrerView {
        digest: String,
        artifact_type: Option<String>,
        meaning: ReferrerMeaning,
        size: Option<u64>,
        annotations: Vec<(String, String)>,
        #[serde(default, skip_serializing_if = "is_default")]
        by_tag: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")]
        cut: u32,
        #[serde(default, skip_serializing_if = "is_default")]
        more_follow: bool,
    }
}

words! {
    /// The purpose of a referrer.
    ReferrerMeaning = wire::ReferrerMeaning {
        Signature = "Signature",
        Sbom = "Sbom",
        Attestation = "Attestation",
        Other = "Other",
    }
}

record! {
    /// The findings of a scan.
    FindingsView = wire::FindingsView {
        scanned: Option<i64>,
        #[serde(flatten)]
        scan: Scan,
        remark: Option<String>,
        findings: Vec<FindingView>,
        more: u32,
    }
}

record! {
    /// A finding.
    FindingView = wire::FindingView {
        name: String,
        severity: Severity,
        package: Option<String>,
        version: Option<String>,
        fixed_in: Option<String>,
        description: Option<String>,
        link: Option<String>,
    }
}
