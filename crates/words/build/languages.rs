//! The languages, and how each counts.

/// A language that has a file of texts.
#[derive(Debug)]
pub struct Language {
    /// The name of its file and, with a capital, of its variant of `model::Locale`.
    pub tag: &'static str,
    /// What it calls itself.
    pub name: &'static str,
    /// Its plural forms for whole numbers, each with the pattern of a `match` on a `u64`; the last one
    /// takes the rest. From the cardinal rules of the Unicode CLDR 48 (`supplemental/plurals.xml`,
    /// <https://www.unicode.org/cldr/charts/48/supplemental/language_plural_rules.html>), where `i` is
    /// the number, and `v` and `e`, its decimals and its exponent, are 0.
    pub plurals: &'static [(&'static str, &'static str)],
}

/// All languages. The first one is complete, and stands in for what another lacks.
pub const LANGUAGES: &[Language] = &[
    // one: i = 1 and v = 0
    Language {
        tag: "en",
        name: "English",
        plurals: &[("one", "1"), ("other", "_")],
    },
    Language {
        tag: "zh",
        name: "中文",
        plurals: &[("other", "_")],
    },
];

impl Language {
    /// The variant of `model::Locale`: `zh` is `Zh`, and `pt-br` is `PtBr`.
    pub fn variant(&self) -> String {
        let part = |part: &str| {
            let mut letters = part.chars();
            let first = letters.next().map(|it| it.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>()
        };
        self.tag.split('-').map(part).collect()
    }
}
