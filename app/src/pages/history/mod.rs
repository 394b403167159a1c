//! What happened to a tag: a lane, a time that is asked about, and every change.

mod changes;
mod lane;
mod moment;

use dashboard::Refusal;
use leptos::prelude::*;
use model::{
    Locale, Tag,
    image::{HistoryDetail, Reference},
    query::{HistoryQuery, HistorySpan},
};

use self::{changes::Changes, lane::Lane, moment::AtATime};
use super::{param, repository_param, streamed};
use crate::{
    error::AppError,
    messages::{history::HistoryTexts, shell::ShellTexts},
    parts::{as_of::AsOf, name::NameHeading, trail::RepositoryTrail},
    paths,
};

/// A tag's history page.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let repository = repository_param();
    let tag = param::<Tag>("tag");
    let title = |shell: ShellTexts| {
        let (repository, tag) = (repository_param()?, param::<Tag>("tag")?);
        let page = HistoryTexts(shell.0).title();
        Ok(format!("{}:{tag} · {page}", repository.name))
    };
    streamed(title, |request| async move {
        let (viewer, gantry) = (request.viewer()?, &request.gantry);
        let (repository, tag) = (repository?, tag?);
        let asked = paths::query_of(&request.path_and_query);
        let query = paths::read_query(asked, HistoryQuery::from_pairs);
        let detail = match gantry.history.page(viewer, &repository, &tag, &query).await {
            Err(Refusal::NotFound) => {
                let wanted = Reference::Tag(tag);
                let missing = gantry.images.missing(viewer, &repository, wanted).await?;
                return Err(AppError::Missing(Box::new(missing)));
            }
            detail => detail?,
        };
        Ok(content(detail, query, request.locale))
    })
}

fn content(detail: HistoryDetail, query: HistoryQuery, locale: Locale) -> impl IntoView {
    let texts = HistoryTexts(locale);
    let as_of = Some(detail.as_of);
    // A page of older changes does not say how they go on until now.
    let lane = query.older_than.is_none().then(|| {
        view! {
            <section class="page-section" aria-labelledby="lane">
                <div class="section-head">
                    <h2 id="lane">{texts.lane()}</h2>
                    <Spans detail=detail.clone() query=query.clone() locale />
                </div>
                <Lane
                    repository=detail.repository.clone()
                    history=detail.history.clone()
                    begins=query.last.begins(detail.now)
                    now=detail.now
                    locale
                />
            </section>
        }
    });
    view! {
        <Head detail=detail.clone() locale />
        <AtATime detail=detail.clone() query=query.clone() locale />
        {lane}
        <Changes detail query locale />
        <p class="quiet">{texts.note()}</p>
        <AsOf as_of locale />
    }
}

#[component]
fn Head(detail: HistoryDetail, locale: Locale) -> impl IntoView {
    let texts = HistoryTexts(locale);
    let HistoryDetail {
        repository,
        tag,
        exists,
        ..
    } = detail;
    let link = exists.then(|| {
        let href = paths::tag(&repository, &tag);
        view! { <a class="button" href=href>{texts.tag_page()}</a> }
    });
    let deleted = (!exists).then(|| view! { <p class="page-note">{texts.deleted()}</p> });
    view! {
        <header class="page-head">
            <RepositoryTrail repository=repository.clone() locale />
            <NameHeading kind=texts.title() name=repository.name.clone() part=format!(":{tag}") />
            <div class="page-links">{link}</div>
            {deleted}
        </header>
    }
}

/// Links that change how much of the past the lane shows.
#[component]
fn Spans(detail: HistoryDetail, query: HistoryQuery, locale: Locale) -> impl IntoView {
    let texts = HistoryTexts(locale);
    let links = HistorySpan::ALL.map(|last| {
        let words = match last {
            HistorySpan::Day => texts.day(),
            HistorySpan::Week => texts.week(),
            HistorySpan::Month => texts.month(),
            HistorySpan::All => texts.all(),
        };
        let current = (last == query.last).then_some("true");
        let query = HistoryQuery {
            last,
            ..query.clone()
        };
        let href = paths::history_at(&detail.repository, &detail.tag, &query);
        view! { <a href=href aria-current=current>{words}</a> }
    });
    view! { <nav class="history-spans" aria-label=texts.span()>{links.into_iter().collect_view()}</nav> }
}
