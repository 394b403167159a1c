//! Texts about registries, for viewers who know of several: which one, where it is, and that it cannot be read.

use leptos::prelude::*;
use model::{
    Locale, RegistryAlias, Timestamp,
    registry::{FailedCall, MixedRegistries, Registries, RegistryFailure, RegistrySummary},
};

use super::problem::explain;
use crate::{
    components::{
        alert::{Alert, Urgency},
        time::Time,
        woven::woven,
    },
    messages::{common::CommonTexts, errors::ErrorsTexts, registries::RegistriesTexts},
    paths,
};

/// A registry: its alias, linked to its page, with account and region on hover.
#[component]
pub fn RegistryLink(
    /// The alias.
    alias: RegistryAlias,
    /// Account and region, if known.
    place: String,
) -> impl IntoView {
    view! {
        <a class="registry-link" href=paths::registry(&alias) title=place>
            {alias.to_string()}
        </a>
    }
}

/// The cell that names the registry of a repository.
pub fn registry_cell(
    alias: &RegistryAlias,
    place: String,
    locale: Locale,
) -> impl IntoView + use<> {
    view! {
        <td data-label=RegistriesTexts(locale).registry()>
            <RegistryLink alias=alias.clone() place />
        </td>
    }
}

/// How many repositories, and in how many registries.
pub fn in_registries(repositories: &str, mixed: &MixedRegistries, locale: Locale) -> String {
    let texts = RegistriesTexts(locale);
    if mixed.shown == mixed.known {
        texts.in_all(repositories, mixed.known)
    } else {
        texts.in_some(repositories, mixed.shown, mixed.known)
    }
}

/// A remark for each registry that cannot be read.
#[component]
pub fn RegistryFailures(
    /// The registries that the viewer may know of.
    registries: Registries,
    /// The server's time.
    now: Timestamp,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let remark = |(registry, failure): (&RegistrySummary, &RegistryFailure)| {
        let (registry, failure) = (registry.clone(), failure.clone());
        let shown = what_is_shown(&registry, &failure, now, locale);
        view! { <RegistryRemark registry failure now locale>{shown}</RegistryRemark> }
    };
    registries.failing().map(remark).collect_view()
}

/// What a list contains of a registry that cannot be read.
fn what_is_shown(
    registry: &RegistrySummary,
    failure: &RegistryFailure,
    now: Timestamp,
    locale: Locale,
) -> AnyView {
    let texts = RegistriesTexts(locale);
    match (registry.repositories, registry.listed, failure.problem) {
        (1.., Some(at), _) => {
            let when = view! { <Time at now locale /> }.into_any();
            woven(|[when]| texts.shown_as_of(when), [when])
        }
        (_, _, None) => texts.perhaps().into_any(),
        _ => texts.not_shown().into_any(),
    }
}

/// A remark that a registry cannot be read, since when and why, as far as the viewer may know.
#[component]
pub fn RegistryRemark(
    /// The registry.
    registry: RegistrySummary,
    /// Why it cannot be read.
    failure: RegistryFailure,
    /// The server's time.
    now: Timestamp,
    /// The language.
    locale: Locale,
    /// What that means for the current page.
    children: Children,
) -> impl IntoView {
    let texts = RegistriesTexts(locale);
    let when = view! { <Time at=failure.since now locale /> }.into_any();
    let common = CommonTexts(locale);
    let place = registry.place().map(|place| common.in_brackets(&place));
    let title = texts.failing(registry.alias.as_str()) + &place.unwrap_or_default();
    let why = failure.problem.map(|problem| {
        let (happened, next) = explain(problem, ErrorsTexts(locale));
        view! { <p>{happened} {crate::messages::gap(locale)} {next}</p> }
    });
    view! {
        <Alert urgency=Urgency::Warning title>
            <p>
                {woven(|[when]| texts.since(when), [when])} {crate::messages::gap(locale)} {children()} {crate::messages::gap(locale)}
                {texts.again()}
            </p>
            {why}
            {failure.call.map(|call| view! { <Call call locale /> })}
        </Alert>
    }
}

/// The call that failed, for administrators.
#[component]
fn Call(call: FailedCall, locale: Locale) -> impl IntoView {
    let texts = RegistriesTexts(locale);
    let said = [
        (texts.call(), Some(call.operation)),
        (texts.code(), call.code),
        (texts.request_id(), call.request_id),
    ];
    let said = said.into_iter().filter_map(|(name, value)| {
        let value = value?;
        Some(view! { <li>{name} {CommonTexts(locale).colon()} <code>{value}</code></li> })
    });
    view! { <ul class="registry-call">{said.collect_view()}</ul> }
}

#[cfg(all(test, feature = "ssr"))]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use model::{UnreadRows, Visibility, query::RepositoryQuery, repository::RepositoryRow};

    use super::*;
    use crate::parts::{
        list::{Counted, ListLook},
        repository_table::RepositoriesLook,
    };

    fn looking(registries: Vec<RegistrySummary>) -> RepositoriesLook {
        RepositoriesLook {
            locale: Locale::En,
            mixed: Registries(registries).mixed(),
            within: None,
            names_only: false,
        }
    }

    fn counted(look: &RepositoriesLook, matching: u32, total: u32) -> String {
        look.counted(Counted {
            matching,
            total,
            unread: UnreadRows::default(),
            by_figures: false,
        })
    }

    fn row() -> RepositoryRow {
        RepositoryRow {
            repository: "retail/prod/storefront/users-api".parse().unwrap(),
            teams: vec![],
            visibility: Visibility::Images,
            mutability: None,
            images: None,
            counts_platforms: false,
            tags: None,
            size: None,
            pushed: None,
            scans: None,
            problem: None,
            policy: model::repository::PolicyState::Withheld,
            as_of: None,
        }
    }

    fn registry(alias: &str, repositories: u32) -> RegistrySummary {
        RegistrySummary {
            alias: alias.parse().unwrap(),
            account: model::AccountId::parse("111122223333"),
            region: Some("eu-central-1".into()),
            repositories,
            listed: None,
            failure: None,
        }
    }

    #[test]
    fn rows_name_their_registry_if_there_are_several() {
        let query = RepositoryQuery::default();
        for (registries, is_said) in [
            (vec![], false),
            (vec![registry("retail", 1)], false),
            (vec![registry("retail", 1), registry("partner", 0)], true),
        ] {
            let look = looking(registries);
            let row = look.row(row(), Timestamp(0)).to_html();
            assert_eq!(
                row.contains("href=\"/repositories/retail\""),
                is_said,
                "{row}"
            );
            assert_eq!(
                row.contains("111122223333 · eu-central-1"),
                is_said,
                "{row}"
            );
            let head = look.head(&query).to_html();
            assert_eq!(head.contains("sort=registry"), is_said, "{head}");
            assert_eq!(counted(&look, 5, 5).ends_with("in 2 registries"), is_said);
        }
    }

    #[test]
    fn a_count_says_how_many_registries_are_missing() {
        let mut partner = registry("partner", 0);
        partner.failure = Some(model::registry::RegistryFailure {
            since: Timestamp(0),
            problem: None,
            call: None,
        });
        let look = looking(vec![registry("retail", 17), partner.clone()]);
        assert_eq!(
            counted(&look, 17, 17),
            "17 repositories in 1 of 2 registries"
        );
        assert_eq!(
            counted(&look, 2, 17),
            "2 of 17 repositories in 1 of 2 registries"
        );
        // Repositories that were read before are still shown.
        partner.repositories = 3;
        let look = looking(vec![registry("retail", 17), partner]);
        assert_eq!(counted(&look, 20, 20), "20 repositories in 2 registries");
    }
}
