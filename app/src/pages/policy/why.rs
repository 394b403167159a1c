//! Why a principal may do something here, or may not.

use dashboard::{Explained, Refusal};
use leptos::{either::Either, prelude::*};
use model::{Action, GrantedVia, Locale, RepositoryAt};
use policy::{ExplainedStatement, Source, Truth};

use crate::{
    error::AppError,
    messages::explain::{ExplainTexts, answer, reasons, verdict},
    parts::grants::statement_anchor,
    paths,
    request::Request,
};

/// The question in the URL, and the answer.
pub struct Question {
    principal: Option<String>,
    action: Option<Action>,
    answer: Answer,
}

enum Answer {
    /// The URL asks nothing.
    None,
    /// The URL asks about a principal or an action that is not available here.
    Unknown,
    Given(Box<Explained>),
}

impl Question {
    /// Reads the question from the URL and answers it.
    pub async fn asked(request: &Request, repository: &RepositoryAt) -> Result<Self, AppError> {
        let query = paths::query_of(&request.path_and_query);
        let (principal, action) = paths::read_question(query);
        let known: Option<Action> = action.as_ref().and_then(|action| action.parse().ok());
        let answer = match (&principal, known) {
            (Some(principal), Some(action)) => {
                let viewer = request.viewer()?;
                match request
                    .gantry
                    .policies
                    .explain(viewer, repository, principal, action)
                    .await
                {
                    Ok(explained) => Answer::Given(Box::new(explained)),
                    Err(Refusal::NotFound) => Answer::Unknown,
                    Err(refusal) => return Err(refusal.into()),
                }
            }
            (_, None) if action.is_some() => Answer::Unknown,
            _ => Answer::None,
        };
        Ok(Self {
            principal,
            action: known,
            answer,
        })
    }
}

/// The question as a plain form, and the answer to it.
#[component]
pub fn Why(
    principals: Vec<GrantedVia>,
    question: Question,
    /// The line on which each statement of the policy begins on the page.
    starts: Vec<u32>,
    locale: Locale,
) -> impl IntoView {
    let texts = ExplainTexts(locale);
    let chosen = question.principal.unwrap_or_default();
    let principals = principals.into_iter().filter_map(|through| match through {
        GrantedVia::Team { team, principal } => {
            let selected = principal.arn() == chosen;
            let value = principal.arn().to_owned();
            let label = format!("{team} · {}", principal.short_name());
            Some(view! { <option value=value selected=selected>{label}</option> })
        }
        GrantedVia::Review => None,
    });
    let actions = Action::ALL.iter().map(|action| {
        let selected = question.action == Some(*action);
        view! { <option value=action.as_str() selected=selected>{action.as_str()}</option> }
    });
    let answer = match question.answer {
        Answer::None => None,
        Answer::Unknown => Some(Either::Left(
            view! { <p class="absent" role="status">{texts.unknown()}</p> },
        )),
        Answer::Given(explained) => Some(Either::Right(
            view! { <Given explained=*explained starts locale /> },
        )),
    };
    view! {
        <section class="page-section" aria-labelledby="why">
            <h2 id="why">{texts.title()}</h2>
            <p class="quiet">{texts.lead()}</p>
            <form class="why-form" method="get" action="#why">
                <label>
                    <span>{texts.principal()}</span>
                    <select class="field" name="principal" autocomplete="off">{principals.collect_view()}</select>
                </label>
                <label>
                    <span>{texts.action()}</span>
                    <select class="field" name="action" autocomplete="off">{actions.collect_view()}</select>
                </label>
                <button class="button" type="submit">{texts.ask()}</button>
            </form>
            {answer}
        </section>
    }
}

#[component]
fn Given(explained: Explained, starts: Vec<u32>, locale: Locale) -> impl IntoView {
    let texts = ExplainTexts(locale);
    let elsewhere = explained.elsewhere.map(|source| match source {
        Source::Identity(_) => texts.elsewhere_identity(),
        Source::Repository | Source::Registry => texts.elsewhere_registry(),
    });
    let Some(mut explanation) = explained.explanation else {
        return view! { <p class="absent" role="status">{texts.no_policy()}</p> }.into_any();
    };
    let own = explanation.statements.iter_mut();
    for statement in own.filter(|it| it.source == Source::Repository) {
        let line = starts.get(statement.index);
        statement.at.line = line.copied().unwrap_or(statement.at.line);
    }
    let verdict = match elsewhere {
        Some(_) => answer(explanation.outcome, locale).to_owned(),
        None => verdict(&explanation, locale),
    };
    let elsewhere = elsewhere.map(|elsewhere| view! { <p>{elsewhere}</p> });
    let alone = (explained.is_of_the_repository_alone)
        .then(|| view! { <p class="quiet">{texts.repository_alone()}</p> });
    let deciding = explanation.decided_by;
    let statements = explanation
        .statements
        .into_iter()
        .enumerate()
        .map(|(place, statement)| {
            view! { <Part decides=deciding == Some(place) statement locale /> }
        });
    view! {
        <div class="why-answer">
            <p class="why-verdict" role="status">
                <strong>{verdict}</strong>
            </p>
            {elsewhere}
            {alone}
            <h3 id="why-statements">{texts.statements()}</h3>
            <ol class="why-statements" aria-labelledby="why-statements">
                {statements.collect_view()}
            </ol>
        </div>
    }
    .into_any()
}

/// How a statement affects the answer.
#[component]
fn Part(statement: ExplainedStatement, decides: bool, locale: Locale) -> impl IntoView {
    let label = model::visible(&statement.label());
    let href = format!("#{}", statement_anchor(&label));
    let sign = match statement.applies {
        Truth::True => "●",
        Truth::Unknown => "?",
        Truth::False => "○",
    };
    let reasons = reasons(&statement, locale).into_iter();
    let reasons = reasons.map(|reason| view! { <span class="why-reason">{reason}</span> });
    view! {
        <li class="why-statement" class:why-deciding=decides>
            <span aria-hidden="true" class="why-sign">{sign}</span>
            <a class="deciding" href=href>{label}</a>
            <span class="why-reasons">{reasons.collect_view()}</span>
        </li>
    }
}
