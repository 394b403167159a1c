//! Tags, as stable or unique.

use leptos::prelude::*;
use model::{
    Locale, RegistryAlias, RepositoryName,
    image::{TagKind, TagLabel},
};

use crate::{
    components::{icon::Icon, way::Way},
    messages::images::ImagesTexts,
    paths,
};

/// A tag, linked to its page: whether it moves shows in its look, and why Gantry thinks so on hover.
#[component]
pub fn TagLink(
    /// The registry.
    registry: RegistryAlias,
    /// The repository.
    name: RepositoryName,
    /// The tag.
    label: TagLabel,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let href = paths::tag(&registry, &name, &label.tag);
    let look = if label.kind.is_unique() {
        "tag tag-unique"
    } else {
        "tag tag-stable"
    };
    view! {
        <Way class=look href title=kind_reason(label.kind, locale)>
            {label.tag.to_string()}
            {kind_icon(label.kind).map(|name| view! { <Icon name /> })}
            <span class="visually-hidden">" ("{kind_word(label.kind, locale)}")"</span>
        </Way>
    }
}

/// "stable" or "unique".
pub fn kind_word(kind: TagKind, locale: Locale) -> &'static str {
    let texts = ImagesTexts(locale);
    if kind.is_unique() {
        texts.unique()
    } else {
        texts.stable()
    }
}

/// How Gantry knows whether the tag moves, and what follows.
pub fn kind_reason(kind: TagKind, locale: Locale) -> &'static str {
    let texts = ImagesTexts(locale);
    match kind {
        TagKind::Locked => texts.locked(),
        TagKind::Moved => texts.moved(),
        TagKind::LooksStable => texts.looks_stable(),
        TagKind::LooksUnique => texts.looks_unique(),
    }
}

/// A lock for what ECR holds fast, an arrow for what moves; nothing for what merely looks unique.
fn kind_icon(kind: TagKind) -> Option<&'static str> {
    match kind {
        TagKind::Locked => Some("lock"),
        TagKind::Moved | TagKind::LooksStable => Some("moves"),
        TagKind::LooksUnique => None,
    }
}
