//! A person's preferences, kept in a cookie.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::pull::Client;

/// The languages that Gantry supports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Locale {
    /// The language tag for the `lang` attribute.
    pub fn lang(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-Hans",
        }
    }

    /// The word in forms and cookies.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    /// The best language for an `Accept-Language` header, by its weights (RFC 9110, 12.5.4).
    pub fn accepted(header: &str) -> Self {
        let weighted = header.split(',').filter_map(|range| {
            let mut parts = range.split(';');
            let tag = parts.next()?.trim().to_ascii_lowercase();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok());
            let locale = match tag.split('-').next()? {
                "en" => Self::En,
                "zh" => Self::Zh,
                _ => return None,
            };
            Some((weight.unwrap_or(1.0), locale))
        });
        // The first of equals wins, because the header's order is the reader's own.
        let best = weighted
            .filter(|(weight, _)| *weight > 0.0)
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map_or_else(Self::default, |(_, locale)| locale)
    }
}

impl FromStr for Locale {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::En, Self::Zh]
            .into_iter()
            .find(|locale| locale.as_str() == text)
            .ok_or(())
    }
}

/// Light, dark, or the system's setting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// The system's setting.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word in forms, cookies and the `data-theme` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl FromStr for Theme {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|theme| theme.as_str() == text)
            .ok_or(())
    }
}

/// A person's preferences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// Light or dark.
    pub theme: Theme,
    /// The language, if one was chosen. Otherwise the browser's language is used.
    pub locale: Option<Locale>,
    /// The container client that commands are shown for.
    pub client: Client,
}

impl Preferences {
    /// The name of the cookie.
    pub const COOKIE: &str = "gantry_preferences";

    /// Parses the cookie's value. Unknown words are skipped: a cookie is untrusted input.
    pub fn from_cookie(value: &str) -> Self {
        let mut preferences = Self::default();
        for part in value.split('.') {
            if let Ok(theme) = part.parse() {
                preferences.theme = theme;
            } else if let Ok(locale) = part.parse() {
                preferences.locale = Some(locale);
            } else if let Ok(client) = part.parse() {
                preferences.client = client;
            }
        }
        preferences
    }

    /// The cookie's value, such as `dark.zh.podman`.
    pub fn to_cookie(self) -> String {
        let words = [
            Some(self.theme.as_str()),
            self.locale.map(Locale::as_str),
            Some(self.client.as_str()),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_weights_choose_the_language() {
        assert_eq!(Locale::accepted("fr, zh-CN;q=0.8, en;q=0.5"), Locale::Zh);
        assert_eq!(Locale::accepted("en-GB,en;q=0.9,zh;q=0.9"), Locale::En);
        assert_eq!(Locale::accepted("zh;q=0, en;q=0.1"), Locale::En);
        assert_eq!(Locale::accepted(";;q=,\u{0},"), Locale::En);
    }

    /// Browsers keep the cookie for longer than a release lasts.
    #[test]
    fn the_words_of_the_cookie_do_not_change() {
        let themes = ["system", "light", "dark"].map(|word| word.parse().ok());
        assert_eq!(themes, Theme::ALL.map(Some));
        let locales = ["en", "zh"].map(|word| word.parse().ok());
        assert_eq!(locales, [Some(Locale::En), Some(Locale::Zh)]);
        let clients = ["docker", "podman", "nerdctl", "finch", "crictl"];
        assert_eq!(clients.map(|word| word.parse().ok()), Client::ALL.map(Some));
        let chosen = Preferences::from_cookie("dark.zh.podman");
        assert_eq!(chosen.to_cookie(), "dark.zh.podman");
    }

    #[test]
    fn preferences_round_trip_through_their_cookie() {
        let chosen = Preferences {
            theme: Theme::Dark,
            locale: Some(Locale::Zh),
            client: Client::Podman,
        };
        assert_eq!(Preferences::from_cookie(&chosen.to_cookie()), chosen);
        assert_eq!(
            Preferences::from_cookie("<script>.x.."),
            Preferences::default()
        );
    }
}
