//! The viewer's own sessions, and how to end them.

pub mod end;
pub mod people;

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use model::{Locale, SignInWay, Timestamp};
use store::OwnSession;

use crate::{
    components::{
        alert::{Alert, Urgency},
        badge::Badge,
        time::Time,
    },
    messages::{sessions::SessionsTexts, shell::ShellTexts},
    pages::loaded,
    paths,
};

/// The viewer's sessions.
#[component]
pub fn SessionsPage() -> impl IntoView {
    loaded(|request| async move {
        let (locale, texts) = (request.locale, SessionsTexts(request.locale));
        let viewer = request.viewer()?;
        let content = if *request.sign_in == SignInWay::LoadBalancer {
            let title = texts.balancer_title();
            Either::Left(kept_elsewhere(title, texts.balancer()))
        } else {
            let (sessions, now) = request.gantry.sessions.own(viewer).await?;
            let here = request.session.as_deref().unwrap_or_default().to_owned();
            let most = request.gantry.sessions.most();
            Either::Right(view! { <Sessions sessions most here now locale /> })
        };
        let links = request.gantry.links.settings().enabled.then(|| {
            view! {
                <p class="sessions-links">
                    {texts.links_go_on()} {crate::messages::gap(locale)} <a href=paths::LINKS>{texts.to_links()}</a>
                </p>
            }
        });
        Ok(view! {
            <Title text=ShellTexts(locale).title(texts.title()) />
            <header class="page-head">
                <h1>{texts.title()}</h1>
                <p class="page-note">{texts.about()}</p>
            </header>
            {ended_note(request.notice(), texts)}
            {content}
            {links}
        })
    })
}

/// The notice of how many sessions were ended.
fn ended_note(notice: &str, texts: SessionsTexts) -> impl IntoView + use<> {
    let count = paths::read_ended(notice);
    count.map(|count| {
        view! {
            <div role="status">
                <Alert urgency=Urgency::Note title=texts.ended(count)>""</Alert>
            </div>
        }
    })
}

/// The empty state, or why no session can be ended.
fn kept_elsewhere(title: &'static str, next: &'static str) -> impl IntoView {
    view! {
        <Alert urgency=Urgency::Note title>
            <p>{next}</p>
        </Alert>
    }
}

#[component]
fn Sessions(
    sessions: Vec<OwnSession>,
    most: u32,
    here: String,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = SessionsTexts(locale);
    let count = texts.count(sessions.len());
    let others = sessions.iter().any(|session| session.id != here).then(|| {
        view! {
            <a class="button" href=paths::end_others()>{texts.end_others()}</a>
        }
    });
    let rows: Vec<_> = sessions
        .into_iter()
        .map(|session| view! { <Row is_here=session.id == here session now locale /> })
        .collect();
    view! {
        <p class="list-summary">
            <strong>{count}</strong>
            <span>{texts.most(most)}</span>
        </p>
        <table class="table sessions-table">
            <caption class="visually-hidden">{texts.caption()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.browser()}</th>
                    <th scope="col">{texts.network()}</th>
                    <th scope="col">{texts.begun()}</th>
                    <th scope="col">{texts.used()}</th>
                    <th scope="col">{texts.ends()}</th>
                    <th scope="col">
                        <span class="visually-hidden">{texts.action()}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <div class="form-actions">
            {others}
            <form method="post" action=paths::SIGN_OUT>
                <button class="button" type="submit" name="everywhere" value="true">
                    {texts.end_all()}
                </button>
            </form>
        </div>
    }
}

#[component]
fn Row(session: OwnSession, is_here: bool, now: Timestamp, locale: Locale) -> impl IntoView {
    let texts = SessionsTexts(locale);
    let browser = session
        .browser
        .as_deref()
        .unwrap_or(texts.unknown_browser());
    let network = session.network.as_deref().unwrap_or(texts.unknown());
    let end = if is_here {
        Either::Left(view! { <Badge look="good" label=texts.this_one() /> })
    } else {
        let label = texts.end_this(browser, network);
        Either::Right(view! {
            <form method="post" action=paths::END_SESSIONS>
                <button class="button button-small" type="submit" name="only" value=session.id aria-label=label>
                    {texts.end()}
                </button>
            </form>
        })
    };
    let begun = match session.begun {
        Some(at) => Either::Left(view! { <Time at now in_row=true locale /> }),
        None => Either::Right(view! { <span class="quiet">{texts.unknown()}</span> }),
    };
    let ends = session.ends;
    view! {
        <tr data-row>
            <th scope="row">{browser.to_owned()}</th>
            <td data-label=texts.network() title=texts.network_hint()>{network.to_owned()}</td>
            <td data-label=texts.begun()>{begun}</td>
            <td data-label=texts.used()><Time at=session.used now in_row=true locale /></td>
            <td data-label=texts.ends() title=texts.ends_hint()>
                <time datetime=ends.rfc3339()>{ends.utc()}</time>
            </td>
            <td>{end}</td>
        </tr>
    }
}
