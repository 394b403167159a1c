//! The principals of a statement.

use leptos::prelude::*;
use model::{Locale, visible};
use policy::{Named, PrincipalElement};

use super::words::listed;
use crate::{components::woven::woven, messages::policy::PolicyTexts};

/// What a statement does to its principals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It allows them something.
    Allows,
    /// It allows it to those of them that its conditions decide on.
    MayAllow,
    /// It denies them something.
    Denies,
}

/// Principals as part of a sentence, or everyone except them.
pub fn principals<'a>(
    named: impl IntoIterator<Item = &'a PrincipalElement>,
    excluded: bool,
    deed: Deed,
    locale: Locale,
) -> AnyView {
    let names = named.into_iter();
    let names = names.map(|it| principal_words(it, deed, excluded, locale));
    let names = listed(names.collect(), locale).into_any();
    let texts = PolicyTexts(locale);
    match (excluded, deed) {
        (false, _) => names,
        (true, Deed::Denies) => woven(|[names]| texts.everyone_not_exempt(names), [names]),
        (true, _) => woven(|[names]| texts.everyone_but(names), [names]),
    }
}

/// A principal as part of a sentence: a role by its short name, with the ARN on hover; other principals in words.
fn principal_words(
    principal: &PrincipalElement,
    deed: Deed,
    excluded: bool,
    locale: Locale,
) -> AnyView {
    let texts = PolicyTexts(locale);
    match principal.named() {
        Named::Everyone if deed != Deed::Allows => texts.everyone().into_any(),
        Named::Everyone => {
            view! { <strong class="everyone">{texts.everyone()}</strong> }.into_any()
        }
        Named::Account(account) if deed == Deed::Denies && !excluded => {
            texts.everyone_in_account(&account.to_string()).into_any()
        }
        Named::Account(account) => texts.account(&account.to_string()).into_any(),
        Named::Arn(arn) => {
            let arn = visible(arn);
            let short = short_arn(&arn).to_owned();
            view! { <code title=arn>{short}</code> }.into_any()
        }
        Named::Deleted(id) => texts.deleted(&visible(id)).into_any(),
        Named::Service(name) => texts.service(&visible(name)).into_any(),
        Named::Federated(name) | Named::Nothing(name) => {
            view! { <code>{visible(name)}</code> }.into_any()
        }
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
