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
mod tests {
    use policy::{CompiledPolicy, Context, PolicyKind, Resource};
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::text_of;

    const ROLE: &str = "arn:aws:iam::111122223333:role/storefront-developer";
    const PULL: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

    fn parsed(statement: &Value) -> Policy {
        let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        Policy::parse(text, PolicyKind::Repository).unwrap()
    }

    #[test]
    fn statements_become_sentences_in_both_languages() {
        let pulls = parsed(&json!({
            "Effect": "Allow", "Principal": {"AWS": [ROLE, "444455556666"]}, "Action": PULL,
        }));
        let pulls = &pulls.statements[0];
        assert_eq!(
            text_of(sentence(pulls, Locale::En)),
            "Lets role/storefront-developer and account 444455556666 as a whole pull images."
        );
        assert_eq!(
            text_of(sentence(pulls, Locale::Zh)),
            "允许 role/storefront-developer、整个账户 444455556666 拉取镜像。"
        );
    }

    #[test]
    fn excluded_actions_and_principals_are_named() {
        let guarded = parsed(&json!({
            "Effect": "Deny", "NotPrincipal": {"AWS": ROLE}, "NotAction": "ecr:ListImages",
        }));
        assert_eq!(
            text_of(sentence(&guarded.statements[0], Locale::En)),
            "Forbids everyone who is not exempt (named as exempt: role/storefront-developer) \
             to do anything except: list tags and digests."
        );
    }

    #[test]
    fn a_statement_has_the_remarks_of_the_rules() {
        let two = parsed(&json!([
            {"Effect": "Allow", "Principal": "*", "Action": PULL},
            {"Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": PULL},
        ]));
        let remarks = policy::lint(&two, policy::LintOptions::default());
        let card = |index| text_of(statement_card(&two, index, &[], &remarks, Locale::En));
        let public = "Anyone with an AWS account can pull images \
                      (ecr:BatchGetImage and ecr:GetDownloadUrlForLayer). Name accounts or roles";
        assert!(card(0).contains(public), "{}", card(0));
        assert!(!card(1).contains("Anyone"), "{}", card(1));
    }

    #[test]
    fn conditions_decide_whom_of_everyone_a_statement_lets() {
        let narrowed = |condition: bool| {
            let mut statement = json!({"Effect": "Allow", "Principal": "*", "Action": PULL});
            if condition {
                let own = json!({"StringEquals": {"aws:PrincipalOrgID": "o-1"}});
                statement["Condition"] = own;
            }
            let policy = parsed(&statement);
            statement_card(&policy, 0, &[], &[], Locale::En).map(|it| it.to_html())
        };
        let (open, closed) = (narrowed(false).unwrap(), narrowed(true).unwrap());
        let remark = PolicyTexts(Locale::En).everyone_condition_remark();
        assert!(
            open.contains("class=\"everyone\"") && !open.contains(remark),
            "{open}"
        );
        assert!(
            !closed.contains("class=\"everyone\"") && closed.contains(remark),
            "{closed}"
        );
    }

    #[test]
    fn a_denied_account_is_all_of_its_roles_and_users() {
        let denies = parsed(&json!({
            "Effect": "Deny", "Principal": {"AWS": "111122223333"}, "Action": PULL,
        }));
        assert_eq!(
            text_of(sentence(&denies.statements[0], Locale::En)),
            "Forbids every role and user of account 111122223333 to pull images."
        );
    }

    #[test]
    fn sentences_about_a_statement_have_a_space_between_them() {
        let both = parsed(&json!([
            {"Sid": "All", "Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "ecr:*"},
            {"Sid": "One", "Effect": "Deny", "Principal": "*", "Action": "ecr:PutImage"},
            {"Sid": "Two", "Effect": "Deny", "Principal": "*", "Action": "ecr:ListImages"},
        ]));
        let compiled = CompiledPolicy::new(both.clone());
        let resource = Resource::new("arn:aws:ecr:eu-central-1:111122223333:repository/x", None);
        let overrides = compiled.overrides(0, &resource, &Context::default());
        let text = text_of(statement_card(&both, 0, &overrides, &[], Locale::En));
        assert_eq!(text.matches(". But the statement").count(), 2, "{text}");
    }

    #[test]
    fn what_gantry_cannot_know_is_said_of_a_statement() {
        let texts = PolicyTexts(Locale::En);
        let said = |effect: &str, condition: bool| {
            let mut statement =
                json!({"Effect": effect, "Principal": {"AWS": "444455556666"}, "Action": PULL});
            if condition {
                statement["Condition"] = json!({"StringEquals": {"aws:SourceVpce": "vpce-1"}});
            }
            limits(&parsed(&statement).statements[0], texts)
        };
        assert_eq!(said("Allow", false), [texts.account_remark()]);
        assert_eq!(
            said("Allow", true),
            [texts.account_remark(), texts.allow_condition_remark()]
        );
        assert_eq!(said("Deny", true), [texts.deny_condition_remark()]);
    }

    #[test]
    fn markup_and_hidden_characters_in_a_policy_are_text() {
        let hidden = '\u{202e}';
        let hostile = |text: &str| format!("{text}{hidden}");
        let allow = json!({
            "Sid": hostile("<b>\"'"), "Effect": "Allow", "Action": hostile("<img src=x>"),
            "Principal": {
                "AWS": [hostile("<script>x</script>"), hostile("arn:aws:iam::111122223333:role/")],
                "Service": hostile("<b>"), "Federated": hostile("<i>"),
            },
            "Condition": {"StringEquals": {
                hostile("<img src=x>"): hostile("<b>"), hostile("aws:ResourceTag/<b>"): "prod\nuction",
            }},
        });
        let deny = json!({
            "Sid": hostile("<u>"), "Effect": "Deny", "Principal": "*", "Action": hostile("<img src=x>"),
        });
        let hostile = parsed(&json!([allow, deny]));
        let compiled = CompiledPolicy::new(hostile.clone());
        let resource = Resource::new("arn:aws:ecr:eu-central-1:111122223333:repository/x", None);
        let overrides = compiled.overrides(0, &resource, &Context::default());
        assert_eq!(overrides.len(), 1);
        let remarks = policy::lint(&hostile, policy::LintOptions::default());
        assert!(remarks.len() >= 5, "{remarks:?}");
        let html = statement_card(&hostile, 0, &overrides, &remarks, Locale::En).to_html();
        for markup in ["<script", "<img", "<b>", "<i>", "<u>"] {
            assert!(!html.contains(markup), "{markup} in {html}");
        }
        assert!(!html.contains([hidden, '\n']), "{html}");
        assert!(html.matches(r"\u{202e}").count() >= 10, "{html}");
        assert!(html.contains(r"prod\u{a}uction"), "{html}");
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
        assert_eq!(
            unknown,
            ["ecr:PutImageScanningConfiguration", "ecr:ReplicateImage"],
            "an action without a phrase is named"
        );
    }
}
