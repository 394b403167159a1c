//! Tags, marked as floating, unique or immutable.

use leptos::prelude::*;
use model::{
    Locale, RepositoryAt,
    image::{TagKind, TagLabel},
};

use crate::{
    components::{badge::Badge, icon::Icon, maybe_link::MaybeLink},
    messages::{common::CommonTexts, images::ImagesTexts},
    paths,
};

/// A tag, linked to its page. Its look shows whether it moves, and hovering shows how Gantry knows.
#[component]
pub fn TagLink(
    /// The repository.
    repository: RepositoryAt,
    /// The tag.
    label: TagLabel,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let href = paths::tag(&repository, &label.tag);
    let look = match label.kind {
        TagKind::Moved => "tag tag-floating",
        TagKind::LooksFloating => "tag tag-floating tag-guess",
        TagKind::Locked | TagKind::LooksUnique | TagKind::Unknown => "tag",
    };
    let word = kind_word(label.kind, locale).map(|word| {
        let word = CommonTexts(locale).in_brackets(word);
        view! { <span class="visually-hidden">{word}</span> }
    });
    view! {
        <MaybeLink class=look href title=kind_reason(label.kind, locale)>
            {label.tag.to_string()}
            {kind_icon(label.kind).map(|name| view! { <Icon name /> })}
            {word}
        </MaybeLink>
    }
}

/// The word for whether a tag moves: firm if known, faint if guessed, empty if neither.
#[component]
pub fn KindBadge(
    /// Whether the tag moves.
    kind: TagKind,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let look = match kind {
        TagKind::Locked => "good",
        TagKind::Moved => "warning",
        TagKind::LooksFloating | TagKind::LooksUnique | TagKind::Unknown => "guess",
    };
    kind_word(kind, locale).map(|label| view! { <Badge look label /> })
}

/// "floating", "unique" or "immutable"; empty if unknown.
fn kind_word(kind: TagKind, locale: Locale) -> Option<&'static str> {
    let texts = ImagesTexts(locale);
    match kind {
        TagKind::Locked => Some(texts.immutable()),
        TagKind::Moved | TagKind::LooksFloating => Some(texts.floating()),
        TagKind::LooksUnique => Some(texts.unique()),
        TagKind::Unknown => None,
    }
}

/// How Gantry knows whether the tag moves, and what follows from it.
pub fn kind_reason(kind: TagKind, locale: Locale) -> &'static str {
    let texts = ImagesTexts(locale);
    match kind {
        TagKind::Locked => texts.locked(),
        TagKind::Moved => texts.moved(),
        TagKind::LooksFloating => texts.looks_floating(),
        TagKind::LooksUnique => texts.looks_unique(),
        TagKind::Unknown => texts.unknown_kind(),
    }
}

/// A lock for a tag that ECR keeps immutable, an arrow for one that was seen to move, empty for a guess.
fn kind_icon(kind: TagKind) -> Option<&'static str> {
    match kind {
        TagKind::Locked => Some("lock"),
        TagKind::Moved => Some("moves"),
        TagKind::LooksFloating | TagKind::LooksUnique | TagKind::Unknown => None,
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::testing::text_of;

    const KINDS: [TagKind; 5] = [
        TagKind::Locked,
        TagKind::Moved,
        TagKind::LooksFloating,
        TagKind::LooksUnique,
        TagKind::Unknown,
    ];

    #[test]
    fn the_badge_and_the_reason_say_the_same() {
        for locale in [Locale::En, Locale::Zh] {
            for kind in KINDS {
                let reason = kind_reason(kind, locale).to_lowercase();
                match kind_word(kind, locale) {
                    Some(word) => assert!(reason.contains(word), "{word}: {reason}"),
                    None => assert_eq!(kind, TagKind::Unknown),
                }
                assert!(
                    !reason.contains("stable") && !reason.contains("稳定"),
                    "{reason}"
                );
            }
        }
    }

    #[test]
    fn a_tag_that_no_push_moves_is_not_said_to_stay() {
        let reason = kind_reason(TagKind::Locked, Locale::En);
        assert!(reason.contains("delete it and push it again"), "{reason}");
    }

    #[test]
    fn a_guess_looks_like_a_guess_and_says_so() {
        for kind in KINDS {
            let badge = view! { <KindBadge kind locale=Locale::En /> }.to_html();
            let reason = kind_reason(kind, Locale::En);
            assert_eq!(badge.contains("badge-guess"), kind.is_guess(), "{badge}");
            assert_eq!(
                reason.contains("guessed from the name"),
                kind.is_guess(),
                "{reason}"
            );
            assert_eq!(
                kind_icon(kind).is_some(),
                matches!(kind, TagKind::Locked | TagKind::Moved)
            );
        }
        let nothing = view! { <KindBadge kind=TagKind::Unknown locale=Locale::En /> };
        assert_eq!(text_of(nothing), "");
    }
}
