//! The referrers of an image, from ECR's list and from tags.

use access::{Grant, Viewer, acts::BatchGetImage};
use ecr::{content, inventory::TaggedReferrer};
use futures::future::join_all;
use model::{
    Digest, Section,
    artifact::{SubjectTagRole, meaning},
    image::{ImageRow, IndexReferrers, ReferrerMeaning, ReferrerView},
};

use super::{Images, may_read};
use crate::catalog::{Opened, Seen, section};

/// The maximum number of indexes whose referrers are read for the page of one of their images. Most
/// images are in one index.
const INDEXES: usize = 4;

impl Images {
    /// Signatures, SBOMs, attestations and other referrers of an image.
    pub(super) async fn referrers(
        &self,
        viewer: &Viewer,
        opened: &Opened<'_>,
        seen: &Seen,
        digest: &Digest,
    ) -> Section<Vec<ReferrerView>> {
        let grant = match opened.ask::<BatchGetImage>(viewer) {
            Ok(grant) => grant,
            Err(denial) => return denial.withholds(may_read(viewer, opened).as_ref()),
        };
        let (listed, tagged) = futures::join!(
            self.catalog
                .inventory
                .referrers(&grant, digest, &opened.person),
            self.tagged_referrers(&grant, opened, seen, digest),
        );
        let facts = match seen {
            Seen::Images(images) => Some(images),
            Seen::Tags(_) => None,
        };
        let read = listed.map(|known| {
            known.map(|listed| {
                let mut all = content::with_tagged(listed.to_vec(), tagged);
                // ECR's list contains the size of the manifests. The pages of the referrers show
                // their full size.
                let digests = all.iter().map(|referrer| &referrer.digest);
                let known =
                    facts.map(|images| self.catalog.inventory.facts(images, Some(&grant), digests));
                let known = known.unwrap_or_default();
                for referrer in &mut all {
                    referrer.size = known.get(&referrer.digest).and_then(|facts| facts.size);
                }
                (!all.is_empty()).then_some(all)
            })
        });
        section(&grant, read)
    }

    /// Referrers by tag: cosign tags, and the index of the OCI referrers tag. ECR lists them only
    /// if their manifest also has a subject.
    async fn tagged_referrers(
        &self,
        grant: &Grant<BatchGetImage>,
        opened: &Opened<'_>,
        seen: &Seen,
        digest: &Digest,
    ) -> Vec<ReferrerView> {
        let about = match seen {
            Seen::Images(grant) => self.catalog.inventory.tagged_about(grant, digest),
            Seen::Tags(grant) => {
                let about = self
                    .catalog
                    .inventory
                    .tagged_about(grant, digest)
                    .into_iter();
                // DescribeImages returns their size.
                about
                    .map(|it| TaggedReferrer { size: None, ..it })
                    .collect()
            }
        };
        let mut found = Vec::new();
        for about in about {
            let children = match about.role {
                SubjectTagRole::Means(_) => Vec::new(),
                SubjectTagRole::Referrers => {
                    let manifest =
                        self.catalog
                            .inventory
                            .manifest(grant, &about.digest, &opened.person);
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
        viewer: &Viewer,
        opened: &Opened<'_>,
        seen: &Seen,
        indexes: &[ImageRow],
    ) -> Vec<IndexReferrers> {
        let asked = indexes.iter().take(INDEXES).map(|index| async {
            let index = index.digest.clone();
            let meanings = match self.referrers(viewer, opened, seen, &index).await {
                Section::Shown { value, .. } => Some(value.iter().map(|it| it.meaning).collect()),
                Section::Absent { .. } => Some(Vec::new()),
                Section::Withheld { .. } | Section::Unavailable { .. } => None,
            };
            let meanings = meanings.map(|mut meanings: Vec<_>| {
                meanings.extend(self.meanings_within(viewer, opened, &index));
                meanings.sort_unstable();
                meanings.dedup();
                meanings
            });
            IndexReferrers { index, meanings }
        });
        join_all(asked).await
    }

    /// The meanings of the artifacts that builders add to an index.
    fn meanings_within(
        &self,
        viewer: &Viewer,
        opened: &Opened<'_>,
        index: &Digest,
    ) -> Vec<ReferrerMeaning> {
        let Ok(grant) = opened.ask::<BatchGetImage>(viewer) else {
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
