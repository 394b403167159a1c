//! The images of one repository.

use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use access::{Grant, acts::BatchGetImage, policies::RETRY_DELAY, second_of};
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

/// The approximate size of an index, a tag or a platform on a page without its name, in bytes.
const ENTRY: usize = 100;

/// The most entries of indexes within an index that a row takes into account. Who pushes chooses their number, and each
/// can be in any number of indexes.
const INNER: usize = 64;

/// What is known about a repository's images.
#[derive(Debug, Clone, Default)]
pub(super) struct Images {
    reading: Option<Arc<ImagesReading>>,
    /// Why the latest attempt failed. None if it succeeded.
    pub(super) problem: Option<Problem>,
    /// The weight of the images before they were released.
    weighed: usize,
    /// When the latest attempt ended, whether it succeeded or not.
    tried: Option<Instant>,
}

/// A complete reading.
#[derive(Debug)]
struct ImagesReading {
    records: Vec<HeldImage>,
    tags: TagIndex,
    weight: usize,
    manifests: Arc<Manifests>,
    /// When the reading began. ECR's answers are not older than that.
    began: Instant,
    read: Instant,
    /// When ECR had answered everything, by the clock that people see.
    ended: SystemTime,
    as_of: Timestamp,
    /// Without and with the details from manifests.
    summaries: [ImagesSummary; 2],
}

/// The totals of a repository's images.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImagesSummary {
    /// The counts.
    pub counts: RepositoryCounts,
    /// The time of the last push.
    pub pushed: Option<Timestamp>,
}

/// Whether to use details from manifests: to combine an index with its platforms, and an image with
/// its referrers. Only for viewers who may see manifests.
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
    /// Slow if there are many images or tags. Do not call it on a thread that answers requests.
    pub(super) fn read(
        records: Vec<ImageRecord>,
        manifests: Arc<Manifests>,
        began: Instant,
        ended: SystemTime,
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
            ended,
            read: Instant::now(),
            as_of: second_of(ended),
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

    /// The released state: no images, but their weight.
    pub(super) fn let_go(&self) -> Self {
        Self {
            weighed: self.held(),
            ..Self::default()
        }
    }

    /// The weight of the images before they were released. 0 if they are in memory or were never
    /// read.
    pub(super) fn weighed(&self) -> usize {
        self.weighed
    }

    /// The same reading, with the reason why there is no newer one.
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

    /// How long the reading took; nothing before the first.
    pub(super) fn took(&self) -> Duration {
        let took = |reading: &Arc<ImagesReading>| reading.read - reading.began;
        self.reading.as_ref().map(took).unwrap_or_default()
    }

    /// When the reading began and ended. None if there is none.
    pub(super) fn span(&self) -> Option<(SystemTime, SystemTime)> {
        let reading = self.reading.as_ref()?;
        Some((reading.ended - self.took(), reading.ended))
    }

    /// Whether what ECR said is no older than a moment: the reading began after it.
    pub(super) fn is_of(&self, moment: Instant) -> bool {
        self.reading
            .as_ref()
            .is_some_and(|reading| reading.began >= moment)
    }

    /// Whether an attempt that began after this time succeeded, or an attempt failed since then or
    /// very recently.
    pub(super) fn tried_since(&self, moment: Instant) -> bool {
        let failed = self.problem.is_some()
            && self
                .tried
                .is_some_and(|tried| tried >= moment || tried.elapsed() < RETRY_DELAY);
        failed || self.is_of(moment)
    }

    /// The weight of the images in memory: [`ImageRecord::weight`], and one for each image of an
    /// index.
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

    /// Every tag with the digest that it points at.
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

    /// The digest that a tag points at.
    pub(super) fn tagged(&self, tag: &Tag) -> Option<&Digest> {
        let found = self.reading.as_ref()?.tagged(tag)?;
        Some(&found.digest)
    }

    /// The tags and the images that match.
    pub(super) fn find(
        &self,
        tag: &dyn Fn(&Tag) -> bool,
        digest: &dyn Fn(&Digest) -> bool,
    ) -> FoundNames {
        let (mut tags_found, mut digests) = (Vec::new(), Vec::new());
        let reading = self.reading.iter();
        for record in reading.flat_map(|reading| &reading.records) {
            // Searched once for all tags of an image, because an image can have a thousand.
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

    /// One image as a row, even if the list combines it with another image.
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

    /// Whether an image exists, even if the list combines it with another image.
    pub(super) fn has(&self, digest: &Digest) -> bool {
        let reading = self.reading.as_ref();
        reading.is_some_and(|reading| reading.record(digest).is_some())
    }

    /// What is known about some images, without their tags. Each digest is looked up only once,
    /// because an index can name the same image any number of times.
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

    /// The indexes that contain an image, as rows with a total size of at most this many bytes, and
    /// how many more there are. An image can be in any number of indexes. Tags are labeled only for
    /// indexes that fit.
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

    /// The roles of the entries of an index that are not images, from the entry or from its
    /// manifest.
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

    /// The images whose tags say that they refer to this image.
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

/// The tags and the images that match a search.
pub type FoundNames = (Vec<Found<Tag>>, Vec<Found<Digest>>);

/// A tag or an image that matches a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<Name> {
    /// The tag or the digest.
    pub name: Name,
    /// The version of the image from another tag, if there is one.
    pub version: Option<Tag>,
    /// When the image was pushed. None if the viewer may not see it.
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

/// An image whose tag says that it refers to another image.
#[derive(Debug, Clone)]
pub struct TaggedReferrer {
    /// Its role, according to the tag.
    pub role: SubjectTagRole,
    /// The tag.
    pub tag: Tag,
    /// The digest.
    pub digest: Digest,
    /// The size in bytes, as reported by ECR.
    pub size: Option<u64>,
}

/// Whether this is not an image and therefore never scanned, according to its type or a cosign tag.
fn is_artifact(record: &ImageRecord, facts: &ImageFacts) -> bool {
    let about_another = |tag: &Tag| SubjectTag::parse(tag).is_some();
    matches!(facts.kind, ImageKind::Artifact(_)) || record.tags.iter().any(about_another)
}

/// The labels of tags: floating tags first, then versions, then the rest. Each group is in natural
/// order.
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

/// Sorts labels again whose kinds changed. The old order would reveal the old kinds.
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

    /// The images that have their own row in the list.
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
        // An image with a tag has its own row, even if it belongs to another image.
        let stands_alone = move |record: &&HeldImage| !record.tags.is_empty() || !belongs(record);
        self.records
            .iter()
            .filter(stands_alone)
            .map(move |record| self.view(record, fold))
    }

    /// Whether an image is a signature, an SBOM or another referrer of an image in this repository.
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
        let (images, are_all) = contents.map_or_else(Default::default, |it| self.images_of(it));
        // An index can list an image twice, but it is stored once.
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
                (IndexView::Grouped, Some(_)) if are_all => None,
                (IndexView::Grouped, _) => Some(Scan::Unread),
            },
            artifact_type: contents.and_then(|contents| contents.artifact_type.as_ref()),
        }
    }

    /// The images of an index, and whether these are all. An index within it stands for its own images.
    fn images_of<'a>(&'a self, contents: &'a Contents) -> (Vec<&'a ChildView>, bool) {
        let (mut images, mut are_all) = (Vec::new(), contents.is_whole);
        let (mut entered, mut left) = (HashSet::new(), INNER);
        for child in contents.children.iter().filter(|it| self.is_image(it)) {
            if !self.is_index(child) {
                images.push(child);
                continue;
            }
            if !entered.insert(&child.digest) {
                continue;
            }
            let Some(inner) = self.manifests.get(&child.digest) else {
                are_all = false;
                continue;
            };
            let shown = inner.children.iter().take(left);
            left -= shown.len();
            are_all &= inner.is_whole && shown.len() == inner.children.len();
            for image in shown.filter(|it| self.is_image(it)) {
                match self.is_index(image) {
                    true => are_all = false,
                    false => images.push(image),
                }
            }
        }
        (images, are_all)
    }

    fn is_index(&self, child: &ChildView) -> bool {
        let record = self.record(&child.digest);
        record.is_some_and(|record| record.kind == ImageKind::Index)
    }

    /// Whether an entry of an index is an image and not an attestation or another artifact.
    fn is_image(&self, child: &ChildView) -> bool {
        let contents = self.manifests.get(&child.digest);
        child.is_image() && contents.is_none_or(|contents| contents.artifact_type.is_none())
    }

    fn summarise(&self, fold: IndexView) -> ImagesSummary {
        let mut summary = ImagesSummary::default();
        let (mut scans, mut archived) = (ScanSummary::default(), 0);
        let (mut indexes, mut unread_indexes) = (0, 0);
        for view in self.folded(fold) {
            let is_index = view.record.kind == ImageKind::Index;
            indexes += u32::from(is_index);
            unread_indexes += u32::from(is_index && view.unknown == Some(Scan::Unread));
            let facts = view.facts();
            let tags = u32::try_from(view.record.tags.len()).unwrap_or(u32::MAX);
            let counts = &mut summary.counts;
            counts.images += 1;
            counts.untagged += u32::from(tags == 0);
            counts.tags = counts.tags.saturating_add(tags);
            counts.size = counts.size.saturating_add(facts.size.unwrap_or(0));
            summary.pushed = summary.pushed.max(facts.pushed);
            archived += u32::from(facts.archived);
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
        summary.counts.archived = Some(archived);
        summary.counts.indexes = Some(indexes);
        summary.counts.unread_indexes = Some(unread_indexes);
        summary
    }
}

/// Within this second since 1970.
#[cfg(test)]
pub(super) fn at_second(second: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(second.unsigned_abs() * 1_000 + 500)
}

#[cfg(test)]
mod tests;
