use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::Policy;
use super::parse::{CountType, Rule, Selection, TagStatus};
use crate::registry::{
    Digest, Image, ImageStatus, Images, MarkedImage, Reference, StorageClass, Timestamp,
    matches_wildcard,
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Policy {
    /// What this policy would do to these images at that moment, in the order of the digests.
    ///
    /// Every rule looks at all images, including those that a higher-priority rule marks. But it marks no image that
    /// the selection of a higher-priority rule covers: that rule has decided. An image in an index is only removed
    /// together with the index, and a referrer only with its subject.
    #[must_use]
    pub fn evaluate(&self, images: &Images, now: Timestamp) -> Vec<MarkedImage> {
        let candidates = independent(images);
        let mut decided = BTreeSet::new();
        let mut marked = BTreeMap::new();
        for rule in &self.rules {
            let mut selected: Vec<&Image> = candidates
                .iter()
                .copied()
                .filter(|image| rule.selection.covers(image))
                .collect();
            // The digest decides the order of images that were pushed at the same moment.
            selected.sort_by_key(|image| (std::cmp::Reverse(image.active_since()), image.digest));
            for image in rule.due(&selected, now) {
                if !decided.contains(&image.digest) {
                    marked.insert(image.digest, rule.mark(image));
                }
            }
            decided.extend(selected.iter().map(|image| image.digest));
        }
        marked.into_values().collect()
    }
}

/// The images that are in no index and whose subject, if any, does not exist.
fn independent(images: &Images) -> Vec<&Image> {
    let children: BTreeSet<&Digest> = images
        .iter()
        .flat_map(|image| &image.manifest.children)
        .collect();
    let has_subject = |image: &Image| {
        image
            .manifest
            .subject
            .is_some_and(|subject| images.get(&Reference::Digest(subject)).is_some())
    };
    images
        .iter()
        .filter(|image| !children.contains(&image.digest) && !has_subject(image))
        .collect()
}

impl Selection {
    fn covers(&self, image: &Image) -> bool {
        let wanted = match self.storage_class {
            StorageClass::Standard => ImageStatus::Active,
            StorageClass::Archive => ImageStatus::Archived,
        };
        let by_tags = match self.tag_status {
            TagStatus::Any => true,
            TagStatus::Untagged => image.tags.is_empty(),
            TagStatus::Tagged => self.covers_tags(&image.tags),
        };
        image.status == wanted && by_tags
    }

    /// Each prefix or pattern must match a tag; not every tag must match a prefix.
    fn covers_tags(&self, tags: &BTreeSet<String>) -> bool {
        let has_prefix = |prefix: &String| tags.iter().any(|tag| tag.starts_with(prefix.as_str()));
        let has_match = |pattern: &String| tags.iter().any(|tag| matches_wildcard(pattern, tag));
        self.tag_prefix_list.iter().flatten().all(has_prefix)
            && self.tag_pattern_list.iter().flatten().all(has_match)
    }
}

impl Rule {
    /// The selected images, newest first, that exceed the rule's count.
    fn due<'a>(&self, selected: &[&'a Image], now: Timestamp) -> Vec<&'a Image> {
        let number = self.selection.count_number;
        if self.selection.count_type == CountType::ImageCountMoreThan {
            return selected.iter().skip(number as usize).copied().collect();
        }
        let limit = now.before(DAY * number);
        selected
            .iter()
            .copied()
            .filter(|image| self.age_from(image).is_some_and(|since| since < limit))
            .collect()
    }

    fn age_from(&self, image: &Image) -> Option<Timestamp> {
        match self.selection.count_type {
            CountType::ImageCountMoreThan => None,
            CountType::SinceImagePushed => Some(image.active_since()),
            CountType::SinceImagePulled => image.pulled_at.max(Some(image.active_since())),
            CountType::SinceImageTransitioned => image.archived_at,
        }
    }

    fn mark(&self, image: &Image) -> MarkedImage {
        MarkedImage {
            digest: image.digest,
            tags: image.tags.clone(),
            pushed_at: image.pushed_at,
            storage_class: self.selection.storage_class,
            action: self.action,
            rule_priority: self.rule_priority,
        }
    }
}
