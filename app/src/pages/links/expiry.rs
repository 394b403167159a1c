//! The lifetimes that the form for a link offers.

use model::link::lifetime;

/// How long a link may last, by its value in the form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Expiry {
    Hour,
    Day,
    #[default]
    TwoWeeks,
    /// The longest that the configuration allows.
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

    /// The choices if a link may last at most this long, in seconds. Each is listed once.
    pub(super) fn within(longest: i64) -> impl Iterator<Item = Self> {
        let fits = move |expiry: &Self| match expiry {
            Self::Longest | Self::Date => true,
            shorter => shorter.lasts(longest) < Some(longest),
        };
        Self::ALL.into_iter().filter(fits)
    }

    /// The choice for a value of the form, or the longest one if that value is not offered.
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

    /// The lifetime in seconds; `None` for a date.
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
