//! Every URL of the site. They are built and parsed only here.
//!
//! Names, tags and digests only contain characters that need no escaping in a path: their types ensure this.

mod invalid;
mod lifecycle;
mod links;
mod named;
mod return_to;
mod sessions;

use std::fmt::Display;

use form_urlencoded::Serializer;
use model::{
    RegistryAlias, SignInProblem,
    audit::AuditQuery,
    query::{Pairs, RepositoryQuery},
};

pub use self::{
    invalid::{InvalidReference, invalid_reference},
    lifecycle::*,
    links::*,
    named::*,
    return_to::{is_local, read_return},
    sessions::*,
};

/// The list of repositories without a filter: the start page.
pub const REPOSITORIES: &str = "/repositories";
/// What the viewer's principals may do in each repository, without a filter.
pub const ACCESS: &str = "/access";
/// The results of a search (`q`): repositories, tags, images.
pub const SEARCH: &str = "/search";
/// The audit log, for administrators.
pub const AUDIT: &str = "/audit";
/// The audit log as CSV.
pub const AUDIT_CSV: &str = "/audit/export.csv";
/// The audit log as JSON Lines.
pub const AUDIT_JSON_LINES: &str = "/audit/export.jsonl";
/// The sign-in page. A POST signs in (`persona`, `return`).
pub const SIGN_IN: &str = "/sign-in";
/// Redirects to the identity provider (`return`).
pub const SIGN_IN_START: &str = "/sign-in/start";
/// The path that the provider redirects to.
pub const SIGN_IN_CALLBACK: &str = "/sign-in/callback";
/// A POST signs out (`everywhere`: ends all sessions of the person).
pub const SIGN_OUT: &str = "/sign-out";
/// After a sign-out, redirects to the page where the provider's session ends.
pub const SIGNED_OUT: &str = "/sign-in/signed-out";
/// A POST sets the theme, the language or the client (`theme`, `locale`, `client`, `return`).
pub const PREFERENCES: &str = "/preferences";
/// The viewer's share links, without a filter.
pub const LINKS: &str = "/links";
/// The form for a share link: a GET shows it, a POST creates the link.
pub const NEW_LINK: &str = "/links/new";
/// The path prefix of the page that shows a new link's address; the link's ID follows.
pub const MADE_LINK: &str = "/links/made/";
/// A GET asks to confirm that links are revoked (`id` repeated, `only`, `maker` or `team`, and `return`); a POST of the
/// same fields revokes them.
pub const REVOKE_LINKS: &str = "/links/revoke";
/// The viewer's own sessions.
pub const SESSIONS: &str = "/sessions";
/// People who have sessions, without a filter. For administrators.
pub const SIGNED_IN: &str = "/sessions/people";
/// A POST ends sessions (`only`, `others` or, for administrators, `person`, and `return`); a GET of `others` or
/// `person` asks to confirm first.
pub const END_SESSIONS: &str = "/sessions/end";
/// The path prefix of a share link; its token follows.
pub const SHARED: &str = "/s/";
/// The path prefix of the server functions.
pub const API: &str = "/api";

/// How an item of the header relates to the current page (`aria-current`): it is the page itself, or the page belongs
/// to it. Pages about a repository, a tag, an image or a policy belong to the repositories.
pub fn current(item: &str, here: &str) -> Option<&'static str> {
    let path = here.split(['?', '#']).next().unwrap_or_default();
    if path == item {
        return Some("page");
    }
    let is_below = |item: &str| {
        path.strip_prefix(item)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    let is_part = match item {
        REPOSITORIES => has_names(path),
        item => is_below(item),
    };
    is_part.then_some("true")
}

/// The list of repositories for a query.
pub fn repositories(query: &RepositoryQuery) -> String {
    with_query(REPOSITORIES, query.to_pairs())
}

/// The list of repositories for a query: of all registries, or on one registry's page.
pub fn repositories_in(within: Option<&RegistryAlias>, query: &RepositoryQuery) -> String {
    let Some(alias) = within else {
        return repositories(query);
    };
    let query = RepositoryQuery {
        registry: None,
        ..query.clone()
    };
    with_query(&registry(alias), query.to_pairs())
}

/// What the viewer's principals may do in the repositories whose names contain every word of a text.
pub fn access(text: &str, page: u32) -> String {
    with_query(ACCESS, words_and_page(text, page))
}

/// The parameters for a search and a page number, without default values.
fn words_and_page(text: &str, page: u32) -> impl Iterator<Item = (&'static str, String)> {
    let text = (!text.is_empty()).then(|| ("q", text.to_owned()));
    let page = (page > 1).then(|| ("page", page.to_string()));
    text.into_iter().chain(page)
}

/// The search and the page number in a query string. The default is the first page.
pub fn read_words_and_page(query: &str) -> (String, u32) {
    read_query(query, |pairs| {
        pairs.fold((String::new(), 1), |(text, page), (key, value)| match key {
            "q" => (value.to_owned(), page),
            "page" => (text, value.parse().unwrap_or(page)),
            _ => (text, page),
        })
    })
}

/// A page with a notice of what was done: a pair of the query. The page reads the notice from the request's cookie
/// only, because anyone can write a URL.
pub fn with_notice(page: &str, notice: &str) -> String {
    let joint = if page.contains('?') { '&' } else { '?' };
    format!("{page}{joint}{notice}")
}

/// The audit log about one item, by its ID.
pub fn audit_about(text: &str) -> String {
    audit(&AuditQuery {
        text: text.to_owned(),
        ..AuditQuery::default()
    })
}

/// The audit log for a query.
pub fn audit(query: &AuditQuery) -> String {
    with_query(AUDIT, query.to_pairs())
}

/// All rows that a query of the audit log matches, at the path of an export.
pub fn audit_export(path: &str, query: &AuditQuery) -> String {
    let all = AuditQuery {
        before: None,
        ..query.clone()
    };
    with_query(path, all.to_pairs())
}

/// The question in the query of a policy's page: a principal's ARN and an action's name.
pub fn read_question(query: &str) -> (Option<String>, Option<String>) {
    read_query(query, |pairs| {
        pairs.fold(
            (None, None),
            |(principal, action), (key, value)| match key {
                "principal" => (Some(value.to_owned()), action),
                "action" => (principal, Some(value.to_owned())),
                _ => (principal, action),
            },
        )
    })
}

/// The sign-in page that returns to the requested page.
pub fn sign_in(return_to: &str) -> String {
    with_query(SIGN_IN, [("return", return_to)])
}

/// The sign-in page that says why the person is not signed in.
pub fn sign_in_again(return_to: &str, problem: SignInProblem) -> String {
    let problem = ("problem", problem.as_str());
    with_query(SIGN_IN, [("return", return_to), problem])
}

/// The redirect to the provider that returns to the requested page.
pub fn sign_in_start(return_to: &str) -> String {
    with_query(SIGN_IN_START, [("return", return_to)])
}

/// Why the person is not signed in, from the sign-in page's URL. Unknown values are ignored.
pub fn problem_of(path_and_query: &str) -> Option<SignInProblem> {
    form_urlencoded::parse(query_of(path_and_query).as_bytes())
        .find(|(key, _)| key == "problem")
        .and_then(|(_, word)| SignInProblem::parse(&word))
}

/// Parses a query string, without its question mark, by the query's own parser.
pub fn read_query<Query>(query: &str, read: impl FnOnce(Pairs<'_>) -> Query) -> Query {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    read(&mut pairs.iter().map(|(key, value)| (&**key, &**value)))
}

/// The query string of a path, without its question mark; empty if it has none.
pub fn query_of(path_and_query: &str) -> &str {
    path_and_query
        .split_once('?')
        .map_or("", |(_, query)| query)
}

/// The path to return to after a sign-in, from the page's URL. The default is the list of repositories.
pub fn return_of(path_and_query: &str) -> String {
    value_of(query_of(path_and_query), "return").unwrap_or_else(|| REPOSITORIES.to_owned())
}

/// The first value of a key in a query string.
fn value_of(query: &str, key: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == key)
        .map(|(_, value)| value.into_owned())
}

/// A path with a query string of these pairs; without one if there are none.
pub fn with_query<Value: Display>(
    path: &str,
    pairs: impl IntoIterator<Item = (&'static str, Value)>,
) -> String {
    let mut query = Serializer::new(String::new());
    for (key, value) in pairs {
        query.append_pair(key, &value.to_string());
    }
    match query.finish() {
        empty if empty.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use model::Timestamp;

    use super::*;

    #[test]
    fn every_url_of_the_site() {
        let alias: RegistryAlias = "main".parse().unwrap();
        let repository_query = RepositoryQuery {
            text: "users & 用户".into(),
            namespace: Some("prod/storefront".into()),
            page: 2,
            ..RepositoryQuery::default()
        };
        let day = Timestamp::of_day("2026-11-22");
        let audit_query = AuditQuery {
            text: "INC-4711".into(),
            since: day,
            until: day.map(|day| day.plus_days(1)),
            before: Some(831),
            ..AuditQuery::default()
        };
        for (url, expected) in [
            (repositories(&RepositoryQuery::default()), "/repositories"),
            (
                repositories(&repository_query),
                "/repositories?q=users+%26+%E7%94%A8%E6%88%B7&namespace=prod%2Fstorefront&page=2",
            ),
            (
                repositories_in(Some(&alias), &repository_query),
                "/repositories/main?q=users+%26+%E7%94%A8%E6%88%B7&namespace=prod%2Fstorefront&page=2",
            ),
            (access("", 1), "/access"),
            (access("users api", 3), "/access?q=users+api&page=3"),
            (signed_in("", 1), "/sessions/people"),
            (signed_in("ana i", 2), "/sessions/people?q=ana+i&page=2"),
            (audit(&AuditQuery::default()), "/audit"),
            (
                audit(&audit_query),
                "/audit?q=INC-4711&since=2026-11-22&until=2026-11-22&before=831",
            ),
            (
                audit_export(AUDIT_CSV, &audit_query),
                "/audit/export.csv?q=INC-4711&since=2026-11-22&until=2026-11-22",
            ),
            (
                audit_export(AUDIT_JSON_LINES, &AuditQuery::default()),
                "/audit/export.jsonl",
            ),
            (
                sign_in("/tags/main/prod/storefront/users-api?a=b&c"),
                "/sign-in?return=%2Ftags%2Fmain%2Fprod%2Fstorefront%2Fusers-api%3Fa%3Db%26c",
            ),
        ] {
            assert_eq!(url, expected);
        }
    }

    #[test]
    fn a_sign_in_returns_to_the_requested_page() {
        let path = "/images/main/sha256:00/a/b?q=1&page=2";
        assert_eq!(return_of(&sign_in(path)), path);
        assert_eq!(return_of(SIGN_IN), REPOSITORIES);
    }

    #[test]
    fn every_page_belongs_to_an_item_of_the_header() {
        for (here, item) in [
            ("/repositories?q=a", REPOSITORIES),
            ("/repositories/retail/a/b", REPOSITORIES),
            ("/tags/retail/prod/a/b", REPOSITORIES),
            ("/images/retail/sha256:00/a/b", REPOSITORIES),
            ("/policies/retail/a/b?action=x", REPOSITORIES),
            ("/lifecycle/retail/a/b", REPOSITORIES),
            ("/links/new", LINKS),
            ("/links", LINKS),
            ("/access?q=links", ACCESS),
            ("/sessions/people", SIGNED_IN),
        ] {
            let items = [REPOSITORIES, LINKS, ACCESS, AUDIT, SIGNED_IN];
            let marked = items
                .into_iter()
                .filter(|item| current(item, here).is_some());
            assert_eq!(marked.collect::<Vec<_>>(), [item], "{here}");
        }
        assert_eq!(current(REPOSITORIES, "/repositories?q=a"), Some("page"));
        assert_eq!(
            current(REPOSITORIES, "/repositories/retail/a"),
            Some("true")
        );
        assert_eq!(current(LINKS, "/linksome"), None);
    }

    #[test]
    fn a_query_survives_its_url() {
        let query = RepositoryQuery {
            text: "a+b c&d=e%".into(),
            registry: Some("main".into()),
            team: Some("Team Ü".into()),
            policy: Some(false),
            page: 7,
            ..RepositoryQuery::default()
        };
        let url = repositories(&query);
        assert_eq!(
            read_query(query_of(&url), RepositoryQuery::from_pairs),
            query
        );
    }
}
