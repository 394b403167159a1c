//! What viewers read from the inventory. Each function requires a grant.

use std::{collections::HashMap, iter::once, sync::Arc};

use access::{
    Grant,
    acts::{
        Act, BatchGetImage, DescribeImages, DescribeRepositories, GetRepositoryPolicy, ListImages,
    },
    policies::Document,
};
use model::{
    Digest, Problem, Tag, Timestamp,
    image::{GoneTag, ImageFacts, ImageRow, TagHistory, TagKind, TagLabel},
    link::TagAt,
    repository::RepositorySettings,
};

use super::{
    Inventory, RepositoryState,
    images::{FoundNames, Images, ImagesSummary, IndexView, TaggedReferrer, labels},
    tags::TagFacts,
};

/// A value from ECR, with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<T> {
    /// The value. Empty if ECR has not answered yet.
    pub value: T,
    /// When ECR returned it. None if ECR has not answered yet.
    pub as_of: Option<Timestamp>,
    /// Why there is no newer value, if an attempt failed.
    pub problem: Option<Problem>,
}

impl<T> Known<T> {
    /// A value that never changes, or whose age is the age of the page.
    pub fn timeless(value: T) -> Self {
        Self {
            value,
            as_of: None,
            problem: None,
        }
    }

    /// Applies a function to the value.
    pub fn map<U>(self, look: impl FnOnce(T) -> U) -> Known<U> {
        Known {
            value: look(self.value),
            as_of: self.as_of,
            problem: self.problem,
        }
    }
}

impl Inventory {
    /// The repository's images as rows. With a grant for manifests, an index is combined with its
    /// platforms.
    pub fn images(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: Option<&Grant<BatchGetImage>>,
        settings: Settings<'_>,
    ) -> Known<Vec<ImageRow>> {
        self.known(grant, |entry, images| {
            images.rows(fold(manifests), &tag_facts(entry, settings))
        })
    }

    /// The repository's images with only their tags and digests.
    pub fn listing(
        &self,
        grant: &Grant<ListImages>,
        settings: Settings<'_>,
    ) -> Known<Vec<ImageRow>> {
        self.known(grant, |entry, images| {
            let rows = images.rows(IndexView::Flat, &tag_facts(entry, settings));
            rows.into_iter()
                .map(|row| ImageRow { facts: None, ..row })
                .collect()
        })
    }

    /// One image with only its tags and digest.
    pub fn listed_image(
        &self,
        grant: &Grant<ListImages>,
        settings: Settings<'_>,
        digest: &Digest,
    ) -> Known<Option<ImageRow>> {
        let row = self.known(grant, |entry, images| {
            images.row(digest, IndexView::Flat, &tag_facts(entry, settings))
        });
        row.map(|row| row.map(|row| ImageRow { facts: None, ..row }))
    }

    /// The image that a tag points at, converted with `row`.
    pub fn tagged<A: Listing>(
        &self,
        grant: &Grant<A>,
        tag: &Tag,
        row: impl FnOnce(&Digest) -> Known<Option<ImageRow>>,
    ) -> Known<Option<ImageRow>> {
        let digest = self.known(grant, |_, images| images.tagged(tag).cloned());
        match &digest.value {
            Some(found) => row(found),
            None => digest.map(|_| None),
        }
    }

    /// One image.
    pub fn image(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: Option<&Grant<BatchGetImage>>,
        settings: Settings<'_>,
        digest: &Digest,
    ) -> Known<Option<ImageRow>> {
        self.known(grant, |entry, images| {
            images.row(digest, fold(manifests), &tag_facts(entry, settings))
        })
    }

    /// What is known about some images, without their tags.
    pub fn facts<'a>(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: Option<&Grant<BatchGetImage>>,
        digests: impl Iterator<Item = &'a Digest>,
    ) -> HashMap<Digest, ImageFacts> {
        let known = self.known(grant, |_, images| images.facts(digests, fold(manifests)));
        known.value
    }

    /// The images that have this one as a platform, with a total size of at most `most` bytes, and
    /// how many more there are.
    pub fn containing(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: &Grant<BatchGetImage>,
        settings: Settings<'_>,
        digest: &Digest,
        most: usize,
    ) -> (Vec<ImageRow>, usize) {
        // This needs both grants: a row contains data of the list and of manifests.
        if self.granted(grant).is_none() {
            return Default::default();
        }
        let known = self.known(manifests, |entry, images| {
            images.containing(digest, most, &tag_facts(entry, settings))
        });
        known.value
    }

    /// The images whose tags say that they refer to this image.
    pub fn tagged_about<A: Listing>(
        &self,
        grant: &Grant<A>,
        digest: &Digest,
    ) -> Vec<TaggedReferrer> {
        self.known(grant, |_, images| images.tagged_about(digest))
            .value
    }

    /// The roles of the entries of an index that are not images, from the entry or from its
    /// manifest.
    pub fn roles_within(&self, grant: &Grant<BatchGetImage>, index: &Digest) -> Vec<String> {
        self.known(grant, |_, images| images.roles_within(index))
            .value
    }

    /// The totals of a repository's images.
    pub fn summary(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: Option<&Grant<BatchGetImage>>,
    ) -> Known<Option<ImagesSummary>> {
        self.known(grant, |_, images| images.summary(fold(manifests)))
    }

    /// When the repository's images were read.
    pub fn has_read<A: Listing>(&self, grant: &Grant<A>) -> Known<()> {
        self.known(grant, |_, _| ())
    }

    /// The number of images and tags, for viewers who may only list them.
    pub fn listed(&self, grant: &Grant<ListImages>) -> Known<Option<(u32, u32)>> {
        self.known(grant, |_, images| {
            let summary = images.summary(IndexView::Flat)?;
            Some((summary.counts.images, summary.counts.tags))
        })
    }

    /// The tags and the images that match a search, each with the details for a result line.
    pub fn find<A: Listing>(
        &self,
        grant: &Grant<A>,
        tag: &dyn Fn(&Tag) -> bool,
        digest: &dyn Fn(&Digest) -> bool,
    ) -> Known<FoundNames> {
        self.known(grant, |_, images| {
            let (mut tags, mut digests) = images.find(tag, digest);
            if !A::SHOWS_FACTS {
                tags.iter_mut().for_each(|found| found.pushed = None);
                digests.iter_mut().for_each(|found| found.pushed = None);
            }
            (tags, digests)
        })
    }

    /// Calls a function with every tag and its digest, without copying them, because there can be
    /// hundreds of thousands.
    pub fn look_at_tags<A: Listing, T: Default>(
        &self,
        grant: &Grant<A>,
        look: impl for<'a> FnOnce(&mut dyn Iterator<Item = (&'a Tag, &'a Digest)>) -> T,
    ) -> Known<T> {
        self.known(grant, |_, images| look(&mut images.tags()))
    }

    /// Every tag with its digest.
    pub fn all_tags<A: Listing>(&self, grant: &Grant<A>) -> Known<Vec<TagAt>> {
        self.known(grant, |_, images| {
            let at = |(tag, digest): (&Tag, &Digest)| TagAt {
                tag: tag.clone(),
                digest: digest.clone(),
            };
            images.tags().map(at).collect()
        })
    }

    /// Where a tag was seen to point.
    pub fn history<A: Listing>(&self, grant: &Grant<A>, tag: &Tag, now: &Digest) -> TagHistory {
        let entry = self.granted(grant);
        entry.map_or_else(TagHistory::default, |entry| entry.moves().history(tag, now))
    }

    /// Whether an image exists.
    pub fn has_image<A: Listing>(&self, grant: &Grant<A>, digest: &Digest) -> Known<bool> {
        self.known(grant, |_, images| images.has(digest))
    }

    /// When a deleted tag was last seen.
    pub fn gone<A: Listing>(&self, grant: &Grant<A>, tag: &Tag) -> Option<GoneTag> {
        self.granted(grant)?.moves().gone(tag).cloned()
    }

    /// The label of a tag.
    pub fn label<A: Listing>(
        &self,
        grant: &Grant<A>,
        settings: Settings<'_>,
        tag: &Tag,
    ) -> Option<TagLabel> {
        let entry = self.granted(grant)?;
        let named = once((tag, TagKind::by_name(tag)));
        labels(named, &tag_facts(&entry, settings)).pop()
    }

    /// A repository's settings.
    pub fn settings(&self, grant: &Grant<DescribeRepositories>) -> Option<RepositorySettings> {
        let entry = self.granted(grant)?;
        Some(entry.facts().settings.clone())
    }

    /// A repository policy as last read, and the time of the reading.
    pub fn policy(&self, grant: &Grant<GetRepositoryPolicy>) -> Option<(Timestamp, Arc<Document>)> {
        let reading = self.granted(grant)?.reading();
        let policy = reading.policy.as_ref()?;
        Some((reading.read_at, Arc::clone(&policy.document)))
    }

    /// Reads from a repository's images.
    fn known<A: Act, T: Default>(
        &self,
        grant: &Grant<A>,
        read: impl FnOnce(&RepositoryState, &Images) -> T,
    ) -> Known<T> {
        let Some(entry) = self.granted(grant) else {
            return Known {
                value: T::default(),
                as_of: None,
                problem: Some(Problem::Gone),
            };
        };
        let images = entry.images();
        Known {
            value: read(&entry, &images),
            as_of: images.as_of(),
            problem: images.problem,
        }
    }
}

/// The grant for a repository's settings, if the viewer has it. The settings say which tags cannot
/// move.
pub type Settings<'a> = Option<&'a Grant<DescribeRepositories>>;

/// The actions that show tags and digests.
pub trait Listing: Act {
    /// Whether the action also shows other data of an image.
    const SHOWS_FACTS: bool;
}

impl Listing for DescribeImages {
    const SHOWS_FACTS: bool = true;
}

impl Listing for ListImages {
    const SHOWS_FACTS: bool = false;
}

fn fold(manifests: Option<&Grant<BatchGetImage>>) -> IndexView {
    if manifests.is_some() {
        IndexView::Grouped
    } else {
        IndexView::Flat
    }
}

/// What decides whether a tag is floating. The settings are included only if the viewer may see
/// them.
fn tag_facts(entry: &RepositoryState, settings: Settings<'_>) -> TagFacts {
    TagFacts {
        moved: entry.moves().moved(),
        mutability: settings.map(|_| entry.facts().settings.mutability.clone()),
    }
}
