//! That denies take back what an allow gives.

use leptos::prelude::*;
use model::{Locale, policy::OverrideView};

use super::{principal::principal_words, statement::actions, words::listed};
use crate::{messages::policy::PolicyTexts, parts::grants::statement_anchor};

/// "But the statement OnlyReleases forbids a part of it for role/ci: put manifests and move tags." A sentence for each
/// deny.
pub fn forbidden(overrides: &[OverrideView], locale: Locale) -> impl IntoView + use<> {
    let sentences = overrides.iter().map(|it| sentence(it, locale).into_any());
    sentences.collect_view()
}

fn sentence(it: &OverrideView, locale: Locale) -> impl IntoView + use<> {
    let texts = PolicyTexts(locale);
    let verb = match (it.certain, it.actions.is_empty()) {
        (true, true) => texts.forbids_it(),
        (true, false) => texts.forbids_part(),
        (false, true) => texts.may_forbid_it(),
        (false, false) => texts.may_forbid_part(),
    };
    let href = format!("#{}", statement_anchor(&it.statement));
    let statement = it.statement.clone();
    // An empty text would be a space.
    let part = |text: &'static str| (it.principals_excluded && !text.is_empty()).then_some(text);
    let (but, but_end) = (part(texts.everyone_but()), part(texts.everyone_but_end()));
    let whom = (!it.principals.is_empty()).then(|| {
        let words = it
            .principals
            .iter()
            .map(|principal| principal_words(principal, locale));
        view! { {texts.forbids_for()} {but} {listed(words.collect(), locale)} {but_end} }
    });
    let what = (!it.actions.is_empty())
        .then(|| view! { {texts.forbids_what()} {actions(&it.actions, locale)} });
    let depends = (!it.certain).then(|| texts.depends());
    view! {
        {texts.but_statement()} <a href=href>{statement}</a> {verb} {whom} {what} {depends} {texts.full_stop()}
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
    fn a_deny_is_named_with_what_it_takes_back_and_for_whom() {
        assert_eq!(
            said(it(true, &[], &[]), Locale::En),
            "But the statement OnlyReleases forbids it."
        );
        assert_eq!(
            said(it(true, &["role/ci"], &["ecr:PutImage"]), Locale::En),
            "But the statement OnlyReleases forbids a part of it for role/ci: put manifests and move tags."
        );
        assert_eq!(
            said(it(true, &["role/ci"], &["ecr:PutImage"]), Locale::Zh),
            "但语句 OnlyReleases 禁止其中一部分，针对 role/ci：写入清单并移动标签。"
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
    fn what_is_not_certain_is_said_to_be_possible() {
        assert_eq!(
            said(it(false, &["role/ci", "role/qa"], &[]), Locale::En),
            "But the statement OnlyReleases may forbid it for role/ci and role/qa. That depends on the request."
        );
    }
}
