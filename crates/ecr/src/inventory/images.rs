//! The images of one repository.

use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
    sync::Arc,
    time::{Duration, Instant},
};

use access::{Grant, acts::BatchGetImage, policies::RETRY_DELAY};
use model::{
    Digest, Problem, Tag, Timestamp,
    artifact::{SubjectTag, SubjectTagRole},
    image::{ChildView, ImageFacts, ImageKind, ImageRow, Scan, ScanSummary, TagKind, TagLabel},
    natural_cmp,
    repository::RepositoryCounts,
};

use super::{
    folded::{FoldedImage, fitting},
    manifests::Manifests,
    tag_index::TagIndex,
    tags::{self, TagFacts, TagRank},
};
use crate::{
    content::Contents,
    record::{HeldImage, ImageRecord},
};

/// About how many bytes an index, a tag or a platform takes on a page besides its name.
const ENTRY: usize = 100;

/// What is known of a repository's images.
#[derive(Debug, Clone, Default)]
pub(super) struct Images {
    reading: Option<Arc<ImagesReading>>,
    /// Why the latest attempt failed, if it did.
    pub(super) problem: Option<Problem>,
    /// What the images weighed that were let go.
    weighed: usize,
    /// When the latest attempt ended, well or not.
    tried: Option<Instant>,
}

/// One whole reading.
#[derive(Debug)]
struct ImagesReading {
    records: Vec<HeldImage>,
    tags: TagIndex,
    weight: usize,
    manifests: Arc<Manifests>,
    /// When it began: what ECR said is no older than that.
    began: Instant,
    read: Instant,
    as_of: Timestamp,
    /// With and without what manifests tell.
    summaries: [ImagesSummary; 2],
}

/// A repository's images in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImagesSummary {
    /// The counts.
    pub counts: RepositoryCounts,
    /// The last push.
    pub pushed: Option<Timestamp>,
    /// How many of the images are archived.
    pub archived: u32,
}

/// Whether to put together what manifests tell: an index with its platforms, an image with what
/// refers to it. Only for who may see manifests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IndexView {
    Flat,
    Grouped,
}

impl IndexView {
    pub(super) fn by(manifests: Option<&Grant<BatchGetImage>>) -> Self {
        match manifests {
            Some(_) => Self::Grouped,
            None => Self::Flat,
        }
    }
}

impl Images {
    /// Takes a while where there are many images or tags: not for a thread that answers requests.
    pub(super) fn read(
        records: Vec<ImageRecord>,
        manifests: Arc<Manifests>,
        began: Instant,
        as_of: Timestamp,
    ) -> Self {
        let mut records: Vec<_> = records.into_iter().map(HeldImage::new).collect();
        records.sort_unstable_by(|left, right| left.digest.cmp(&right.digest));
        records.shrink_to_fit();
        let mut reading = ImagesReading {
            weight: records.iter().map(|record| record.weight()).sum::<usize>()
                + manifests
                    .values()
                    .map(|contents| contents.children.len())
                    .sum::<usize>(),
            tags: TagIndex::of(&records),
            records,
            manifests,
            began,
            read: Instant::now(),
            as_of,
            summaries: Default::default(),
        };
        reading.summaries =
            [IndexView::Flat, IndexView::Grouped].map(|fold| reading.summarise(fold));
        Self {
            reading: Some(Arc::new(reading)),
            problem: None,
            weighed: 0,
            tried: Some(Instant::now()),
        }
    }

    /// Nothing, but what it weighed.
    pub(super) fn let_go(&self) -> Self {
        Self {
            weighed: self.held(),
            ..Self::default()
        }
    }

    /// What the images weighed that were let go; 0 for those that are held, or never were.
    pub(super) fn weighed(&self) -> usize {
        self.weighed
    }

    /// The older reading, with the reason why there is no newer one.
    pub(super) fn failed(&self, problem: Problem) -> Self {
        Self {
            reading: self.reading.clone(),
            problem: Some(problem),
            weighed: self.weighed,
            tried: Some(Instant::now()),
        }
    }

    pub(super) fn as_of(&self) -> Option<Timestamp> {
        self.reading.as_ref().map(|reading| reading.as_of)
    }

    /// Whether the reading is younger than this.
    pub(super) fn is_fresh(&self, age: Duration) -> bool {
        self.reading
            .as_ref()
            .is_some_and(|reading| reading.read.elapsed() < age)
    }

    /// Whether what ECR said is no older than a moment: the reading began after it.
    pub(super) fn is_of(&self, moment: Instant) -> bool {
        self.reading
            .as_ref()
            .is_some_and(|reading| reading.began >= moment)
    }

    /// Whether an attempt that began after a moment succeeded, or one failed since or a moment ago.
    pub(super) fn tried_since(&self, moment: Instant) -> bool {
        let failed = self.problem.is_some()
            && self
                .tried
                .is_some_and(|tried| tried >= moment || tried.elapsed() < RETRY_DELAY);
        failed || self.is_of(moment)
    }

    /// What the images weigh that are held: [`ImageRecord::weight`], and one for each image of an index.
    pub(super) fn held(&self) -> usize {
        self.reading.as_ref().map_or(0, |reading| reading.weight)
    }

    pub(super) fn manifests(&self) -> Arc<Manifests> {
        self.reading
            .as_ref()
            .map(|reading| Arc::clone(&reading.manifests))
            .unwrap_or_default()
    }

    pub(super) fn summary(&self, fold: IndexView) -> Option<ImagesSummary> {
        let reading = self.reading.as_ref()?;
        Some(reading.summaries[usize::from(fold == IndexView::Grouped)])
    }

    /// Every tag and where it points.
    pub(super) fn tags(&self) -> impl Iterator<Item = (&Tag, &Digest)> {
        let records = self
            .reading
            .as_ref()
            .map_or(&[][..], |reading| &reading.records);
        records.iter().flat_map(|record| {
            record.tags.iter().map(move |tag| {
                #[cfg(test)]
                crate::content::work::add(1);
                (tag, &record.digest)
            })
        })
    }

    /// Where a tag points.
    pub(super) fn tagged(&self, tag: &Tag) -> Option<&Digest> {
        let found = self.reading.as_ref()?.tagged(tag)?;
        Some(&found.digest)
    }

    /// The tags and the images that are looked for.
    pub(super) fn find(
        &self,
        tag: &dyn Fn(&Tag) -> bool,
        digest: &dyn Fn(&Digest) -> bool,
    ) -> FoundNames {
        let (mut tags_found, mut digests) = (Vec::new(), Vec::new());
        let reading = self.reading.iter();
        for record in reading.flat_map(|reading| &reading.records) {
            // Looked for once for all tags of an image: it may have a thousand.
            let version = LazyCell::new(|| {
                let is_version =
                    |(tag, kind): &(&Tag, TagKind)| tags::rank(tag, *kind) == TagRank::Version;
                record.named().find(is_version).map(|(tag, _)| tag)
            });
            for found in record.tags.iter().filter(|found| tag(found)) {
                tags_found.push(Found::on(record, found, *version));
            }
            if digest(&record.digest) {
                digests.push(Found::on(record, &record.digest, *version));
            }
        }
        (tags_found, digests)
    }

    /// The images as rows.
    pub(super) fn rows(&self, fold: IndexView, facts: &TagFacts) -> Vec<ImageRow> {
        let Some(reading) = &self.reading else {
            return Vec::new();
        };
        let row = |view: FoldedImage<'_>| ImageRow {
            digest: view.record.digest.clone(),
            tags: labels(view.record.named(), facts),
            facts: Some(view.facts()),
        };
        reading.folded(fold).map(row).collect()
    }

    /// One image as a row, folded or not, even one that the list folds into another.
    pub(super) fn row(
        &self,
        digest: &Digest,
        fold: IndexView,
        facts: &TagFacts,
    ) -> Option<ImageRow> {
        let reading = self.reading.as_ref()?;
        let view = reading.view(reading.record(digest)?, fold);
        Some(ImageRow {
            digest: digest.clone(),
            tags: labels(view.record.named(), facts),
            facts: Some(view.facts()),
        })
    }

    /// Whether an image is there, also one that the list folds into another.
    pub(super) fn has(&self, digest: &Digest) -> bool {
        let reading = self.reading.as_ref();
        reading.is_some_and(|reading| reading.record(digest).is_some())
    }

    /// What is known of some images, folded or not, without their tags. Each is looked up once, however often it is
    /// named: whoever may push names an image in an index as often as they like.
    pub(super) fn facts<'a>(
        &self,
        digests: impl Iterator<Item = &'a Digest>,
        fold: IndexView,
    ) -> HashMap<Digest, ImageFacts> {
        let Some(reading) = &self.reading else {
            return HashMap::new();
        };
        let distinct: HashSet<_> = digests.collect();
        let known = distinct.into_iter().filter_map(|digest| {
            let view = reading.view(reading.record(digest)?, fold);
            Some((digest.clone(), view.facts()))
        });
        known.collect()
    }

    /// The indexes that an image is part of, as rows that take so many bytes at most, and how many more there are:
    /// anybody who can push can list an image in any number of them. The tags are named of those alone that fit.
    pub(super) fn containing(
        &self,
        digest: &Digest,
        most: usize,
        facts: &TagFacts,
    ) -> (Vec<ImageRow>, usize) {
        let Some(reading) = &self.reading else {
            return (Vec::new(), 0);
        };
        let holds = |(index, contents): &(&Digest, &Arc<Contents>)| {
            let mut children = contents.children.iter();
            children.any(|child| child.digest == *digest) && reading.record(index).is_some()
        };
        let indexes = reading.manifests.iter().filter(holds);
        let mut indexes: Vec<_> = indexes.map(|(index, _)| index).collect();
        indexes.sort_unstable();
        let mut left = most;
        let looked_at = indexes.iter().take(most / ENTRY);
        let rows = looked_at.filter_map(|index| {
            let view = reading.view(reading.record(index)?, IndexView::Grouped);
            let tags = view
                .record
                .tags
                .iter()
                .map(|tag| tag.as_str().len() + ENTRY);
            let weight = ENTRY + tags.sum::<usize>() + view.platforms.len() * ENTRY;
            left = left.checked_sub(weight)?;
            Some(ImageRow {
                digest: (*index).clone(),
                tags: labels(view.record.named(), facts),
                facts: Some(view.facts()),
            })
        });
        let rows: Vec<_> = rows.collect();
        let more = indexes.len() - rows.len();
        (rows, more)
    }

    /// What an index lists beside images: what its entry or its manifest says that it is.
    pub(super) fn roles_within(&self, index: &Digest) -> Vec<String> {
        let manifests = self.manifests();
        let children = manifests.get(index).map(|contents| &contents.children);
        let role = |child: &ChildView| {
            let contents = manifests.get(&child.digest);
            let artifact_type = contents.and_then(|contents| contents.artifact_type.clone());
            child.role.clone().or(artifact_type)
        };
        children.into_iter().flatten().filter_map(role).collect()
    }

    /// The images whose tags say that they are about this one.
    pub(super) fn tagged_about(&self, digest: &Digest) -> Vec<TaggedReferrer> {
        let Some(reading) = &self.reading else {
            return Vec::new();
        };
        let tags = SubjectTag::tags_about(digest).into_iter();
        let found = tags.filter_map(|(tag, role)| {
            let record = reading.tagged(&tag)?;
            Some(TaggedReferrer {
                role,
                tag,
                digest: record.digest.clone(),
                size: record.size,
            })
        });
        let mut found: Vec<_> = found.collect();
        found.sort_unstable_by(|left, right| left.tag.cmp(&right.tag));
        found
    }
}

/// The tags and the images that were looked for.
pub type FoundNames = (Vec<Found<Tag>>, Vec<Found<Digest>>);

/// A tag or an image that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<Name> {
    /// The tag or the digest.
    pub name: Name,
    /// The version that another tag says, if one does.
    pub version: Option<Tag>,
    /// When the image was pushed; none for who may not know.
    pub pushed: Option<Timestamp>,
}

impl<Name: Clone + AsRef<str>> Found<Name> {
    fn on(record: &ImageRecord, name: &Name, version: Option<&Tag>) -> Self {
        Self {
            name: name.clone(),
            version: version.filter(|tag| tag.as_str() != name.as_ref()).cloned(),
            pushed: record.pushed,
        }
    }
}

/// An image whose tag says that it is about another one.
#[derive(Debug, Clone)]
pub struct TaggedReferrer {
    /// What it is, by its tag.
    pub role: SubjectTagRole,
    /// The tag that says so.
    pub tag: Tag,
    /// Its digest.
    pub digest: Digest,
    /// Bytes, as ECR reports them.
    pub size: Option<u64>,
}

/// Whether something is no image, so that nobody scans it: by its type, or by a tag of cosign's.
fn is_artifact(record: &ImageRecord, facts: &ImageFacts) -> bool {
    let about_another = |tag: &Tag| SubjectTag::parse(tag).is_some();
    matches!(facts.kind, ImageKind::Artifact(_)) || record.tags.iter().any(about_another)
}

/// Names what each tag is: those first that move, then versions, then the rest; each in natural order.
pub(super) fn labels<'a>(
    named: impl Iterator<Item = (&'a Tag, TagKind)>,
    facts: &TagFacts,
) -> Vec<TagLabel> {
    let label = |(tag, by_name): (&Tag, TagKind)| {
        #[cfg(test)]
        crate::content::work::add(1);
        TagLabel {
            tag: tag.clone(),
            kind: tags::kind(tag, by_name, facts),
        }
    };
    let mut labels: Vec<_> = named.map(label).collect();
    labels.sort_by_key(|label| tags::rank(&label.tag, label.kind));
    labels
}

/// Puts labels in order that had other kinds before: where they stood tells of those.
pub fn order_again(labels: &mut [TagLabel]) {
    labels.sort_by(|left, right| {
        let ranks = [left, right].map(|label| tags::rank(&label.tag, label.kind));
        let newest = || natural_cmp(right.tag.as_str(), left.tag.as_str());
        ranks[0].cmp(&ranks[1]).then_with(newest)
    });
}

impl ImagesReading {
    fn record(&self, digest: &Digest) -> Option<&HeldImage> {
        let found = self
            .records
            .binary_search_by(|record| record.digest.cmp(digest));
        found.ok().and_then(|at| self.records.get(at))
    }

    fn tagged(&self, tag: &Tag) -> Option<&HeldImage> {
        self.tags.find(&self.records, tag)
    }

    /// The images that stand in the list by themselves.
    fn folded(&self, fold: IndexView) -> impl Iterator<Item = FoldedImage<'_>> {
        let within: HashSet<&Digest> = match fold {
            IndexView::Flat => HashSet::new(),
            IndexView::Grouped => {
                let known = self.manifests.iter();
                let known = known.filter(|(index, _)| self.record(index).is_some());
                known
                    .flat_map(|(_, contents)| contents.children.iter().map(|child| &child.digest))
                    .collect()
            }
        };
        let belongs = move |record: &HeldImage| {
            within.contains(&record.digest) || (fold == IndexView::Grouped && self.refers(record))
        };
        // A tag makes an image worth a row of its own, whatever else it is part of.
        let stands_alone = move |record: &&HeldImage| !record.tags.is_empty() || !belongs(record);
        self.records
            .iter()
            .filter(stands_alone)
            .map(move |record| self.view(record, fold))
    }

    /// Whether an image is a signature, SBOM or the like of another one here.
    fn refers(&self, record: &ImageRecord) -> bool {
        record
            .subject
            .as_ref()
            .is_some_and(|subject| self.record(subject).is_some())
    }

    fn view<'a>(&'a self, record: &'a HeldImage, fold: IndexView) -> FoldedImage<'a> {
        #[cfg(test)]
        crate::content::work::add(1);
        let contents = self
            .manifests
            .get(&record.digest)
            .filter(|_| fold == IndexView::Grouped);
        let children = contents.into_iter().flat_map(|contents| &contents.children);
        let images: Vec<_> = children.filter(|child| self.is_image(child)).collect();
        // An index may list an image twice: it is stored once.
        let mut counted = HashSet::new();
        let once = images.iter().filter(|child| counted.insert(&child.digest));
        FoldedImage {
            record,
            parts: once
                .filter_map(|child| self.record(&child.digest))
                .collect(),
            platforms: fitting(images.iter().filter_map(|child| child.platform.as_ref())),
            unknown: match (fold, contents) {
                (IndexView::Flat, _) => Some(Scan::Unreadable),
                (IndexView::Grouped, Some(contents)) if contents.is_whole => None,
                (IndexView::Grouped, _) => Some(Scan::Unread),
            },
            artifact_type: contents.and_then(|contents| contents.artifact_type.as_ref()),
        }
    }

    /// Whether what an index lists is an image, not something that says something of one.
    fn is_image(&self, child: &ChildView) -> bool {
        let contents = self.manifests.get(&child.digest);
        child.is_image() && contents.is_none_or(|contents| contents.artifact_type.is_none())
    }

    fn summarise(&self, fold: IndexView) -> ImagesSummary {
        let mut summary = ImagesSummary::default();
        let mut scans = ScanSummary::default();
        for view in self.folded(fold) {
            let facts = view.facts();
            let tags = u32::try_from(view.record.tags.len()).unwrap_or(u32::MAX);
            let counts = &mut summary.counts;
            counts.images += 1;
            counts.untagged += u32::from(tags == 0);
            counts.tags = counts.tags.saturating_add(tags);
            counts.size = counts.size.saturating_add(facts.size.unwrap_or(0));
            summary.pushed = summary.pushed.max(facts.pushed);
            summary.archived += u32::from(facts.archived);
            if tags == 0 {
                continue;
            }
            if let Scan::Found(found) = facts.scan {
                counts.findings = counts.findings.with(found);
            }
            if is_artifact(view.record, &facts) {
                scans.artifacts += 1;
            } else {
                scans.count(facts.scan, facts.platform_scans.as_ref());
            }
        }
        summary.counts.scans = Some(scans);
        summary
    }
}

#[cfg(test)]
mod tests;
