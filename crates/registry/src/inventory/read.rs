//! What viewers read, each under the grant for it.

use std::{collections::HashSet, sync::Arc, time::Duration};

use model::{
    Digest, Problem, RegistryAlias, RepositoryName, Tag, Timestamp,
    image::{ConfigView, FindingsView, ImageRow, ReferrerView, TagLabel, TagSighting},
    lifecycle::PreviewView,
    repository::Mutability,
};
use moka::future::Cache;

use super::{
    Entry, Inventory, Shelf,
    images::{Fold, Images, ImagesSummary, labels},
};
use crate::{
    content::{MAX_BYTES, ManifestParts, read_config, read_manifest},
    gate::{
        Document, Grant, Reading,
        acts::{
            Act, BatchGetImage, DescribeImageScanFindings, DescribeImages, GetDownloadUrlForLayer,
            GetLifecyclePolicy, GetLifecyclePolicyPreview, GetRepositoryPolicy, ListImages,
            ListTagsForResource, StartLifecyclePolicyPreview,
        },
    },
};

/// Something that ECR said, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known<T> {
    /// What it said; the empty value before it said anything.
    pub(crate) value: T,
    /// When. None before the first time.
    pub(crate) as_of: Option<Timestamp>,
    /// Why there is nothing newer, if that failed.
    pub(crate) problem: Option<Problem>,
}

impl<T> Known<T> {
    /// The same knowledge, looked at more closely.
    pub(crate) fn map<U>(self, look: impl FnOnce(T) -> U) -> Known<U> {
        Known {
            value: look(self.value),
            as_of: self.as_of,
            problem: self.problem,
        }
    }
}

type Key = (RegistryAlias, RepositoryName, Digest);
type RepositoryKey = (RegistryAlias, RepositoryName);
type LifecycleText = Option<(String, Option<Timestamp>)>;

/// What was read on demand. Manifests and configs never change; the rest is kept for as long as a
/// person takes to look around.
#[derive(Debug)]
pub(super) struct Caches {
    manifests: Cache<Key, Arc<ManifestParts>>,
    configs: Cache<Key, Arc<ConfigView>>,
    findings: Cache<Key, Option<Arc<FindingsView>>>,
    referrers: Cache<Key, Arc<Vec<ReferrerView>>>,
    lifecycles: Cache<RepositoryKey, Arc<LifecycleText>>,
    resource_tags: Cache<RepositoryKey, Arc<Vec<(String, String)>>>,
}

/// How long findings, referrers, lifecycle policies and resource tags are taken as they are.
const LOOK_AROUND: Duration = Duration::from_secs(30);

impl Caches {
    pub(super) fn new() -> Self {
        let weight = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let content = 16 * MAX_BYTES as u64;
        Self {
            manifests: Cache::builder()
                .weigher(move |_, parts: &Arc<ManifestParts>| {
                    weight(2 * parts.view.raw.len() + 512)
                })
                .max_capacity(content)
                .build(),
            configs: Cache::builder()
                .max_capacity(2_000)
                .time_to_idle(Duration::from_secs(3_600))
                .build(),
            findings: Cache::builder()
                .max_capacity(500)
                .time_to_live(LOOK_AROUND)
                .build(),
            referrers: Cache::builder()
                .max_capacity(1_000)
                .time_to_live(LOOK_AROUND)
                .build(),
            lifecycles: Cache::builder()
                .max_capacity(1_000)
                .time_to_live(LOOK_AROUND)
                .build(),
            resource_tags: Cache::builder()
                .max_capacity(5_000)
                .time_to_live(LOOK_AROUND)
                .build(),
        }
    }
}

fn key<A: Act>(grant: &Grant<A>, digest: &Digest) -> Key {
    (
        grant.registry().clone(),
        grant.repository().clone(),
        digest.clone(),
    )
}

fn repository_key<A: Act>(grant: &Grant<A>) -> RepositoryKey {
    (grant.registry().clone(), grant.repository().clone())
}

/// The grants to read an image's config: its digest stands in the manifest, its bytes are a blob.
pub(crate) type ConfigGrants = (Grant<BatchGetImage>, Grant<GetDownloadUrlForLayer>);

impl Inventory {
    /// The repository's images as rows. With a grant for manifests too, an index stands together with
    /// its platforms.
    pub(crate) fn images(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: Option<&Grant<BatchGetImage>>,
    ) -> Known<Vec<ImageRow>> {
        self.known(grant, |entry, images| {
            let (mutability, moved) = tag_facts(entry);
            images.rows(fold(manifests), &mutability, &moved)
        })
    }

    /// The repository's images as tags and digests, and nothing more.
    pub(crate) fn listing(&self, grant: &Grant<ListImages>) -> Known<Vec<ImageRow>> {
        self.known(grant, |entry, images| {
            let (mutability, moved) = tag_facts(entry);
            let rows = images.rows(Fold::Apart, &mutability, &moved).into_iter();
            rows.map(|row| ImageRow { facts: None, ..row }).collect()
        })
    }

    /// One image.
    pub(crate) fn image(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: Option<&Grant<BatchGetImage>>,
        digest: &Digest,
    ) -> Known<Option<ImageRow>> {
        self.known(grant, |entry, images| {
            let (mutability, moved) = tag_facts(entry);
            images.row(digest, fold(manifests), &mutability, &moved)
        })
    }

    /// The images that hold this one as a platform.
    pub(crate) fn containing(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: &Grant<BatchGetImage>,
        digest: &Digest,
    ) -> Vec<ImageRow> {
        let indexes = self
            .known(manifests, |_, images| images.containing(digest))
            .value;
        indexes
            .iter()
            .filter_map(|index| self.image(grant, Some(manifests), index).value)
            .collect()
    }

    /// The figures of a repository's images.
    pub(crate) fn summary(
        &self,
        grant: &Grant<DescribeImages>,
        manifests: Option<&Grant<BatchGetImage>>,
    ) -> Known<Option<ImagesSummary>> {
        self.known(grant, |_, images| images.summary(fold(manifests)))
    }

    /// How many images and tags there are, for who may list them and nothing more.
    pub(crate) fn listed(&self, grant: &Grant<ListImages>) -> Known<Option<(u32, u32)>> {
        self.known(grant, |_, images| {
            let summary = images.summary(Fold::Apart)?;
            Some((summary.counts.images, summary.counts.tags))
        })
    }

    /// Tags and digests that hold a text, for the palette.
    pub(crate) fn find<A: Listing>(
        &self,
        grant: &Grant<A>,
        tag: &dyn Fn(&Tag) -> bool,
        digest: &dyn Fn(&Digest) -> bool,
    ) -> Known<(Vec<Tag>, Vec<Digest>)> {
        self.known(grant, |_, images| {
            let tags = images
                .tags()
                .map(|(tag, _)| tag)
                .filter(|found| tag(found))
                .cloned();
            let digests = images.digests().filter(|found| digest(found)).cloned();
            (tags.collect(), digests.collect())
        })
    }

    /// Where a tag was seen to point.
    pub(crate) fn sightings<A: Listing>(
        &self,
        grant: &Grant<A>,
        tag: &Tag,
        now: &Digest,
    ) -> Vec<TagSighting> {
        let entry = self.entry(grant.registry(), grant.repository());
        entry
            .map(|entry| entry.moves().sightings(tag, now))
            .unwrap_or_default()
    }

    /// What a tag is.
    pub(crate) fn label<A: Listing>(&self, grant: &Grant<A>, tag: &Tag) -> Option<TagLabel> {
        let (mutability, moved) = tag_facts(&*self.entry(grant.registry(), grant.repository())?);
        labels(std::slice::from_ref(tag), &mutability, &moved).pop()
    }

    /// An image's manifest.
    pub(crate) async fn manifest(
        &self,
        grant: &Grant<BatchGetImage>,
        digest: &Digest,
    ) -> Result<Arc<ManifestParts>, Problem> {
        let shelf = self.of(grant)?;
        let read = async {
            let manifest = shelf.port.manifest(grant, digest).await?;
            read_manifest(&manifest)
                .map(Arc::new)
                .ok_or(Problem::Malformed)
        };
        self.caches
            .manifests
            .try_get_with(key(grant, digest), read)
            .await
            .map_err(|problem| *problem)
    }

    /// An image's config, by both grants that it takes; none for what has no image config.
    pub(crate) async fn config(
        &self,
        (manifests, blobs): &ConfigGrants,
        image: &Digest,
    ) -> Result<Option<Arc<ConfigView>>, Problem> {
        let manifest = self.manifest(manifests, image).await?;
        let Some(digest) = &manifest.config else {
            return Ok(None);
        };
        let shelf = self.of(blobs)?;
        let read = async {
            let bytes = shelf.port.blob(blobs, digest).await?;
            read_config(&bytes).map(Arc::new).ok_or(Problem::Malformed)
        };
        self.caches
            .configs
            .try_get_with(key(blobs, digest), read)
            .await
            .map(Some)
            .map_err(|problem| *problem)
    }

    /// An image's findings; none when it was never scanned.
    pub(crate) async fn findings(
        &self,
        grant: &Grant<DescribeImageScanFindings>,
        digest: &Digest,
    ) -> Result<Option<Arc<FindingsView>>, Problem> {
        let shelf = self.of(grant)?;
        let read = async { Ok(shelf.port.findings(grant, digest).await?.map(Arc::new)) };
        self.caches
            .findings
            .try_get_with(key(grant, digest), read)
            .await
            .map_err(|problem: Arc<Problem>| *problem)
    }

    /// What refers to an image.
    pub(crate) async fn referrers(
        &self,
        grant: &Grant<BatchGetImage>,
        digest: &Digest,
    ) -> Result<Arc<Vec<ReferrerView>>, Problem> {
        let shelf = self.of(grant)?;
        let read = async { Ok(Arc::new(shelf.port.referrers(grant, digest).await?)) };
        self.caches
            .referrers
            .try_get_with(key(grant, digest), read)
            .await
            .map_err(|problem: Arc<Problem>| *problem)
    }

    /// A repository's lifecycle policy; none when none is set.
    pub(crate) async fn lifecycle(
        &self,
        grant: &Grant<GetLifecyclePolicy>,
    ) -> Result<Arc<LifecycleText>, Problem> {
        let shelf = self.of(grant)?;
        let read = async { Ok(Arc::new(shelf.port.lifecycle_policy(grant).await?)) };
        let cached = self
            .caches
            .lifecycles
            .try_get_with(repository_key(grant), read);
        cached.await.map_err(|problem: Arc<Problem>| *problem)
    }

    /// The latest preview of the lifecycle policy: as ECR tells it now.
    pub(crate) async fn lifecycle_preview(
        &self,
        grant: &Grant<GetLifecyclePolicyPreview>,
    ) -> Result<Option<PreviewView>, Problem> {
        self.of(grant)?.port.lifecycle_preview(grant).await
    }

    /// Asks ECR for a preview of the lifecycle policy.
    pub(crate) async fn start_lifecycle_preview(
        &self,
        grant: &Grant<StartLifecyclePolicyPreview>,
    ) -> Result<(), Problem> {
        self.of(grant)?.port.start_lifecycle_preview(grant).await
    }

    /// A repository's resource tags.
    pub(crate) async fn resource_tags(
        &self,
        grant: &Grant<ListTagsForResource>,
    ) -> Result<Arc<Vec<(String, String)>>, Problem> {
        let shelf = self.of(grant)?;
        let entry = self
            .entry(grant.registry(), grant.repository())
            .ok_or(Problem::Gone)?;
        let read = async {
            Ok(Arc::new(
                shelf.port.resource_tags(grant, &entry.facts().arn).await?,
            ))
        };
        let cached = self
            .caches
            .resource_tags
            .try_get_with(repository_key(grant), read);
        cached.await.map_err(|problem: Arc<Problem>| *problem)
    }

    /// A repository's policy as it was read last.
    pub(crate) fn policy(
        &self,
        grant: &Grant<GetRepositoryPolicy>,
    ) -> Option<(Arc<Reading>, Arc<Document>)> {
        let reading = self.entry(grant.registry(), grant.repository())?.reading();
        let document = reading.document.clone()?;
        Some((reading, document))
    }

    fn of<A: Act>(&self, grant: &Grant<A>) -> Result<&Arc<Shelf>, Problem> {
        self.shelf(grant.registry()).ok_or(Problem::Gone)
    }

    /// Reads from a repository's images.
    fn known<A: Act, T: Default>(
        &self,
        grant: &Grant<A>,
        read: impl FnOnce(&Entry, &Images) -> T,
    ) -> Known<T> {
        let Some(entry) = self.entry(grant.registry(), grant.repository()) else {
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

/// The actions that show tags and digests.
pub(crate) trait Listing: Act {}

impl Listing for DescribeImages {}
impl Listing for ListImages {}

fn fold(manifests: Option<&Grant<BatchGetImage>>) -> Fold {
    if manifests.is_some() {
        Fold::Together
    } else {
        Fold::Apart
    }
}

/// What tells which tags move.
fn tag_facts(entry: &Entry) -> (Mutability, HashSet<Tag>) {
    (entry.facts().mutability.clone(), entry.moves().moved())
}
