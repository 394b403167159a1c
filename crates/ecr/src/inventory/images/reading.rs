//! What one reading of a repository's images says.

use std::collections::HashSet;

use model::{
    Digest, Tag,
    image::{ChildView, ImageKind, Scan, ScanSummary},
};

use super::{INNER, ImagesReading, ImagesSummary, IndexView, is_artifact};
use crate::{
    content::Contents,
    inventory::folded::{FoldedImage, fitting},
    record::{HeldImage, ImageRecord},
};

impl ImagesReading {
    pub(super) fn record(&self, digest: &Digest) -> Option<&HeldImage> {
        let found = self
            .records
            .binary_search_by(|record| record.digest.cmp(digest));
        found.ok().and_then(|at| self.records.get(at))
    }

    pub(super) fn tagged(&self, tag: &Tag) -> Option<&HeldImage> {
        self.tags.find(&self.records, tag)
    }

    /// The images that have their own row in the list.
    pub(super) fn folded(&self, fold: IndexView) -> impl Iterator<Item = FoldedImage<'_>> {
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
    pub(super) fn refers(&self, record: &ImageRecord) -> bool {
        record
            .subject
            .as_ref()
            .is_some_and(|subject| self.record(subject).is_some())
    }

    pub(super) fn view<'a>(&'a self, record: &'a HeldImage, fold: IndexView) -> FoldedImage<'a> {
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
    pub(super) fn images_of<'a>(&'a self, contents: &'a Contents) -> (Vec<&'a ChildView>, bool) {
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

    pub(super) fn is_index(&self, child: &ChildView) -> bool {
        let record = self.record(&child.digest);
        record.is_some_and(|record| record.kind == ImageKind::Index)
    }

    /// Whether an entry of an index is an image and not an attestation or another artifact.
    pub(super) fn is_image(&self, child: &ChildView) -> bool {
        let contents = self.manifests.get(&child.digest);
        child.is_image() && contents.is_none_or(|contents| contents.artifact_type.is_none())
    }

    pub(super) fn summarise(&self, fold: IndexView) -> ImagesSummary {
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
