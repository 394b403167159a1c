//! What viewers read from the inventory. Each function requires a grant.

use std::{collections::HashMap, iter::once, sync::Arc};

use access::{
    Grant, ListGrant, RowGrants,
    acts::{Act, BatchGetImage, DescribeImages, DescribeRepositories, GetRepositoryPolicy},
    policies::Document,
};
use model::{
    Digest, Problem, Tag, Timestamp,
    image::{GoneTag, ImageFacts, ImageRow, TagHistory, TagKind, TagLabel},
    link::TagAt,
    repository::{RepositoryCounts, RepositorySettings},
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
    /// The repository's images as rows.
    pub fn images(&self, grants: &RowGrants) -> Known<Vec<ImageRow>> {
        let known = self.listed(&grants.list, |entry, images| {
            images.rows(view(grants), &tag_facts(entry, grants))
        });
        known.map(|rows| rows.into_iter().map(|row| shown(row, grants)).collect())
    }

    /// One image.
    pub fn image(&self, grants: &RowGrants, digest: &Digest) -> Known<Option<ImageRow>> {
        let known = self.listed(&grants.list, |entry, images| {
            images.row(digest, view(grants), &tag_facts(entry, grants))
        });
        known.map(|row| row.map(|row| shown(row, grants)))
    }

    /// The image that a tag points at.
    pub fn tagged(&self, grants: &RowGrants, tag: &Tag) -> Known<Option<ImageRow>> {
        let digest = self.listed(&grants.list, |_, images| images.tagged(tag).cloned());
        match &digest.value {
            Some(found) => self.image(grants, found),
            None => digest.map(|_| None),
        }
    }

    /// The images that hold this one as a platform, as far as they take `most` bytes, and how many more there are: for
    /// a viewer who sees images and reads manifests.
    pub fn containing(
        &self,
        grants: &RowGrants,
        digest: &Digest,
        most: usize,
    ) -> (Vec<ImageRow>, usize) {
        // A row shows what the list says, and manifests say what is in it.
        let (Some(images), Some(manifests)) = (grants.list.images(), &grants.manifests) else {
            return Default::default();
        };
        if self.granted(images).is_none() {
            return Default::default();
        }
        let known = self.known(manifests, |entry, images| {
            images.containing(digest, most, &tag_facts(entry, grants))
        });
        known.value
    }

    /// What a tag is.
    pub fn label(&self, grants: &RowGrants, tag: &Tag) -> Option<TagLabel> {
        let entry = self.listed_repository(&grants.list)?;
        let named = once((tag, TagKind::by_name(tag)));
        labels(named, &tag_facts(&entry, grants)).pop()
    }

    /// The figures of a repository's images: of tags and digests alone, how many there are.
    pub fn summary(&self, grants: &RowGrants) -> Known<Option<ImagesSummary>> {
        let known = self.listed(&grants.list, |_, images| images.summary(view(grants)));
        known.map(|summary| match grants.list {
            ListGrant::Images(_) => summary,
            ListGrant::Tags(_) => summary.map(|summary| ImagesSummary {
                counts: RepositoryCounts {
                    images: summary.counts.images,
                    tags: summary.counts.tags,
                    ..RepositoryCounts::default()
                },
                pushed: None,
            }),
        })
    }

    /// What is known about some images, without their tags.
    pub fn facts<'a>(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: Option<&Grant<BatchGetImage>>,
        digests: impl Iterator<Item = &'a Digest>,
    ) -> HashMap<Digest, ImageFacts> {
        let view = IndexView::by(manifests);
        let known = self.known(grant, |_, images| images.facts(digests, view));
        known.value
    }

    /// The images whose tags say that they are about this one.
    pub fn tagged_about(&self, list: &ListGrant, digest: &Digest) -> Vec<TaggedReferrer> {
        let mut about = self.listed(list, |_, images| images.tagged_about(digest));
        if list.images().is_none() {
            about.value.iter_mut().for_each(|it| it.size = None);
        }
        about.value
    }

    /// The roles of the entries of an index that are not images, from the entry or from its
    /// manifest.
    pub fn roles_within(&self, grant: &Grant<BatchGetImage>, index: &Digest) -> Vec<String> {
        self.known(grant, |_, images| images.roles_within(index))
            .value
    }

    /// Since when a repository's images are known.
    pub fn has_read(&self, list: &ListGrant) -> Known<()> {
        self.listed(list, |_, _| ())
    }

    /// The tags and the images that match, each with what else a line about it says.
    pub fn find(
        &self,
        list: &ListGrant,
        tag: &dyn Fn(&Tag) -> bool,
        digest: &dyn Fn(&Digest) -> bool,
    ) -> Known<FoundNames> {
        self.listed(list, |_, images| {
            let (mut tags, mut digests) = images.find(tag, digest);
            if list.images().is_none() {
                tags.iter_mut().for_each(|found| found.pushed = None);
                digests.iter_mut().for_each(|found| found.pushed = None);
            }
            (tags, digests)
        })
    }

    /// What `look` makes of every tag and where it points, without a copy of them: there may be hundreds of thousands.
    pub fn look_at_tags<T: Default>(
        &self,
        list: &ListGrant,
        look: impl for<'a> FnOnce(&mut dyn Iterator<Item = (&'a Tag, &'a Digest)>) -> T,
    ) -> Known<T> {
        self.listed(list, |_, images| look(&mut images.tags()))
    }

    /// Every tag, and where it points.
    pub fn all_tags(&self, list: &ListGrant) -> Known<Vec<TagAt>> {
        self.listed(list, |_, images| {
            let at = |(tag, digest): (&Tag, &Digest)| TagAt {
                tag: tag.clone(),
                digest: digest.clone(),
            };
            images.tags().map(at).collect()
        })
    }

    /// Where a tag was seen to point.
    pub fn history(&self, list: &ListGrant, tag: &Tag, now: &Digest) -> TagHistory {
        let entry = self.listed_repository(list);
        entry.map_or_else(TagHistory::default, |entry| entry.moves().history(tag, now))
    }

    /// The image that a tag points at.
    pub fn points_at(&self, list: &ListGrant, tag: &Tag) -> Known<Option<Digest>> {
        self.listed(list, |_, images| images.tagged(tag).cloned())
    }

    /// Whether there is an image.
    pub fn has_image(&self, list: &ListGrant, digest: &Digest) -> Known<bool> {
        self.listed(list, |_, images| images.has(digest))
    }

    /// For each of these images, the tag that reads like its version, apart from a tag that is asked about.
    pub fn version_tags(
        &self,
        list: &ListGrant,
        images: &[&Digest],
        except: &Tag,
    ) -> Vec<Option<Tag>> {
        let named = self.listed(list, |_, held| {
            let images = images.iter();
            let tags = images.map(|image| held.version_tag(image, except).cloned());
            tags.collect::<Vec<_>>()
        });
        named.value
    }

    /// What distinguishes the repository from a later one with the same name: its ARN, and its creation time in
    /// nanoseconds since 1970.
    pub fn incarnation(&self, list: &ListGrant) -> Option<(String, Option<i128>)> {
        let facts = self.listed_repository(list)?.facts();
        Some((facts.arn.clone(), facts.created_nanos))
    }

    /// When a tag was last seen that was deleted.
    pub fn gone(&self, list: &ListGrant, tag: &Tag) -> Option<GoneTag> {
        self.listed_repository(list)?.moves().gone(tag).cloned()
    }

    /// A repository's settings, as of the listing of its registry's repositories.
    pub fn settings(
        &self,
        grant: &Grant<DescribeRepositories>,
    ) -> Known<Option<RepositorySettings>> {
        let entry = self.granted(grant);
        let registry = self.registry(&grant.repository().registry);
        Known {
            value: entry.map(|entry| entry.facts().settings.clone()),
            as_of: registry.and_then(|registry| registry.status(u64::MAX).listed),
            problem: None,
        }
    }

    /// A repository policy as last read, and the time of the reading.
    pub fn policy(&self, grant: &Grant<GetRepositoryPolicy>) -> Option<(Timestamp, Arc<Document>)> {
        let reading = self.granted(grant)?.reading();
        let policy = reading.policy.as_ref()?;
        Some((reading.read_at, Arc::clone(&policy.document)))
    }

    /// The repository whose images a grant shows, as [`Inventory::granted`].
    fn listed_repository(&self, list: &ListGrant) -> Option<Arc<RepositoryState>> {
        match list {
            ListGrant::Images(grant) => self.granted(grant),
            ListGrant::Tags(grant) => self.granted(grant),
        }
    }

    /// Reads from the images that a grant shows.
    fn listed<T: Default>(
        &self,
        list: &ListGrant,
        read: impl FnOnce(&RepositoryState, &Images) -> T,
    ) -> Known<T> {
        match list {
            ListGrant::Images(grant) => self.known(grant, read),
            ListGrant::Tags(grant) => self.known(grant, read),
        }
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

/// How an index is shown: with its platforms to a viewer who sees images and reads manifests.
fn view(grants: &RowGrants) -> IndexView {
    IndexView::by(grants.list.images().and(grants.manifests.as_ref()))
}

/// As much of a row as its grants show.
fn shown(row: ImageRow, grants: &RowGrants) -> ImageRow {
    ImageRow {
        facts: row.facts.filter(|_| grants.list.images().is_some()),
        ..row
    }
}

/// What says which tags move: of the settings, as far as they may be seen.
fn tag_facts(entry: &RepositoryState, grants: &RowGrants) -> TagFacts {
    let settings = grants.settings.as_ref();
    TagFacts {
        moved: entry.moves().moved(),
        mutability: settings.map(|_| entry.facts().settings.mutability.clone()),
    }
}
