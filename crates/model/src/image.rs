//! Images, as lists and pages show them.

use serde::{Deserialize, Serialize};

use crate::{
    Digest, DigestBeginning, RegistryAlias, RepositoryName, Section, Severity, Tag, Through,
    Timestamp,
    artifact::{SubjectTag, meaning},
    pull::Source,
};

pub use crate::{
    history::{GoneTag, TagHistory, TagMove, TagSighting, TagSince},
    layer::{LayerView, Stored, stored},
    platform::Platform,
    scan::{Scan, ScanSummary},
    tag_kind::TagKind,
};

/// A tag on an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagLabel {
    /// The tag.
    pub tag: Tag,
    /// Whether it moves.
    pub kind: TagKind,
}

/// What a manifest describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImageKind {
    /// One image for one platform.
    Image,
    /// An index: one image for each of several platforms.
    Index,
    /// Something else that is kept in a registry: a chart, a signature, an SBOM. Its artifact type
    /// as pushed ([`ArtifactKind`](crate::artifact::ArtifactKind) names it); empty where none is known.
    Artifact(String),
}

/// A row of a repository's list of images.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageRow {
    /// The manifest's digest.
    pub digest: Digest,
    /// Its tags: those that move, then versions, then the rest; in natural order, newest version first.
    pub tags: Vec<TagLabel>,
    /// The facts of `ecr:DescribeImages`; none where only `ecr:ListImages` is granted.
    pub facts: Option<ImageFacts>,
}

impl ImageRow {
    /// What a tag says that this is, and about which image: cosign pushes signatures as images.
    pub fn subject_tag(&self) -> Option<SubjectTag> {
        self.tags
            .iter()
            .find_map(|label| SubjectTag::parse(&label.tag))
    }

    /// Whether it is archived, as far as that is known.
    pub fn is_archived(&self) -> bool {
        self.facts.as_ref().is_some_and(|facts| facts.archived)
    }

    /// Whether it is a chart, a signature or the like, which ECR does not scan.
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

/// What DescribeImages says of an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageFacts {
    /// What the manifest describes.
    pub kind: ImageKind,
    /// Its platforms, where known: an index's need `ecr:BatchGetImage`.
    pub platforms: Vec<Platform>,
    /// Compressed bytes. An index's is the sum over its platforms where those are known,
    /// otherwise what ECR reports: the index document alone.
    pub size: Option<u64>,
    /// When it was pushed.
    pub pushed: Option<Timestamp>,
    /// When it was last pulled, to about a day. None when never, or when not recorded.
    pub pulled: Option<Timestamp>,
    /// What the scan found. Of an index, whose platforms are scanned: the worst of these.
    pub scan: Scan,
    /// How the scans of its platforms stand, where they stand differently. None where `scan` tells of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_scans: Option<ScanSummary>,
    /// Archived images answer pulls with "not found" until they are restored.
    pub archived: bool,
}

impl ImageFacts {
    /// How far the image was scanned.
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
    /// Digests that Gantry has seen the tag point at, newest first, and since when. It begins when
    /// this process first looked: ECR keeps no history.
    pub seen: Vec<TagSighting>,
    /// The last look at which the tag was not there, just before the oldest of these. None where nothing is
    /// known of before.
    pub absent_before: Option<Timestamp>,
    /// What stands around it.
    pub context: ImageContext,
}

impl TagDetail {
    /// Where the tag was seen to point: at least where it points, as of the page's reading.
    pub fn history(&self) -> TagHistory {
        let only = || TagSighting {
            digest: self.image.digest.clone(),
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
            more: 0,
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
    /// An image, by how its digest begins.
    Beginning(DigestBeginning),
}

/// A tag or an image that is not in a repository whose tags the viewer may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingImage {
    /// The registry.
    pub registry: RegistryAlias,
    /// The repository.
    pub name: RepositoryName,
    /// What was looked for.
    pub wanted: Reference,
    /// The tags that read most like it, the nearest first.
    pub nearest: Vec<Tag>,
    /// The images whose digests begin most like it, the nearest first.
    pub nearest_images: Vec<Digest>,
    /// When it was last seen, where this process has seen it.
    pub gone: Option<GoneTag>,
    /// The server's time.
    pub now: Timestamp,
}

impl MissingImage {
    /// Whether there is not none, but more than one.
    pub fn is_ambiguous(&self) -> bool {
        let Reference::Beginning(beginning) = &self.wanted else {
            return false;
        };
        let begins = |digest: &&Digest| digest.hex().starts_with(beginning.hex());
        self.nearest_images.iter().filter(begins).nth(1).is_some()
    }
}

/// What tag and image pages have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageContext {
    /// The registry.
    pub registry: RegistryAlias,
    /// The repository.
    pub name: RepositoryName,
    /// The principals that the image is shown through.
    pub through: Vec<Through>,
    /// Where it is pulled from.
    pub source: Source,
    /// Whether the viewer may pull it.
    pub pull: Section<()>,
    /// When ECR told of the repository's images.
    pub as_of: Option<Timestamp>,
    /// The server's time.
    pub now: Timestamp,
}

/// An image's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageDetail {
    /// What stands around it.
    pub context: ImageContext,
    /// The image, as the list shows it.
    pub image: ImageRow,
    /// The indexes that this image is a platform of, where known.
    pub part_of: Vec<ImageRow>,
    /// How many more such indexes there are than are listed.
    pub more_part_of: u32,
    /// The manifest (`ecr:BatchGetImage`).
    pub manifest: Section<ManifestView>,
    /// The config (`ecr:GetDownloadUrlForLayer` besides). Absent for an index or an artifact.
    pub config: Section<ConfigView>,
    /// Signatures, SBOMs and attestations (`ecr:BatchGetImage`).
    pub referrers: Section<Vec<ReferrerView>>,
    /// What refers to the indexes that this image is a platform of: what is signed is mostly the index.
    pub index_referrers: Vec<IndexReferrers>,
    /// Findings (`ecr:DescribeImageScanFindings`).
    pub findings: Section<FindingsView>,
}

impl ImageDetail {
    /// The image with what its scan itself tells, where the list of images has none: AWS native basic
    /// scanning does not put its results there (`DescribeImages` in the ECR API reference).
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

/// What refers to an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexReferrers {
    /// The index.
    pub index: Digest,
    /// What there is about it, each once. None where it could not be read.
    pub meanings: Option<Vec<ReferrerMeaning>>,
}

/// A manifest, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestView {
    /// Its media type.
    pub media_type: String,
    /// The text as it was pushed, its hiding characters as JSON escapes. Of a long one the beginning,
    /// which ends in an ellipsis.
    pub raw: String,
    /// Bytes of the whole text.
    pub size: u64,
    /// How many characters of the shown text are escaped.
    pub escaped: u32,
    /// An index's images; empty for an image.
    pub children: Vec<ChildView>,
    /// An image's layers, lowest first; empty for an index.
    pub layers: Vec<LayerView>,
    /// Annotations, in the order of the text. Hostile input: text, never markup.
    pub annotations: Vec<(String, String)>,
    /// The image that an artifact refers to.
    pub subject: Option<Digest>,
    /// Bytes of the config, as the manifest claims: with the layers it makes the image's size.
    pub config_size: u64,
    /// How many images, layers and annotations were cut or left out.
    pub cut: u32,
    /// Members that are not what they should be, by their place (`layers[0].urls`). Nothing else is
    /// missing because of them.
    pub unread: Vec<String>,
}

impl ManifestView {
    /// The layers whose bytes make the image's size, each once.
    pub fn stored_layers(&self) -> impl Iterator<Item = &LayerView> {
        let stored = stored(&self.layers).into_iter().zip(&self.layers);
        stored.filter_map(|(stored, layer)| (stored == Stored::Here).then_some(layer))
    }
}

/// One image of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildView {
    /// Its digest.
    pub digest: Digest,
    /// Its platform. None, or `unknown/unknown`, for attestations that builders put beside images.
    pub platform: Option<Platform>,
    /// Compressed bytes of the image, where the repository's list tells; else the manifest's own.
    pub size: u64,
    /// What it is besides an image, by its annotations or media type (`attestation-manifest`).
    pub role: Option<String>,
    /// How its scan stands: [`Scan::Unreadable`] for who may not see the repository's list of images.
    pub scan: Scan,
}

impl ChildView {
    /// Whether it is an image, not something that says something of one. What names no platform, builders
    /// put beside the images, whether or not an annotation says so.
    pub fn is_image(&self) -> bool {
        let is_unknown = self.platform.as_ref().is_some_and(Platform::is_unknown);
        self.role.is_none() && !is_unknown
    }
}

/// An image's config, read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigView {
    /// The platform it is for.
    pub platform: Option<Platform>,
    /// When it was built, as the builder says. None also for the fixed times of reproducible builds.
    pub created: Option<Timestamp>,
    /// Who built it, as the builder says.
    pub author: Option<String>,
    /// Entrypoint.
    pub entrypoint: Vec<String>,
    /// Command.
    pub command: Vec<String>,
    /// User.
    pub user: Option<String>,
    /// Working directory.
    pub working_directory: Option<String>,
    /// Stop signal.
    pub stop_signal: Option<String>,
    /// Environment, in order.
    pub environment: Vec<(String, String)>,
    /// Whether variables may be missing from it: then not all values are known.
    pub environment_cut: bool,
    /// Ports that the image says it listens on.
    pub ports: Vec<String>,
    /// Volumes.
    pub volumes: Vec<String>,
    /// Labels, by key.
    pub labels: Vec<(String, String)>,
    /// The steps that made it, first first.
    pub history: Vec<HistoryStep>,
    /// How many values were cut or left out because there were too many or they were too long.
    pub cut: u32,
    /// Members that are not what they should be, by their place (`config.Labels["version"]`). Nothing
    /// else is missing because of them.
    pub unread: Vec<String>,
}

/// A step of an image's making.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryStep {
    /// When.
    pub created: Option<Timestamp>,
    /// The instruction.
    pub created_by: String,
    /// A remark.
    pub comment: Option<String>,
    /// Whether it left no layer.
    pub empty_layer: bool,
}

/// Something that refers to an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferrerView {
    /// Its digest.
    pub digest: Digest,
    /// Its artifact type, as pushed.
    pub artifact_type: Option<String>,
    /// What that type stands for, where it is a known one.
    pub meaning: ReferrerMeaning,
    /// Bytes, as its own page tells them (`ecr:DescribeImages`).
    pub size: Option<u64>,
    /// Annotations.
    pub annotations: Vec<(String, String)>,
    /// The tag that says so, where nothing else does.
    pub by_tag: Option<Tag>,
    /// How many annotations were cut or left out.
    pub cut: u32,
    /// Whether ECR has more referrers after this one, which Gantry did not read: they are too many or
    /// too large.
    pub more_follow: bool,
}

/// What a referrer is for.
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

/// What a scan found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingsView {
    /// When the scan ended.
    pub scanned: Option<Timestamp>,
    /// The scan's state.
    pub scan: Scan,
    /// ECR's own remark on the state, where it gives one.
    pub remark: Option<String>,
    /// The findings, worst first.
    pub findings: Vec<FindingView>,
    /// How many more there are than are listed.
    pub more: u32,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingView {
    /// Its name, mostly a CVE id.
    pub name: String,
    /// How bad.
    pub severity: Severity,
    /// The package that has it.
    pub package: Option<String>,
    /// The package's version in the image.
    pub version: Option<String>,
    /// The version that mends it (enhanced scanning only).
    pub fixed_in: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Where to read more; http or https only.
    pub link: Option<String>,
}
