//! What only the manifests of a repository's images tell, for its list.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::{Digest, artifact::EMPTY_CONFIG, image::ImageKind};

use crate::{content::Contents, record::ImageRecord};

/// What manifests tell, by their digests. Immutable, so read once.
pub(super) type Manifests = HashMap<Digest, Arc<Contents>>;

/// What only manifests tell of a reading's images: those that were not read yet, and what is known of the
/// others.
pub(super) fn unread_manifests(
    records: &[ImageRecord],
    known: &Manifests,
) -> (Vec<Digest>, Manifests) {
    let here: HashSet<_> = records.iter().map(|record| &record.digest).collect();
    // What only refers to an image is told by the list of its referrers.
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

/// The images of indexes of which their index does not say what they are: their own manifests do.
pub(super) fn unnamed_children(known: &Manifests) -> Vec<Digest> {
    let children = known.values().flat_map(|contents| &contents.children);
    let unnamed = children.filter(|child| child.role.is_none() && !child.is_image());
    let unread = unnamed.filter(|child| !known.contains_key(&child.digest));
    let unread: HashSet<_> = unread.map(|child| child.digest.clone()).collect();
    unread.into_iter().collect()
}
