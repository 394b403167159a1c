//! The page of a link: the target, the answer, then and now, and the details.

use leptos::{config::LeptosOptions, prelude::*};
use model::{
    Locale, Timestamp,
    image::{ImageDetail, ImageKind, IndexReferrers},
    link::{HIDDEN_ACCOUNT, LinkScope, LinkShows, LinkTarget, SharedNow, SharedPage, SharedView},
};

use super::{
    answer::{Outcome, Times, answer, when},
    differences::{About, differences, table},
    document::{Head, document as framed, marked, plain, timed},
    listing::images,
    sides::{settings_as_of, sides},
};
use crate::{
    components::{icon::Icon, time::remaining},
    messages::{list::ListTexts, share::ShareTexts},
    pages::{
        image::{
            config::Config, findings::Findings, layers::Layers, platforms::Platforms,
            referrers::Referrers,
        },
        tag::history::History,
    },
    paths,
};

/// The whole document.
pub(super) fn document(
    page: SharedPage,
    request: &str,
    options: &LeptosOptions,
    locale: Locale,
) -> AnyView {
    let texts = ShareTexts(locale);
    let head = Head {
        title: title(&page, locale),
        description: preview(&page, locale),
    };
    let read = page.read.map(|at| texts.read_at(&at.utc()));
    let read = read.map(|read| view! { {timed(&read)} {ListTexts(locale).gap()} });
    let request = texts.request(request);
    let content = view! {
        {heading(&page, locale)}
        {about(&page, locale)}
        {verdict(&page, locale)}
        {table(&page, locale)}
        {sides(&page, locale)}
        {hidden(&page, locale)}
        {details(page, locale)}
        <footer class="shared-footer quiet">
            <p>{read} {texts.ends_here()}</p>
            <p class="footer-request">{request}</p>
        </footer>
    }
    .into_any();
    framed(head, options, locale, content)
}

/// The text of a link preview. A chat keeps it for years, so its times are exact.
fn preview(page: &SharedPage, locale: Locale) -> String {
    let texts = ShareTexts(locale);
    let mut said = answer(page, Times::Exact, locale);
    said.sentences.push(match page.read {
        Some(at) => texts.seen_at(&at.utc()),
        None => texts.created_at(&page.made.utc()),
    });
    plain(&said.text(locale))
}

/// The answer, with a word, an icon and a colour if then and now are compared.
fn verdict(page: &SharedPage, locale: Locale) -> impl IntoView + use<> {
    let texts = ShareTexts(locale);
    let answer = answer(page, Times::Relative, locale);
    let looks = match answer.outcome {
        Outcome::OneMoment => None,
        Outcome::Moved => Some(("shared-answer shared-changed", "moves", texts.moved())),
        Outcome::Changed => Some(("shared-answer shared-changed", "moves", texts.changed())),
        Outcome::Unchanged => Some(("shared-answer shared-unchanged", "check", texts.unchanged())),
        Outcome::Returned => Some(("shared-answer shared-changed", "moves", texts.returned())),
        Outcome::MovedBetween => Some(("shared-answer shared-changed", "moves", texts.as_before())),
        Outcome::Again => Some((
            "shared-answer shared-changed",
            "moves",
            match page.target.scope {
                LinkScope::Repository => texts.again_created(),
                LinkScope::Tag(_) | LinkScope::Image(_) => texts.again(),
            },
        )),
        Outcome::PartlyChanged => {
            let word = partly_changed(page, locale);
            Some(("shared-answer shared-unchanged", "check", word))
        }
        Outcome::NoDifference => Some(("shared-answer", "check", texts.no_difference())),
        Outcome::Gone => Some((
            "shared-answer shared-gone",
            "warning",
            match page.target.scope {
                LinkScope::Tag(_) => texts.tag_not_there_now(),
                LinkScope::Image(_) | LinkScope::Repository => texts.not_there_now(),
            },
        )),
        Outcome::NotKnown => Some(("shared-answer", "withheld", texts.not_known())),
    };
    let old = old(page).filter(|_| answer.outcome != Outcome::NotKnown);
    let word = looks.map(|(_, icon, word)| {
        let word = old.map_or_else(
            || word.to_owned(),
            |at| texts.verdict_as_of(word, &at.utc()),
        );
        view! {
            <strong class="shared-verdict">
                <Icon name=icon />
                {timed(&word)}
            </strong>
            " "
        }
    });
    let is_good = matches!(answer.outcome, Outcome::Unchanged | Outcome::PartlyChanged);
    let class = match looks {
        // If something may have changed since the reading, the answer is not green.
        Some(_) if old.is_some() && is_good => "shared-answer",
        Some((class, ..)) => class,
        None => "shared-answer",
    };
    let as_of = as_of(page).filter(|_| answer.outcome != Outcome::NotKnown);
    let as_of = as_of.map(|at| {
        view! { " " <span class="shared-as-of quiet">{timed(&texts.as_of(&at.utc()))}</span> }
    });
    let settings = match &page.live {
        Some(SharedNow::There(now)) => match &now.view {
            SharedView::Repository { detail, .. } => settings_as_of(detail, locale),
            SharedView::Tag(_) | SharedView::Image(_) => None,
        },
        _ => None,
    };
    let settings =
        settings.map(|as_of| view! { " " <span class="shared-as-of quiet">{timed(&as_of)}</span> });
    view! { <p class=class>{word} {marked(&answer.text(locale))} {as_of} {settings}</p> }
}

/// The time of what a link shows: the current reading if it has one, otherwise the stored one.
fn as_of(page: &SharedPage) -> Option<Timestamp> {
    let kept = || page.frozen.as_ref()?.view.as_of();
    if page.live.is_some() {
        page.read
    } else {
        kept()
    }
}

/// The age of a reading, in seconds, from which the verdict itself gives its time. The page reads again whatever is
/// older than a few seconds, and rendering takes a few more.
const RECENT: i64 = 10;

/// When the current state was read, if that is more than a moment ago.
fn old(page: &SharedPage) -> Option<Timestamp> {
    page.read
        .filter(|read| page.live.is_some() && page.now.seconds_since(*read) > RECENT)
}

/// The differences of an item that still exists, in a few words.
fn partly_changed(page: &SharedPage, locale: Locale) -> &'static str {
    let texts = ShareTexts(locale);
    let differ = differences(page, locale).unwrap_or_default();
    let are_tags = matches!(&differ[..], [only] if only.about == About::Tags);
    match (&page.target.scope, are_tags) {
        (LinkScope::Tag(_), true) => texts.same_image_other_tags(),
        (LinkScope::Tag(_), false) => texts.same_image_partly_changed(),
        (_, true) => texts.still_there_other_tags(),
        (_, false) => texts.still_there_partly_changed(),
    }
}

fn title(page: &SharedPage, locale: Locale) -> String {
    let texts = ShareTexts(locale);
    let name = page.target.repository.name.as_str();
    match &page.target.scope {
        LinkScope::Tag(tag) => texts.title_tag(tag.as_str(), name),
        LinkScope::Image(digest) => format!("{name}@{}", digest.short()),
        LinkScope::Repository => name.to_owned(),
    }
}

/// The target of the link.
fn heading(page: &SharedPage, locale: Locale) -> impl IntoView + use<> {
    let texts = ShareTexts(locale);
    let repository = &page.target.repository;
    let (registry, name) = (repository.registry.as_str(), repository.name.as_str());
    let (kind, what, of) = match &page.target.scope {
        LinkScope::Tag(tag) => (texts.tag(), tag.as_str(), texts.of(name, registry)),
        LinkScope::Image(digest) => (texts.image(), digest.short(), texts.of(name, registry)),
        LinkScope::Repository => (texts.repository(), name, texts.in_registry(registry)),
    };
    // If the name has a hidden account ID, the URL of the page would reveal it.
    let open = page.is_named_whole.then(|| {
        view! {
            <p class="shared-open">
                <a class="button" href=paths::target(&page.target) rel="noreferrer">{texts.open()}</a>
                " "
                <span class="quiet">{texts.open_about()}</span>
            </p>
        }
    });
    view! {
        <div class="page-head">
            <h1>
                <span class="page-kind">{kind}</span>
                " "
                <span class="mono-heading">{what.to_owned()}</span>
            </h1>
            <p class="shared-of">{marked(&of)}</p>
            {open}
        </div>
    }
}

/// The reference, the maker, and the expiry.
fn about(page: &SharedPage, locale: Locale) -> impl IntoView + use<> {
    let texts = ShareTexts(locale);
    let made = texts.made(&page.maker_name, page.team.as_str(), &page.made.utc());
    let expires = texts.expires(
        &remaining(page.expires, page.now, locale),
        &page.expires.utc(),
    );
    let note = (!page.note.is_empty())
        .then(|| view! { <strong class="shared-note">{page.note.clone()}</strong> });
    let gap = ListTexts(locale).gap();
    view! { <p class="shared-about">{note} " " {timed(&made)} {gap} {timed(&expires)}</p> }
}

/// What was left out on purpose.
fn hidden(page: &SharedPage, locale: Locale) -> impl IntoView + use<> {
    let texts = ShareTexts(locale);
    let LinkShows {
        environment,
        accounts,
    } = page.shows;
    let is_image = matches!(page.target.scope, LinkScope::Image(_));
    let said = [
        (is_image && !environment).then(|| texts.environment_hidden().to_owned()),
        (!accounts).then(|| texts.accounts_hidden(HIDDEN_ACCOUNT)),
    ];
    let said: Vec<_> = said
        .into_iter()
        .flatten()
        .map(|sentence| view! { <li>{marked(&sentence)}</li> })
        .collect();
    (!said.is_empty())
        .then(|| view! { <ul class="shared-hidden quiet" aria-label=texts.not_shown()>{said}</ul> })
}

/// The details: of the current item if it is known, otherwise of the stored one.
fn details(page: SharedPage, locale: Locale) -> AnyView {
    let (now, veiled) = (page.now, !page.shows.environment);
    let then = when(&page, ShareTexts(locale));
    let history = of_tag(&page, locale);
    let live = match page.live {
        Some(SharedNow::There(shared)) => Some(shared.view),
        _ => None,
    };
    match (live, page.frozen.map(|shared| shared.view)) {
        (Some(SharedView::Image(detail)), _) | (None, Some(SharedView::Image(detail))) => {
            of_image(*detail, veiled, now, locale)
        }
        // A tag's history is shown backwards from now. A link that only shows then has all of it on its sides.
        (Some(SharedView::Tag(_)), _) | (None, Some(SharedView::Tag(_)) | None) => {
            history.into_any()
        }
        (live, frozen) => of_repository(live, frozen, &then, now, locale),
    }
}

/// The images that a tag has pointed at, also for a deleted tag.
fn of_tag(page: &SharedPage, locale: Locale) -> Option<AnyView> {
    let history = page.tag_history()?;
    let LinkTarget { repository, scope } = page.target.clone();
    let (LinkScope::Tag(tag), now) = (scope, page.now) else {
        return None;
    };
    Some(view! { <History repository tag history now locale /> }.into_any())
}

fn of_image(detail: ImageDetail, veiled: bool, now: Timestamp, locale: Locale) -> AnyView {
    let is_index = matches!(&detail.image.facts, Some(facts) if facts.kind == ImageKind::Index);
    let repository = detail.context.repository;
    let (children, layers, config_size) = match detail.manifest.shown() {
        Some(manifest) => (
            manifest.children.clone(),
            manifest.layers.clone(),
            manifest.config_size,
        ),
        None => Default::default(),
    };
    let index_referrers = detail.index_referrers;
    let has_meanings =
        |index: &IndexReferrers| index.meanings.as_ref().is_some_and(|it| !it.is_empty());
    let are_there = detail.referrers.shown().is_some_and(|all| !all.is_empty());
    let referrers = (are_there || index_referrers.iter().any(has_meanings)).then(|| {
        let repository = repository.clone();
        view! { <Referrers repository referrers=detail.referrers index_referrers locale /> }
    });
    // ECR does not scan an index; its platforms have findings.
    let findings = (!is_index).then(|| {
        view! { <Findings findings=detail.findings is_index folded=true now locale /> }
    });
    view! {
        <Platforms repository children_of_index=children locale />
        {findings}
        <Config config=detail.config veiled now locale />
        <Layers layers config_size locale />
        {referrers}
    }
    .into_any()
}

fn of_repository(
    live: Option<SharedView>,
    frozen: Option<SharedView>,
    then: &str,
    now: Timestamp,
    locale: Locale,
) -> AnyView {
    let texts = ShareTexts(locale);
    let is_live = live.is_some();
    let live = live.map(|view| {
        let heading = texts.images_now().to_owned();
        images("images-now", heading, view, now, locale)
    });
    let frozen = frozen.map(|view| {
        let heading = texts.images_then(then);
        let images = images("images-then", heading.clone(), view, now, locale);
        if is_live {
            view! {
                <details class="shared-then">
                    <summary>{heading}</summary>
                    {images}
                </details>
            }
            .into_any()
        } else {
            images
        }
    });
    view! { {live} {frozen} }.into_any()
}
