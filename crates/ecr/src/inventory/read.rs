//! What viewers read of what is known, each under the grant for it.

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

/// Something that ECR said, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<T> {
    /// What it said; the empty value before it said anything.
    pub value: T,
    /// When. None before the first time.
    pub as_of: Option<Timestamp>,
    /// Why there is nothing newer, if that failed.
    pub problem: Option<Problem>,
}

impl<T> Known<T> {
    /// What never changes, or is as old as the page says.
    pub fn timeless(value: T) -> Self {
        Self {
            value,
            as_of: None,
            problem: None,
        }
    }

    /// The same knowledge, looked at more closely.
    pub fn map<U>(self, look: impl FnOnce(T) -> U) -> Known<U> {
        Known {
            value: look(self.value),
            as_of: self.as_of,
            problem: self.problem,
        }
    }
}

impl Inventory {
    /// The repository's images as rows. With a grant for manifests too, an index stands together with
    /// its platforms.
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

    /// The repository's images as tags and digests, and nothing more.
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

    /// One image, as its tags and digest.
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

    /// The image that a tag points at, as `row` shows it.
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

    /// What is known of some images, without their tags.
    pub fn facts<'a>(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: Option<&Grant<BatchGetImage>>,
        digests: impl Iterator<Item = &'a Digest>,
    ) -> HashMap<Digest, ImageFacts> {
        let known = self.known(grant, |_, images| images.facts(digests, fold(manifests)));
        known.value
    }

    /// The images that hold this one as a platform, as far as they take `most` bytes, and how many more there are.
    pub fn containing(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: &Grant<BatchGetImage>,
        settings: Settings<'_>,
        digest: &Digest,
        most: usize,
    ) -> (Vec<ImageRow>, usize) {
        // Both grants: a row has what the list says, and manifests say what is in it.
        if self.granted(grant).is_none() {
            return Default::default();
        }
        let known = self.known(manifests, |entry, images| {
            images.containing(digest, most, &tag_facts(entry, settings))
        });
        known.value
    }

    /// The images whose tags say that they are about this one.
    pub fn tagged_about<A: Listing>(
        &self,
        grant: &Grant<A>,
        digest: &Digest,
    ) -> Vec<TaggedReferrer> {
        self.known(grant, |_, images| images.tagged_about(digest))
            .value
    }

    /// What an index lists beside images: what its entry or its manifest says that it is.
    pub fn roles_within(&self, grant: &Grant<BatchGetImage>, index: &Digest) -> Vec<String> {
        self.known(grant, |_, images| images.roles_within(index))
            .value
    }

    /// The figures of a repository's images.
    pub fn summary(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: Option<&Grant<BatchGetImage>>,
    ) -> Known<Option<ImagesSummary>> {
        self.known(grant, |_, images| images.summary(fold(manifests)))
    }

    /// Since when a repository's images are known.
    pub fn has_read<A: Listing>(&self, grant: &Grant<A>) -> Known<()> {
        self.known(grant, |_, _| ())
    }

    /// How many images and tags there are, for who may list them and nothing more.
    pub fn listed(&self, grant: &Grant<ListImages>) -> Known<Option<(u32, u32)>> {
        self.known(grant, |_, images| {
            let summary = images.summary(IndexView::Flat)?;
            Some((summary.counts.images, summary.counts.tags))
        })
    }

    /// The tags and the images that are looked for, each with what else there is to say of it in a line.
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

    /// What somebody finds who looks at every tag, and where it points, without copying them: there may be hundreds
    /// of thousands.
    pub fn look_at_tags<A: Listing, T: Default>(
        &self,
        grant: &Grant<A>,
        look: impl for<'a> FnOnce(&mut dyn Iterator<Item = (&'a Tag, &'a Digest)>) -> T,
    ) -> Known<T> {
        self.known(grant, |_, images| look(&mut images.tags()))
    }

    /// Every tag, and where it points.
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

    /// Whether there is an image.
    pub fn has_image<A: Listing>(&self, grant: &Grant<A>, digest: &Digest) -> Known<bool> {
        self.known(grant, |_, images| images.has(digest))
    }

    /// When a tag was last seen that is not there any more.
    pub fn gone<A: Listing>(&self, grant: &Grant<A>, tag: &Tag) -> Option<GoneTag> {
        self.granted(grant)?.moves().gone(tag).cloned()
    }

    /// What a tag is.
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

    /// A repository's policy as it was read last, and when.
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

/// The grant for a repository's settings, for who has it: they tell which tags cannot move.
pub type Settings<'a> = Option<&'a Grant<DescribeRepositories>>;

/// The actions that show tags and digests.
pub trait Listing: Act {
    /// Whether it shows what else is known of an image.
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

/// What tells which tags move: of the settings, as far as they may be seen.
fn tag_facts(entry: &RepositoryState, settings: Settings<'_>) -> TagFacts {
    TagFacts {
        moved: entry.moves().moved(),
        mutability: settings.map(|_| entry.facts().settings.mutability.clone()),
    }
}
