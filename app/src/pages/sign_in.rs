//! The sign-in page.

use leptos::prelude::*;
use leptos_meta::Title;
use model::{Locale, PersonaCard, SignInProblem, SignInWay};

use super::loaded;
use crate::{
    components::{
        alert::{Alert, Urgency},
        empty::EmptyState,
        icon::Icon,
    },
    messages::{common::CommonTexts, shell::ShellTexts, sign_in::SignInTexts},
    paths,
};

/// The sign-in page. It returns to the path in `return`; the server has checked that this is a path of this site.
#[component]
pub fn SignInPage() -> impl IntoView {
    loaded(|request| async move {
        let locale = request.locale;
        let texts = SignInTexts(locale);
        let return_to = paths::return_of(&request.path_and_query);
        let problem = paths::problem_of(&request.path_and_query);
        let problem = problem.map(|problem| view! { <Problem problem locale /> });
        let way = match SignInWay::clone(&request.sign_in) {
            SignInWay::Personas(personas) => {
                view! { <Personas personas return_to locale /> }.into_any()
            }
            SignInWay::Provider(name) => view! {
                <p>
                    <a class="button button-primary" href=paths::sign_in_start(&return_to)>
                        {texts.sign_in_with(&name)}
                    </a>
                </p>
                <p class="quiet">{texts.at_the_provider()}</p>
            }
            .into_any(),
            SignInWay::LoadBalancer => view! {
                <EmptyState title=texts.not_by_load_balancer()>
                    <p>{texts.not_by_load_balancer_next()}</p>
                </EmptyState>
            }
            .into_any(),
        };
        Ok(view! {
            <Title text=ShellTexts(locale).title(texts.title()) />
            <div class="sign-in">
                <Icon name="gantry" />
                <h1>{texts.title()}</h1>
                <p class="sign-in-lead">{texts.lead()}</p>
                {problem}
                {way}
            </div>
        })
    })
}

/// Why the previous attempt failed.
#[component]
fn Problem(problem: SignInProblem, locale: Locale) -> impl IntoView {
    let texts = SignInTexts(locale);
    let (title, next) = match problem {
        SignInProblem::Denied => (texts.denied(), texts.denied_next()),
        SignInProblem::Expired => (texts.expired(), texts.expired_next()),
        SignInProblem::State => (texts.state(), texts.state_next()),
        SignInProblem::Token => (texts.token(), texts.token_next()),
        SignInProblem::Provider => (texts.provider(), texts.provider_next()),
        SignInProblem::Limited => (texts.limited(), texts.limited_next()),
        SignInProblem::Ended => (texts.ended(), texts.ended_next()),
    };
    let urgency = match problem {
        SignInProblem::Ended => Urgency::Note,
        _ => Urgency::Failure,
    };
    view! {
        <Alert urgency title>
            <p>{texts.nobody_signed_in()} {crate::messages::gap(locale)} {next}</p>
        </Alert>
    }
}

/// One button for each person: a form that needs no JavaScript.
#[component]
fn Personas(personas: Vec<PersonaCard>, return_to: String, locale: Locale) -> impl IntoView {
    let texts = SignInTexts(locale);
    let cards: Vec<_> = personas
        .into_iter()
        .map(|person| {
            view! {
                <button class="persona" type="submit" name="persona" value=person.id>
                    <span class="visually-hidden">{texts.sign_in_as(&person.name)}{CommonTexts(locale).colon()}</span>
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
}
