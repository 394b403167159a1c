//! A repository policy's page: what it grants and to which principals, its statements in plain words, and its text.

mod condition;
mod forbidden;
mod matrix;
mod principal;
mod statement;
mod text;
mod why;
pub(super) mod words;

use dashboard::{PolicyDetail, PolicyView};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use model::{Locale, RegistryAlias, RepositoryName, Section, visible};
use policy::Policy;

use self::{
    matrix::Matrix,
    statement::{remark_words, statement_card},
    text::PolicyText,
    why::{Question, Why},
};
use super::{loaded, param, told_apart};
use crate::{
    components::{
        alert::{Alert, Urgency},
        copy::CopyButton,
        empty::EmptyState,
        time::ExactTime,
        woven::woven,
    },
    error::AppError,
    messages::{policy::PolicyTexts, shell::ShellTexts},
    parts::{
        guarded::guarded_link, name::NameHeading, section::Unavailable, trail::RepositoryTrail,
    },
    paths,
};

/// A repository policy's page.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let registry = param::<RegistryAlias>("registry");
    let name = param::<RepositoryName>("name");
    loaded(|request| async move {
        let (registry, name) = (registry?, name?);
        let detail = request
            .gantry
            .policies
            .page(request.viewer()?, &registry, &name)
            .await?;
        // The viewer sees nothing of the policy: the missing action is the whole answer.
        if let Section::Withheld { action, .. } = detail.policy {
            return Err(AppError::Withheld(action));
        }
        let question = Question::asked(&request, &registry, &name).await?;
        let title = format!("{name} · {}", PolicyTexts(request.locale).title());
        let title = told_apart(title, Some(&request));
        let admin = request.viewer()?.admin;
        Ok(content(detail, question, title, admin, request.locale))
    })
}

fn content(
    detail: PolicyDetail,
    question: Question,
    title: String,
    admin: bool,
    locale: Locale,
) -> impl IntoView {
    let texts = PolicyTexts(locale);
    let policy = match detail.policy {
        Section::Shown { value, .. } => {
            let understood = value.document.compiled().is_ok();
            let principals: Vec<_> = detail
                .matrix
                .iter()
                .map(|row| row.through.clone())
                .collect();
            let matrix = view! { <Matrix rows=detail.matrix understood admin locale /> };
            let why = understood.then(|| view! { <Why principals question locale /> });
            EitherOf3::A((matrix, why, view! { <Reading policy=value locale /> }).into_any())
        }
        Section::Unavailable { problem } => EitherOf3::B(view! { <Unavailable problem locale /> }),
        Section::Absent { .. } | Section::Withheld { .. } => EitherOf3::C(view! {
            <EmptyState title=texts.none_title()>
                <p>{texts.none()}</p>
                <p>{texts.none_next()}</p>
            </EmptyState>
        }),
    };
    let to_lifecycle = guarded_link(
        &detail.lifecycle,
        paths::lifecycle(&detail.registry, &detail.name),
        texts.lifecycle(),
        &detail.name,
        locale,
    );
    view! {
        <Title text=ShellTexts(locale).title(&title) />
        <header class="page-head">
            <RepositoryTrail
                registry=detail.registry
                name=detail.name.clone()
                linked=detail.sees_images
                locale
            />
            <NameHeading kind=texts.title() name=detail.name.clone() />
            <div class="page-links">{to_lifecycle}</div>
            <p class="page-note">
                <code>{detail.arn.clone()}</code>
                <CopyButton text=detail.arn what=texts.arn() locale />
            </p>
        </header>
        {policy}
    }
}

/// The statements in plain words, beside the policy's text.
#[component]
fn Reading(policy: PolicyView, locale: Locale) -> impl IntoView {
    let texts = PolicyTexts(locale);
    let text = policy.document.text().unwrap_or_default().to_owned();
    let compiled = policy.document.compiled();
    let broken = compiled.err().map(|error| {
        let error = visible(&error.to_string());
        view! {
            <Alert urgency=Urgency::Failure title=texts.broken_title()>
                <p><code>{error}</code></p>
                <p>{texts.broken_next()}</p>
            </Alert>
        }
    });
    let when = view! { <ExactTime at=policy.read /> }.into_any();
    let read = woven(|[when]| texts.read(when), [when]);
    let read_policy = compiled.ok().map(|compiled| compiled.policy());
    let starts = read_policy.map_or_else(Vec::new, |it| {
        let lines = it.statements.iter().map(|part| it.position(part).line);
        lines.collect()
    });
    let statements = read_policy.map(|it| statements(it, &policy, locale));
    view! {
        <div class="policy-reading">
            {statements}
            <section class="policy-source" aria-labelledby="policy-text">
                <div class="section-head">
                    <h2 id="policy-text">{texts.text()}</h2>
                    <p class="quiet">{read}</p>
                    <CopyButton text=text.clone() what=texts.policy_text() locale />
                </div>
                {broken}
                <PolicyText text starts locale />
            </section>
        </div>
    }
}

/// A card for each statement, below the remarks about the policy as a whole.
fn statements(policy: &Policy, view: &PolicyView, locale: Locale) -> impl IntoView + use<> {
    let of_whole = view.remarks.iter().filter(|it| it.statement.is_none());
    let remarks = of_whole.map(|remark| remark_words(remark, locale));
    let remarks = remarks.collect_view();
    let cards = view.overrides.iter().enumerate();
    let cards = cards.map(|(index, overrides)| {
        let card = statement_card(policy, index, overrides, &view.remarks, locale);
        view! { <li>{card}</li> }
    });
    view! {
        <section class="policy-statements" aria-labelledby="policy-statements">
            <h2 id="policy-statements">{PolicyTexts(locale).statements()}</h2>
            {remarks}
            <ol class="statements">{cards.collect_view()}</ol>
        </section>
    }
}
