//! What the palette finds.

use std::sync::Arc;

use model::{
    Digest, Tag,
    query::has_word,
    search::{SearchHit, SearchResults, SearchTarget},
};

use super::{Gantry, Seen};
use crate::{Viewer, inventory::Entry};

/// How many hits are given at most.
const MAX_HITS: usize = 30;

/// How many tags and digests of one repository are given at most.
const MAX_OF_ONE: usize = 8;

impl Gantry {
    /// Repositories, tags and digests that match a text: each of its words stands in the name, in the
    /// tag, or begins the digest. `users 1.4` finds the tags with `1.4` of repositories with `users`.
    pub async fn search(&self, viewer: &Viewer, text: &str) -> SearchResults {
        let text = text
            .chars()
            .take(256)
            .collect::<String>()
            .to_ascii_lowercase();
        let words: Vec<_> = text.split_whitespace().collect();
        let mut found = SearchResults {
            hits: Vec::new(),
            incomplete: false,
        };
        if words.is_empty() {
            return found;
        }
        let mut ranked = Vec::new();
        for repository in &self.visible(viewer).await.repositories {
            if let Some(seen) = &repository.seen {
                let known = self.search_in(&repository.entry, seen, &words, &mut ranked);
                found.incomplete |= !known;
            }
        }
        ranked.sort_by(|(left, l), (right, r)| {
            left.cmp(right)
                .then_with(|| l.name.as_str().len().cmp(&r.name.as_str().len()))
                .then_with(|| l.name.cmp(&r.name))
        });
        found.hits = ranked
            .into_iter()
            .take(MAX_HITS)
            .map(|(_, hit)| hit)
            .collect();
        found
    }

    /// Searches one repository; says whether its images are known.
    fn search_in(
        &self,
        entry: &Arc<Entry>,
        seen: &Seen,
        words: &[&str],
        ranked: &mut Vec<(u8, SearchHit)>,
    ) -> bool {
        let name = entry.name().as_str();
        let rest: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| !name.contains(word))
            .collect();
        let hit = |target| SearchHit {
            registry: entry.registry().clone(),
            name: entry.name().clone(),
            target,
        };
        if rest.is_empty() {
            let last = name.rsplit('/').next().unwrap_or(name);
            ranked.push((
                u8::from(!words.contains(&last)),
                hit(SearchTarget::Repository),
            ));
        }
        // A word that the name holds is spent on it, unless it is the only one.
        let wanted = if rest.is_empty() && words.len() == 1 {
            words
        } else {
            &rest
        };
        if wanted.is_empty() {
            return true;
        }
        let in_tag = |tag: &Tag| wanted.iter().all(|word| has_word(tag.as_str(), word));
        let in_digest = |digest: &Digest| match wanted {
            [word] => {
                let hex = word.strip_prefix("sha256:").unwrap_or(word);
                hex.len() >= 4 && digest.as_str()[7..].starts_with(hex)
            }
            _ => false,
        };
        let known = match seen {
            Seen::Images(grant) => self.inventory.find(grant, &in_tag, &in_digest),
            Seen::Tags(grant) => self.inventory.find(grant, &in_tag, &in_digest),
        };
        let (mut tags, digests) = known.value;
        tags.sort_by(|left, right| {
            let exact = |tag: &Tag| !wanted.contains(&tag.as_str());
            exact(left)
                .cmp(&exact(right))
                .then_with(|| model::natural_cmp(right.as_str(), left.as_str()))
        });
        for tag in tags.into_iter().take(MAX_OF_ONE) {
            let rank = if wanted.contains(&tag.as_str()) { 1 } else { 2 };
            ranked.push((rank, hit(SearchTarget::Tag(tag))));
        }
        ranked.extend(
            digests
                .into_iter()
                .take(MAX_OF_ONE)
                .map(|digest| (1, hit(SearchTarget::Image(digest)))),
        );
        known.as_of.is_some()
    }
}
