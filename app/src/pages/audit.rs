//! The audit log: who did what, when, and which statement decided. For administrators only.

mod arguments;

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use model::{
    Locale, RepositoryAt, Timestamp,
    audit::{AuditQuery, AuditRow, Event, Outcome, Word},
};

use arguments::worded;

use super::loaded;
use crate::{
    components::{
        badge::Badge,
        empty::EmptyState,
        filter::{FilterBox, FilterChoice, FilterDay},
        time::ExactTime,
    },
    messages::{audit::AuditTexts, shell::ShellTexts},
    parts::{list::IgnoredFilters, name::breakable},
    paths,
};

/// The parameters of the page.
const FIELDS: [&str; 6] = ["q", "event", "outcome", "since", "until", "before"];

/// The newest rows that match the URL's query.
#[component]
pub fn AuditPage() -> impl IntoView {
    loaded(|request| async move {
        let (locale, texts) = (request.locale, AuditTexts(request.locale));
        let asked = paths::query_of(&request.path_and_query).to_owned();
        let query = paths::read_query(&asked, AuditQuery::from_pairs);
        let page = request.gantry.audit.page(request.viewer()?, &query).await?;
        let begins = page.cut.filter(|_| page.older.is_none());
        let begins = begins.map(|number| view! { <p class="page-note">{texts.cut(number)}</p> });
        let is_whole = !query.narrows() && query.before.is_none();
        let rows = if page.rows.is_empty() {
            nothing(is_whole, texts).into_any()
        } else {
            let has_links = request.gantry.links.settings().enabled;
            // One page of the log must not look like the whole log.
            let count = match (page.older, query.before) {
                (Some(_), _) => texts.shown_of_more(page.rows.len()),
                (None, Some(_)) => texts.shown_of_newer(page.rows.len()),
                (None, None) => texts.shown(page.rows.len()),
            };
            table(count, page.rows, has_links, locale).into_any()
        };
        Ok(view! {
            <Title text=ShellTexts(locale).title(texts.title()) />
            <header class="page-head">
                <h1>{texts.title()}</h1>
                <p class="page-note">{texts.about()}</p>
            </header>
            <IgnoredFilters asked fields=&FIELDS kept=query.to_pairs() locale />
            <Filters query=query.clone() locale />
            {exports(&query, texts)}
            {rows}
            {turn(&query, page.older, texts)}
            {begins}
        })
    })
}

/// The filter form.
#[component]
fn Filters(query: AuditQuery, locale: Locale) -> impl IntoView {
    let texts = AuditTexts(locale);
    let clear = query
        .narrows()
        .then(|| view! { <a class="button" href=paths::AUDIT>{texts.clear()}</a> });
    let until = query.last_day().unwrap_or_default();
    let since = query.since.map(Timestamp::day).unwrap_or_default();
    let events = Event::ALL.iter().map(|event| {
        (
            event.as_str().to_owned(),
            event_word(*event, texts).to_owned(),
        )
    });
    let outcomes = Outcome::ALL.iter().map(|outcome| {
        (
            outcome.as_str().to_owned(),
            outcome_word(*outcome, texts).to_owned(),
        )
    });
    let event = query.event.map_or("", Event::as_str).to_owned();
    let outcome = query.outcome.map_or("", Outcome::as_str).to_owned();
    view! {
        <form class="filters" method="get" action=paths::AUDIT role="search" aria-label=texts.filter()>
            <FilterBox label=texts.filter() hint=texts.filter_hint() value=query.text />
            <FilterChoice name="event" label=texts.event() any=texts.any_event() options=events.collect() chosen=event />
            <FilterChoice name="outcome" label=texts.outcome() any=texts.any_outcome() options=outcomes.collect() chosen=outcome />
            <FilterDay name="since" label=texts.since() chosen=since />
            <FilterDay name="until" label=texts.until() chosen=until />
            <button class="button" type="submit">{texts.apply()}</button>
            {clear}
        </form>
    }
}

/// Links that export all rows that match.
fn exports(query: &AuditQuery, texts: AuditTexts) -> impl IntoView + use<> {
    let csv = paths::audit_export(paths::AUDIT_CSV, query);
    let json_lines = paths::audit_export(paths::AUDIT_JSON_LINES, query);
    view! {
        <p class="audit-exports">
            <span class="quiet">{texts.export()}</span>
            <a class="button" href=csv download>{texts.csv()}</a>
            <a class="button" href=json_lines download>{texts.json_lines()}</a>
        </p>
    }
}

/// The empty state.
fn nothing(is_whole: bool, texts: AuditTexts) -> impl IntoView {
    let (title, next) = if is_whole {
        (texts.nothing(), texts.nothing_next())
    } else {
        (texts.no_match(), texts.no_match_next())
    };
    view! {
        <EmptyState title=title>
            <p>{next}</p>
        </EmptyState>
    }
}

fn table(count: String, rows: Vec<AuditRow>, has_links: bool, locale: Locale) -> impl IntoView {
    let texts = AuditTexts(locale);
    let rows = rows.into_iter().map(|row| line(row, has_links, locale));
    view! {
        <p class="list-summary">
            <strong>{count}</strong>
            <span>{texts.newest_first()}</span>
        </p>
        <table class="table audit-table">
            <caption class="visually-hidden">{texts.caption()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.number()}</th>
                    <th scope="col">{texts.when()}</th>
                    <th scope="col">{texts.what()}</th>
                    <th scope="col">{texts.who()}</th>
                    <th scope="col">{texts.on()}</th>
                    <th scope="col">{texts.more()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

fn line(row: AuditRow, has_links: bool, locale: Locale) -> impl IntoView {
    let texts = AuditTexts(locale);
    let event = said(&row.event, |event| event_word(event, texts));
    let outcome = said(&row.outcome, |outcome| outcome_word(outcome, texts));
    let look = look(&row.outcome);
    view! {
        <tr data-row>
            <td class="audit-number" data-label=texts.number()>{row.number}</td>
            <td class="audit-when" data-label=texts.when()><ExactTime at=row.at /></td>
            <td data-label=texts.what()>
                {event} " " <Badge look=look label=outcome />
            </td>
            <td class="audit-who" data-label=texts.who()>{who(&row, texts)}</td>
            <td class="audit-on" data-label=texts.on()>{on(&row, texts)}</td>
            <td class="audit-more" data-label=texts.more()>{more(row, has_links, locale)}</td>
        </tr>
    }
}

/// The person, their team, the principal and the address.
fn who(row: &AuditRow, texts: AuditTexts) -> impl IntoView + use<> {
    let nobody = match row.event {
        Word::Known(
            Event::PolicyChanged | Event::TagMoved | Event::TagsUnwatched | Event::AuditCut,
        ) => texts.by_itself(),
        _ => texts.nobody(),
    };
    let name = row.person_name.as_ref().or(row.person.as_ref());
    let name = match name {
        Some(name) => view! { <strong title=row.person.clone()>{name.clone()}</strong> }.into_any(),
        None => view! { <span class="quiet">{nobody}</span> }.into_any(),
    };
    let team = row.team.clone().map(|team| view! { <li>{team}</li> });
    let rest = [row.principal.clone(), row.address.clone()];
    let rest = rest.into_iter().flatten();
    view! {
        <ul>
            <li>{name}</li>
            {team}
            {rest.map(|text| view! { <li><code>{breakable(&text)}</code></li> }).collect_view()}
        </ul>
    }
}

/// The repository, the action and the statement that decided.
fn on(row: &AuditRow, texts: AuditTexts) -> impl IntoView + use<> {
    let repository = row.registry.as_ref().zip(row.repository.as_ref());
    let repository = repository.map(|(registry, name)| {
        let words = view! { <code>{breakable(&format!("{registry}/{name}"))}</code> };
        let policy = (row.event == Word::Known(Event::PolicyChanged))
            .then(|| Some(paths::policy(&RepositoryAt::read(registry, name).ok()?)));
        match policy.flatten() {
            Some(policy) => Either::Left(view! { <li><a href=policy>{words}</a></li> }),
            None => Either::Right(view! { <li>{words}</li> }),
        }
    });
    let action = row.action.clone();
    let statement = row.statement.clone();
    view! {
        <ul>
            {repository}
            {action.map(|action| view! { <li><code>{action}</code></li> })}
            {statement
                .map(|statement| {
                    view! { <li>{texts.statement()} " " <code>{statement}</code></li> }
                })}
        </ul>
    }
}

/// The arguments, each by its name; folded, the request's id and the hash, which few rows are read for.
fn more(row: AuditRow, has_links: bool, locale: Locale) -> impl IntoView {
    let texts = AuditTexts(locale);
    let unreadable = (!row.unreadable.is_empty()).then(|| {
        let columns = row.unreadable.join(", ");
        view! {
            <p>
                <Badge look="failure" label=texts.unreadable().to_owned() /> " "
                {texts.unreadable_next(&columns)}
            </p>
        }
    });
    let request = (!row.request.is_empty()).then_some((texts.request(), row.request));
    let trace = request.into_iter().chain([(texts.hash(), row.hash)]);
    let trace = trace.map(|(name, value)| {
        view! {
            <dt>{name}</dt>
            <dd><code>{value}</code></dd>
        }
    });
    view! {
        {unreadable}
        {worded(&row.event, row.arguments, has_links, locale)}
        <details class="audit-trace">
            <summary>{texts.trace()}</summary>
            <dl class="audit-arguments">{trace.collect_view()}</dl>
        </details>
    }
}

/// Ways to the older rows, and back to the newest.
fn turn(query: &AuditQuery, older: Option<u64>, texts: AuditTexts) -> impl IntoView + use<> {
    let at = |before| {
        paths::audit(&AuditQuery {
            before,
            ..query.clone()
        })
    };
    let newest = query.before.map(|_| {
        view! { <a class="button" rel="first" href=at(None)>{texts.newest()}</a> }
    });
    let older = older.map(|number| {
        view! { <a class="button" rel="next" href=at(Some(number))>{texts.older()}</a> }
    });
    (newest.is_some() || older.is_some()).then(|| {
        view! { <nav class="pager" aria-label=texts.pages()>{newest} {older}</nav> }
    })
}

/// A known value in the reader's language. Any other value is shown unchanged.
fn said<T: Copy>(word: &Word<T>, known: impl FnOnce(T) -> &'static str) -> String {
    match word {
        Word::Known(word) => known(*word).to_owned(),
        Word::Other(word) => word.clone(),
    }
}

fn event_word(event: Event, texts: AuditTexts) -> &'static str {
    match event {
        Event::SignIn => texts.sign_in(),
        Event::SignOut => texts.sign_out(),
        Event::SessionsEnded => texts.sessions_ended(),
        Event::LinkMade => texts.link_made(),
        Event::LinkViewed => texts.link_viewed(),
        Event::LinkRevoked => texts.link_revoked(),
        Event::Write => texts.write(),
        Event::PolicyChanged => texts.policy_changed(),
        Event::TagMoved => texts.tag_moved(),
        Event::TagsUnwatched => texts.tags_unwatched(),
        Event::AuditCut => texts.audit_cut(),
    }
}

fn outcome_word(outcome: Outcome, texts: AuditTexts) -> &'static str {
    match outcome {
        Outcome::Begun => texts.begun(),
        Outcome::Done => texts.done(),
        Outcome::Refused => texts.refused(),
        Outcome::Failed => texts.failed(),
    }
}

fn look(outcome: &Word<Outcome>) -> &'static str {
    match outcome {
        Word::Known(Outcome::Begun) | Word::Other(_) => "plain",
        Word::Known(Outcome::Done) => "good",
        Word::Known(Outcome::Refused) => "warning",
        Word::Known(Outcome::Failed) => "failure",
    }
}
