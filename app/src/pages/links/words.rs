//! Descriptions of links.

use model::{
    Locale, Timestamp,
    link::{LinkMoment, LinkScope, LinkState, LinkTarget},
};

use crate::messages::{links::LinksTexts, registries::RegistriesTexts};

/// What a link shows, as part of a sentence. It names the registry if the reader knows of several.
pub(super) fn target_words(
    target: &LinkTarget,
    several_registries: bool,
    locale: Locale,
) -> String {
    let texts = LinksTexts(locale);
    let name = target.repository.name.as_str();
    let words = match &target.scope {
        LinkScope::Tag(tag) => texts.a_tag(tag.as_str(), name),
        LinkScope::Image(digest) => texts.an_image(digest.short(), name),
        LinkScope::Repository => texts.a_repository(name),
    };
    if several_registries {
        RegistriesTexts(locale).and_registry(&words, target.repository.registry.as_str())
    } else {
        words
    }
}

/// What a link shows, as a reference.
pub(super) fn target_name(target: &LinkTarget) -> String {
    match &target.scope {
        LinkScope::Tag(tag) => format!("{}:{tag}", target.repository.name),
        LinkScope::Image(digest) => format!("{}@{}", target.repository.name, digest.short()),
        LinkScope::Repository => target.repository.name.to_string(),
    }
}

/// A moment, and what it means.
pub(in crate::pages) fn moment_words(
    moment: LinkMoment,
    locale: Locale,
) -> (&'static str, &'static str) {
    let texts = LinksTexts(locale);
    match moment {
        LinkMoment::Both => (texts.both(), texts.both_about()),
        LinkMoment::Frozen => (texts.frozen(), texts.frozen_about()),
        LinkMoment::Live => (texts.live_moment(), texts.live_about()),
    }
}

/// Day and minute in UTC, for a column; the title has it whole.
pub(super) fn day(at: Timestamp) -> String {
    let minute: String = at.utc().chars().take("2026-11-22 01:30".len()).collect();
    format!("{minute} UTC")
}

/// The look and the label of a state.
pub(super) fn state_words(state: LinkState, locale: Locale) -> (&'static str, &'static str) {
    let texts = LinksTexts(locale);
    match state {
        LinkState::Closed => ("plain", texts.state_closed()),
        LinkState::Live => ("good", texts.state_live()),
        LinkState::Expired => ("plain", texts.state_expired()),
        LinkState::Revoked => ("plain", texts.state_revoked()),
    }
}
