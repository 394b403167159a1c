//! Denies that limit an allow.

use leptos::prelude::*;
use model::{Locale, policy::OverrideView};

use super::{principal::principals, statement::forbidden_phrases, words::listed};
use crate::{
    components::woven::woven, messages::policy::PolicyTexts, parts::grants::statement_anchor,
};

/// "But the statement OnlyReleases forbids a part of it for role/ci: push images and move tags." A sentence for each
/// deny.
pub fn forbidden(overrides: &[OverrideView], locale: Locale) -> impl IntoView + use<> {
    let sentences = overrides.iter().map(|it| sentence(it, locale).into_any());
    sentences.collect_view()
}

fn sentence(it: &OverrideView, locale: Locale) -> impl IntoView + use<> {
    let texts = PolicyTexts(locale);
    let href = format!("#{}", statement_anchor(&it.statement));
    let statement = view! { <a href=href>{it.statement.clone()}</a> }.into_any();
    let whom = (!it.principals.is_empty())
        .then(|| principals(&it.principals, it.principals_excluded, locale));
    let deeds = (!it.actions.is_empty())
        .then(|| listed(forbidden_phrases(&it.actions, locale), locale).into_any());
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
mod tests {
    use model::policy::PrincipalPattern;

    use super::*;
    use crate::testing::text_of;

    fn it(certain: bool, principals: &[&str], actions: &[&str]) -> OverrideView {
        let arn = |name: &&str| PrincipalPattern::Arn(format!("arn:aws:iam::111122223333:{name}"));
        OverrideView {
            statement: "OnlyReleases".to_owned(),
            certain,
            principals: principals.iter().map(arn).collect(),
            principals_excluded: false,
            actions: actions.iter().map(ToString::to_string).collect(),
        }
    }

    fn said(it: OverrideView, locale: Locale) -> String {
        text_of(forbidden(&[it], locale))
    }

    #[test]
    fn a_deny_is_named_with_the_actions_and_principals_that_it_affects() {
        assert_eq!(
            said(it(true, &[], &[]), Locale::En),
            "But the statement OnlyReleases forbids it."
        );
        assert_eq!(
            said(it(true, &["role/ci"], &["ecr:PutImage"]), Locale::En),
            "But the statement OnlyReleases forbids a part of it for role/ci: push images and move tags."
        );
        assert_eq!(
            said(it(true, &["role/ci"], &["ecr:PutImage"]), Locale::Zh),
            "但语句 OnlyReleases 禁止其中一部分，针对 role/ci：推送镜像、移动标签。"
        );
        let all_but = OverrideView {
            principals_excluded: true,
            ..it(true, &["role/release"], &[])
        };
        assert_eq!(
            said(all_but, Locale::En),
            "But the statement OnlyReleases forbids it for everyone except role/release."
        );
    }

    #[test]
    fn an_uncertain_deny_is_called_possible() {
        assert_eq!(
            said(it(false, &["role/ci", "role/qa"], &[]), Locale::En),
            "But the statement OnlyReleases may forbid it for role/ci and role/qa. That depends on the request."
        );
    }
}
