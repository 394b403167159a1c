//! The sign-in page: whom to be.

use leptos::prelude::*;
use leptos_meta::Title;
use model::{Locale, PersonaCard};

use super::loaded;
use crate::{
    components::{empty::EmptyState, icon::Icon},
    messages::{shell::ShellTexts, sign_in::SignInTexts},
    paths,
};

/// The sign-in page. It leads back to the path in `return`; the server sees to it that this is one
/// of its own.
#[component]
pub fn SignInPage() -> impl IntoView {
    loaded(|request| async move {
        let locale = request.locale;
        let texts = SignInTexts(locale);
        let return_to = paths::return_of(&request.path_and_query);
        let personas = request.personas.to_vec();
        Ok(view! {
            <Title text=ShellTexts(locale).title(texts.title()) />
            <div class="sign-in">
                <Icon name="gantry" />
                <h1>{texts.title()}</h1>
                <p class="sign-in-lead">{texts.lead()}</p>
                <Personas personas return_to locale />
            </div>
        })
    })
}

/// One button a person: a form that needs no JavaScript.
#[component]
fn Personas(personas: Vec<PersonaCard>, return_to: String, locale: Locale) -> impl IntoView {
    let texts = SignInTexts(locale);
    if personas.is_empty() {
        return view! {
            <EmptyState title=texts.no_sign_in()>
                <p>{texts.no_sign_in_next()}</p>
            </EmptyState>
        }
        .into_any();
    }
    let cards: Vec<_> = personas
        .into_iter()
        .map(|person| {
            view! {
                <button class="persona" type="submit" name="persona" value=person.id>
                    <span class="visually-hidden">{texts.sign_in_as(&person.name)}": "</span>
                    <span class="persona-name" aria-hidden="true">{person.name.clone()}</span>
                    <span class="persona-about">{person.about}</span>
                </button>
            }
        })
        .collect();
    view! {
        <p class="quiet">{texts.choose()}</p>
        <form class="personas" method="post" action=paths::SIGN_IN>
            <input type="hidden" name="return" value=return_to />
            {cards}
        </form>
    }
    .into_any()
}
