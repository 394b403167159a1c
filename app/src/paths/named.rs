//! The pages whose paths name a repository: each is declared once, in one line.

use model::{
    Digest, RegistryAlias, RepositoryAt, Tag,
    link::{LinkScope, LinkTarget},
    query::{HistoryQuery, ImageQuery},
};

use super::{REPOSITORIES, with_query};

/// Declares pages about a repository or a part of it: the function that builds a page's path, its route, and its place
/// in [`NAMED`].
///
/// A repository's name contains slashes and a router's wildcard must be last, so the kind of page comes first and the
/// name last: `/<kind>/<registry>/<name>`, or `/<kind>/<registry>/<part>/<name>`.
macro_rules! pages {
    ($($(#[$doc:meta])* $page:ident($kind:literal $(, $part:ident: $type:ty)?);)+) => {
        $(
            $(#[$doc])*
            pub fn $page(repository: &RepositoryAt $(, $part: &$type)?) -> String {
                let RepositoryAt { registry, name } = repository;
                let parts = ["", $kind, registry.as_str(), $($part.as_str(),)? name.as_str()];
                parts.join("/")
            }
        )+

        /// What the paths of these pages start with, and the part that comes before the name, if any.
        const NAMED: &[(&str, &[&str])] = &[
            $((concat!("/", $kind, "/"), &[$(stringify!($part))?]),)+
        ];

        /// The routes of these pages.
        #[cfg(feature = "ssr")]
        pub mod route {
            use std::fmt::Debug;

            use leptos_router::{
                ParamSegment, PossibleRouteMatch, StaticSegment, WildcardSegment,
            };

            $(
                $(#[$doc])*
                pub fn $page() -> impl PossibleRouteMatch + Clone + Debug + Send + Sync + 'static {
                    (
                        StaticSegment($kind),
                        ParamSegment("registry"),
                        $(ParamSegment(stringify!($part)),)?
                        WildcardSegment("name"),
                    )
                }
            )+
        }
    };
}

pages! {
    /// A repository's page.
    repository("repositories");
    /// A tag's page.
    tag("tags", tag: Tag);
    /// An image's page.
    image("images", digest: Digest);
    /// What happened to a tag.
    history("history", tag: Tag);
    /// A repository policy's page.
    policy("policies");
    /// A lifecycle policy's page.
    lifecycle("lifecycle");
}

/// Whether a path is that of a page about a registry, a repository or a part of it, and so contains its name.
pub fn has_names(path: &str) -> bool {
    NAMED.iter().any(|(start, _)| path.starts_with(start))
}

/// A repository's page, with a query for its images.
pub fn images(of: &RepositoryAt, query: &ImageQuery) -> String {
    with_query(&repository(of), query.to_pairs())
}

/// A tag's history page, with a query.
pub fn history_at(of: &RepositoryAt, tag: &Tag, query: &HistoryQuery) -> String {
    with_query(&history(of, tag), query.to_pairs())
}

/// An image's page, by the beginning of its digest.
pub fn image_beginning(of: &RepositoryAt, digits: &str) -> String {
    let RepositoryAt { registry, name } = of;
    format!("/images/{registry}/{digits}/{name}")
}

/// A registry's page: its repositories.
pub fn registry(registry: &RegistryAlias) -> String {
    format!("{REPOSITORIES}/{registry}")
}

/// The page of what a link shows, for people who are signed in.
pub fn target(target: &LinkTarget) -> String {
    match &target.scope {
        LinkScope::Repository => repository(&target.repository),
        LinkScope::Tag(name) => tag(&target.repository, name),
        LinkScope::Image(digest) => image(&target.repository, digest),
    }
}

/// The registry that a page's path names.
pub fn registry_of(path: &str) -> Option<RegistryAlias> {
    let (_, named) = split(path)?;
    named.split('/').next()?.parse().ok()
}

/// The page of the policy of the repository that the path of a page names.
pub fn policy_of(path: &str) -> Option<String> {
    let (part, named) = split(path)?;
    let (registry, rest) = named.split_once('/')?;
    let name = match part {
        [] => rest,
        _ => rest.split_once('/')?.1,
    };
    Some(policy(&RepositoryAt::read(registry, name).ok()?))
}

/// The part that comes before the name in the path of a page, and the path from the registry on.
fn split(path: &str) -> Option<(&'static [&'static str], &str)> {
    let path = path.split('?').next()?;
    let mut named = NAMED.iter();
    named.find_map(|&(start, part)| Some((part, path.strip_prefix(start)?)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use super::*;

    #[test]
    fn every_page_about_a_repository_has_its_url() {
        let users: RepositoryAt = "main/storefront/users-api".parse().unwrap();
        let hex = "3f".repeat(32);
        let build = "1.4.2-build.831".parse().unwrap();
        let digest = format!("sha256:{hex}").parse().unwrap();
        let filtered = ImageQuery {
            text: "1.4".into(),
            ..ImageQuery::default()
        };
        for (url, expected) in [
            (registry(&users.registry), "/repositories/main"),
            (
                repository(&users),
                "/repositories/main/storefront/users-api",
            ),
            (
                images(&users, &filtered),
                "/repositories/main/storefront/users-api?q=1.4",
            ),
            (
                tag(&users, &build),
                "/tags/main/1.4.2-build.831/storefront/users-api",
            ),
            (
                image(&users, &digest),
                &format!("/images/main/sha256:{hex}/storefront/users-api"),
            ),
            (
                history(&users, &build),
                "/history/main/1.4.2-build.831/storefront/users-api",
            ),
            (policy(&users), "/policies/main/storefront/users-api"),
            (lifecycle(&users), "/lifecycle/main/storefront/users-api"),
        ] {
            assert_eq!(url, expected);
            assert!(has_names(&url), "{url}");
        }
        assert_eq!(images(&users, &ImageQuery::default()), repository(&users));
    }

    #[test]
    fn the_path_of_a_page_names_its_registry() {
        for path in [
            "/tags/main/1.4/a/b",
            "/repositories/main?q=x",
            "/lifecycle/main/",
        ] {
            assert_eq!(registry_of(path), "main".parse().ok(), "{path}");
        }
        for path in [
            "/repositories",
            "/repositories/",
            "/links?registry=main",
            "/api/images",
        ] {
            assert_eq!(registry_of(path), None, "{path}");
        }
    }

    #[test]
    fn the_pages_of_a_repository_lead_to_its_policy() {
        for path in [
            "/repositories/main/a/b?q=1",
            "/tags/main/prod/a/b",
            "/images/main/sha256:00/a/b",
            "/lifecycle/main/a/b",
        ] {
            assert_eq!(
                policy_of(path).as_deref(),
                Some("/policies/main/a/b"),
                "{path}"
            );
        }
        for path in [
            "/repositories",
            "/repositories/main",
            "/links/new?name=a/b",
            "",
        ] {
            assert_eq!(policy_of(path), None, "{path}");
        }
    }
}
