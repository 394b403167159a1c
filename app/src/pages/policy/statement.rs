//! A statement in plain words.

use std::collections::BTreeSet;

use leptos::prelude::*;
use model::{
    Action, Locale,
    policy::{ConditionView, PrincipalPattern, StatementView},
};

use super::{
    condition::ConditionWords,
    forbidden::forbidden,
    principal::{principal_remark, principal_text, principals},
    text::line_anchor,
    words::{alternatives, listed},
};
use crate::{
    components::{badge::Badge, woven::woven},
    messages::{self, common::CommonTexts, policy::PolicyTexts},
    parts::{
        action_group::{ActionGroup, phrases},
        grants::statement_anchor,
    },
};

/// A statement: a sentence that says what it does, remarks, and its elements as written.
#[component]
pub fn StatementCard(statement: StatementView, locale: Locale) -> impl IntoView {
    let texts = PolicyTexts(locale);
    let label = label(&statement);
    let anchor = statement_anchor(&label);
    let effect = if statement.denies {
        view! { <Badge look="failure" label=texts.deny() /> }
    } else {
        view! { <Badge look="good" label=texts.allow() /> }
    };
    let remarks = remarks(&statement, texts)
        .into_iter()
        .map(|(warns, remark)| {
            let class = if warns {
                "remark remark-warning"
            } else {
                "remark"
            };
            view! { <p class=class>{remark}</p> }
        });
    view! {
        <article class="statement" id=anchor>
            <h3>
                {effect}
                <span class="statement-label">{label}</span>
                <a href=format!("#{}", line_anchor(statement.line))>{texts.line(statement.line)}</a>
            </h3>
            <p class="statement-sentence">
                {sentence(&statement, locale)} {forbidden(&statement.overrides, locale)}
            </p>
            <Conditions conditions=statement.conditions.clone() locale />
            {remarks.collect_view()}
            <Elements statement locale />
        </article>
    }
}

/// "Lets A and B pull images."
fn sentence(statement: &StatementView, locale: Locale) -> AnyView {
    let texts = PolicyTexts(locale);
    let whom = principals(&statement.principals, statement.principals_excluded, locale);
    let parts = [whom, deeds(statement, locale)];
    if statement.denies {
        woven(|[whom, deeds]| texts.forbids(whom, deeds), parts)
    } else {
        woven(|[whom, deeds]| texts.lets(whom, deeds), parts)
    }
}

/// The actions that a statement allows or denies, in words.
fn deeds(statement: &StatementView, locale: Locale) -> AnyView {
    let texts = PolicyTexts(locale);
    let is_everything = |pattern: &String| pattern == "*" || pattern.eq_ignore_ascii_case("ecr:*");
    let everything = statement.actions.iter().any(is_everything);
    let named = || actions(&statement.actions, locale).into_any();
    match (statement.actions_excluded, statement.denies) {
        (false, true) if everything => texts.anything().into_any(),
        (false, false) if everything => texts.everything().into_any(),
        (false, false) => named(),
        (false, true) => {
            alternatives(forbidden_phrases(&statement.actions, locale), locale).into_any()
        }
        (true, true) => woven(|[deeds]| texts.anything_but(deeds), [named()]),
        (true, false) => woven(|[deeds]| texts.everything_but(deeds), [named()]),
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

/// The known actions that match the patterns, and the patterns that match none.
fn resolve(patterns: &[String]) -> (BTreeSet<Action>, Vec<String>) {
    let mut known = BTreeSet::new();
    let mut unknown = Vec::new();
    for pattern in patterns {
        let matching: Vec<_> = Action::ALL
            .iter()
            .filter(|action| policy::action_matches(pattern, action.as_str()))
            .copied()
            .collect();
        if matching.is_empty() {
            unknown.push(pattern.clone());
        }
        known.extend(matching);
    }
    (known, unknown)
}

#[component]
fn Conditions(conditions: Vec<ConditionView>, locale: Locale) -> impl IntoView {
    let texts = PolicyTexts(locale);
    (!conditions.is_empty()).then(|| {
        let conditions = conditions
            .into_iter()
            .map(|condition| view! { <li><ConditionWords condition locale /></li> });
        view! {
            <div class="statement-conditions">
                <p>{texts.conditions()}</p>
                <ul>{conditions.collect_view()}</ul>
            </div>
        }
    })
}

/// Remarks about a statement. The flags say which of them are warnings.
fn remarks(statement: &StatementView, texts: PolicyTexts) -> Vec<(bool, &'static str)> {
    let mut remarks = Vec::new();
    let mut add = |remark| {
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    };
    if !statement.denies && !statement.principals_excluded {
        let of_principals = |principal: &PrincipalPattern| principal_remark(principal, texts);
        statement
            .principals
            .iter()
            .filter_map(of_principals)
            .for_each(&mut add);
    }
    if statement.principals_excluded {
        add((true, texts.not_principal_remark()));
    }
    if statement.actions_excluded {
        add((true, texts.not_action_remark()));
    }
    if !statement.conditions.is_empty() {
        add((
            false,
            if statement.denies {
                texts.deny_condition_remark()
            } else {
                texts.allow_condition_remark()
            },
        ));
    }
    remarks
}

/// The statement's principals and actions, as written; folded.
#[component]
fn Elements(statement: StatementView, locale: Locale) -> impl IntoView {
    let texts = PolicyTexts(locale);
    let items = |items: Vec<String>| {
        let items = items
            .into_iter()
            .map(|item| view! { <li><code>{item}</code></li> });
        view! { <ul class="action-names">{items.collect_view()}</ul> }
    };
    let principals = statement
        .principals
        .iter()
        .map(|principal| principal_text(principal).to_owned())
        .collect();
    let name = |name: &'static str, excluded: bool| {
        let but = excluded.then(|| CommonTexts(locale).in_brackets(texts.all_but()));
        view! { <dt>{name} {but}</dt> }
    };
    view! {
        <details class="statement-elements">
            <summary>{texts.elements()}</summary>
            <dl>
                {name(texts.actions(), statement.actions_excluded)}
                <dd>{items(statement.actions)}</dd>
                {name(texts.principals(), statement.principals_excluded)}
                <dd>{items(principals)}</dd>
            </dl>
        </details>
    }
}

/// The name of a statement: its Sid, or its position.
fn label(statement: &StatementView) -> String {
    match &statement.sid {
        Some(sid) if !sid.is_empty() => sid.clone(),
        _ => format!("#{}", statement.index),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::text_of;

    const ROLE: &str = "arn:aws:iam::111122223333:role/storefront-developer";

    fn statement(principals: Vec<PrincipalPattern>, actions: &[&str]) -> StatementView {
        StatementView {
            sid: Some("TeamPulls".into()),
            index: 0,
            line: 4,
            denies: false,
            principals,
            principals_excluded: false,
            actions: actions.iter().map(ToString::to_string).collect(),
            actions_excluded: false,
            conditions: Vec::new(),
            overrides: Vec::new(),
        }
    }

    const PULL: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

    #[test]
    fn statements_become_sentences_in_both_languages() {
        let role = PrincipalPattern::Arn(ROLE.into());
        let account = PrincipalPattern::Account("444455556666".into());
        let pulls = statement(vec![role, account], &PULL);
        assert_eq!(
            text_of(sentence(&pulls, Locale::En)),
            "Lets role/storefront-developer and account 444455556666 as a whole pull images."
        );
        assert_eq!(
            text_of(sentence(&pulls, Locale::Zh)),
            "允许 role/storefront-developer、整个账户 444455556666 拉取镜像。"
        );
    }

    #[test]
    fn excluded_actions_and_principals_are_named() {
        let role = PrincipalPattern::Arn(ROLE.into());
        let guarded = StatementView {
            denies: true,
            principals_excluded: true,
            actions_excluded: true,
            ..statement(vec![role], &["ecr:ListImages"])
        };
        assert_eq!(
            text_of(sentence(&guarded, Locale::En)),
            "Forbids everyone except role/storefront-developer to do anything except: list tags and digests."
        );
    }

    #[test]
    fn an_allow_for_everyone_has_a_warning() {
        let texts = PolicyTexts(Locale::En);
        let open = statement(vec![PrincipalPattern::Everyone], &PULL);
        assert_eq!(remarks(&open, texts), [(true, texts.everyone_remark())]);
        let closed = StatementView {
            denies: true,
            ..open
        };
        assert_eq!(remarks(&closed, texts), []);
    }

    #[test]
    fn markup_in_a_policy_is_text() {
        let mut hostile = statement(
            vec![PrincipalPattern::Other("<script>x</script>".into())],
            &["<img src=x>"],
        );
        hostile.sid = Some("<b>\"'".into());
        let html = view! { <StatementCard statement=hostile locale=Locale::En /> }.to_html();
        for markup in ["<script", "<img", "<b>"] {
            assert!(!html.contains(markup), "{markup} in {html}");
        }
    }

    #[test]
    fn patterns_are_expanded_to_the_actions_that_they_match() {
        let patterns = ["ECR:Put*", "ecr:ReplicateImage"].map(str::to_owned);
        let (known, unknown) = resolve(&patterns);
        assert_eq!(
            known,
            BTreeSet::from([
                Action::PutImage,
                Action::PutImageTagMutability,
                Action::PutLifecyclePolicy,
            ])
        );
        assert_eq!(unknown, ["ecr:ReplicateImage"]);
    }
}
