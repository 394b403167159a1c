//! Details of a repository's images that only manifests contain, for its list.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::{Digest, artifact::EMPTY_CONFIG, image::ImageKind};

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

/// Entries of indexes that do not say what they are: their own manifests do.
pub(super) fn unnamed_children(known: &Manifests) -> Vec<Digest> {
    let children = known.values().flat_map(|contents| &contents.children);
    let unnamed = children.filter(|child| child.role.is_none() && !child.is_image());
    let unread = unnamed.filter(|child| !known.contains_key(&child.digest));
    let unread: HashSet<_> = unread.map(|child| child.digest.clone()).collect();
    unread.into_iter().collect()
}
