//! Keeps the page of a link small, whatever was pushed.

use std::{collections::BTreeMap, io::Write};

use flate2::{Compression, write::GzEncoder};
use model::link::{Shared, SharedPart, SharedView};

use super::walk::{Text, Visitor, walk};

/// The maximum length of a text, in characters.
pub(super) const TEXT: usize = 300;

/// How many more characters of a text are searched for hidden values before it is cut: the length
/// of the longest value that is hidden, or that looks like one.
pub(super) const MARGIN: usize = 100;

/// The maximum size of a view on the wire, in bytes, compressed as pages are. A page holds two
/// views, and the whole page with its style sheet should stay below 60 kB.
const WEIGHT: usize = 16 * 1024;

/// The maximum size of a view as JSON, in bytes. The saved content of links is stored as JSON, and
/// repetitive text compresses very well.
const RAW: usize = 128 * 1024;

/// The maximum number of entries in a list.
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
struct Cutter {
    /// The maximum number of entries of each list is divided by this.
    sharpness: usize,
    text: usize,
    more: BTreeMap<SharedPart, u32>,
}

impl Visitor for Cutter {
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

/// Cuts lists to the maximum of a page, and leaves texts a little longer, so that hidden values are
/// found before they are cut.
pub(super) fn roughly(view: SharedView) -> Shared {
    let whole = Shared {
        view,
        more: Vec::new(),
        tags: None,
        seen_at: None,
    };
    by(whole, 1, TEXT + MARGIN)
}

/// Cuts a view to the maximum size of a page. Cuts more if it is still too large.
pub(super) fn finely(shared: Shared) -> Shared {
    let mut sharpness = 1;
    loop {
        let cut = by(shared.clone(), sharpness, TEXT / sharpness);
        // At some point nothing can be cut any more, because a list keeps one row.
        if sharpness > 64 || weight(&cut) <= WEIGHT {
            return cut;
        }
        sharpness *= 2;
    }
}

fn by(mut shared: Shared, sharpness: usize, text: usize) -> Shared {
    let mut cutter = Cutter {
        sharpness,
        text,
        more: shared.more.into_iter().collect(),
    };
    walk(&mut shared.view, &mut cutter);
    Shared {
        view: shared.view,
        more: cutter.more.into_iter().collect(),
        // The page does not show them.
        tags: shared.tags,
        seen_at: shared.seen_at,
    }
}

/// The approximate size on the wire, in bytes. For a view that is too large before compression, its
/// uncompressed size.
fn weight(shared: &Shared) -> usize {
    let text = serde_json::to_vec(shared).unwrap_or_default();
    if text.len() <= WEIGHT || text.len() > RAW {
        return text.len();
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = packed.write_all(&text).and_then(|()| packed.finish());
    packed.map_or(usize::MAX, |packed| packed.len())
}
