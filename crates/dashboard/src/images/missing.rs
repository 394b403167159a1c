//! Suggestions for a tag or an image that is missing in a repository that the viewer sees.

use std::sync::Arc;

use access::{ListGrant, Viewer, now};
use ecr::inventory::{Inventory, Known};
use model::{
    Digest, DigestBeginning, RepositoryAt, Tag,
    image::{MissingImage, Reference},
    natural_cmp,
};

use super::{Images, found};
use crate::{Refusal, catalog::granted_throughout};

/// How many tags or images are suggested.
const NEAREST: usize = 5;

/// How many hex digits at the start of a suggested digest must match.
const COMMON: usize = 4;

/// How similar a suggested tag must be: from 0, nothing in common, to 1, equal.
const LIKENESS: f64 = 0.75;

/// The minimum similarity of two tags if one contains the other.
const HOLDS: f64 = 0.9;

/// The minimum length of the wanted tag for this rule.
const HELD: usize = 3;

/// How many characters of two tags are compared.
const COMPARED: usize = 64;

/// How many tags are fully compared: those that may be most similar.
const CANDIDATES: usize = 256;

impl Images {
    /// Describes what is missing, for a viewer who may see the repository's tags, with suggestions.
    ///
    /// # Errors
    /// As [`Images::tag`]. A viewer who may not see the tags learns nothing.
    pub async fn missing(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
        wanted: Reference,
    ) -> Result<MissingImage, Refusal> {
        granted_throughout!(self.catalog.open(viewer, repository), |opened| async {
            let list = opened.images().await?.list;
            let gone = match &wanted {
                Reference::Tag(tag) => self.catalog.inventory.gone(&list, tag),
                Reference::Digest(_) | Reference::Beginning(_) => None,
            };
            let (inventory, sought) = (Arc::clone(&self.catalog.inventory), wanted.clone());
            let looking = move || nearest_in(&inventory, &list, &sought);
            let known = self.catalog.work.run(&viewer.id, looking).await;
            let as_of = found(Known {
                value: known.as_of,
                as_of: known.as_of,
                problem: known.problem,
            })?;
            let (nearest, nearest_images) = known.value;
            Ok(MissingImage {
                repository: repository.clone(),
                wanted: wanted.clone(),
                nearest,
                nearest_images,
                gone,
                as_of,
                now: now(),
            })
        })
    }

    /// The image whose digest begins so, in a repository whose images the viewer sees.
    ///
    /// # Errors
    /// As [`Images::image`]; [`Refusal::NotFound`] also if several digests begin with these digits.
    pub async fn beginning(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
        beginning: &DigestBeginning,
    ) -> Result<Digest, Refusal> {
        granted_throughout!(self.catalog.open(viewer, repository), |opened| async {
            let list = opened.images().await?.list;
            let (inventory, beginning) = (Arc::clone(&self.catalog.inventory), beginning.clone());
            let looking = move || {
                let begins = |digest: &Digest| digest.hex().starts_with(beginning.hex());
                inventory.find(&list, &|_| false, &begins)
            };
            let known = self.catalog.work.run(&viewer.id, looking).await;
            found(known.map(|(_, mut digests)| {
                let first = digests.pop().filter(|_| digests.is_empty());
                first.map(|found| found.name)
            }))
        })
    }
}

/// The tags or the images of a repository that are nearest to what was looked for.
fn nearest_in(
    inventory: &Inventory,
    list: &ListGrant,
    wanted: &Reference,
) -> Known<(Vec<Tag>, Vec<Digest>)> {
    let hex = match wanted {
        Reference::Tag(tag) => {
            let looking =
                inventory.look_at_tags(list, |tags| nearest(tag, tags.map(|(tag, _)| tag)));
            return looking.map(|tags| (tags, Vec::new()));
        }
        Reference::Digest(digest) => digest.hex(),
        Reference::Beginning(beginning) => beginning.hex(),
    };
    let alike = |other: &Digest| common(hex, other) >= COMMON;
    let known = inventory.find(list, &|_| false, &alike);
    known.map(|(_, images)| {
        let images = images.into_iter().map(|found| found.name);
        (Vec::new(), nearest_images(hex, images.collect()))
    })
}

/// How many hex digits two digests have in common at the start.
fn common(hex: &str, other: &Digest) -> usize {
    let pairs = hex.bytes().zip(other.hex().bytes());
    pairs.take_while(|(wanted, other)| wanted == other).count()
}

/// The digests with the longest common start, the most similar first.
fn nearest_images(hex: &str, mut digests: Vec<Digest>) -> Vec<Digest> {
    digests.sort_by(|left, right| {
        let nearer = common(hex, right).cmp(&common(hex, left));
        nearer.then_with(|| left.cmp(right))
    });
    digests.truncate(NEAREST);
    digests
}

/// The wanted tag, in lower case and cut.
struct Wanted {
    text: String,
    /// How often each letter occurs.
    letters: [u8; 128],
}

impl Wanted {
    fn new(tag: &Tag) -> Self {
        let text = compared(tag).to_ascii_lowercase();
        let mut letters = [0; 128];
        for byte in text.bytes() {
            letters[usize::from(byte & 0x7f)] += 1;
        }
        Self { text, letters }
    }

    /// An upper bound for the similarity of another tag, from 0 to 1. It uses their lengths, the
    /// letters they share in any position, and their first four letters. It reads each letter once,
    /// whatever the tags are.
    fn at_most_like(&self, other: &Tag) -> f64 {
        #[cfg(test)]
        crate::steps::add(1);
        let other = compared(other).as_bytes();
        let (mut left, mut shared) = (self.letters, 0_u8);
        for byte in other {
            let left = &mut left[usize::from(byte.to_ascii_lowercase() & 0x7f)];
            shared += u8::from(*left > 0);
            *left = left.saturating_sub(1);
        }
        let shorter = self.text.len().min(other.len());
        let pairs = self.text.bytes().zip(other);
        let alike = pairs
            .take(4)
            .take_while(|(wanted, other)| wanted.eq_ignore_ascii_case(other));
        let prefix = 0.1 * f64::from(u8::try_from(alike.count()).unwrap_or(0));
        let part = |whole: usize| f64::from(shared) / f64::from(u8::try_from(whole).unwrap_or(1));
        // The Jaro similarity without transpositions, and Winkler's bonus for a common start.
        let jaro = (part(self.text.len()) + part(other.len()) + 1.0) / 3.0;
        let likeness = if shared == 0 {
            0.0
        } else {
            jaro + prefix * (1.0 - jaro)
        };
        if usize::from(shared) == shorter && self.text.len() >= HELD {
            likeness.max(HOLDS)
        } else {
            likeness
        }
    }

    /// How similar another tag is, from 0 to 1.
    fn likeness(&self, other: &Tag) -> f64 {
        #[cfg(test)]
        crate::steps::add(COMPARED);
        let (wanted, other) = (&self.text, compared(other).to_ascii_lowercase());
        // People often remember only a part of a tag: a version without its build.
        let holds = wanted.len() >= HELD && (other.contains(wanted) || wanted.contains(&other));
        let likeness = strsim::jaro_winkler(wanted, &other);
        if holds { likeness.max(HOLDS) } else { likeness }
    }
}

/// The part of a tag that is compared. Tags are ASCII.
fn compared(tag: &Tag) -> &str {
    tag.as_str().get(..COMPARED).unwrap_or(tag.as_str())
}

/// The most similar tags, the most similar first. Comparing two tags is slow, so only the best
/// candidates are compared, and only once.
fn nearest<'a>(wanted: &Tag, tags: impl Iterator<Item = &'a Tag>) -> Vec<Tag> {
    let wanted = Wanted::new(wanted);
    let candidates = tags.map(|tag| (wanted.at_most_like(tag), tag));
    let mut candidates: Vec<_> = candidates.filter(|(most, _)| *most >= LIKENESS).collect();
    if candidates.len() > CANDIDATES {
        candidates.select_nth_unstable_by(CANDIDATES, |(left, l), (right, r)| {
            right.total_cmp(left).then_with(|| r.cmp(l))
        });
        candidates.truncate(CANDIDATES);
    }
    let alike = candidates
        .into_iter()
        .map(|(_, tag)| (wanted.likeness(tag), tag));
    let mut alike: Vec<_> = alike
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .collect();
    alike.sort_by(|(left, l), (right, r)| {
        right
            .total_cmp(left)
            .then_with(|| natural_cmp(r.as_str(), l.as_str()))
    });
    alike
        .into_iter()
        .take(NEAREST)
        .map(|(_, tag)| tag.clone())
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn near(wanted: &str, tags: &[&str]) -> Vec<String> {
        let tags: Vec<Tag> = tags.iter().map(|tag| tag.parse().unwrap()).collect();
        let found = nearest(&wanted.parse().unwrap(), tags.iter());
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_nearest_tags_are_the_ones_that_people_mean() {
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
    fn the_nearest_images_have_the_longest_common_start() {
        let digest = |begins: &str| -> Digest { format!("sha256:{begins:0<64}").parse().unwrap() };
        let [far, near, nearer] = ["3f9a11", "3f9a1c22", "3f9a1c2b"].map(digest);
        let all = vec![far.clone(), near.clone(), nearer.clone()];
        assert_eq!(nearest_images("3f9a1c2b0d4e", all), [nearer, near, far]);
    }

    #[test]
    fn only_a_few_are_suggested() {
        let tags: Vec<_> = (0..50).map(|number| format!("1.4.{number}")).collect();
        let tags: Vec<_> = tags.iter().map(String::as_str).collect();
        assert_eq!(near("1.4.99", &tags).len(), NEAREST);
    }

    /// Tags with the letters of the wanted one in different orders. A person who pushes can choose
    /// such tags.
    fn shuffled(count: usize) -> Vec<Tag> {
        let tag = |number: usize| {
            let number = format!("{number:08}");
            let digits = "0123456789".repeat(12);
            format!("{number}{digits}").parse().unwrap()
        };
        (0..count).map(tag).collect()
    }

    #[test]
    fn each_tag_is_checked_and_only_a_few_are_compared() {
        let wanted = "9876543210".repeat(12).parse().unwrap();
        for count in [100, 10_000, 40_000] {
            let tags = shuffled(count);
            let steps = crate::steps::of(|| nearest(&wanted, tags.iter()));
            assert!(
                steps <= count + CANDIDATES * COMPARED,
                "{count} tags: {steps} steps"
            );
        }
    }

    #[test]
    fn the_upper_bound_is_never_below_the_similarity() {
        let tags = [
            "prod",
            "prdo",
            "Production",
            "staging",
            "1.7.0-build.820",
            "1.7.1-build.823",
            "v1.7.1",
            "1",
            "3f9a1c2",
            "c2f9a13",
            "latest",
            "release-1.7.1-rc.1",
            "aaaa",
            "aa",
            "_",
        ];
        let mut tags: Vec<Tag> = tags.iter().map(|tag| tag.parse().unwrap()).collect();
        tags.extend(shuffled(50));
        for one in &tags {
            let wanted = Wanted::new(one);
            for other in &tags {
                let (most, likeness) = (wanted.at_most_like(other), wanted.likeness(other));
                assert!(
                    most >= likeness - 1e-9,
                    "{one} and {other}: {most}, {likeness}"
                );
            }
        }
    }

    #[test]
    fn the_nearest_are_found_among_many_similar_tags() {
        let builds: Vec<_> = (0..20_000).map(|number| format!("1.7.{number}")).collect();
        let mut tags: Vec<_> = builds.iter().map(String::as_str).collect();
        tags.extend(["prod", "prod-eu"]);
        assert_eq!(near("prodd", &tags)[0], "prod");
        assert_eq!(near("1.7.19999-build.4", &tags)[0], "1.7.19999");
    }
}
