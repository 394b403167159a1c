//! The images of one repository.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::{Duration, Instant},
};

use model::{
    Digest, Problem, Severity, Tag, Timestamp,
    image::{ImageFacts, ImageKind, ImageRow, Platform, Scan, TagLabel},
    natural_cmp,
    repository::RepositoryCounts,
};

use super::{
    ImageRecord, PAUSE,
    record::Indexes,
    tags::{self, TagFacts},
};

/// What is known of a repository's images.
#[derive(Debug, Clone, Default)]
pub(super) struct Images {
    reading: Option<Arc<ImagesReading>>,
    /// Why the latest attempt failed, if it did.
    pub(super) problem: Option<Problem>,
    /// When the latest attempt ended, well or not.
    tried: Option<Instant>,
}

/// One whole reading.
#[derive(Debug)]
struct ImagesReading {
    records: Vec<ImageRecord>,
    weight: usize,
    indexes: Arc<Indexes>,
    read: Instant,
    as_of: Timestamp,
    /// With and without what manifests tell.
    summaries: [ImagesSummary; 2],
}

/// A repository's images in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ImagesSummary {
    /// The counts.
    pub(crate) counts: RepositoryCounts,
    /// The last push.
    pub(crate) pushed: Option<Timestamp>,
    /// The worst finding of an image with a tag.
    pub(crate) worst: Option<Severity>,
}

/// Whether to put together what manifests tell: an index with its platforms, an image with what
/// refers to it. Only for who may see manifests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    Apart,
    Together,
}

impl Images {
    pub(super) fn read(
        mut records: Vec<ImageRecord>,
        indexes: Arc<Indexes>,
        as_of: Timestamp,
    ) -> Self {
        for record in &mut records {
            record
                .tags
                .sort_by(|left, right| natural_cmp(right.as_str(), left.as_str()));
            record.tags.shrink_to_fit();
        }
        records.sort_unstable_by(|left, right| left.digest.cmp(&right.digest));
        records.shrink_to_fit();
        let mut reading = ImagesReading {
            weight: records.iter().map(ImageRecord::weight).sum::<usize>()
                + indexes
                    .values()
                    .map(|children| children.len())
                    .sum::<usize>(),
            records,
            indexes,
            read: Instant::now(),
            as_of,
            summaries: Default::default(),
        };
        reading.summaries = [Fold::Apart, Fold::Together].map(|fold| reading.summarise(fold));
        Self {
            reading: Some(Arc::new(reading)),
            problem: None,
            tried: Some(Instant::now()),
        }
    }

    /// The older reading, with the reason why there is no newer one.
    pub(super) fn failed(&self, problem: Problem) -> Self {
        Self {
            reading: self.reading.clone(),
            problem: Some(problem),
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

    /// Whether an attempt ended, well or not, after a moment, or failed a moment ago.
    pub(super) fn tried_since(&self, moment: Instant) -> bool {
        let failed = self.problem.is_some();
        self.tried
            .is_some_and(|tried| tried >= moment || (failed && tried.elapsed() < PAUSE))
    }

    /// What the images weigh that are held: [`ImageRecord::weight`], and one for each image of an index.
    pub(super) fn held(&self) -> usize {
        self.reading.as_ref().map_or(0, |reading| reading.weight)
    }

    pub(super) fn indexes(&self) -> Arc<Indexes> {
        self.reading
            .as_ref()
            .map(|reading| Arc::clone(&reading.indexes))
            .unwrap_or_default()
    }

    pub(super) fn summary(&self, fold: Fold) -> Option<ImagesSummary> {
        let reading = self.reading.as_ref()?;
        Some(reading.summaries[usize::from(fold == Fold::Together)])
    }

    /// Every tag and where it points.
    pub(super) fn tags(&self) -> impl Iterator<Item = (&Tag, &Digest)> {
        let records = self
            .reading
            .as_ref()
            .map_or(&[][..], |reading| &reading.records);
        records
            .iter()
            .flat_map(|record| record.tags.iter().map(move |tag| (tag, &record.digest)))
    }

    pub(super) fn digests(&self) -> impl Iterator<Item = &Digest> {
        self.reading
            .as_ref()
            .map_or(&[][..], |reading| &reading.records)
            .iter()
            .map(|record| &record.digest)
    }

    /// The images as rows.
    pub(super) fn rows(&self, fold: Fold, facts: &TagFacts) -> Vec<ImageRow> {
        let Some(reading) = &self.reading else {
            return Vec::new();
        };
        let row = |view: FoldedImage<'_>| ImageRow {
            digest: view.record.digest.clone(),
            tags: labels(&view.record.tags, facts),
            facts: Some(view.facts()),
        };
        reading.folded(fold).map(row).collect()
    }

    /// One image as a row, folded or not, even one that the list folds into another.
    pub(super) fn row(&self, digest: &Digest, fold: Fold, facts: &TagFacts) -> Option<ImageRow> {
        let reading = self.reading.as_ref()?;
        let view = reading.view(reading.record(digest)?, fold);
        Some(ImageRow {
            digest: digest.clone(),
            tags: labels(&view.record.tags, facts),
            facts: Some(view.facts()),
        })
    }

    /// The indexes that an image is part of.
    pub(super) fn containing(&self, digest: &Digest) -> Vec<Digest> {
        let Some(reading) = &self.reading else {
            return Vec::new();
        };
        let holds = |index: &&Digest| {
            reading.indexes[*index]
                .iter()
                .any(|child| child.digest == *digest)
        };
        reading
            .indexes
            .keys()
            .filter(|index| reading.record(index).is_some())
            .filter(holds)
            .cloned()
            .collect()
    }
}

/// Names what each tag is.
pub(super) fn labels(all: &[Tag], facts: &TagFacts) -> Vec<TagLabel> {
    let label = |tag: &Tag| TagLabel {
        tag: tag.clone(),
        kind: tags::kind(tag, facts),
    };
    all.iter().map(label).collect()
}

/// An image with what belongs to it.
struct FoldedImage<'a> {
    record: &'a ImageRecord,
    /// The platforms' own records, as far as they are known.
    parts: Vec<&'a ImageRecord>,
    platforms: Vec<Platform>,
}

impl ImagesReading {
    fn record(&self, digest: &Digest) -> Option<&ImageRecord> {
        let found = self
            .records
            .binary_search_by(|record| record.digest.cmp(digest));
        found.ok().and_then(|at| self.records.get(at))
    }

    /// The images that stand in the list by themselves.
    fn folded(&self, fold: Fold) -> impl Iterator<Item = FoldedImage<'_>> {
        let within: HashSet<&Digest> = match fold {
            Fold::Apart => HashSet::new(),
            Fold::Together => {
                let known = self
                    .indexes
                    .iter()
                    .filter(|(index, _)| self.record(index).is_some());
                known
                    .flat_map(|(_, children)| children.iter().map(|child| &child.digest))
                    .collect()
            }
        };
        let belongs = move |record: &ImageRecord| {
            within.contains(&record.digest) || (fold == Fold::Together && self.refers(record))
        };
        // A tag makes an image worth a row of its own, whatever else it is part of.
        let stands_alone = move |record: &&ImageRecord| !record.tags.is_empty() || !belongs(record);
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

    fn view<'a>(&'a self, record: &'a ImageRecord, fold: Fold) -> FoldedImage<'a> {
        let children = self
            .indexes
            .get(&record.digest)
            .filter(|_| fold == Fold::Together);
        let images = children
            .into_iter()
            .flat_map(|children| children.iter())
            .filter(|child| child.role.is_none());
        let images: Vec<_> = images.collect();
        FoldedImage {
            record,
            parts: images
                .iter()
                .filter_map(|child| self.record(&child.digest))
                .collect(),
            platforms: images
                .iter()
                .filter_map(|child| child.platform.clone())
                .collect(),
        }
    }

    fn summarise(&self, fold: Fold) -> ImagesSummary {
        let mut summary = ImagesSummary::default();
        for view in self.folded(fold) {
            let facts = view.facts();
            let tags = u32::try_from(view.record.tags.len()).unwrap_or(u32::MAX);
            let counts = &mut summary.counts;
            counts.images += 1;
            counts.untagged += u32::from(tags == 0);
            counts.tags = counts.tags.saturating_add(tags);
            counts.size = counts.size.saturating_add(facts.size.unwrap_or(0));
            summary.pushed = summary.pushed.max(facts.pushed);
            if let (Scan::Found(found), true) = (facts.scan, tags > 0) {
                summary.worst = summary.worst.max(found.worst());
                for (severity, count) in found.present() {
                    summary.counts.findings.add(severity, count);
                }
            }
        }
        summary
    }
}

impl FoldedImage<'_> {
    fn facts(&self) -> ImageFacts {
        let record = self.record;
        let is_index = record.kind == ImageKind::Index;
        let parts_size = self
            .parts
            .iter()
            .filter_map(|part| part.size)
            .reduce(u64::saturating_add);
        // ECR scans the platforms of an index, not the index: the worst of them speaks for it.
        let parts_scan = self
            .parts
            .iter()
            .map(|part| part.scan)
            .max_by_key(|scan| match scan {
                Scan::Found(counts) => (3, counts.0),
                Scan::Pending => (2, [0; 6]),
                Scan::Failed => (1, [0; 6]),
                Scan::None => (0, [0; 6]),
            });
        ImageFacts {
            kind: record.kind.clone(),
            platforms: self.platforms.clone(),
            size: if is_index {
                parts_size.or(record.size)
            } else {
                record.size
            },
            pushed: record.pushed,
            pulled: record
                .pulled
                .max(self.parts.iter().filter_map(|part| part.pulled).max()),
            scan: if record.scan == Scan::None {
                parts_scan.unwrap_or(Scan::None)
            } else {
                record.scan
            },
            archived: record.archived,
        }
    }
}

/// Which indexes a reading has that no manifest was read of yet, and what is known of the others.
pub(super) fn unread_indexes(records: &[ImageRecord], known: &Indexes) -> (Vec<Digest>, Indexes) {
    let indexes = records
        .iter()
        .filter(|record| record.kind == ImageKind::Index);
    let (mut unread, mut kept) = (Vec::new(), HashMap::new());
    for record in indexes {
        match known.get(&record.digest) {
            Some(children) => {
                kept.insert(record.digest.clone(), Arc::clone(children));
            }
            None => unread.push(record.digest.clone()),
        }
    }
    (unread, kept)
}
