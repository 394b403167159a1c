//! What refers to an image, by its tags and within an index.

use model::{
    Digest, Tag,
    artifact::{SubjectTag, SubjectTagRole},
    image::ChildView,
};

use super::Images;

/// An image whose tag says that it refers to another image.
#[derive(Debug, Clone)]
pub struct TaggedReferrer {
    /// Its role, according to the tag.
    pub role: SubjectTagRole,
    /// The tag.
    pub tag: Tag,
    /// The digest.
    pub digest: Digest,
    /// The size in bytes, as reported by ECR.
    pub size: Option<u64>,
}

impl Images {
    /// The roles of the entries of an index that are not images, from the entry or from its
    /// manifest.
    pub(in crate::inventory) fn roles_within(&self, index: &Digest) -> Vec<String> {
        let manifests = self.manifests();
        let children = manifests.get(index).map(|contents| &contents.children);
        let role = |child: &ChildView| {
            let contents = manifests.get(&child.digest);
            let artifact_type = contents.and_then(|contents| contents.artifact_type.clone());
            child.role.clone().or(artifact_type)
        };
        children.into_iter().flatten().filter_map(role).collect()
    }

    /// The images whose tags say that they refer to this image.
    pub(in crate::inventory) fn tagged_about(&self, digest: &Digest) -> Vec<TaggedReferrer> {
        let Some(reading) = &self.reading else {
            return Vec::new();
        };
        let tags = SubjectTag::tags_about(digest).into_iter();
        let found = tags.filter_map(|(tag, role)| {
            let record = reading.tagged(&tag)?;
            Some(TaggedReferrer {
                role,
                tag,
                digest: record.digest.clone(),
                size: record.size,
            })
        });
        let mut found: Vec<_> = found.collect();
        found.sort_unstable_by(|left, right| left.tag.cmp(&right.tag));
        found
    }
}
