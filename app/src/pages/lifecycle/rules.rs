//! Rules in plain words. Amazon ECR User Guide, "Lifecycle policy properties".

use leptos::{either::Either, prelude::*};
use model::{
    Locale,
    lifecycle::{Keep, RuleView, Selection},
};

use crate::{
    components::{
        alert::{Alert, Urgency},
        bytes::grouped,
    },
    messages::lifecycle::LifecycleTexts,
};

/// The rules, by priority; or that they cannot be read.
#[component]
pub fn Rules(rules: Vec<RuleView>, locale: Locale) -> impl IntoView {
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
    Either::Right(view! {
        <section class="page-section" aria-labelledby="lifecycle-rules">
            <div class="section-head">
                <h2 id="lifecycle-rules">{texts.rules()}</h2>
                <p class="quiet">{texts.rules_note()}</p>
            </div>
            <ol class="rules">{rules.collect_view()}</ol>
        </section>
    })
}

/// A rule's anchor, by its priority.
pub fn rule_anchor(priority: i64) -> String {
    format!("rule-{priority}")
}

/// "Of images without a tag, those pushed within the last 14 days stay; the others expire."
fn sentence(rule: RuleView, texts: LifecycleTexts) -> impl IntoView {
    let keeps = match rule.keeps {
        Keep::Newest(count) => texts.newest(&grouped(count)),
        Keep::PushedWithin(days) => texts.pushed_within(days),
        Keep::PulledWithin(days) => texts.pulled_within(days),
        Keep::ArchivedWithin(days) => texts.archived_within(days),
        Keep::Other(rule) => texts.other_keep(&rule),
    };
    let others = match rule.action.as_str() {
        "expire" => texts.expire().to_owned(),
        "transition" => texts.transition().to_owned(),
        other => texts.other_action(other),
    };
    view! { {texts.of()} {selection(rule.selects, texts)} {texts.of_end()} {keeps} {others} }
}

fn selection(selects: Selection, texts: LifecycleTexts) -> impl IntoView {
    let (words, values) = match selects {
        Selection::Any => (texts.any_images(), Vec::new()),
        Selection::Untagged => (texts.untagged_images(), Vec::new()),
        Selection::Prefixes(values) if values.len() > 1 => (texts.with_prefixes(), values),
        Selection::Prefixes(values) => (texts.with_prefix(), values),
        Selection::Patterns(values) if values.len() > 1 => (texts.with_patterns(), values),
        Selection::Patterns(values) => (texts.with_pattern(), values),
    };
    let values = values.into_iter().enumerate().map(|(index, value)| {
        let gap = (index > 0).then_some(" ");
        view! { {gap} <code>{value}</code> }
    });
    (words, values.collect_view())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::text_of;

    fn said(rule: RuleView, locale: Locale) -> String {
        text_of(sentence(rule, LifecycleTexts(locale)))
    }

    fn rule(selects: Selection, keeps: Keep, action: &str) -> RuleView {
        RuleView {
            priority: 1,
            description: None,
            selects,
            keeps,
            action: action.to_owned(),
        }
    }

    #[test]
    fn rules_become_sentences() {
        let untagged = rule(Selection::Untagged, Keep::PushedWithin(1), "expire");
        assert_eq!(
            said(untagged.clone(), Locale::En),
            "Of images without a tag, those pushed within the last day stay; the others expire and are deleted."
        );
        assert_eq!(
            said(untagged, Locale::Zh),
            "在没有标签的镜像中，保留最近 1 天内推送的，其余的过期并被删除。"
        );
        let many = rule(Selection::Any, Keep::Newest(1_500), "transition");
        assert_eq!(
            said(many, Locale::En),
            "Of all images, the newest 1,500 stay; the others move to the archive."
        );
    }

    #[test]
    fn several_prefixes_must_all_be_met() {
        let prefixes = Selection::Prefixes(vec!["prod".into(), "web".into()]);
        let text = said(rule(prefixes, Keep::Newest(3), "expire"), Locale::En);
        assert!(
            text.contains("begin with each of prod web, the newest 3"),
            "{text}"
        );
    }
}
