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
use model::{Locale, Section, visible};
use policy::{Policy, PolicyKind};

use self::{
    matrix::Matrix,
    statement::{remark_words, statement_card},
    text::PolicyText,
    why::{Question, Why},
};
use super::{loaded, repository_param, told_apart};
use crate::{
    components::{
        alert::{Alert, Urgency},
        copy::CopyButton,
        empty::EmptyState,
        json::indented,
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
    let repository = repository_param();
    loaded(|request| async move {
        let repository = repository?;
        let detail = request
            .gantry
            .policies
            .page(request.viewer()?, &repository)
            .await?;
        // The viewer sees nothing of the policy: the missing action is the whole answer.
        if let Section::Withheld { action, .. } = detail.policy {
            return Err(AppError::Withheld(action));
        }
        let question = Question::asked(&request, &repository).await?;
        let title = format!(
            "{} · {}",
            repository.name,
            PolicyTexts(request.locale).title()
        );
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
            let policy = value.document.compiled().ok().map(|it| it.policy());
            let written = Written::new(value.document.text().unwrap_or_default(), policy);
            let starts = written.starts.clone();
            let principals: Vec<_> = detail
                .matrix
                .iter()
                .map(|row| row.through.clone())
                .collect();
            let matrix = view! { <Matrix rows=detail.matrix understood admin locale /> };
            let why = understood.then(|| view! { <Why principals question starts locale /> });
            EitherOf3::A(
                (
                    matrix,
                    why,
                    view! { <Reading policy=value written locale /> },
                )
                    .into_any(),
            )
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
        paths::lifecycle(&detail.repository),
        texts.lifecycle(),
        &detail.repository.name,
        locale,
    );
    view! {
        <Title text=ShellTexts(locale).title(&title) />
        <header class="page-head">
            <RepositoryTrail
                repository=detail.repository.clone()
                linked=detail.sees_images
                locale
            />
            <NameHeading kind=texts.title() name=detail.repository.name />
            <div class="page-links">{to_lifecycle}</div>
            <p class="page-note">
                <code>{detail.arn.clone()}</code>
                <CopyButton text=detail.arn what=texts.arn() locale />
            </p>
        </header>
        {policy}
    }
}

/// A policy's text as the page shows it: a text on a single line is broken into lines.
struct Written {
    text: String,
    /// Whether line breaks were added.
    is_indented: bool,
    /// What the text says, if it is understood. Its positions are in this text.
    policy: Option<Policy>,
    /// The line on which each statement begins, from 1.
    starts: Vec<u32>,
}

impl Written {
    fn new(text: &str, policy: Option<&Policy>) -> Self {
        let shown = indented(text);
        // The error in a text that is not understood names a place in the text as it is.
        let parsed = policy.filter(|_| shown != text).and_then(|policy| {
            let parsed = Policy::parse(shown.clone(), PolicyKind::Repository).ok()?;
            (parsed.statements.len() == policy.statements.len()).then_some(parsed)
        });
        let is_indented = parsed.is_some();
        let policy = parsed.or_else(|| policy.cloned());
        let starts = policy.as_ref().map_or_else(Vec::new, |it| {
            let lines = it.statements.iter().map(|part| it.position(part).line);
            lines.collect()
        });
        Self {
            text: if is_indented { shown } else { text.to_owned() },
            is_indented,
            policy,
            starts,
        }
    }
}

/// The statements in plain words, beside the policy's text.
#[component]
fn Reading(policy: PolicyView, written: Written, locale: Locale) -> impl IntoView {
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
    let read_policy = written.policy.as_ref();
    let statements = read_policy.map(|it| statements(it, &policy, locale));
    let indented = (written.is_indented).then(|| view! { <p class="quiet">{texts.indented()}</p> });
    view! {
        <div class="policy-reading">
            {statements}
            <section class="policy-source" aria-labelledby="policy-text">
                <div class="section-head">
                    <h2 id="policy-text">{texts.text()}</h2>
                    <p class="quiet">{read}</p>
                    <CopyButton text what=texts.policy_text() locale />
                </div>
                {broken}
                {indented}
                <PolicyText text=written.text starts=written.starts locale />
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use super::*;

    #[test]
    fn a_policy_on_one_line_is_broken_into_lines_and_its_statements_begin_on_different_ones() {
        let line = r#"{"Version":"2012-10-17","Statement":[{"Sid":"One","Effect":"Allow","Principal":"*","Action":"ecr:*"},{"Sid":"Two","Effect":"Deny","Principal":"*","Action":"ecr:*"}]}"#;
        let policy = Policy::parse(line.to_owned(), PolicyKind::Repository).unwrap();
        let written = Written::new(line, Some(&policy));
        assert!(written.is_indented);
        assert_eq!(written.starts, [4, 10], "{}", written.text);
        // What is on several lines stays as it is, and so does what is not understood.
        let lines = written.text.clone();
        let again = Written::new(&lines, written.policy.as_ref());
        assert!(!again.is_indented && again.starts == written.starts);
        let broken = Written::new("{\"Version\":1}", None);
        assert_eq!(
            (broken.text.as_str(), broken.is_indented),
            ("{\"Version\":1}", false)
        );
    }
}
