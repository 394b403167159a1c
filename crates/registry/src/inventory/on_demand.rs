//! What is read when somebody asks for it: manifests, configs, findings, referrers, lifecycle policies,
//! resource tags.

use std::{sync::Arc, time::Duration};

use model::{
    Digest, Problem, RegistryAlias, RepositoryName, Timestamp,
    image::{ConfigView, FindingsView, ReferrerView},
    lifecycle::PreviewView,
};
use moka::future::Cache;

use super::{Inventory, Shelf};
use crate::{
    content::{MAX_BYTES, ManifestParts, read_config, read_manifest},
    gate::{
        Grant,
        acts::{
            Act, BatchGetImage, DescribeImageScanFindings, GetDownloadUrlForLayer,
            GetLifecyclePolicy, GetLifecyclePolicyPreview, ListTagsForResource,
            StartLifecyclePolicyPreview,
        },
    },
};

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

    fn of<A: Act>(&self, grant: &Grant<A>) -> Result<&Arc<Shelf>, Problem> {
        self.shelf(grant.registry()).ok_or(Problem::Gone)
    }
}
