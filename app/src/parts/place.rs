//! Places that the palette opens: pages and search hits.

use leptos::prelude::*;
use model::{
    Locale, Timestamp,
    search::{SearchHit, SearchTarget},
};

use crate::{
    components::time::relative,
    messages::{palette::PaletteTexts, repositories::RepositoriesTexts},
    paths,
};

/// A place that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its URL.
    pub url: String,
    label: String,
    within: String,
    about: String,
    /// When it was pushed, as an exact time.
    pushed: Option<String>,
}

impl Place {
    /// A page.
    pub fn page(url: String, label: String, locale: Locale) -> Self {
        Self {
            url,
            label,
            within: String::new(),
            about: PaletteTexts(locale).page().to_owned(),
            pushed: None,
        }
    }

    /// Whether it is a page and not a search hit.
    pub fn is_page(&self) -> bool {
        self.within.is_empty()
    }

    /// Whether its name contains a text, which must be in lower case.
    pub fn is_called(&self, text: &str) -> bool {
        self.label.to_ascii_lowercase().contains(text)
    }

    /// A search hit. If there are several registries, it names its registry.
    pub fn hit(hit: SearchHit, several: bool, now: Timestamp, locale: Locale) -> Self {
        let texts = PaletteTexts(locale);
        let SearchHit {
            repository,
            target,
            version,
            lacks,
            pushed,
        } = hit;
        let within = if several {
            format!("{} · {}", repository.name, repository.registry)
        } else {
            repository.name.to_string()
        };
        let ago = pushed.map(|at| relative(at, now, locale));
        let (url, label, within, kind, pushing) = match target {
            SearchTarget::Repository => (
                paths::repository(&repository),
                repository.name.to_string(),
                repository.registry.to_string(),
                texts.repository(),
                ago.map(|ago| texts.last_push(&ago)),
            ),
            SearchTarget::Policy => (
                paths::policy(&repository),
                repository.name.to_string(),
                repository.registry.to_string(),
                RepositoriesTexts(locale).name_only(),
                None,
            ),
            // A floating tag may have moved to the image long after the image was pushed.
            SearchTarget::Tag(tag) => (
                paths::tag(&repository, &tag),
                tag.to_string(),
                within,
                texts.tag(),
                ago.map(|ago| texts.image_pushed(&ago)),
            ),
            SearchTarget::Image(digest) => (
                paths::image(&repository, &digest),
                digest.short().to_owned(),
                within,
                texts.image(),
                ago.map(|ago| texts.pushed(&ago)),
            ),
        };
        let within = version.map_or(within.clone(), |version| format!("{within} · {version}"));
        let within = match lacks {
            Some(tag) => format!("{within} · {}", texts.no_tag(tag.as_str())),
            None => within,
        };
        let about = pushing.map_or(kind.to_owned(), |pushing| format!("{kind} · {pushing}"));
        Self {
            url,
            label,
            within,
            about,
            pushed: pushed.map(|at| at.utc()),
        }
    }
}

/// The text of a place: its name, its location, and its version and date if it has them.
pub fn place_words(place: Place) -> impl IntoView {
    view! {
        <span class="place-label">{place.label}</span>
        <span class="quiet">{place.within}</span>
        <span class="place-about" title=place.pushed>{place.about}</span>
    }
}
