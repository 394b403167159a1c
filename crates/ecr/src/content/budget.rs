//! How much pushed content a section of a page shows.

use std::fmt::Write;

/// The maximum length of a text, in bytes.
const MAX_TEXT: usize = 4 * 1024;

/// The maximum number of entries in a list.
pub const MAX_ENTRIES: usize = 1_000;

/// The size of an entry without its texts, in bytes: the markup and field names around it.
const ENTRY: usize = 100;

/// How much a section of a page may still show, and how much was left out.
#[derive(Debug)]
pub(super) struct Budget {
    /// The remaining bytes, measured as the texts are sent to the browser.
    left: usize,
    cut: u32,
}

impl Budget {
    /// Creates the budget of a section that shows this many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            left: bytes,
            cut: 0,
        }
    }

    /// A text, cut if it is too long. While there is budget left, a text is never cut below the
    /// maximum length, because a share link hides only complete values. If the budget is used up,
    /// the result is an ellipsis.
    pub(super) fn text(&mut self, text: &str) -> String {
        let most = if self.is_spent() { 0 } else { MAX_TEXT };
        let (shown, is_cut) = visible(text, most);
        self.leave_out(usize::from(is_cut));
        self.spend(shown.chars().map(weight).sum());
        shown
    }

    /// As many entries of a list as the budget and [`MAX_ENTRIES`] allow. Other entries count as
    /// cut.
    pub(super) fn list<T, U>(
        &mut self,
        entries: impl IntoIterator<Item = T>,
        mut each: impl FnMut(&mut Self, T) -> U,
    ) -> Vec<U> {
        let (mut entries, mut shown) = (entries.into_iter(), Vec::new());
        while shown.len() < MAX_ENTRIES && !self.is_spent() {
            let Some(entry) = entries.next() else {
                return shown;
            };
            self.spend(ENTRY);
            shown.push(each(self, entry));
        }
        self.leave_out(entries.count());
        shown
    }

    /// As many keys and values as the budget and [`MAX_ENTRIES`] allow.
    pub(super) fn pairs(
        &mut self,
        pairs: impl IntoIterator<Item = (String, String)>,
    ) -> Vec<(String, String)> {
        self.list(pairs, |budget, (key, value)| {
            (budget.text(&key), budget.text(&value))
        })
    }

    /// Subtracts bytes that are not text.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
    }

    /// Whether the budget is used up.
    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// The remaining bytes.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Counts entries that are not shown.
    pub(super) fn leave_out(&mut self, count: usize) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.cut = self.cut.saturating_add(count);
    }

    /// How many texts were cut and how many entries were left out.
    pub(super) fn cut(&self) -> u32 {
        self.cut
    }
}

/// A text with invisible and misleading characters made visible, cut after this many bytes. The
/// flag says whether it was cut.
pub(super) fn visible(text: &str, most: usize) -> (String, bool) {
    let mut shown = String::with_capacity(text.len().min(most));
    for (c, hides) in model::marked(text) {
        #[cfg(test)]
        super::work::add(1);
        if shown.len() >= most {
            shown.push('…');
            return (shown, true);
        }
        if hides && c != '\n' && c != '\t' {
            // Writing to a string cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    (shown, false)
}

/// The size of a character in HTML or JSON, whichever is longer.
fn weight(c: char) -> usize {
    match c {
        '"' => "&quot;".len(),
        '&' => "&amp;".len(),
        '<' | '>' => "&lt;".len(),
        '\\' | '\n' | '\t' => 2,
        c => c.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_made_visible_and_long_texts_are_cut() {
        let mut budget = Budget::new(1_000_000);
        assert_eq!(budget.text("a\u{202e}b\u{0}\n"), "a\\u{202e}b\\u{0}\n");
        assert_eq!(budget.cut(), 0);
        assert!(budget.text(&"ä".repeat(1_000_000)).len() < MAX_TEXT + 8);
        assert_eq!(budget.cut(), 1);
        assert_eq!(
            visible("a\u{202e}\u{202e}", 5),
            ("a\\u{202e}…".to_owned(), true)
        );
    }

    #[test]
    fn every_hidden_character_is_made_visible() {
        for c in ('\0'..=char::MAX).filter(|c| model::is_hiding(*c)) {
            let (shown, _) = visible(&format!("a{c}b"), 100);
            let stays = matches!(c, '\n' | '\t');
            assert_eq!(shown.chars().any(model::is_hiding), stays, "{c:?}");
        }
    }

    #[test]
    fn a_section_stays_within_its_budget_and_counts_what_it_leaves_out() {
        for text in ["x", "\"", "<&>", "\u{202e}", "\\", ""] {
            let mut budget = Budget::new(10_000);
            let pairs = (0..5_000).map(|n| (n.to_string(), text.repeat(500)));
            let shown = budget.pairs(pairs);
            let cut = budget.cut() as usize;
            assert!(shown.len() + cut >= 5_000, "{} and {cut}", shown.len());
            let html: usize = shown
                .iter()
                .map(|(key, value)| key.len() + value.chars().map(weight).sum::<usize>())
                .sum();
            let json = serde_json::to_string(&shown).map(|json| json.len());
            // The last pair is complete.
            let most = 10_000 + 500 * 8;
            assert!(
                html < most && json.is_ok_and(|json| json < most),
                "{text:?}: {html}"
            );
        }
    }
}
