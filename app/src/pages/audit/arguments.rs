//! What else a row of the log says, in words.

use leptos::{either::Either, prelude::*};
use model::{
    Locale,
    audit::{Event, Word},
    link::LinkMoment,
};

use crate::{messages::audit::AuditTexts, pages::links::moment_words, paths};

/// The arguments of a row that say something, each by its name, and what a change of a policy means.
pub(super) fn worded(
    event: &Word<Event>,
    arguments: Vec<(String, String)>,
    has_links: bool,
    locale: Locale,
) -> impl IntoView + use<> {
    let texts = AuditTexts(locale);
    let change = (*event == Word::Known(Event::PolicyChanged))
        .then(|| view! { <p>{texts.policy_change()}</p> });
    let arguments = arguments.into_iter().filter(|(_, value)| !value.is_empty());
    let arguments = arguments.map(|(name, value)| {
        // The list of links has it for as long as it is kept there.
        let href = (has_links && name == "link").then(|| paths::link_by_id(&value));
        let label = label(&name, texts).map_or(name.clone(), str::to_owned);
        let value = match words(&name, &value, locale) {
            Some(words) => Either::Left(words),
            None => Either::Right(view! { <code>{value}</code> }),
        };
        let value = match href {
            Some(href) => Either::Left(view! { <a href=href>{value}</a> }),
            None => Either::Right(value),
        };
        view! {
            <dt>{label}</dt>
            <dd>{value}</dd>
        }
    });
    view! {
        {change}
        <dl class="audit-arguments">{arguments.collect_view()}</dl>
    }
}

/// What an argument is called. Another version may write one that this one does not know.
fn label(name: &str, texts: AuditTexts) -> Option<&'static str> {
    Some(match name {
        "link" => texts.link(),
        "maker" => texts.maker(),
        "tag" => texts.tag(),
        "digest" => texts.digest(),
        "moment" => texts.moment(),
        "shows" => texts.shows(),
        "expires" => texts.expires(),
        "note" => texts.note(),
        "of" => texts.whose_sessions(),
        "sessions" => texts.sessions(),
        "by" => texts.command(),
        "before" => texts.policy_before(),
        "after" => texts.policy_after(),
        "from" => texts.image_before(),
        "to" => texts.image_after(),
        "more" => texts.more_tags(),
        "last-read" => texts.last_read(),
        "problem" => texts.problem(),
        "through" => texts.cut_through(),
        "hash" => texts.cut_hash(),
        _ => return None,
    })
}

/// The words for a value that is a word of the log's own.
fn words(name: &str, value: &str, locale: Locale) -> Option<&'static str> {
    let texts = AuditTexts(locale);
    match (name, value) {
        ("moment", value) => Some(moment_words(LinkMoment::parse(value)?, locale).0),
        ("shows", "environment") => Some(texts.environment()),
        ("shows", "accounts") => Some(texts.accounts()),
        ("before" | "after", "none") => Some(texts.no_policy()),
        _ => None,
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::testing::text_of;

    fn said(event: Event, arguments: &[(&str, &str)]) -> String {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let arguments = arguments.iter().map(owned).collect();
        text_of(worded(&Word::Known(event), arguments, true, Locale::En))
    }

    #[test]
    fn a_link_says_what_it_shows_and_leaves_out_what_is_empty() {
        let said = said(
            Event::LinkMade,
            &[("moment", "both"), ("note", ""), ("shows", "accounts")],
        );
        assert!(said.starts_with("shows"), "{said}");
        assert!(said.ends_with("also shows account IDs"), "{said}");
        assert!(!said.contains("both") && !said.contains("note"), "{said}");
    }

    #[test]
    fn ended_sessions_say_whose_they_were() {
        assert_eq!(
            said(Event::SessionsEnded, &[("of", "ana"), ("sessions", "15")]),
            "whose sessions ana number of sessions 15"
        );
    }

    #[test]
    fn a_change_of_a_policy_says_what_the_log_keeps() {
        let said = said(
            Event::PolicyChanged,
            &[("before", "none"), ("after", "sha256:3f")],
        );
        assert!(said.contains("not the policies"), "{said}");
        assert!(said.ends_with("before no policy after sha256:3f"), "{said}");
    }

    #[test]
    fn what_a_newer_version_writes_is_shown_as_written() {
        assert_eq!(said(Event::Write, &[("colour", "red")]), "colour red");
    }
}
