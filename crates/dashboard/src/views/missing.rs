//! What is said of a tag or an image that is missing in a repository that the viewer sees.

use std::sync::Arc;

use access::{Grant, Viewer, now};
use ecr::inventory::{Inventory, Listing};
use model::{
    Digest, DigestBeginning, RegistryAlias, RepositoryName, Tag,
    image::{GoneTag, MissingImage, Reference},
    natural_cmp,
};

use super::{Gantry, Refusal, Seen, image::found};

/// How many tags or images are offered.
const NEAREST: usize = 5;

/// How many hex digits the digests of images that are offered have in common with what was looked for.
const COMMON: usize = 4;

/// How much a tag must be like the one that was looked for: from 0, nothing in common, to 1, the same.
const LIKENESS: f64 = 0.75;

impl Gantry {
    /// Says what is missing, for somebody who may see the repository's tags, with what is nearest to it.
    ///
    /// # Errors
    /// As [`Gantry::tag`]: whoever may not see the tags learns nothing.
    pub async fn missing(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
        wanted: Reference,
    ) -> Result<MissingImage, Refusal> {
        let opened = self.open(viewer, registry, name).await?;
        let seen = opened.images(viewer).await?;
        let gone = match &wanted {
            Reference::Tag(tag) => self.gone_tag(&seen, tag),
            Reference::Digest(_) | Reference::Beginning(_) => None,
        };
        let (inventory, sought) = (Arc::clone(&self.inventory), wanted.clone());
        let looking = move || match &seen {
            Seen::Images(grant) => nearest_in(&inventory, grant, &sought),
            Seen::Tags(grant) => nearest_in(&inventory, grant, &sought),
        };
        let (nearest, nearest_images) = self.work.run(&viewer.id, looking).await;
        Ok(MissingImage {
            registry: registry.clone(),
            name: name.clone(),
            wanted,
            nearest,
            nearest_images,
            gone,
            now: now(),
        })
    }

    /// When a tag was last seen that is not there any more, for who may list tags.
    pub(crate) fn gone_tag(&self, seen: &Seen, tag: &Tag) -> Option<GoneTag> {
        match seen {
            Seen::Images(grant) => self.inventory.gone(grant, tag),
            Seen::Tags(grant) => self.inventory.gone(grant, tag),
        }
    }

    /// The image whose digest begins so, in a repository whose images the viewer sees.
    ///
    /// # Errors
    /// As [`Gantry::image`]; [`Refusal::NotFound`] also where several begin so.
    pub async fn image_beginning(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
        beginning: &DigestBeginning,
    ) -> Result<Digest, Refusal> {
        let opened = self.open(viewer, registry, name).await?;
        let seen = opened.images(viewer).await?;
        let (inventory, beginning) = (Arc::clone(&self.inventory), beginning.clone());
        let looking = move || {
            let begins = |digest: &Digest| digest.hex().starts_with(beginning.hex());
            match &seen {
                Seen::Images(grant) => inventory.find(grant, &|_| false, &begins),
                Seen::Tags(grant) => inventory.find(grant, &|_| false, &begins),
            }
        };
        let known = self.work.run(&viewer.id, looking).await;
        found(known.map(|(_, mut digests)| {
            let first = digests.pop().filter(|_| digests.is_empty());
            first.map(|found| found.name)
        }))
    }
}

/// The tags or the images of a repository that are nearest to what was looked for.
fn nearest_in<A: Listing>(
    inventory: &Inventory,
    grant: &Grant<A>,
    wanted: &Reference,
) -> (Vec<Tag>, Vec<Digest>) {
    let hex = match wanted {
        Reference::Tag(tag) => {
            let alike = |other: &Tag| likeness(tag, other) >= LIKENESS;
            let known = inventory.find(grant, &alike, &|_| false);
            let tags = known.value.0.into_iter().map(|found| found.name);
            return (nearest(tag, tags.collect()), Vec::new());
        }
        Reference::Digest(digest) => digest.hex(),
        Reference::Beginning(beginning) => beginning.hex(),
    };
    let alike = |other: &Digest| common(hex, other) >= COMMON;
    let known = inventory.find(grant, &|_| false, &alike);
    let images = known.value.1.into_iter().map(|found| found.name);
    (Vec::new(), nearest_images(hex, images.collect()))
}

/// How many hex digits a digest has in common with others, from its beginning.
fn common(hex: &str, other: &Digest) -> usize {
    let pairs = hex.bytes().zip(other.hex().bytes());
    pairs.take_while(|(wanted, other)| wanted == other).count()
}

/// The digests that begin most like one, the nearest first.
fn nearest_images(hex: &str, mut digests: Vec<Digest>) -> Vec<Digest> {
    digests.sort_by(|left, right| {
        let nearer = common(hex, right).cmp(&common(hex, left));
        nearer.then_with(|| left.cmp(right))
    });
    digests.truncate(NEAREST);
    digests
}

/// How much two tags read alike, from 0 to 1.
fn likeness(wanted: &Tag, other: &Tag) -> f64 {
    let [wanted, other] = [wanted, other].map(|tag| tag.as_str().to_ascii_lowercase());
    // What somebody remembers of a tag is often a piece of it: a version without its build.
    let holds = wanted.len() >= 3 && (other.contains(&wanted) || wanted.contains(&other));
    let likeness = strsim::jaro_winkler(&wanted, &other);
    if holds { likeness.max(0.9) } else { likeness }
}

/// The tags that read most like one, the nearest first.
fn nearest(wanted: &Tag, tags: Vec<Tag>) -> Vec<Tag> {
    let alike = |tag: Tag| {
        let likeness = likeness(wanted, &tag);
        (likeness >= LIKENESS).then_some((likeness, tag))
    };
    let mut alike: Vec<_> = tags.into_iter().filter_map(alike).collect();
    alike.sort_by(|(left, l), (right, r)| {
        right
            .total_cmp(left)
            .then_with(|| natural_cmp(r.as_str(), l.as_str()))
    });
    alike
        .into_iter()
        .take(NEAREST)
        .map(|(_, tag)| tag)
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn near(wanted: &str, tags: &[&str]) -> Vec<String> {
        let tags = tags.iter().map(|tag| tag.parse().unwrap()).collect();
        let found = nearest(&wanted.parse().unwrap(), tags);
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_nearest_tags_are_those_that_people_mean() {
        let tags = [
            "1.7.0-build.820",
            "1.7.1-build.823",
            "prod",
            "staging",
            "3f9a1c2",
        ];
        assert_eq!(near("1.7.1", &tags)[0], "1.7.1-build.823");
        assert_eq!(near("prdo", &tags), ["prod"]);
        assert_eq!(near("Staging", &tags), ["staging"]);
        assert_eq!(near("production", &tags), ["prod"]);
        assert_eq!(near("zzz", &tags), Vec::<String>::new());
    }

    #[test]
    fn the_nearest_images_begin_most_alike() {
        let digest = |begins: &str| -> Digest { format!("sha256:{begins:0<64}").parse().unwrap() };
        let [far, near, nearer] = ["3f9a11", "3f9a1c22", "3f9a1c2b"].map(digest);
        let all = vec![far.clone(), near.clone(), nearer.clone()];
        assert_eq!(nearest_images("3f9a1c2b0d4e", all), [nearer, near, far]);
    }

    #[test]
    fn no_more_than_a_few_are_offered() {
        let tags: Vec<_> = (0..50).map(|number| format!("1.4.{number}")).collect();
        let tags: Vec<_> = tags.iter().map(String::as_str).collect();
        assert_eq!(near("1.4.99", &tags).len(), NEAREST);
    }
}
