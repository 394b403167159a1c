//! What keeps a link's page small, whatever was pushed.

use std::{collections::BTreeMap, io::Write};

use flate2::{Compression, write::GzEncoder};
use model::link::{Shared, SharedPart, SharedView};

use super::walk::{Text, Visitor, walk};

/// The most characters of a text.
pub(super) const TEXT: usize = 300;

/// What more of a text is looked through for what is hidden before it is cut: as much as the longest
/// thing that is hidden, or that only looks like it.
pub(super) const MARGIN: usize = 100;

/// The most bytes of a view on the wire, packed as pages are. A page holds two views, and the whole page
/// with its style sheet is to stay under 60 kB.
const WEIGHT: usize = 16 * 1024;

/// The most bytes of a view as JSON: frozen links are stored like this, and what repeats itself packs very well.
const RAW: usize = 128 * 1024;

/// How many of a part are shown at most.
fn most(part: SharedPart) -> usize {
    match part {
        SharedPart::PartOf => 5,
        SharedPart::Annotations | SharedPart::Settings => 20,
        SharedPart::Referrers | SharedPart::Sightings => 20,
        SharedPart::Platforms => 30,
        SharedPart::Tags | SharedPart::ResourceTags => 40,
        SharedPart::Labels | SharedPart::History => 40,
        SharedPart::Images | SharedPart::Findings => 50,
        SharedPart::Environment | SharedPart::Layers => 60,
    }
}

/// Cuts lists and texts, and counts what it cuts off.
struct Knife {
    /// Parts are cut to one such part of what they may be at most.
    sharpness: usize,
    text: usize,
    more: BTreeMap<SharedPart, u32>,
}

impl Visitor for Knife {
    fn list<T>(&mut self, part: SharedPart, list: &mut Vec<T>) {
        let most = (most(part) / self.sharpness).max(1);
        let surplus = list.len().saturating_sub(most);
        if surplus > 0 {
            list.truncate(most);
            let more = self.more.entry(part).or_default();
            *more = more.saturating_add(u32::try_from(surplus).unwrap_or(u32::MAX));
        }
    }

    fn text(&mut self, _: Text, text: &mut String) {
        let end = text.char_indices().nth(self.text).map(|(end, _)| end);
        if let Some(end) = end {
            text.truncate(end);
            text.push('…');
        }
    }
}

/// Cuts a view to what a page may hold of it at most, and leaves texts a little longer than that: what
/// is hidden is found before it is cut in two.
pub(super) fn roughly(view: SharedView) -> Shared {
    let whole = Shared {
        view,
        more: Vec::new(),
        tags: None,
        seen_at: None,
    };
    by(whole, 1, TEXT + MARGIN)
}

/// Cuts a view to what a page holds, harder where it would still be too heavy.
pub(super) fn finely(shared: Shared) -> Shared {
    let mut sharpness = 1;
    loop {
        let cut = by(shared.clone(), sharpness, TEXT / sharpness);
        // Nothing is left to cut at the end: a list keeps one row.
        if sharpness > 64 || weight(&cut) <= WEIGHT {
            return cut;
        }
        sharpness *= 2;
    }
}

fn by(mut shared: Shared, sharpness: usize, text: usize) -> Shared {
    let mut knife = Knife {
        sharpness,
        text,
        more: shared.more.into_iter().collect(),
    };
    walk(&mut shared.view, &mut knife);
    Shared {
        view: shared.view,
        more: knife.more.into_iter().collect(),
        // They are not for the page.
        tags: shared.tags,
        seen_at: shared.seen_at,
    }
}

/// About how many bytes it takes on the wire; of a view that is too large before it is packed, all of them.
fn weight(shared: &Shared) -> usize {
    let text = serde_json::to_vec(shared).unwrap_or_default();
    if text.len() <= WEIGHT || text.len() > RAW {
        return text.len();
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = packed.write_all(&text).and_then(|()| packed.finish());
    packed.map_or(usize::MAX, |packed| packed.len())
}
