//! Links to parts that may be withheld.

use leptos::prelude::*;
use model::{Locale, RepositoryName, Section};

use crate::messages::common::CommonTexts;

/// A link to a part of a repository, as a button. If the viewer may not see that part, the button stays in its place
/// but is disabled, and says which action on which repository is missing: on hover, on keyboard focus, on tap, and to
/// screen readers.
pub fn guarded_link<Value>(
    part: &Section<Value>,
    href: String,
    label: &'static str,
    repository: &RepositoryName,
    locale: Locale,
) -> AnyView {
    let Section::Withheld { action, statement } = part else {
        return view! { <a class="button" href=href>{label}</a> }.into_any();
    };
    let texts = CommonTexts(locale);
    let decided = statement
        .as_deref()
        .map(|statement| texts.withheld_by(statement));
    let id = format!("why-not-{}", action.as_str().replace(':', "-"));
    view! {
        <span class="guarded">
            <a class="button" role="link" aria-disabled="true" tabindex="0" aria-describedby=id.clone()>
                {label}
            </a>
            <span class="guarded-why" role="tooltip" id=id>
                {texts.withheld_on(action.as_str(), repository.as_str())} {crate::messages::gap(locale)} {decided}
            </span>
        </span>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use model::Action;

    use super::*;
    use crate::testing::text_of;

    fn way(part: Section<()>, locale: Locale) -> AnyView {
        let repository = "storefront/users-api".parse().unwrap();
        guarded_link(&part, "/there".to_owned(), "Policy", &repository, locale)
    }

    fn withheld(statement: Option<&str>) -> Section<()> {
        Section::Withheld {
            action: Action::GetRepositoryPolicy,
            statement: statement.map(str::to_owned),
        }
    }

    #[test]
    fn a_withheld_part_has_no_link_and_names_the_missing_action() {
        let html = way(withheld(None), Locale::En).to_html();
        assert!(!html.contains("href"), "{html}");
        assert!(html.contains("aria-disabled=\"true\"") && html.contains("tabindex=\"0\""));
        let described = html.contains("aria-describedby=\"why-not-ecr-GetRepositoryPolicy\"")
            && html.contains("id=\"why-not-ecr-GetRepositoryPolicy\"");
        assert!(described, "{html}");
        let text = text_of(way(withheld(None), Locale::En));
        assert!(
            text.contains("ecr:GetRepositoryPolicy on storefront/users-api is not granted"),
            "{text}"
        );
        let text = text_of(way(withheld(Some("NotStorefront")), Locale::Zh));
        for part in [
            "storefront/users-api",
            "ecr:GetRepositoryPolicy",
            "NotStorefront",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn a_part_that_could_not_be_read_keeps_its_link() {
        for part in [
            Section::Absent {
                through: model::GrantedVia::Review,
                as_of: None,
            },
            Section::Unavailable {
                problem: model::Problem::Throttled,
            },
        ] {
            let html = way(part, Locale::En).to_html();
            assert!(html.contains("href=\"/there\""), "{html}");
        }
    }
}
