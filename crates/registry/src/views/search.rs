//! What the palette finds.

use std::sync::Arc;

use model::{
    Digest, Tag,
    query::{MAX_WORDS, has_word, words},
    search::{SearchHit, SearchResults, SearchTarget},
};

use super::{Gantry, Seen, visible::Visible};
use crate::{
    Viewer,
    inventory::{Entry, Inventory},
};

/// How many hits are given at most.
const MAX_HITS: usize = 30;

/// How many characters of a text are searched for.
const MAX_CHARS: usize = 256;

/// How many tags and digests of one repository are given at most.
const MAX_OF_ONE: usize = 8;

impl Gantry {
    /// Repositories, tags and digests that match a text: each of its words stands in the name, in the
    /// tag, or begins the digest. `users 1.4` finds the tags with `1.4` of repositories with `users`. Where the
    /// viewer knows of several registries, a word beside others may be the alias of one.
    pub async fn search(&self, viewer: &Viewer, text: &str) -> SearchResults {
        let is_long = text.chars().nth(MAX_CHARS).is_some();
        let text: String = text.chars().take(MAX_CHARS).collect();
        let text = text.to_ascii_lowercase();
        let wanted: Vec<_> = words(&text).map(str::to_owned).collect();
        let shortened = is_long || text.split_whitespace().nth(MAX_WORDS).is_some();
        let mut found = SearchResults {
            hits: Vec::new(),
            incomplete: false,
            shortened,
            several_registries: self.several_registries(viewer),
        };
        if wanted.is_empty() {
            return found;
        }
        let visible = self.visible(viewer).await;
        let inventory = Arc::clone(&self.inventory);
        let several = found.several_registries;
        let searching = move || {
            let words: Vec<_> = wanted.iter().map(String::as_str).collect();
            search_all(&inventory, &visible, several, &words)
        };
        (found.hits, found.incomplete) = self.work.run(&viewer.id, searching).await;
        found
    }
}

/// The best hits, and whether images of some repositories are not known yet.
fn search_all(
    inventory: &Inventory,
    visible: &Visible,
    several_registries: bool,
    words: &[&str],
) -> (Vec<SearchHit>, bool) {
    let (mut ranked, mut incomplete) = (Vec::new(), false);
    for repository in &visible.repositories {
        let entry = &repository.entry;
        // Where there are several registries, a word may also be the alias of the one that is meant.
        let is_alias = |word: &&str| {
            several_registries
                && words.len() > 1
                && entry.registry().as_str().eq_ignore_ascii_case(word)
        };
        let words: Vec<_> = words
            .iter()
            .copied()
            .filter(|word| !is_alias(word))
            .collect();
        if let Some(seen) = &repository.seen {
            incomplete |= !search_one(inventory, entry, seen, &words, &mut ranked);
        }
    }
    ranked.sort_by(|(left, l), (right, r)| {
        left.cmp(right)
            .then_with(|| l.name.as_str().len().cmp(&r.name.as_str().len()))
            .then_with(|| (&l.name, &l.registry).cmp(&(&r.name, &r.registry)))
    });
    let best = ranked.into_iter().take(MAX_HITS).map(|(_, hit)| hit);
    (best.collect(), incomplete)
}

/// Searches one repository; says whether its images are known.
fn search_one(
    inventory: &Inventory,
    entry: &Entry,
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
        Seen::Images(grant) => inventory.find(grant, &in_tag, &in_digest),
        Seen::Tags(grant) => inventory.find(grant, &in_tag, &in_digest),
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
