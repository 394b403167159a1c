//! Then and now, side by side.

use leptos::prelude::*;
use model::{
    Action, Digest, Locale, Section, Timestamp, Visibility,
    image::{ImageContext, ImageRow, TagLabel},
    link::{LinkScope, Shared, SharedNow, SharedPage, SharedPart, SharedView},
    repository::RepositoryDetail,
};

use super::{
    answer::{deleted, then_heading},
    differences::differences,
    document::{marked, timed},
};
use crate::{
    components::{
        bytes::grouped,
        time::{ExactTime, relative},
    },
    messages::{common::CommonTexts, repository::RepositoryTexts, share::ShareTexts},
    parts::{
        image_facts::{ImageFactList, TagRow, fact},
        repository_facts::figures,
        repository_table::MutabilityWord,
        section::{Unavailable, gist},
    },
};

/// Then and now, each with its own time, as far as the link shows them.
pub(super) fn sides(page: &SharedPage, locale: Locale) -> impl IntoView + use<> {
    let texts = ShareTexts(locale);
    if let (Some(SharedNow::There(now)), Some(differences)) =
        (&page.live, differences(page, locale))
        && differences.is_empty()
        && are_both_whole(page)
    {
        let both = texts.and_now(&then_heading(page, texts));
        let one = side(both, now, page, Some(texts.pulled_now()), locale);
        return view! { <div class="shared-sides">{one}</div> }.into_any();
    }
    let frozen = page
        .frozen
        .as_ref()
        .map(|shared| side(then_heading(page, texts), shared, page, None, locale));
    let live = page.live.as_ref().map(|live| match live {
        SharedNow::There(shared) => side(texts.now().to_owned(), shared, page, None, locale),
        SharedNow::Gone(_) => {
            let words = match &page.target.scope {
                LinkScope::Tag(tag) => deleted(page, tag.as_str(), texts),
                LinkScope::Image(_) => texts.image_not_there().to_owned(),
                LinkScope::Repository => texts.repository_not_there().to_owned(),
            };
            let gone = view! { <p class="absent">{marked(&words)}</p> };
            framed(texts.now().to_owned(), None, locale, gone.into_any())
        }
        SharedNow::Problem(problem) => {
            let problem = view! { <Unavailable problem=*problem locale /> };
            framed(texts.now().to_owned(), None, locale, problem.into_any())
        }
    });
    view! { <div class="shared-sides">{frozen} {live}</div> }.into_any()
}

/// Whether both sides show the same parts. If not, a single card for both would claim something about then that was not
/// visible then.
fn are_both_whole(page: &SharedPage) -> bool {
    let shows = |shared: &Shared| match &shared.view {
        SharedView::Repository { detail, .. } => [
            detail.as_of.is_some() && page.is_counted_alike,
            detail.visibility == Visibility::Images,
            detail.settings.shown().is_some(),
        ],
        SharedView::Tag(detail) => [true, detail.image.facts.is_some(), true],
        SharedView::Image(detail) => [true, detail.image.facts.is_some(), true],
    };
    let live = match &page.live {
        Some(SharedNow::There(shared)) => Some(shared),
        _ => None,
    };
    page.frozen.as_ref().map(shows) == live.map(shows) && page.is_counted_alike
}

/// One side. What was pulled is named apart where the side is of both moments.
fn side(
    heading: String,
    shared: &Shared,
    page: &SharedPage,
    pulled_name: Option<&'static str>,
    locale: Locale,
) -> AnyView {
    let (as_of, content) = match &shared.view {
        SharedView::Repository { detail, .. } => (
            detail.as_of,
            repository(detail, page.now, locale).into_any(),
        ),
        SharedView::Tag(detail) => {
            let tags = (ShareTexts(locale).other_tags(), &*detail.siblings);
            let content = image(
                &detail.context,
                &detail.image,
                tags,
                page,
                pulled_name,
                locale,
            );
            (detail.context.as_of, content.into_any())
        }
        SharedView::Image(detail) => {
            let shown = detail.image_as_scanned();
            let tags = (ShareTexts(locale).tags(), &*shown.tags);
            let content = image(&detail.context, &shown, tags, page, pulled_name, locale);
            (detail.context.as_of, content.into_any())
        }
    };
    let content = view! { {content} {cut(shared, locale)} }.into_any();
    framed(heading, as_of, locale, content)
}

/// What was left out because the page would be too large.
fn cut(shared: &Shared, locale: Locale) -> impl IntoView + use<> {
    let texts = ShareTexts(locale);
    let parts: Vec<_> = shared
        .more
        .iter()
        .map(|(part, count)| texts.more(&grouped(*count), part_words(*part, texts)))
        .collect();
    let parts = parts.join(texts.comma());
    (!parts.is_empty()).then(|| view! { <p class="shared-cut quiet">{texts.cut(&parts)}</p> })
}

fn part_words(part: SharedPart, texts: ShareTexts) -> &'static str {
    match part {
        SharedPart::Images => texts.part_images(),
        SharedPart::Tags => texts.part_tags(),
        SharedPart::Sightings => texts.part_sightings(),
        SharedPart::Platforms => texts.part_platforms(),
        SharedPart::PartOf => texts.part_indexes(),
        SharedPart::ResourceTags => texts.part_resource_tags(),
        SharedPart::Layers => texts.part_layers(),
        SharedPart::Annotations => texts.part_annotations(),
        SharedPart::Settings => texts.part_settings(),
        SharedPart::Environment => texts.part_environment(),
        SharedPart::Labels => texts.part_labels(),
        SharedPart::History => texts.part_history(),
        SharedPart::Referrers => texts.part_referrers(),
        SharedPart::Findings => texts.part_findings(),
    }
}

fn framed(heading: String, as_of: Option<Timestamp>, locale: Locale, content: AnyView) -> AnyView {
    let as_of = as_of.map(|at| {
        view! {
            <p class="quiet">{CommonTexts(locale).as_of()} <ExactTime at /></p>
        }
    });
    view! {
        <section class="shared-side overview">
            <div class="section-head">
                <h2>{heading}</h2>
                {as_of}
            </div>
            {content}
        </section>
    }
    .into_any()
}

/// An image: its full digest, to be selected by hand; the references to pull it by, unless they are hidden; its facts
/// and tags.
fn image(
    context: &ImageContext,
    image: &ImageRow,
    (heading, tags): (&'static str, &[TagLabel]),
    page: &SharedPage,
    pulled_name: Option<&'static str>,
    locale: Locale,
) -> impl IntoView + use<> {
    let texts = ShareTexts(locale);
    let reference = page.shows.accounts.then(|| {
        let reference = context.source.by_digest(&image.digest);
        view! {
            <dt>{texts.reference()}</dt>
            <dd><code>{reference}</code></dd>
        }
    });
    let repository = context.repository.clone();
    let tags = if tags.is_empty() {
        view! { <p class="quiet">{texts.no_other_tags()}</p> }.into_any()
    } else {
        view! { <TagRow repository labels=tags.to_vec() locale /> }.into_any()
    };
    view! {
        <dl class="shared-names">
            <dt>{texts.digest()}</dt>
            <dd>{whole(&image.digest)}</dd>
            {reference}
        </dl>
        <ImageFactList facts=image.facts.clone() about=image.subject_tag() pulled_name now=page.now locale />
        <h3>{heading}</h3>
        {tags}
    }
}

/// A digest whose distinguishing digits stand out, and that a double click selects completely.
fn whole(digest: &Digest) -> impl IntoView + use<> {
    let text = digest.as_str();
    let short = digest.short();
    let (before, after) = text.split_once(short).unwrap_or(("", ""));
    view! {
        <code class="shared-digest">
            {before.to_owned()}<strong>{short.to_owned()}</strong>{after.to_owned()}
        </code>
    }
}

fn repository(detail: &RepositoryDetail, now: Timestamp, locale: Locale) -> impl IntoView + use<> {
    let texts = RepositoryTexts(locale);
    let settings = match detail.settings.shown() {
        Some(settings) => {
            let mutability = settings.mutability.clone();
            let created = settings
                .created
                .map(|at| fact(texts.created(), moment(at, now, locale)));
            view! {
                {fact(texts.mutability(), view! { <MutabilityWord mutability locale /> })}
                {created}
            }
            .into_any()
        }
        None => {
            let settings = detail.settings.clone();
            let why = gist(settings, texts.no_settings(), locale, |_| String::new());
            fact(texts.settings(), why).into_any()
        }
    };
    // Without them the figures would say nothing of sizes and findings, and not why.
    let withheld = (detail.as_of.is_some() && detail.visibility != Visibility::Images).then(|| {
        let why = |name| {
            let why: Section<String> = Section::Withheld {
                action: Action::DescribeImages,
                statement: None,
            };
            fact(name, gist(why, "", locale, |words| words))
        };
        view! { {why(texts.size())} {why(texts.findings())} }
    });
    let settings_as_of = settings_as_of(detail, locale);
    view! {
        <dl class="facts">
            {figures(detail, locale)}
            {withheld}
            {settings}
        </dl>
        {settings_as_of.map(|as_of| view! { <p class="quiet">{timed(&as_of)}</p> })}
    }
}

/// When the settings were read, if that differs from the time of the images.
pub(super) fn settings_as_of(detail: &RepositoryDetail, locale: Locale) -> Option<String> {
    let (own, images) = (detail.settings.as_of()?, detail.as_of?);
    (own < images).then(|| ShareTexts(locale).settings_as_of(&own.utc()))
}

/// An exact time for the record, and how long ago it is.
pub(super) fn moment(at: Timestamp, now: Timestamp, locale: Locale) -> impl IntoView + use<> {
    view! {
        <time datetime=at.rfc3339()>{at.utc()}</time>
        " "
        <span class="quiet">{ShareTexts(locale).in_brackets(&relative(at, now, locale))}</span>
    }
}
