//! A statement in plain words.

use std::collections::BTreeSet;

use leptos::prelude::*;
use model::{Action, Locale, visible};
use policy::{
    ACTIONS, ActionFacts, Concerns, Condition, Effect, Located, Named, Override, Policy,
    PrincipalElement, Remark, Severity, Statement,
};

use super::{
    condition::condition_words,
    forbidden::forbidden,
    principal::{Deed, principals},
    text::line_anchor,
    words::{alternatives, listed},
};
use crate::{
    components::{badge::Badge, woven::woven},
    messages::{self, common::CommonTexts, lint::advice, policy::PolicyTexts},
    parts::{
        action_group::{ActionGroup, phrases},
        grants::statement_anchor,
    },
};

/// The statement at a place of a policy: a sentence that says what it does, the denies that override it, those of the
/// policy's remarks that are about it, and its elements as written.
pub fn statement_card(
    policy: &Policy,
    index: usize,
    overrides: &[Override],
    remarks: &[Remark],
    locale: Locale,
) -> Option<impl IntoView + use<>> {
    let texts = PolicyTexts(locale);
    let statement = policy.statements.get(index)?;
    let label = visible(&statement.label(index));
    let anchor = statement_anchor(&label);
    let effect = match statement.effect {
        Effect::Deny => view! { <Badge look="failure" label=texts.deny() /> },
        Effect::Allow => view! { <Badge look="good" label=texts.allow() /> },
    };
    let is_own = |remark: &&Remark| (remark.statement.iter()).any(|it| it.index == index);
    let remarks = remarks.iter().filter(is_own);
    let remarks = remarks.map(|remark| remark_words(remark, locale));
    let limits = limits(statement, texts)
        .into_iter()
        .map(|limit| view! { <p class="remark">{limit}</p> });
    let line = policy.position(statement).line;
    Some(view! {
        <article class="statement" id=anchor>
            <h3>
                {effect}
                <span class="statement-label">{label}</span>
                <a href=format!("#{}", line_anchor(line))>{texts.line(line)}</a>
            </h3>
            <p class="statement-sentence">
                {sentence(statement, locale)}
                {forbidden(overrides, statement, policy, locale)}
            </p>
            {conditions(&statement.conditions, locale)}
            {remarks.collect_view()}
            {limits.collect_view()}
            {elements(statement, locale)}
        </article>
    })
}

/// The principals of a statement, and whether everyone except these is meant.
fn principals_of(statement: &Statement) -> (impl Iterator<Item = &PrincipalElement>, bool) {
    let listed = statement.principals.as_ref();
    let items = listed.into_iter().flat_map(|listed| &listed.items);
    let excluded = listed.is_some_and(|listed| listed.excluded);
    (items.map(|item| &item.value), excluded)
}

fn actions_of(statement: &Statement) -> Vec<String> {
    let items = statement.actions.items.iter();
    items.map(|item| visible(item)).collect()
}

/// "Lets A and B pull images."
fn sentence(statement: &Statement, locale: Locale) -> AnyView {
    let texts = PolicyTexts(locale);
    let (named, excluded) = principals_of(statement);
    let deed = match statement.effect {
        Effect::Deny => Deed::Denies,
        Effect::Allow if statement.conditions.is_empty() => Deed::Allows,
        Effect::Allow => Deed::MayAllow,
    };
    let whom = principals(named, excluded, deed, locale);
    let parts = [whom, deeds(statement, locale)];
    match statement.effect {
        Effect::Deny => woven(|[whom, deeds]| texts.forbids(whom, deeds), parts),
        Effect::Allow => woven(|[whom, deeds]| texts.lets(whom, deeds), parts),
    }
}

/// The actions that a statement allows or denies, in words.
fn deeds(statement: &Statement, locale: Locale) -> AnyView {
    let texts = PolicyTexts(locale);
    let patterns = actions_of(statement);
    let is_everything = |pattern: &String| pattern == "*" || pattern.eq_ignore_ascii_case("ecr:*");
    let everything = patterns.iter().any(is_everything);
    let named = || actions(&patterns, locale).into_any();
    match (statement.actions.excluded, statement.effect) {
        (false, Effect::Deny) if everything => texts.anything().into_any(),
        (false, Effect::Allow) if everything => texts.everything().into_any(),
        (false, Effect::Allow) => named(),
        (false, Effect::Deny) => {
            alternatives(forbidden_phrases(&patterns, locale), locale).into_any()
        }
        (true, Effect::Deny) => woven(|[deeds]| texts.anything_but(deeds), [named()]),
        (true, Effect::Allow) => woven(|[deeds]| texts.everything_but(deeds), [named()]),
    }
}

/// What actions let people do, by the patterns for them.
fn actions(patterns: &[String], locale: Locale) -> impl IntoView + use<> {
    let (known, unknown) = resolve(patterns);
    listed(named(&known, &unknown, locale), locale)
}

/// What people cannot do without actions, by the patterns for these: each push ends with `ecr:PutImage`.
pub(super) fn forbidden_phrases(patterns: &[String], locale: Locale) -> Vec<AnyView> {
    let (mut known, unknown) = resolve(patterns);
    if known.contains(&Action::PutImage) {
        known.extend(ActionGroup::Push.actions());
    }
    named(&known, &unknown, locale)
}

/// The phrases for known actions, and for the others together.
fn named(known: &BTreeSet<Action>, unknown: &[String], locale: Locale) -> Vec<AnyView> {
    let texts = PolicyTexts(locale);
    let mut phrases: Vec<String> = phrases(known, locale)
        .into_iter()
        .map(ToOwned::to_owned)
        .collect();
    if !unknown.is_empty() {
        phrases.push(texts.other_actions(&messages::listed(unknown, locale)));
    }
    phrases.into_iter().map(IntoAny::into_any).collect()
}

/// The actions of a repository that match the patterns: those that have a phrase, and the names of the others. A pattern
/// that matches none is among the latter.
fn resolve(patterns: &[String]) -> (BTreeSet<Action>, Vec<String>) {
    let mut known = BTreeSet::new();
    let mut others = Vec::new();
    let concern_repositories = |action: &&ActionFacts| action.concerns == Concerns::Repository;
    for pattern in patterns {
        let of_repositories = ACTIONS.iter().filter(concern_repositories);
        let names = of_repositories.map(|action| action.name);
        let mut names = names
            .filter(|name| policy::action_matches(pattern, name))
            .peekable();
        if names.peek().is_none() {
            others.push(pattern.clone());
        }
        for name in names {
            match name.parse() {
                Ok(action) => drop(known.insert(action)),
                Err(_) if others.iter().any(|other| other == name) => {}
                Err(_) => others.push(name.to_owned()),
            }
        }
    }
    (known, others)
}

fn conditions(conditions: &[Located<Condition>], locale: Locale) -> impl IntoView + use<> {
    let texts = PolicyTexts(locale);
    (!conditions.is_empty()).then(|| {
        let conditions = conditions
            .iter()
            .map(|condition| view! { <li>{condition_words(condition, locale)}</li> });
        view! {
            <div class="statement-conditions">
                <p>{texts.conditions()}</p>
                <ul>{conditions.collect_view()}</ul>
            </div>
        }
    })
}

/// A remark: what is wrong, and what to do.
pub fn remark_words(remark: &Remark, locale: Locale) -> impl IntoView + use<> {
    let class = match remark.severity {
        Severity::Error | Severity::Warning => "remark remark-warning",
        Severity::Note => "remark",
    };
    view! { <p class=class>{advice(&remark.finding, locale)}</p> }
}

/// What Gantry cannot know about a statement, and how it decides then.
fn limits(statement: &Statement, texts: PolicyTexts) -> Vec<&'static str> {
    let (mut principals, excluded) = principals_of(statement);
    let is_allow = statement.effect == Effect::Allow;
    let delegates = is_allow
        && !excluded
        && principals.any(|principal| matches!(principal.named(), Named::Account(_)));
    let is_conditional = !statement.conditions.is_empty();
    let (mut principals, _) = principals_of(statement);
    let everyone = principals.any(|principal| matches!(principal.named(), Named::Everyone));
    let is_narrowed = is_allow && !excluded && is_conditional && everyone;
    [
        is_narrowed.then(|| texts.everyone_condition_remark()),
        delegates.then(|| texts.account_remark()),
        (is_conditional && is_allow).then(|| texts.allow_condition_remark()),
        (is_conditional && !is_allow).then(|| texts.deny_condition_remark()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The statement's principals and actions, as written; folded.
fn elements(statement: &Statement, locale: Locale) -> impl IntoView + use<> {
    let texts = PolicyTexts(locale);
    let items = |items: Vec<String>| {
        let items = items
            .into_iter()
            .map(|item| view! { <li><code>{item}</code></li> });
        view! { <ul class="action-names">{items.collect_view()}</ul> }
    };
    let (principals, excluded) = principals_of(statement);
    let principals = principals.map(|principal| visible(&principal.text));
    let name = |name: &'static str, excluded: bool| {
        let but = excluded.then(|| CommonTexts(locale).in_brackets(texts.all_but()));
        view! { <dt>{name} {but}</dt> }
    };
    view! {
        <details class="statement-elements">
            <summary>{texts.elements()}</summary>
            <dl>
                {name(texts.actions(), statement.actions.excluded)}
                <dd>{items(actions_of(statement))}</dd>
                {name(texts.principals(), excluded)}
                <dd>{items(principals.collect())}</dd>
            </dl>
        </details>
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests;
