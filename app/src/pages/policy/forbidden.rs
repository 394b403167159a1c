//! Denies that limit an allow.

use leptos::prelude::*;
use model::{Locale, visible};
use policy::{Override, Policy, Statement};

use super::{
    principal::{Deed, principals},
    statement::forbidden_phrases,
    words::listed,
};
use crate::{
    components::woven::woven,
    messages::{gap, policy::PolicyTexts},
    parts::grants::statement_anchor,
};

/// "But the statement OnlyReleases forbids a part of it for role/ci: push images and move tags." A sentence for each
/// deny that overrides an allow of the policy.
pub fn forbidden(
    overrides: &[Override],
    allow: &Statement,
    policy: &Policy,
    locale: Locale,
) -> impl IntoView + use<> {
    let sentence = |it: &Override| {
        let deny = policy.statements.get(it.deny)?;
        let sentence = sentence(it, allow, deny, locale);
        // Leptos drops the space between two blocks.
        Some(view! { {gap(locale)} {sentence} }.into_any())
    };
    let sentences = overrides.iter().filter_map(sentence);
    sentences.collect_view()
}

fn sentence(
    it: &Override,
    allow: &Statement,
    deny: &Statement,
    locale: Locale,
) -> impl IntoView + use<> {
    let texts = PolicyTexts(locale);
    let label = visible(&deny.label(it.deny));
    let href = format!("#{}", statement_anchor(&label));
    let statement = view! { <a href=href>{label}</a> }.into_any();
    let whom = it.principals(allow, deny);
    let whom = whom.map(|(named, excluded)| principals(named, excluded, Deed::Denies, locale));
    let deeds = (!it.all_actions).then(|| {
        let actions: Vec<_> = it.actions.iter().map(|action| visible(action)).collect();
        listed(forbidden_phrases(&actions, locale), locale).into_any()
    });
    let certain = it.certain;
    match (whom, deeds) {
        (None, None) => woven(|[statement]| texts.but_it(statement, certain), [statement]),
        (Some(whom), None) => woven(
            |[statement, whom]| texts.but_it_for(statement, whom, certain),
            [statement, whom],
        ),
        (None, Some(deeds)) => woven(
            |[statement, deeds]| texts.but_part(statement, deeds, certain),
            [statement, deeds],
        ),
        (Some(whom), Some(deeds)) => woven(
            |[statement, whom, deeds]| texts.but_part_for(statement, whom, deeds, certain),
            [statement, whom, deeds],
        ),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use policy::{CompiledPolicy, Context, PolicyKind, Resource};
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::text_of;

    fn arns(names: &[&str]) -> Value {
        let arn = |name: &&str| format!("arn:aws:iam::111122223333:{name}");
        json!({"AWS": names.iter().map(arn).collect::<Vec<_>>()})
    }

    /// What is said of an allow to pull and push, and the deny beside it.
    fn said(allowed: &Value, mut deny: Value, locale: Locale) -> String {
        deny["Sid"] = json!("OnlyReleases");
        deny["Effect"] = json!("Deny");
        let allow = json!({"Effect": "Allow", "Principal": allowed, "Action": ["ecr:PutImage", "ecr:BatchGetImage"]});
        let policy = json!({"Version": "2012-10-17", "Statement": [allow, deny]});
        let policy = CompiledPolicy::parse(policy.to_string(), PolicyKind::Repository).unwrap();
        let resource = Resource::new(
            "arn:aws:ecr:eu-central-1:111122223333:repository/shop",
            None,
        );
        let overrides = policy.overrides(0, &resource, &Context::default());
        let policy = policy.policy();
        text_of(forbidden(&overrides, &policy.statements[0], policy, locale))
    }

    #[test]
    fn a_deny_is_named_with_the_actions_and_principals_that_it_affects() {
        let both = arns(&["role/ci", "role/qa"]);
        let push = json!({"Principal": arns(&["role/ci"]), "Action": "ecr:PutImage"});
        assert_eq!(
            said(
                &both,
                json!({"Principal": "*", "Action": "ecr:*"}),
                Locale::En
            ),
            "But the statement OnlyReleases forbids it."
        );
        assert_eq!(
            said(&both, push.clone(), Locale::En),
            "But the statement OnlyReleases forbids a part of it for role/ci: push images and move tags."
        );
        assert_eq!(
            said(&both, push, Locale::Zh),
            "但语句 OnlyReleases 禁止其中一部分，针对 role/ci：推送镜像、移动标签。"
        );
        let all_but = json!({"NotPrincipal": arns(&["user/release", "root"]), "Action": "ecr:*"});
        assert_eq!(
            said(&json!("*"), all_but, Locale::En),
            "But the statement OnlyReleases forbids it for everyone who is not exempt (named as exempt: user/release and account 111122223333 as a whole)."
        );
    }

    #[test]
    fn an_uncertain_deny_is_called_possible() {
        let outside = json!({"Principal": arns(&["role/ci", "role/qa"]), "Action": "ecr:*",
            "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}});
        assert_eq!(
            said(
                &arns(&["role/ci", "role/qa", "role/release"]),
                outside,
                Locale::En
            ),
            "But the statement OnlyReleases may forbid it for role/ci and role/qa. That depends on the request."
        );
    }
}
