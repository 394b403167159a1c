//! The principals of a statement.

use leptos::prelude::*;
use model::{Locale, policy::PrincipalPattern};

use super::words::listed;
use crate::{components::woven::woven, messages::policy::PolicyTexts};

/// Principals as part of a sentence, or everyone except them.
pub fn principals(named: &[PrincipalPattern], excluded: bool, locale: Locale) -> AnyView {
    let names = named.iter().map(|it| principal_words(it, locale)).collect();
    let names = listed(names, locale).into_any();
    if excluded {
        woven(|[names]| PolicyTexts(locale).everyone_but(names), [names])
    } else {
        names
    }
}

/// A principal as part of a sentence: a role by its short name, with the ARN on hover; other principals in words.
pub fn principal_words(principal: &PrincipalPattern, locale: Locale) -> AnyView {
    let texts = PolicyTexts(locale);
    match principal {
        PrincipalPattern::Everyone => {
            view! { <strong class="everyone">{texts.everyone()}</strong> }.into_any()
        }
        PrincipalPattern::Account(id) => texts.account(id).into_any(),
        PrincipalPattern::Arn(arn) => {
            let short = short_arn(arn).to_owned();
            view! { <code title=arn.clone()>{short}</code> }.into_any()
        }
        PrincipalPattern::Deleted(id) => texts.deleted(id).into_any(),
        PrincipalPattern::Service(name) => texts.service(name).into_any(),
        PrincipalPattern::Other(name) => view! { <code>{name.clone()}</code> }.into_any(),
    }
}

/// A remark about a principal of an allow. The flag says whether it is a warning.
pub fn principal_remark(
    principal: &PrincipalPattern,
    texts: PolicyTexts,
) -> Option<(bool, &'static str)> {
    match principal {
        PrincipalPattern::Everyone => Some((true, texts.everyone_remark())),
        PrincipalPattern::Account(_) => Some((false, texts.account_remark())),
        PrincipalPattern::Deleted(_) => Some((true, texts.deleted_remark())),
        _ => None,
    }
}

/// A principal as the policy writes it.
pub fn principal_text(principal: &PrincipalPattern) -> &str {
    match principal {
        PrincipalPattern::Everyone => "*",
        PrincipalPattern::Account(text)
        | PrincipalPattern::Arn(text)
        | PrincipalPattern::Deleted(text)
        | PrincipalPattern::Service(text)
        | PrincipalPattern::Other(text) => text,
    }
}

/// The resource part of an ARN, such as `role/teams/storefront-developer`.
fn short_arn(arn: &str) -> &str {
    arn.splitn(6, ':').nth(5).unwrap_or(arn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_shortened_to_its_resource() {
        assert_eq!(
            short_arn("arn:aws-cn:iam::111122223333:role/teams/storefront"),
            "role/teams/storefront"
        );
        assert_eq!(short_arn("not an arn"), "not an arn");
    }
}
