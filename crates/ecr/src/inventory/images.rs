//! The images of one repository.

mod about;
mod found;
mod reading;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use access::{Grant, acts::BatchGetImage, policies::RETRY_DELAY, second_of};
use model::{
    Digest, Problem, Tag, Timestamp,
    artifact::SubjectTag,
    image::{ImageFacts, ImageKind, ImageRow, TagKind, TagLabel},
    link::version_among,
    natural_cmp,
    repository::RepositoryCounts,
};

use super::{
    folded::FoldedImage,
    manifests::Manifests,
    tag_index::TagIndex,
    tags::{self, TagFacts},
};
use crate::{
    content::Contents,
    record::{HeldImage, ImageRecord},
};

pub use about::TaggedReferrer;
pub use found::{Found, FoundNames};

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

    /// The tag of an image that reads like its version, apart from a tag that is asked about.
    pub(super) fn version_tag(&self, digest: &Digest, except: &Tag) -> Option<&Tag> {
        let record = self.reading.as_ref()?.record(digest)?;
        version_among(&record.tags, Some(except))
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

/// Within this second since 1970.
#[cfg(test)]
pub(super) fn at_second(second: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(second.unsigned_abs() * 1_000 + 500)
}

#[cfg(test)]
mod tests;
