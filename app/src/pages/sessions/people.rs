//! People who have sessions, and how to end these. For administrators: for others this page does not exist.

use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use model::{Locale, Page, SignInWay, Timestamp};
use store::SignedIn;

use super::{ended_note, kept_elsewhere};
use crate::{
    components::{bytes::grouped, empty::EmptyState, filter::FilterBox, pager::Pager, time::Time},
    messages::{sessions::SessionsTexts, shell::ShellTexts},
    pages::loaded,
    paths,
};

/// People who have sessions, filtered as the URL asks.
#[component]
pub fn SignedInPage() -> impl IntoView {
    loaded(|request| async move {
        let (locale, texts) = (request.locale, SessionsTexts(request.locale));
        let asked = paths::query_of(&request.path_and_query);
        let (text, number) = paths::read_words_and_page(asked);
        let people = request
            .gantry
            .sessions
            .signed_in(request.viewer()?, &text, number);
        let people = people.await?;
        let has_links = request.gantry.links.settings().enabled;
        let content = if *request.sign_in == SignInWay::LoadBalancer {
            let title = texts.balancer_people_title();
            EitherOf3::A(kept_elsewhere(title, texts.balancer_people()))
        } else if people.rows.is_empty() {
            EitherOf3::B(view! {
                <Search text locale />
                <EmptyState title=texts.no_match()>
                    <p>{texts.no_match_next()}</p>
                </EmptyState>
            })
        } else {
            EitherOf3::C(view! {
                <Search text=text.clone() locale />
                <People people text has_links locale />
            })
        };
        let links =
            has_links.then(|| view! { <p class="sessions-links">{texts.people_links()}</p> });
        Ok(view! {
            <Title text=ShellTexts(locale).title(texts.people_title()) />
            <header class="page-head">
                <h1>{texts.people_title()}</h1>
                <p class="page-note">{texts.people_about()}</p>
            </header>
            {ended_note(request.notice(), texts)}
            {content}
            {links}
        })
    })
}

#[component]
fn Search(text: String, locale: Locale) -> impl IntoView {
    let texts = SessionsTexts(locale);
    let clear = (!text.is_empty())
        .then(|| view! { <a class="button" href=paths::SIGNED_IN>{texts.clear()}</a> });
    view! {
        <form class="filters" method="get" action=paths::SIGNED_IN role="search" aria-label=texts.search()>
            <FilterBox label=texts.search() hint=texts.search_hint() value=text />
            <button class="button" type="submit">{texts.apply()}</button>
            {clear}
        </form>
    }
}

#[component]
fn People(people: Page<SignedIn>, text: String, has_links: bool, locale: Locale) -> impl IntoView {
    let texts = SessionsTexts(locale);
    let count = if people.matching == people.total {
        texts.people_count(people.total)
    } else {
        texts.people_some(&grouped(people.matching), &grouped(people.total))
    };
    let Page {
        number, pages, now, ..
    } = people;
    let here = paths::signed_in(&text, number);
    let rows: Vec<_> = people
        .rows
        .into_iter()
        .map(|signed_in| view! { <Row signed_in here=here.clone() has_links now locale /> })
        .collect();
    view! {
        <p class="list-summary">
            <strong>{count}</strong>
        </p>
        <table class="table sessions-table">
            <caption class="visually-hidden">{texts.people_caption()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.person()}</th>
                    <th scope="col" class="number">{texts.sessions()}</th>
                    <th scope="col">{texts.used()}</th>
                    <th scope="col">
                        <span class="visually-hidden">{texts.action()}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <Pager number pages link=move |page| paths::signed_in(&text, page) locale />
    }
}

#[component]
fn Row(
    signed_in: SignedIn,
    here: String,
    has_links: bool,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = SessionsTexts(locale);
    let SignedIn {
        person,
        name,
        sessions,
        used,
    } = signed_in;
    let id = person.as_str().to_owned();
    let links = has_links.then(|| {
        let (href, label) = (paths::revoke_maker(&id), texts.revoke_links_of(&name));
        view! { <a class="button button-small" href=href aria-label=label>{texts.revoke_links()}</a> }
    });
    let label = texts.end_of(&name);
    view! {
        <tr data-row>
            <th scope="row">
                {name} <span class="sessions-id quiet"><code>{id.clone()}</code></span>
            </th>
            <td class="number" data-label=texts.sessions()>{grouped(sessions)}</td>
            <td data-label=texts.used()><Time at=used now in_row=true locale /></td>
            <td>
                <span class="sessions-actions">
                    <a class="button button-small" href=paths::end_person(&id, &here) aria-label=label>
                        {texts.end_person()}
                    </a>
                    {links}
                </span>
            </td>
        </tr>
    }
}
