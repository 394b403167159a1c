//! How long a link lasts, as its form offers it.

use model::link::lifetime;

/// How long a link may last, in the words of the form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Expiry {
    Hour,
    Day,
    #[default]
    TwoWeeks,
    /// As long as the configuration lets it.
    Longest,
    Date,
}

impl Expiry {
    const ALL: [Self; 5] = [
        Self::Hour,
        Self::Day,
        Self::TwoWeeks,
        Self::Longest,
        Self::Date,
    ];

    /// Those to choose from where a link lasts this long at most, in seconds: each once.
    pub(super) fn within(longest: i64) -> impl Iterator<Item = Self> {
        let fits = move |expiry: &Self| match expiry {
            Self::Longest | Self::Date => true,
            shorter => shorter.lasts(longest) < Some(longest),
        };
        Self::ALL.into_iter().filter(fits)
    }

    /// The one that a word of the form stands for, or the longest where that is not to be chosen.
    pub(super) fn chosen(word: &str, longest: i64) -> Self {
        let found = Self::within(longest).find(|it| it.as_str() == word);
        found.unwrap_or(Self::Longest)
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::TwoWeeks => "two-weeks",
            Self::Longest => "longest",
            Self::Date => "date",
        }
    }

    /// Seconds; none for a date.
    pub(super) fn lasts(self, longest: i64) -> Option<i64> {
        match self {
            Self::Hour => Some(lifetime::SHORTEST),
            Self::Day => Some(24 * 60 * 60),
            Self::TwoWeeks => Some(lifetime::USUAL),
            Self::Longest => Some(longest),
            Self::Date => None,
        }
    }
}
