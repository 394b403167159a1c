//! Every URL of the site, built and read here and nowhere else.
//!
//! A repository's name holds slashes and a router's wildcard must come last, so the kind of page
//! comes first and the name last. Names, tags and digests are made of characters that stand in a
//! path as they are: their types see to it.

mod lifecycle;
mod links;
mod return_to;

use std::fmt::Display;

use form_urlencoded::Serializer;
use model::{
    Digest, RegistryAlias, RepositoryName, SignInProblem, Tag,
    audit::AuditQuery,
    link::{LinkScope, LinkTarget},
    query::{ImageQuery, Pairs, RepositoryQuery},
};

pub use self::{
    lifecycle::*,
    links::*,
    return_to::{is_local, read_return},
};

/// The list of repositories, unfiltered: where people land.
pub const REPOSITORIES: &str = "/repositories";
/// What the viewer's principals may do where, unfiltered.
pub const ACCESS: &str = "/access";
/// What a text finds (`q`): repositories, tags, images.
pub const SEARCH: &str = "/search";
/// The audit log, for administrators.
pub const AUDIT: &str = "/audit";
/// The audit log as comma-separated values.
pub const AUDIT_CSV: &str = "/audit/export.csv";
/// The audit log as JSON Lines.
pub const AUDIT_JSON_LINES: &str = "/audit/export.jsonl";
/// What the paths of pages begin with that hold names of registries, repositories, tags and images.
pub const NAMED: [&str; 6] = [
    "/repositories/",
    "/tags/",
    "/images/",
    "/policies/",
    "/lifecycle/",
    API,
];
/// The sign-in page; a POST signs in (`persona`, `return`).
pub const SIGN_IN: &str = "/sign-in";
/// Leads to the provider that people sign in at (`return`).
pub const SIGN_IN_START: &str = "/sign-in/start";
/// Where that provider leads them back to.
pub const SIGN_IN_CALLBACK: &str = "/sign-in/callback";
/// A POST signs out (`everywhere`: all sessions of the person).
pub const SIGN_OUT: &str = "/sign-out";
/// Leads whoever has signed out on to where the provider's session ends.
pub const SIGNED_OUT: &str = "/sign-in/signed-out";
/// A POST sets the theme, the language or the client (`theme`, `locale`, `client`, `return`).
pub const PREFERENCES: &str = "/preferences";
/// The viewer's share links, unfiltered.
pub const LINKS: &str = "/links";
/// Where a share link is made: a GET asks what it shall show, a POST makes it.
pub const NEW_LINK: &str = "/links/new";
/// What the path of a link's own page begins with that shows its address after it was made; its id follows.
pub const MADE_LINK: &str = "/links/made/";
/// A GET asks whether links shall end (`id` repeated, `only`, `maker` or `team`, and `return`); a POST of the
/// same fields ends them.
pub const REVOKE_LINKS: &str = "/links/revoke";
/// One's own sessions.
pub const SESSIONS: &str = "/sessions";
/// People who have sessions, unfiltered; for administrators.
pub const SIGNED_IN: &str = "/sessions/people";
/// A POST ends sessions (`only`, `others` or, for administrators, `person`, and `return`); a GET of `others` or
/// `person` asks first.
pub const END_SESSIONS: &str = "/sessions/end";
/// What a share link's URL begins with; its token follows.
pub const SHARED: &str = "/s/";
/// What the server functions' URLs begin with.
pub const API: &str = "/api";

/// How an item of the header stands to where somebody is (`aria-current`): the page itself, or what it is a part of.
/// Pages about a repository, a tag, an image or a policy are parts of the repositories.
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
        REPOSITORIES => NAMED
            .iter()
            .any(|start| *start != API && path.starts_with(start)),
        item => is_below(item),
    };
    is_part.then_some("true")
}

/// The list of repositories, as asked for.
pub fn repositories(query: &RepositoryQuery) -> String {
    with_query(REPOSITORIES, query.to_pairs())
}

/// A registry's page: its repositories.
pub fn registry(registry: &RegistryAlias) -> String {
    format!("{REPOSITORIES}/{registry}")
}

/// The list of repositories as asked for: of all registries, or on one registry's page.
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

/// The registry that the path of a page names.
pub fn registry_of(path: &str) -> Option<RegistryAlias> {
    let path = path.split('?').next()?;
    let named = NAMED.iter().find_map(|begins| path.strip_prefix(begins))?;
    named.split('/').next()?.parse().ok()
}

/// The page of the policy of the repository that the path of a page names.
pub fn policy_of(path: &str) -> Option<String> {
    let path = path.split('?').next()?;
    let begins = NAMED.iter().find(|begins| path.starts_with(**begins))?;
    let (alias, rest) = path.strip_prefix(begins)?.split_once('/')?;
    let name = match *begins {
        "/tags/" | "/images/" => rest.split_once('/')?.1,
        _ => rest,
    };
    Some(policy(&alias.parse().ok()?, &name.parse().ok()?))
}

/// A repository's page, its images as asked for.
pub fn repository(registry: &RegistryAlias, name: &RepositoryName, query: &ImageQuery) -> String {
    with_query(
        &format!("{REPOSITORIES}/{registry}/{name}"),
        query.to_pairs(),
    )
}

/// A tag's page.
pub fn tag(registry: &RegistryAlias, name: &RepositoryName, tag: &Tag) -> String {
    format!("/tags/{registry}/{tag}/{name}")
}

/// An image's page.
pub fn image(registry: &RegistryAlias, name: &RepositoryName, digest: &Digest) -> String {
    format!("/images/{registry}/{digest}/{name}")
}

/// A repository policy's page.
pub fn policy(registry: &RegistryAlias, name: &RepositoryName) -> String {
    format!("/policies/{registry}/{name}")
}

/// What the viewer's principals may do in the repositories whose names hold every word of a text.
pub fn access(text: &str, page: u32) -> String {
    with_query(ACCESS, words_and_page(text, page))
}

/// What a list is searched for and which page of it, as far as that is not the usual.
fn words_and_page(text: &str, page: u32) -> impl Iterator<Item = (&'static str, String)> {
    let text = (!text.is_empty()).then(|| ("q", text.to_owned()));
    let page = (page > 1).then(|| ("page", page.to_string()));
    text.into_iter().chain(page)
}

/// The words and the page that a query string asks for; the first page where it names none.
pub fn read_words_and_page(query: &str) -> (String, u32) {
    read_query(query, |pairs| {
        pairs.fold((String::new(), 1), |(text, page), (key, value)| match key {
            "q" => (value.to_owned(), page),
            "page" => (text, value.parse().unwrap_or(page)),
            _ => (text, page),
        })
    })
}

/// People who have sessions, with every word of a text in their name or id.
pub fn signed_in(text: &str, page: u32) -> String {
    with_query(SIGNED_IN, words_and_page(text, page))
}

/// The page that says what was done, by its notice: a pair of a query. The page reads it from the request alone, since
/// anybody can write a URL.
pub fn with_notice(page: &str, notice: &str) -> String {
    let joint = if page.contains('?') { '&' } else { '?' };
    format!("{page}{joint}{notice}")
}

/// The notice of how many sessions were ended.
pub fn ended(count: u64) -> String {
    format!("ended={count}")
}

/// Where somebody's sessions end, by the sign-in's id, if it is confirmed.
pub fn end_person(person: &str, back: &str) -> String {
    with_query(END_SESSIONS, [("person", person), ("return", back)])
}

/// Where all other sessions of one's own end, if it is confirmed.
pub fn end_others() -> String {
    with_query(END_SESSIONS, [("others", "true")])
}

/// Whose sessions the page is asked to end: a person's by the sign-in's id, or one's own others; and where it
/// leads back to.
pub fn read_end(query: &str) -> (Option<String>, bool, Option<String>) {
    let others = value_of(query, "others").is_some_and(|value| value == "true");
    (value_of(query, "person"), others, read_return(query))
}

/// The audit log about one thing, by its id.
pub fn audit_about(text: &str) -> String {
    audit(&AuditQuery {
        text: text.to_owned(),
        ..AuditQuery::default()
    })
}

/// How many sessions were ended, as a notice says.
pub fn read_ended(notice: &str) -> Option<u64> {
    value_of(notice, "ended")?.parse().ok()
}

/// The audit log, as asked for.
pub fn audit(query: &AuditQuery) -> String {
    with_query(AUDIT, query.to_pairs())
}

/// All that a query of the audit log lets through, at one of the exports' paths.
pub fn audit_export(path: &str, query: &AuditQuery) -> String {
    let all = AuditQuery {
        before: None,
        ..query.clone()
    };
    with_query(path, all.to_pairs())
}

/// The page of what a link shows, for people who are signed in.
pub fn target(target: &LinkTarget) -> String {
    let LinkTarget {
        registry,
        name,
        scope,
    } = target;
    match scope {
        LinkScope::Repository => repository(registry, name, &ImageQuery::default()),
        LinkScope::Tag(of) => tag(registry, name, of),
        LinkScope::Image(digest) => image(registry, name, digest),
    }
}

/// What the query of a policy's page asks to be explained: a principal's ARN and an action's name.
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

/// The sign-in page that leads back to where somebody wanted to go.
pub fn sign_in(return_to: &str) -> String {
    with_query(SIGN_IN, [("return", return_to)])
}

/// The sign-in page that says why the person is not signed in.
pub fn sign_in_again(return_to: &str, problem: SignInProblem) -> String {
    let problem = ("problem", problem.as_str());
    with_query(SIGN_IN, [("return", return_to), problem])
}

/// The way to the provider, and back to where somebody wanted to go.
pub fn sign_in_start(return_to: &str) -> String {
    with_query(SIGN_IN_START, [("return", return_to)])
}

/// Why the person is not signed in, as the sign-in page's URL says; words of others are none.
pub fn problem_of(path_and_query: &str) -> Option<SignInProblem> {
    form_urlencoded::parse(query_of(path_and_query).as_bytes())
        .find(|(key, _)| key == "problem")
        .and_then(|(_, word)| SignInProblem::parse(&word))
}

/// Reads a query string, without its question mark, by a query's own reader.
pub fn read_query<Query>(query: &str, read: impl FnOnce(Pairs<'_>) -> Query) -> Query {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    read(&mut pairs.iter().map(|(key, value)| (&**key, &**value)))
}

/// The query string of a path, without its question mark; empty when it has none.
pub fn query_of(path_and_query: &str) -> &str {
    path_and_query
        .split_once('?')
        .map_or("", |(_, query)| query)
}

/// Where a sign-in leads back to, as its URL says; the list of repositories if it says nothing.
pub fn return_of(path_and_query: &str) -> String {
    value_of(query_of(path_and_query), "return").unwrap_or_else(|| REPOSITORIES.to_owned())
}

/// The first value of a key in a query string.
fn value_of(query: &str, key: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == key)
        .map(|(_, value)| value.into_owned())
}

/// A path with a query string of these pairs, if there are any.
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
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use model::Timestamp;

    use super::*;

    #[test]
    fn every_url_of_the_site() {
        let alias: RegistryAlias = "main".parse().unwrap();
        let name: RepositoryName = "storefront/users-api".parse().unwrap();
        let tag_name: Tag = "1.4.2-build.831".parse().unwrap();
        let digest: Digest = format!("sha256:{}", "3f".repeat(32)).parse().unwrap();
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
        let urls = [
            repositories(&RepositoryQuery::default()),
            repositories(&repository_query),
            registry(&alias),
            repositories_in(Some(&alias), &repository_query),
            repository(&alias, &name, &ImageQuery::default()),
            tag(&alias, &name, &tag_name),
            image(&alias, &name, &digest),
            policy(&alias, &name),
            lifecycle(&alias, &name),
            access("", 1),
            access("users api", 3),
            signed_in("", 1),
            signed_in("ana i", 2),
            audit(&AuditQuery::default()),
            audit(&audit_query),
            audit_export(AUDIT_CSV, &audit_query),
            audit_export(AUDIT_JSON_LINES, &AuditQuery::default()),
            sign_in("/tags/main/prod/storefront/users-api?a=b&c"),
        ];
        let hex = "3f".repeat(32);
        let expected = [
            "/repositories",
            "/repositories?q=users+%26+%E7%94%A8%E6%88%B7&namespace=prod%2Fstorefront&page=2",
            "/repositories/main",
            "/repositories/main?q=users+%26+%E7%94%A8%E6%88%B7&namespace=prod%2Fstorefront&page=2",
            "/repositories/main/storefront/users-api",
            "/tags/main/1.4.2-build.831/storefront/users-api",
            &format!("/images/main/sha256:{hex}/storefront/users-api"),
            "/policies/main/storefront/users-api",
            "/lifecycle/main/storefront/users-api",
            "/access",
            "/access?q=users+api&page=3",
            "/sessions/people",
            "/sessions/people?q=ana+i&page=2",
            "/audit",
            "/audit?q=INC-4711&since=2026-11-22&until=2026-11-22&before=831",
            "/audit/export.csv?q=INC-4711&since=2026-11-22&until=2026-11-22",
            "/audit/export.jsonl",
            "/sign-in?return=%2Ftags%2Fmain%2Fprod%2Fstorefront%2Fusers-api%3Fa%3Db%26c",
        ];
        assert_eq!(urls, expected);
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

    #[test]
    fn a_sign_in_leads_back() {
        let path = "/images/main/sha256:00/a/b?q=1&page=2";
        assert_eq!(return_of(&sign_in(path)), path);
        assert_eq!(return_of(SIGN_IN), REPOSITORIES);
    }

    #[test]
    fn every_page_is_below_an_item_of_the_header() {
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
    fn a_list_says_how_many_sessions_were_ended() {
        assert_eq!(read_ended(&ended(3)), Some(3));
        assert_eq!(read_ended("ended=all"), None);
        let url = with_notice(&signed_in("ana i", 2), &ended(3));
        assert_eq!(read_words_and_page(query_of(&url)), ("ana i".into(), 2));
        assert_eq!(with_notice(SESSIONS, &ended(0)), "/sessions?ended=0");
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
