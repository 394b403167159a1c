//! Details of a repository's images that only manifests contain, for its list.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::{
    Digest,
    artifact::EMPTY_CONFIG,
    image::{ImageKind, Scan},
};

use crate::{content::Contents, record::ImageRecord};

/// The contents of manifests, by digest. Manifests are immutable, so they are read once.
pub(super) type Manifests = HashMap<Digest, Arc<Contents>>;

/// The manifests that a reading still needs, and the contents of those that were already read.
pub(super) fn unread_manifests(
    records: &[ImageRecord],
    known: &Manifests,
) -> (Vec<Digest>, Manifests) {
    let here: HashSet<_> = records.iter().map(|record| &record.digest).collect();
    // An image that only refers to another one is shown in the list of referrers.
    let is_folded = |record: &ImageRecord| {
        record.tags.is_empty() && record.subject.iter().any(|subject| here.contains(subject))
    };
    let is_told_by_manifest = |record: &&ImageRecord| match &record.kind {
        ImageKind::Index => true,
        ImageKind::Artifact(artifact_type) => artifact_type == EMPTY_CONFIG && !is_folded(record),
        ImageKind::Image => false,
    };
    let is_known = |digest: &&Digest| known.contains_key(*digest);
    let asked = records.iter().filter(is_told_by_manifest);
    let unread = asked
        .map(|record| &record.digest)
        .filter(|it| !is_known(it));
    let kept = here.iter().copied().filter(is_known);
    (
        unread.cloned().collect(),
        kept.map(|digest| (digest.clone(), Arc::clone(&known[digest])))
            .collect(),
    )
}

/// What does not say what it is, but its own manifest does: entries of indexes without a role, and attestations whose
/// index was deleted. Amazon ECR lists the latter as untagged images, and fails to scan them.
pub(super) fn unnamed(records: &[ImageRecord], known: &Manifests) -> Vec<Digest> {
    let children = || known.values().flat_map(|contents| &contents.children);
    let within: HashSet<_> = children().map(|child| &child.digest).collect();
    let without_role = children().filter(|child| child.role.is_none() && !child.is_image());
    let may_be_left_over = |record: &&ImageRecord| {
        record.kind == ImageKind::Image
            && record.tags.is_empty()
            && record.scan == Scan::Failed
            && !within.contains(&record.digest)
    };
    let left_over = records.iter().filter(may_be_left_over);
    let unnamed = without_role.map(|child| &child.digest);
    let unnamed = unnamed.chain(left_over.map(|record| &record.digest));
    let unread: HashSet<_> = unnamed.filter(|it| !known.contains_key(*it)).collect();
    unread.into_iter().cloned().collect()
}
