//! Names of repositories, which look the same everywhere, and the headings of pages about them.

use leptos::prelude::*;
use model::RepositoryName;

use super::repository_table::split_name;

/// A repository's name with a lighter namespace. In a narrow place it breaks between the two.
#[component]
pub fn RepositoryWords(
    /// The repository.
    name: RepositoryName,
) -> impl IntoView {
    let (namespace, last) = split_name(name.as_str());
    view! {
        <span class="repository-namespace">{namespace.to_owned()}</span>
        <wbr />
        {last.to_owned()}
    }
}

/// A page's heading: the kind of item, its repository, and the part of the repository.
#[component]
pub fn NameHeading(
    /// The kind of item that the page is about; empty for the repository itself.
    #[prop(optional)]
    kind: Option<&'static str>,
    /// The repository.
    name: RepositoryName,
    /// The part of the repository as references write it: `:prod`, `@3f699787a4d1`.
    #[prop(optional, into)]
    part: Option<String>,
) -> impl IntoView {
    let kind = kind.map(|kind| view! { <span class="page-kind">{kind}</span> " " });
    let part = part.map(|part| view! { <span class="mono-heading">{part}</span> });
    view! { <h1>{kind}<RepositoryWords name />{part}</h1> }
}

/// A name that may break after `/`, `@` and `:` in a narrow place.
pub fn breakable(name: &str) -> impl IntoView + use<> {
    name.split_inclusive(['/', '@', ':'])
        .map(|part| view! { {part.to_owned()} <wbr /> })
        .collect_view()
}

#[cfg(all(test, feature = "ssr"))]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use super::*;
    use crate::testing::text_of;

    #[test]
    fn a_heading_reads_as_a_reference_does() {
        let name: RepositoryName = "prod/storefront/users-api".parse().unwrap();
        let part = ":1.7.1@3f699787a4d1".to_owned();
        let heading = view! { <NameHeading kind="Image" name part /> };
        assert_eq!(
            text_of(heading),
            "Image prod/storefront/users-api:1.7.1@3f699787a4d1"
        );
    }

    #[test]
    fn a_name_breaks_after_its_slashes_and_keeps_its_text() {
        let html = breakable("retail/prod/api").to_html();
        assert_eq!(html.matches("<wbr>").count(), 3, "{html}");
        assert_eq!(text_of(breakable("retail/prod/api")), "retail/prod/api");
    }
}
