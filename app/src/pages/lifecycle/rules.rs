//! Lifecycle rules in plain words. Source: Amazon ECR User Guide, "Lifecycle policy properties".

use leptos::{either::Either, prelude::*};
use model::{
    Locale,
    lifecycle::{Fate, Keep, RuleView, Selection},
};

use crate::{
    components::{
        alert::{Alert, Urgency},
        woven::woven,
    },
    messages::{lifecycle::LifecycleTexts, list::ListTexts},
    pages::policy::words::listed,
};

/// The rules by priority, with what Gantry does not know about each; or why they cannot be read.
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
    let beside = (!unknown.is_empty()).then(|| {
        let parts = codes(unknown, texts);
        view! { <p>{woven(|[parts]| texts.unknown_beside(parts), [parts])}</p> }
    });
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

/// The anchor of a rule, by its priority.
pub fn rule_anchor(priority: i64) -> String {
    format!("rule-{priority}")
}

/// "Of images without a tag, those pushed within the last 14 days stay; the others expire and are deleted."
fn sentence(rule: RuleView, texts: LifecycleTexts) -> impl IntoView {
    let gap = ListTexts(texts.0).gap();
    let note = matches!(rule.keeps, Keep::PulledWithin(_))
        .then(|| format!("{gap}{}", texts.never_pulled()));
    let kept = match rule.keeps {
        Keep::Newest(count) => texts.newest(count),
        Keep::PushedWithin(days) => texts.pushed_within(days),
        Keep::PulledWithin(days) => texts.pulled_within(days),
        Keep::ArchivedWithin(days) => texts.archived_within(days),
        Keep::Other(rule) => texts.other_keep(&rule),
    };
    let images = selection(rule.selects, rule.archived, texts);
    let says = |[images]: [&str; 1]| match &rule.fate {
        Fate::Expire => texts.expire(images, &kept),
        Fate::Archive => texts.transition(images, &kept),
        Fate::Other(action) => texts.other_action(images, &kept, action),
    };
    let unknown = (!rule.unknown.is_empty()).then(|| {
        let parts = codes(rule.unknown, texts);
        woven(
            |[parts]| format!("{gap}{}", texts.unknown_parts(parts)),
            [parts],
        )
    });
    view! { {woven(says, [images])} {note} {unknown} }
}

/// "archived images with a tag that begins with prod".
fn selection(selects: Selection, archived: bool, texts: LifecycleTexts) -> AnyView {
    let (says, values): (fn(LifecycleTexts, bool, &str) -> String, _) = match selects {
        Selection::Any => return texts.any_images(archived).into_any(),
        Selection::Untagged => return texts.untagged_images(archived).into_any(),
        Selection::Tagged => return texts.tagged_images(archived).into_any(),
        Selection::Other(status) => return texts.other_status(archived, &status).into_any(),
        Selection::Prefixes(values) if values.len() > 1 => (LifecycleTexts::with_prefixes, values),
        Selection::Prefixes(values) => (LifecycleTexts::with_prefix, values),
        Selection::Patterns(values) if values.len() > 1 => (LifecycleTexts::with_patterns, values),
        Selection::Patterns(values) => (LifecycleTexts::with_pattern, values),
    };
    let values = codes(values, texts);
    woven(|[values]| says(texts, archived, values), [values])
}

/// Values as a list in a sentence, each marked up.
fn codes(values: Vec<String>, texts: LifecycleTexts) -> AnyView {
    let codes = values
        .into_iter()
        .map(|value| view! { <code>{value}</code> }.into_any())
        .collect();
    listed(codes, texts.0).into_any()
}

#[cfg(test)]
mod tests;
