//! The search of the command palette.

mod pasted;
mod spelling;

use std::{cmp::Reverse, sync::Arc};

use access::{RowGrants, Viewer, now};
use ecr::inventory::{Found, Inventory, RegistryStatus, RepositoryState};
use model::{
    DIGEST_DIGITS, Digest, RepositoryAt, Tag, Timestamp, natural_cmp,
    query::MAX_WORDS,
    search::{SearchHit, SearchResults, SearchTarget},
};

use crate::{Catalog, catalog::Visible};
use pasted::{Asked, hex, is_few_digits, is_short_digest, registry_host, wanted};
use spelling::{is_in_tag, spelled};

/// The maximum number of hits.
const MAX_HITS: usize = 30;

/// The maximum length of a search text, in characters.
const MAX_CHARS: usize = 256;

/// The maximum number of tags and digests of one repository.
const MAX_OF_ONE: usize = 8;

/// Search in everything that a viewer sees.
#[derive(Debug, Clone)]
pub struct Search {
    pub(crate) catalog: Arc<Catalog>,
}

impl Search {
    /// Finds repositories, tags and digests. Each word of the text must be in the repository name or in the tag, or be
    /// the start of the digest. `users 1.4` finds the tags with `1.4` of repositories with `users`. If the viewer knows
    /// about several registries, one of several words can be the alias of a registry. An image reference, alone or in a
    /// line of text, finds what it names. Of repositories that an administrator only reviews, it searches the names
    /// alone. Exact matches come first, then prefixes, then other matches. Among equal matches, the last pushed comes
    /// first.
    pub async fn find(&self, viewer: &Viewer, text: &str) -> SearchResults {
        let is_long = text.chars().nth(MAX_CHARS).is_some();
        let text: String = text.chars().take(MAX_CHARS).collect();
        let text = text.to_ascii_lowercase();
        // A repeated word adds nothing, and does not count as another word.
        let mut distinct: Vec<String> = Vec::new();
        for word in wanted(&text) {
            if distinct.iter().all(|known| known != word) {
                distinct.push(word.to_owned());
            }
        }
        let mut wanted = distinct;
        let shortened = is_long || text.split_whitespace().nth(MAX_WORDS).is_some();
        let status = self.catalog.status();
        let lacks = |registry: &RegistryStatus| registry.is_being_read() || registry.lacks_policies;
        let found = SearchResults {
            hits: Vec::new(),
            matching: 0,
            incomplete: status.iter().any(lacks),
            shortened,
            short_digest: is_few_digits(text.trim())
                || wanted.iter().any(|word| is_short_digest(word)),
            unseen_registry: None,
            several_registries: self.catalog.several_registries(viewer),
            now: now(),
        };
        wanted.retain(|word| !word.starts_with("sha256:") || !is_short_digest(word));
        if wanted.is_empty() {
            return found;
        }
        let visible = self.catalog.visible(viewer).await;
        let inventory = Arc::clone(&self.catalog.inventory);
        let several = found.several_registries;
        let searching = move || {
            let words: Vec<_> = wanted.iter().map(String::as_str).collect();
            search_all(&inventory, &visible, several, &words)
        };
        let ranked = self.catalog.work.run(&viewer.id, searching).await;
        SearchResults {
            hits: ranked.best,
            matching: ranked.matching,
            incomplete: found.incomplete || ranked.incomplete,
            unseen_registry: ranked.unseen_registry,
            ..found
        }
    }
}

/// The rank of a hit: the best match first. Among equal matches, the last pushed comes first.
type Rank = (Match, Reverse<Option<Timestamp>>);

/// How a word matches a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Exact,
    Prefix,
    Part,
}

impl Match {
    /// The best match of some words, in lower case, with a text.
    fn best(words: &[&str], text: &str) -> Self {
        let text = text.to_ascii_lowercase();
        if words.contains(&text.as_str()) {
            Self::Exact
        } else if words.iter().any(|word| text.starts_with(word)) {
            Self::Prefix
        } else {
            Self::Part
        }
    }

    /// The best match with a repository's name. People often leave out its namespaces.
    fn of_name(words: &[&str], name: &str) -> Self {
        let last = name.rsplit('/').next().unwrap_or(name);
        Self::best(words, name).min(Self::best(words, last))
    }
}

/// The result of a search.
#[derive(Debug, Default)]
struct Ranked {
    /// All possible hits, until the best are chosen.
    hits: Vec<(Rank, SearchHit)>,
    best: Vec<SearchHit>,
    /// The number of matches, including those that are not shown.
    matching: u32,
    /// Whether images of some repositories are not known yet.
    incomplete: bool,
    /// The host of a registry that a word names, and of which no repository is visible.
    unseen_registry: Option<String>,
}

impl Ranked {
    fn found(&mut self, count: usize) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.matching = self.matching.saturating_add(count);
    }
}

/// Searches all visible repositories and returns the best hits.
fn search_all(
    inventory: &Inventory,
    visible: &Visible,
    several_registries: bool,
    words: &[&str],
) -> Ranked {
    let mut ranked = Ranked::default();
    let mut named_host = words.iter().find_map(|word| registry_host(word));
    for repository in &visible.repositories {
        let entry = &repository.entry;
        let RepositoryAt { registry, name } = entry.repository();
        // If there are several registries, a word can be the alias of a registry.
        let is_alias = |word: &&str| {
            several_registries && words.len() > 1 && registry.as_str().eq_ignore_ascii_case(word)
        };
        let facts = entry.facts();
        let host = facts.uri.split('/').next().unwrap_or_default();
        named_host = named_host.filter(|named| *named != host);
        let words = words.iter().copied().filter(|word| !is_alias(word));
        let arns = facts.arn.strip_suffix(name.as_str());
        let asked = Asked::read(words, host, arns.unwrap_or_default());
        if asked.words.is_empty() {
            continue;
        }
        match &repository.images {
            Some(images) => {
                ranked.incomplete |= !search_one(inventory, entry, images, &asked, &mut ranked);
            }
            None => search_name(entry, &asked, &mut ranked),
        }
    }
    ranked.unseen_registry = named_host.map(str::to_owned);
    let length = |hit: &SearchHit| hit.repository.name.as_str().len();
    ranked.hits.sort_by(|(left, l), (right, r)| {
        left.cmp(right)
            .then_with(|| length(l).cmp(&length(r)))
            .then_with(|| l.repository.cmp(&r.repository))
    });
    let hits = std::mem::take(&mut ranked.hits).into_iter();
    ranked.best = hits.take(MAX_HITS).map(|(_, hit)| hit).collect();
    ranked
}

/// How well a repository's name matches, if it does. A reference leads to its repository without the tag too.
fn match_of_name(asked: &Asked<'_>, name: &str) -> Option<Match> {
    let has_all = asked.words.iter().all(|word| name.contains(word));
    match asked.reference {
        Some((of, _)) => (has_all || of == name).then_some(Match::Part),
        None => has_all.then(|| Match::of_name(&asked.words, name)),
    }
}

/// Searches the name of a repository of which the viewer sees no image: nothing else of it may be found.
fn search_name(entry: &RepositoryState, asked: &Asked<'_>, ranked: &mut Ranked) {
    if let Some(matched) = match_of_name(asked, entry.repository().name.as_str()) {
        let hit = SearchHit {
            repository: entry.repository().clone(),
            target: SearchTarget::Policy,
            version: None,
            lacks: None,
            pushed: None,
        };
        ranked.hits.push(((matched, Reverse(None)), hit));
        ranked.found(1);
    }
}

/// Searches one repository. Returns whether its images are known.
fn search_one(
    inventory: &Inventory,
    entry: &RepositoryState,
    images: &RowGrants,
    asked: &Asked<'_>,
    ranked: &mut Ranked,
) -> bool {
    let name = entry.repository().name.as_str();
    let words = asked.words.as_slice();
    // A reference ranks its own repository above others with similar names, and also finds it
    // without the tag.
    let reference = asked.reference.map(|(it, _)| Match::of_name(&[it], name));
    let named = reference.unwrap_or(Match::Exact);
    let is_elsewhere = |word: &&str| !name.contains(*word);
    let rest: Vec<&str> = words.iter().copied().filter(is_elsewhere).collect();
    let wanted = if rest.is_empty() { words } else { &rest };
    let in_tag = |tag: &Tag| match words {
        // Words that are in the name are already matched, but one may also be the exact tag: `users
        // prod`.
        [_, _, ..] if rest.is_empty() => Match::best(words, tag.as_str()) == Match::Exact,
        _ => wanted.iter().all(|word| is_in_tag(tag.as_str(), word)),
    };
    let in_digest = |digest: &Digest| match wanted {
        [word] => {
            let hex = hex(word);
            hex.len() >= DIGEST_DIGITS && digest.as_str()[7..].starts_with(hex)
        }
        _ => false,
    };
    let known = inventory.find(&images.list, &in_tag, &in_digest);
    let (mut tags, digests) = known.value;
    ranked.found(tags.len().saturating_add(digests.len()));
    let mut push = |rank: Match, target, version, lacks, pushed| {
        let hit = SearchHit {
            repository: entry.repository().clone(),
            target,
            version,
            lacks,
            pushed,
        };
        ranked.hits.push(((rank, Reverse(pushed)), hit));
    };
    let spelled = spelled(wanted);
    let rank = |found: &Found<Tag>| Match::best(&spelled, found.name.as_str()).max(named);
    tags.sort_by(|left, right| {
        (rank(left), Reverse(left.pushed))
            .cmp(&(rank(right), Reverse(right.pushed)))
            .then_with(|| natural_cmp(right.name.as_str(), left.name.as_str()))
    });
    // A tag is reported as missing only if the images are known.
    let missing = match asked.reference {
        Some((of, tag)) if of == name && known.as_of.is_some() => {
            let is_it = |found: &Found<Tag>| found.name.as_str().eq_ignore_ascii_case(tag);
            (!tags.iter().any(is_it))
                .then(|| tag.parse().ok())
                .flatten()
        }
        _ => None,
    };
    for found in tags.into_iter().take(MAX_OF_ONE) {
        let rank = rank(&found);
        push(
            rank,
            SearchTarget::Tag(found.name),
            found.version,
            None,
            found.pushed,
        );
    }
    for found in digests.into_iter().take(MAX_OF_ONE) {
        let target = SearchTarget::Image(found.name);
        let rank = Match::Prefix.max(named);
        push(rank, target, found.version, None, found.pushed);
    }
    if let Some(matched) = match_of_name(asked, name) {
        let summary = inventory.summary(images).value;
        let pushed = summary.and_then(|summary| summary.pushed);
        push(matched, SearchTarget::Repository, None, missing, pushed);
        ranked.found(1);
    }
    known.as_of.is_some()
}
