//! The referrers of an image, from ECR's list and from tags.

use std::sync::Arc;

use access::{Grant, ListGrant, acts::BatchGetImage};
use ecr::{content, inventory::TaggedReferrer};
use futures::future::join_all;
use model::{
    Digest, Section,
    artifact::{SubjectTagRole, meaning},
    image::{ImageRow, IndexReferrers, ReferrerMeaning, ReferrerView},
};

use super::Images;
use crate::catalog::Opened;

/// The maximum number of indexes whose referrers are read for the page of one of their images. Most
/// images are in one index.
pub(super) const INDEXES: usize = 4;

impl Images {
    /// Signatures, SBOMs, attestations and other referrers of an image.
    pub(super) async fn referrers(
        &self,
        opened: &Opened<'_>,
        list: &ListGrant,
        digest: &Digest,
    ) -> Section<Vec<ReferrerView>> {
        let inventory = &self.catalog.inventory;
        opened
            .section::<BatchGetImage, _>(async |grant| {
                let (listed, tagged) = futures::join!(
                    inventory.referrers(grant, digest, opened.person()),
                    self.tagged_referrers(grant, opened, list, digest),
                );
                let sized = |listed: Arc<Vec<ReferrerView>>| {
                    let mut all = content::with_tagged(listed.to_vec(), tagged);
                    // ECR's list of referrers has the length of their manifests; the list of images knows their sizes.
                    let digests = all.iter().map(|referrer| &referrer.digest);
                    let images = list.images();
                    let known = images.map(|images| inventory.facts(images, Some(grant), digests));
                    let known = known.unwrap_or_default();
                    for referrer in &mut all {
                        referrer.size = known.get(&referrer.digest).and_then(|facts| facts.size);
                    }
                    (!all.is_empty()).then_some(all)
                };
                listed.map(|known| known.map(sized))
            })
            .await
    }

    /// Referrers by tag: cosign tags, and the index of the OCI referrers tag. ECR lists them only
    /// if their manifest also has a subject.
    async fn tagged_referrers(
        &self,
        grant: &Grant<BatchGetImage>,
        opened: &Opened<'_>,
        list: &ListGrant,
        digest: &Digest,
    ) -> Vec<ReferrerView> {
        let inventory = &self.catalog.inventory;
        let mut found = Vec::new();
        for about in inventory.tagged_about(list, digest) {
            let children = match about.role {
                SubjectTagRole::Means(_) => Vec::new(),
                SubjectTagRole::Referrers => {
                    let manifest = inventory.manifest(grant, &about.digest, opened.person());
                    let manifest = manifest.await;
                    manifest.map_or_else(|_| Vec::new(), |parts| parts.view.children.clone())
                }
            };
            // A referrers tag that is unreadable or not an index is shown as an artifact with such
            // a tag.
            if children.is_empty() {
                found.push(referrer(&about, about.digest.clone(), None));
            }
            found.extend(
                children
                    .into_iter()
                    .map(|child| referrer(&about, child.digest, child.role)),
            );
        }
        found
    }

    /// The referrers of the first few indexes that contain an image.
    pub(super) async fn index_referrers(
        &self,
        opened: &Opened<'_>,
        list: &ListGrant,
        indexes: &[ImageRow],
    ) -> Vec<IndexReferrers> {
        let asked = indexes.iter().take(INDEXES).map(|index| async {
            let index = index.digest.clone();
            let meanings = match self.referrers(opened, list, &index).await {
                Section::Shown { value, .. } => Some(value.iter().map(|it| it.meaning).collect()),
                Section::Absent { .. } => Some(Vec::new()),
                Section::Withheld { .. } | Section::Unavailable { .. } => None,
            };
            let meanings = meanings.map(|mut meanings: Vec<_>| {
                meanings.extend(self.meanings_within(opened, &index));
                meanings.sort_unstable();
                meanings.dedup();
                meanings
            });
            IndexReferrers { index, meanings }
        });
        join_all(asked).await
    }

    /// What builders put into an index beside its images.
    fn meanings_within(&self, opened: &Opened<'_>, index: &Digest) -> Vec<ReferrerMeaning> {
        let Ok(grant) = opened.ask::<BatchGetImage>() else {
            return Vec::new();
        };
        let roles = self.catalog.inventory.roles_within(&grant, index);
        let meanings = roles.iter().map(|role| meaning(role));
        meanings
            .filter(|meaning| *meaning != ReferrerMeaning::Other)
            .collect()
    }
}

fn referrer(about: &TaggedReferrer, digest: Digest, artifact_type: Option<String>) -> ReferrerView {
    ReferrerView {
        meaning: match about.role {
            SubjectTagRole::Means(meaning) => meaning,
            SubjectTagRole::Referrers => meaning(artifact_type.as_deref().unwrap_or_default()),
        },
        size: about.size.filter(|_| digest == about.digest),
        digest,
        artifact_type,
        annotations: Vec::new(),
        by_tag: Some(about.tag.clone()),
        cut: 0,
        more_follow: false,
    }
}
