//! Confirmation before sessions end: how many, and whose.

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use crate::{
    components::empty::EmptyState,
    error::AppError,
    messages::{sessions::SessionsTexts, shell::ShellTexts},
    pages::loaded,
    paths,
    request::Request,
};

/// Asks to confirm that all the viewer's other sessions end or, for administrators, all sessions of a person.
#[component]
pub fn EndSessionsPage() -> impl IntoView {
    loaded(|request| async move {
        let locale = request.locale;
        let texts = SessionsTexts(locale);
        let asked = paths::query_of(&request.path_and_query);
        let (person, others, back) = paths::read_end(asked);
        let (count, words, field) = match (person, others) {
            (Some(person), false) => of_person(&request, person, texts).await?,
            (None, true) => of_others(&request, texts).await?,
            _ => return Err(AppError::NotFound),
        };
        let back = back.unwrap_or_else(|| paths::SESSIONS.to_owned());
        let content = if count == 0 {
            Either::Left(view! {
                <EmptyState title=texts.confirm_nothing()>
                    <p>{texts.confirm_nothing_next()}</p>
                    <a class="button" href=back>{texts.back()}</a>
                </EmptyState>
            })
        } else {
            Either::Right(view! {
                <form class="form" method="post" action=paths::END_SESSIONS>
                    <input type="hidden" name=field.0 value=field.1 />
                    <input type="hidden" name="return" value=back.clone() />
                    <p>{words}</p>
                    <p>{texts.confirm_next()}</p>
                    <p class="form-actions">
                        <button class="button button-primary" type="submit">
                            {texts.confirm(&texts.count(count))}
                        </button>
                        <a class="button" href=back>{texts.cancel()}</a>
                    </p>
                </form>
            })
        };
        Ok(view! {
            <Title text=ShellTexts(locale).title(texts.confirm_title()) />
            <header class="page-head">
                <h1>{texts.confirm_title()}</h1>
            </header>
            {content}
        })
    })
}

/// The number of sessions, the text, and the fields that the form sends.
type Asked = (usize, String, (&'static str, String));

async fn of_person(
    request: &Request,
    person: String,
    texts: SessionsTexts,
) -> Result<Asked, AppError> {
    // Only administrators have the list of people.
    let people = request
        .gantry
        .sessions
        .signed_in(request.viewer()?, &person, 1);
    let people = people.await?.rows;
    let found = people.into_iter().find(|it| it.person.as_str() == person);
    let (name, sessions) = found.map_or((person.clone(), 0), |it| (it.name, it.sessions));
    let count = usize::try_from(sessions).unwrap_or(usize::MAX);
    let words = texts.confirm_person(&texts.count(count), &name, &person);
    Ok((count, words, ("person", person)))
}

async fn of_others(request: &Request, texts: SessionsTexts) -> Result<Asked, AppError> {
    let (sessions, _) = request.gantry.sessions.own(request.viewer()?).await?;
    let here = request.session.as_deref().unwrap_or_default();
    let count = sessions.iter().filter(|it| it.id != here).count();
    let words = texts.confirm_others(&texts.count(count));
    Ok((count, words, ("others", "true".to_owned())))
}
