//! Images, as lists and pages show them.

use serde::{Deserialize, Serialize};

use crate::{
    Digest, DigestBeginning, GrantedVia, RepositoryAt, Section, Severity, Tag, Timestamp,
    artifact::{SubjectTag, meaning},
    pull::{ArtifactTool, Source},
};

pub use crate::{
    artifact::ReferrerMeaning,
    history::{
        Doubt, GoneTag, HistoryDetail, HistoryGap, KnownMoment, Moment, PointedImage, TagEvent,
        TagEventKind, TagHistory, TagMove, TagSighting, TagSince,
    },
    layer::{LayerView, Stored, stored},
    manifest::{ChildView, ConfigView, HistoryStep, ManifestView},
    platform::Platform,
    scan::{Scan, ScanSummary},
    tag_kind::TagKind,
};

/// A tag on an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagLabel {
    /// The tag.
    pub tag: Tag,
    /// Whether the tag moves.
    pub kind: TagKind,
}

/// What a manifest describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImageKind {
    /// One image for one platform.
    Image,
    /// An index: one image for each of several platforms.
    Index,
    /// Other content of a registry: a chart, a signature, an SBOM. Contains its artifact type as pushed
    /// ([`ArtifactKind`](crate::artifact::ArtifactKind) names it), or an empty text if none is known.
    Artifact(String),
}

/// A row of a repository's list of images.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageRow {
    /// The manifest's digest.
    pub digest: Digest,
    /// Its tags: floating tags, then versions, then the rest; in natural order, newest version first.
    pub tags: Vec<TagLabel>,
    /// The data from `ecr:DescribeImages`. None if only `ecr:ListImages` is granted.
    pub facts: Option<ImageFacts>,
}

impl ImageRow {
    /// The role and subject that a tag gives it: cosign pushes signatures as images.
    pub fn subject_tag(&self) -> Option<SubjectTag> {
        self.tags
            .iter()
            .find_map(|label| SubjectTag::parse(&label.tag))
    }

    /// The program that pulls it as an artifact. None for an image that containers run from, as far as is known.
    pub fn artifact_tool(&self) -> Option<ArtifactTool> {
        match self.facts.as_ref().map(|facts| &facts.kind) {
            Some(ImageKind::Artifact(its)) => Some(ArtifactTool::for_type(its)),
            _ => self.subject_tag().map(|_| ArtifactTool::Oras),
        }
    }

    /// Whether it is archived, as far as that is known.
    pub fn is_archived(&self) -> bool {
        self.facts.as_ref().is_some_and(|facts| facts.archived)
    }

    /// Whether it is a chart, a signature or another artifact that ECR does not scan.
    pub fn is_artifact(&self) -> bool {
        let facts = self.facts.as_ref();
        let is_artifact = facts.is_some_and(|it| matches!(it.kind, ImageKind::Artifact(_)));
        is_artifact || self.subject_tag().is_some()
    }

    /// Whether it is a signature, an SBOM or an attestation, by its type or by a tag.
    pub fn is_about_another(&self) -> bool {
        let facts = self.facts.as_ref();
        let by_type = facts.is_some_and(|facts| match &facts.kind {
            ImageKind::Artifact(its) => meaning(its) != ReferrerMeaning::Other,
            _ => false,
        });
        by_type || self.subject_tag().is_some()
    }
}

/// The data from `ecr:DescribeImages`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageFacts {
    /// What the manifest describes.
    pub kind: ImageKind,
    /// Its platforms, if known: an index's need `ecr:BatchGetImage`.
    pub platforms: Vec<Platform>,
    /// Compressed bytes. For an index, the sum over its platforms if they are known, otherwise the value from ECR:
    /// only the index document.
    pub size: Option<u64>,
    /// When it was pushed.
    pub pushed: Option<Timestamp>,
    /// When it was last pulled, accurate to about a day. None if never, or if not recorded.
    pub pulled: Option<Timestamp>,
    /// The scan result. For an index, whose platforms are scanned, the worst of theirs.
    pub scan: Scan,
    /// The scan states of its platforms, if they differ. None if `scan` applies to all.
    pub platform_scans: Option<ScanSummary>,
    /// Whether it is archived. Archived images answer pulls with "not found" until they are restored.
    pub archived: bool,
}

impl ImageFacts {
    /// A summary of the image's scans.
    pub fn scans(&self) -> ScanSummary {
        self.platform_scans
            .unwrap_or_else(|| ScanSummary::of([self.scan]))
    }
}

/// A tag's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagDetail {
    /// The tag.
    pub label: TagLabel,
    /// The image it points at.
    pub image: ImageRow,
    /// The other tags on that image.
    pub siblings: Vec<TagLabel>,
    /// Digests that Gantry has seen the tag point at, newest first, with the time. It starts when Gantry first read the
    /// repository: ECR keeps no history.
    pub seen: Vec<TagSighting>,
    /// The last time that the tag was seen to be missing before the oldest of these. None if nothing earlier is
    /// known.
    pub absent_before: Option<Timestamp>,
    /// How many older digests are left out.
    pub more: u32,
    /// The times in which Gantry did not read the repository for longer than usual, newest first.
    pub gaps: Vec<HistoryGap>,
    /// Data about its surroundings.
    pub context: ImageContext,
}

impl TagDetail {
    /// The images that the tag was seen to point at: at least the current one, at the time of the page's data.
    pub fn history(&self) -> TagHistory {
        let only = || TagSighting {
            digest: self.image.digest.clone(),
            version_tag: None,
            first_seen: self.context.as_of.unwrap_or(self.context.now),
            last_seen: None,
            gone: None,
        };
        let seen = if self.seen.is_empty() {
            vec![only()]
        } else {
            self.seen.clone()
        };
        TagHistory {
            seen,
            absent_before: self.absent_before,
            more: self.more,
            gaps: self.gaps.clone(),
        }
    }
}

/// A tag or an image, as a URL names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reference {
    /// A tag.
    Tag(Tag),
    /// An image.
    Digest(Digest),
    /// An image, by the start of its digest.
    Beginning(DigestBeginning),
}

/// A tag or an image that does not exist, in a repository whose tags the viewer may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingImage {
    /// The repository.
    pub repository: RepositoryAt,
    /// What was looked for.
    pub wanted: Reference,
    /// The most similar tags, most similar first.
    pub nearest: Vec<Tag>,
    /// The images with the most similar digests, most similar first.
    pub nearest_images: Vec<Digest>,
    /// When it was last seen, if this process has seen it.
    pub gone: Option<GoneTag>,
    /// When ECR returned the repository's images, without this one.
    pub as_of: Timestamp,
    /// The server's time.
    pub now: Timestamp,
}

impl MissingImage {
    /// Whether there are several matches, and not none.
    pub fn is_ambiguous(&self) -> bool {
        let Reference::Beginning(beginning) = &self.wanted else {
            return false;
        };
        let begins = |digest: &&Digest| digest.hex().starts_with(beginning.hex());
        self.nearest_images.iter().filter(begins).nth(1).is_some()
    }
}

/// Data that tag and image pages share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageContext {
    /// The repository.
    pub repository: RepositoryAt,
    /// The principals that grant the viewer the image.
    pub through: Vec<GrantedVia>,
    /// Where it is pulled from.
    pub source: Source,
    /// Whether the viewer may pull it.
    pub pull: Section<()>,
    /// When ECR returned the repository's images.
    pub as_of: Option<Timestamp>,
    /// The server's time.
    pub now: Timestamp,
}

/// An image's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageDetail {
    /// Data about its surroundings.
    pub context: ImageContext,
    /// The image, as the list shows it.
    pub image: ImageRow,
    /// The indexes that contain this image as a platform, if known.
    pub part_of: Vec<ImageRow>,
    /// How many more such indexes there are.
    pub more_part_of: u32,
    /// The manifest (`ecr:BatchGetImage`).
    pub manifest: Section<ManifestView>,
    /// The config (also needs `ecr:GetDownloadUrlForLayer`). Absent for an index or an artifact.
    pub config: Section<ConfigView>,
    /// Signatures, SBOMs and attestations (`ecr:BatchGetImage`).
    pub referrers: Section<Vec<ReferrerView>>,
    /// Artifacts that refer to the indexes that contain this image: usually the index is signed.
    pub index_referrers: Vec<IndexReferrers>,
    /// Findings (`ecr:DescribeImageScanFindings`).
    pub findings: Section<FindingsView>,
}

impl ImageDetail {
    /// The image, with the results of the scan itself if the list of images has none: AWS native basic scanning does
    /// not add its results to the list (`DescribeImages` in the ECR API reference).
    pub fn image_as_scanned(&self) -> ImageRow {
        let mut image = self.image.clone();
        if let (Some(facts), Some(findings)) = (&mut image.facts, self.findings.shown())
            && facts.scan == Scan::None
        {
            facts.scan = findings.scan;
        }
        image
    }
}

/// The artifacts that refer to an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexReferrers {
    /// The index.
    pub index: Digest,
    /// Their meanings, without duplicates. None if they could not be read.
    pub meanings: Option<Vec<ReferrerMeaning>>,
}

/// An artifact that refers to an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferrerView {
    /// Its digest.
    pub digest: Digest,
    /// Its artifact type, as pushed.
    pub artifact_type: Option<String>,
    /// The meaning of that type.
    pub meaning: ReferrerMeaning,
    /// Bytes, as on the artifact's own page (`ecr:DescribeImages`).
    pub size: Option<u64>,
    /// Annotations.
    pub annotations: Vec<(String, String)>,
    /// The tag that makes it a referrer, if nothing else does.
    pub by_tag: Option<Tag>,
    /// How many annotations were cut or left out.
    pub cut: u32,
    /// Whether ECR has more referrers after this one that Gantry did not read because they are too many or too large.
    pub more_follow: bool,
}

/// The result of a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingsView {
    /// When the scan ended.
    pub scanned: Option<Timestamp>,
    /// The scan's state.
    pub scan: Scan,
    /// ECR's own remark on the state, if there is one.
    pub remark: Option<String>,
    /// The findings, worst first.
    pub findings: Vec<FindingView>,
    /// How many more findings there are.
    pub more: u32,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingView {
    /// Its name, usually a CVE ID.
    pub name: String,
    /// Its severity.
    pub severity: Severity,
    /// The affected package.
    pub package: Option<String>,
    /// The package's version in the image.
    pub version: Option<String>,
    /// The version that fixes it (enhanced scanning only).
    pub fixed_in: Option<String>,
    /// A description.
    pub description: Option<String>,
    /// A link to more information; http or https only.
    pub link: Option<String>,
}
