//! Data that is read when it is first needed: manifests, configs, findings, referrers, lifecycle
//! policies and their previews, resource tags.
//!
//! Viewers read it with a grant. The calls to ECR use the [`HostCall`], because the result is also
//! shown to later viewers, and because it is read again in the background.
//!
//! [`HostCall`]: super::HostCall

use std::{sync::Arc, time::Duration};

use access::{
    Grant, PersonId,
    acts::{
        Act, BatchGetImage, DescribeImageScanFindings, GetDownloadUrlForLayer, GetLifecyclePolicy,
        GetLifecyclePolicyPreview, ListTagsForResource, StartLifecyclePolicyPreview,
    },
};
use model::{
    Digest, Problem, Timestamp,
    image::{ConfigView, FindingsView, ReferrerView},
    lifecycle::PreviewView,
};

use super::{
    Inventory, Known, RegistryState,
    parts::{PartKey, Recent},
};
use crate::{
    client::Priority,
    content::{ManifestParts, read_config, read_manifest},
    host::Crawled,
};

/// The text of a lifecycle policy and the time when ECR last evaluated it. None if no policy is
/// set.
pub type LifecycleText = Option<(String, Option<Timestamp>)>;

/// The maximum age of findings, referrers, lifecycle policies and resource tags before they are
/// read again.
const ON_DEMAND_TTL: Duration = Duration::from_secs(30);

/// The maximum age of a preview, which a person may be waiting for.
const PREVIEW_TTL: Duration = Duration::from_secs(2);

/// The grants to read an image's config: its digest is in the manifest, its bytes are a blob.
pub type ConfigGrants = (Grant<BatchGetImage>, Grant<GetDownloadUrlForLayer>);

impl Inventory {
    /// An image's manifest.
    pub async fn manifest(
        &self,
        grant: &Grant<BatchGetImage>,
        digest: &Digest,
        person: &PersonId,
    ) -> Result<Arc<ManifestParts>, Problem> {
        let state = self.of(grant)?;
        let read = async {
            let manifest = state.client.manifest(grant, digest).await?;
            read_manifest(&manifest).ok_or(Problem::Malformed)
        };
        let key = key::<ManifestParts, _>(grant, Some(digest));
        Box::pin(self.parts.once(key, self.turns.take(person), read)).await
    }

    /// An image's config. It requires both grants. None if there is no image config.
    pub async fn config(
        &self,
        (manifests, blobs): &ConfigGrants,
        image: &Digest,
        person: &PersonId,
    ) -> Result<Option<Arc<ConfigView>>, Problem> {
        let manifest = self.manifest(manifests, image, person).await?;
        let Some(digest) = &manifest.config else {
            return Ok(None);
        };
        let state = self.of(blobs)?;
        let read = async {
            let bytes = state.client.blob(blobs, digest).await?;
            read_config(&bytes).ok_or(Problem::Malformed)
        };
        let key = key::<ConfigView, _>(blobs, Some(digest));
        Box::pin(self.parts.once(key, self.turns.take(person), read))
            .await
            .map(Some)
    }

    /// An image's findings. None if the image was never scanned.
    pub async fn findings(
        &self,
        grant: &Grant<DescribeImageScanFindings>,
        digest: &Digest,
        person: &PersonId,
    ) -> Result<Known<Arc<Option<FindingsView>>>, Problem> {
        let recent = self.findings_within(grant, digest, ON_DEMAND_TTL, person);
        Ok(recent.await?.known)
    }

    /// The same, after waiting a few seconds for a reading no older than `age`. Where that does not arrive in time, the
    /// last reading.
    pub async fn recent_findings(
        &self,
        grant: &Grant<DescribeImageScanFindings>,
        digest: &Digest,
        age: Duration,
        person: &PersonId,
    ) -> Result<Known<Arc<Option<FindingsView>>>, Problem> {
        let recent = self.findings_within(grant, digest, age, person).await?;
        recent.read().await;
        self.findings(grant, digest, person).await
    }

    async fn findings_within(
        &self,
        grant: &Grant<DescribeImageScanFindings>,
        digest: &Digest,
        age: Duration,
        person: &PersonId,
    ) -> Result<Recent<Option<FindingsView>>, Problem> {
        let (name, digest) = (grant.repository().name.clone(), digest.clone());
        let key = key::<Option<FindingsView>, _>(grant, Some(&digest));
        self.recent(grant, key, age, person, move |state, priority| {
            let (name, digest) = (name.clone(), digest.clone());
            async move {
                state
                    .client
                    .findings(&state.call, priority, &name, &digest)
                    .await
            }
        })
        .await
    }

    /// The referrers of an image.
    pub async fn referrers(
        &self,
        grant: &Grant<BatchGetImage>,
        digest: &Digest,
        person: &PersonId,
    ) -> Result<Known<Arc<Vec<ReferrerView>>>, Problem> {
        let recent = self.referrers_within(grant, digest, ON_DEMAND_TTL, person);
        Ok(recent.await?.known)
    }

    /// The same, after waiting a few seconds for a reading no older than `age`. Where that does not arrive in time, the
    /// last reading.
    pub async fn recent_referrers(
        &self,
        grant: &Grant<BatchGetImage>,
        digest: &Digest,
        age: Duration,
        person: &PersonId,
    ) -> Result<Known<Arc<Vec<ReferrerView>>>, Problem> {
        let recent = self.referrers_within(grant, digest, age, person).await?;
        recent.read().await;
        self.referrers(grant, digest, person).await
    }

    async fn referrers_within(
        &self,
        grant: &Grant<BatchGetImage>,
        digest: &Digest,
        age: Duration,
        person: &PersonId,
    ) -> Result<Recent<Vec<ReferrerView>>, Problem> {
        let (name, digest) = (grant.repository().name.clone(), digest.clone());
        let key = key::<Vec<ReferrerView>, _>(grant, Some(&digest));
        self.recent(grant, key, age, person, move |state, priority| {
            let (name, digest) = (name.clone(), digest.clone());
            async move {
                state
                    .client
                    .referrers(&state.call, priority, &name, &digest)
                    .await
            }
        })
        .await
    }

    /// A repository's lifecycle policy. None if no policy is set.
    pub async fn lifecycle(
        &self,
        grant: &Grant<GetLifecyclePolicy>,
        person: &PersonId,
    ) -> Result<Known<Arc<LifecycleText>>, Problem> {
        let name = grant.repository().name.clone();
        let key = key::<LifecycleText, _>(grant, None);
        self.recent(grant, key, ON_DEMAND_TTL, person, move |state, priority| {
            let name = name.clone();
            async move {
                state
                    .client
                    .lifecycle_policy(&state.call, priority, &name)
                    .await
            }
        })
        .await
        .map(|recent| recent.known)
    }

    /// The latest preview of the lifecycle policy. None if no preview was requested.
    pub async fn lifecycle_preview(
        &self,
        grant: &Grant<GetLifecyclePolicyPreview>,
        person: &PersonId,
    ) -> Result<Known<Arc<Option<PreviewView>>>, Problem> {
        let name = grant.repository().name.clone();
        let key = key::<Option<PreviewView>, _>(grant, None);
        self.recent(grant, key, PREVIEW_TTL, person, move |state, priority| {
            let name = name.clone();
            async move {
                state
                    .client
                    .lifecycle_preview(&state.call, priority, &name)
                    .await
            }
        })
        .await
        .map(|recent| recent.known)
    }

    /// Asks ECR to preview the lifecycle policy. The cached preview is dropped.
    pub async fn start_lifecycle_preview(
        &self,
        grant: &Grant<StartLifecyclePolicyPreview>,
    ) -> Result<(), Problem> {
        let started = self.of(grant)?.client.start_lifecycle_preview(grant).await;
        let key = key::<Option<PreviewView>, _>(grant, None);
        self.parts.forget(&key).await;
        started
    }

    /// A repository's resource tags.
    pub async fn resource_tags(
        &self,
        grant: &Grant<ListTagsForResource>,
        person: &PersonId,
    ) -> Result<Known<Arc<Vec<(String, String)>>>, Problem> {
        let name = grant.repository().name.clone();
        let entry = self.granted(grant).ok_or(Problem::Gone)?;
        let arn = entry.facts().arn.clone();
        let key = key::<Vec<(String, String)>, _>(grant, None);
        self.recent(grant, key, ON_DEMAND_TTL, person, move |state, priority| {
            let (name, arn) = (name.clone(), arn.clone());
            async move {
                state
                    .client
                    .resource_tags(&state.call, priority, &name, &arn)
                    .await
            }
        })
        .await
        .map(|recent| recent.known)
    }

    /// A section that can change. The call is made now with priority for a waiting person, or later
    /// in the background.
    async fn recent<A, T, R, F>(
        &self,
        grant: &Grant<A>,
        key: PartKey,
        limit: Duration,
        person: &PersonId,
        read: R,
    ) -> Result<Recent<T>, Problem>
    where
        A: Act,
        T: super::parts::Part,
        R: Fn(Arc<RegistryState>, Priority) -> F,
        F: Future<Output = Result<Crawled<T>, Problem>> + Send + 'static,
    {
        let state = Arc::clone(self.of(grant)?);
        let wait = async {
            read(Arc::clone(&state), Priority::Interactive)
                .await
                .map(Crawled::enter)
        };
        let again = || {
            let read = read(Arc::clone(&state), Priority::Background);
            let (turns, person) = (Arc::clone(&state.part_refreshes), person.clone());
            let turn = async move { turns.take(&person).await };
            (turn, async move { read.await.map(Crawled::enter) })
        };
        Box::pin(
            self.parts
                .recent(key, limit, self.turns.take(person), wait, again),
        )
        .await
    }

    /// The registry of the repository that a grant is for, while the repository exists.
    fn of<A: Act>(&self, grant: &Grant<A>) -> Result<&Arc<RegistryState>, Problem> {
        self.granted(grant).ok_or(Problem::Gone)?;
        self.registry(&grant.repository().registry)
            .ok_or(Problem::Gone)
    }
}

fn key<T: super::parts::Part, A: Act>(grant: &Grant<A>, digest: Option<&Digest>) -> PartKey {
    PartKey::new::<T>(grant.incarnation(), digest)
}
