//! The languages and their plural rules.

/// A language that has a file of texts.
#[derive(Debug)]
pub struct Language {
    /// The name of the file and, capitalized, of the variant of `model::Locale`.
    pub tag: &'static str,
    /// The language's own name.
    pub name: &'static str,
    /// The plural forms for whole numbers, each with the pattern of a `match` on a `u64`; the last one takes all other
    /// numbers. From the cardinal rules of the Unicode CLDR 48 (`supplemental/plurals.xml`,
    /// <https://www.unicode.org/cldr/charts/48/supplemental/language_plural_rules.html>). There, `i` is the number, and
    /// its decimals `v` and its exponent `e` are 0 for whole numbers.
    pub plurals: &'static [(&'static str, &'static str)],
}

/// All languages. The first one is complete, and its texts replace those that another language lacks.
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
