//! Rules in plain words. Amazon ECR User Guide, "Lifecycle policy properties".

use leptos::{either::Either, prelude::*};
use model::{
    Locale,
    lifecycle::{Fate, Keep, RuleView, Selection},
};

use crate::{
    components::alert::{Alert, Urgency},
    messages::lifecycle::LifecycleTexts,
    pages::policy::words::listed,
};

/// The rules, by priority, and what stands beside them; or that they cannot be read.
#[component]
pub fn Rules(rules: Vec<RuleView>, unknown: Vec<String>, locale: Locale) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    if rules.is_empty() {
        return Either::Left(view! {
            <Alert urgency=Urgency::Warning title=texts.unreadable_title()>
                <p>{texts.unreadable()}</p>
            </Alert>
        });
    }
    let rules = rules.into_iter().map(|rule| {
        let anchor = rule_anchor(rule.priority);
        let description = rule
            .description
            .clone()
            .map(|text| view! { <p class="quiet rule-description">{text}</p> });
        view! {
            <li class="rule" id=anchor>
                <h3>{texts.priority(rule.priority)}</h3>
                <p class="rule-sentence">{sentence(rule, texts)}</p>
                {description}
            </li>
        }
    });
    let beside = (!unknown.is_empty()).then(
        || view! { <p>{texts.unknown_beside()} {codes(unknown, texts)} {texts.full_stop()}</p> },
    );
    Either::Right(view! {
        <section class="page-section" aria-labelledby="lifecycle-rules">
            <div class="section-head">
                <h2 id="lifecycle-rules">{texts.rules()}</h2>
                <p class="quiet">{texts.rules_note()}</p>
            </div>
            <ol class="rules">{rules.collect_view()}</ol>
            {beside}
        </section>
    })
}

/// A rule's anchor, by its priority.
pub fn rule_anchor(priority: i64) -> String {
    format!("rule-{priority}")
}

/// "Of images without a tag, those pushed within the last 14 days stay; the others expire and are deleted."
fn sentence(rule: RuleView, texts: LifecycleTexts) -> impl IntoView {
    let note = matches!(rule.keeps, Keep::PulledWithin(_)).then(|| texts.never_pulled());
    let keeps = match rule.keeps {
        Keep::Newest(count) => texts.newest(count),
        Keep::PushedWithin(days) => texts.pushed_within(days),
        Keep::PulledWithin(days) => texts.pulled_within(days),
        Keep::ArchivedWithin(days) => texts.archived_within(days),
        Keep::Other(rule) => texts.other_keep(&rule),
    };
    let others = match rule.fate {
        Fate::Expire => texts.expire().to_owned(),
        Fate::Archive => texts.transition().to_owned(),
        Fate::Other(action) => texts.other_action(&action),
    };
    let unknown = (!rule.unknown.is_empty()).then(
        || view! { {texts.unknown_parts()} {codes(rule.unknown, texts)} {texts.full_stop()} },
    );
    let selection = selection(rule.selects, rule.archived, texts);
    view! { {texts.of()} {selection} {texts.of_end()} {keeps} {others} {note} {unknown} }
}

/// "archived images with a tag that begins with prod".
fn selection(selects: Selection, archived: bool, texts: LifecycleTexts) -> impl IntoView {
    let (words, values) = match selects {
        Selection::Any => (texts.any_images(archived), Vec::new()),
        Selection::Untagged => (texts.untagged_images(archived), Vec::new()),
        Selection::Tagged => (texts.tagged_images(archived), Vec::new()),
        Selection::Prefixes(values) if values.len() > 1 => (texts.with_prefixes(archived), values),
        Selection::Prefixes(values) => (texts.with_prefix(archived), values),
        Selection::Patterns(values) if values.len() > 1 => (texts.with_patterns(archived), values),
        Selection::Patterns(values) => (texts.with_pattern(archived), values),
        Selection::Other(status) => (texts.other_status(archived, &status), Vec::new()),
    };
    (words, codes(values, texts))
}

/// Values as a sentence lists them, set apart from its words.
fn codes(values: Vec<String>, texts: LifecycleTexts) -> impl IntoView {
    let codes = values
        .into_iter()
        .map(|value| view! { <code>{value}</code> }.into_any())
        .collect();
    listed(codes, texts.0)
}

#[cfg(test)]
mod tests;
