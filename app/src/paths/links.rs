//! The URLs of share links: of the form, the list, the confirmation, and the links themselves.

use model::{
    RepositoryAt, TeamName,
    link::{LinkQuery, LinkScope, LinkTarget},
    query::Pairs,
};

use super::{LINKS, MADE_LINK, NEW_LINK, REVOKE_LINKS, SHARED, value_of, with_query};

/// The form for a link to a target.
pub fn new_link(target: &LinkTarget) -> String {
    with_query(NEW_LINK, target_pairs(target))
}

/// Why the form for a link is shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkProblem {
    /// A field is invalid.
    FieldError,
    /// The maker has as many live links as one person may have.
    TooMany,
    /// The store does not answer.
    Store,
    /// The session had ended.
    Session,
}

impl LinkProblem {
    const ALL: [Self; 4] = [Self::FieldError, Self::TooMany, Self::Store, Self::Session];

    fn as_str(self) -> &'static str {
        match self {
            Self::FieldError => "wrong",
            Self::TooMany => "too-many",
            Self::Store => "store",
            Self::Session => "session",
        }
    }
}

/// The form for a link to a target, filled from the draft with this ID.
pub fn new_link_again(target: &LinkTarget, draft: &str) -> String {
    let more = [("draft", draft.to_owned())];
    with_query(NEW_LINK, target_pairs(target).into_iter().chain(more))
}

/// The notice of why no link was created.
pub fn no_link(problem: LinkProblem) -> String {
    format!("problem={}", problem.as_str())
}

/// The ID of a draft, from the form's URL.
pub fn read_draft(query: &str) -> Option<String> {
    value_of(query, "draft")
}

/// Why no link was created, from a notice.
pub fn read_no_link(notice: &str) -> Option<LinkProblem> {
    let word = value_of(notice, "problem")?;
    LinkProblem::ALL
        .into_iter()
        .find(|problem| problem.as_str() == word)
}

/// The page of a new link.
pub fn made_link(id: &str) -> String {
    format!("{MADE_LINK}{id}")
}

/// A link by its ID, of any maker and in any state. For administrators.
pub fn link_by_id(id: &str) -> String {
    links(&LinkQuery {
        text: id.to_owned(),
        everybody: true,
        ended: true,
        ..LinkQuery::default()
    })
}

/// The fields that name a link's target in queries and forms.
pub fn target_pairs(target: &LinkTarget) -> Vec<(&'static str, String)> {
    let mut pairs = vec![
        ("registry", target.repository.registry.to_string()),
        ("name", target.repository.name.to_string()),
    ];
    match &target.scope {
        LinkScope::Repository => {}
        LinkScope::Tag(tag) => pairs.push(("tag", tag.to_string())),
        LinkScope::Image(digest) => pairs.push(("digest", digest.to_string())),
    }
    pairs
}

/// The target that a query or a form names, if any.
pub fn read_target(pairs: Pairs<'_>) -> Option<LinkTarget> {
    let (mut registry, mut name, mut scope) = (None, None, LinkScope::Repository);
    for (key, value) in pairs {
        match key {
            "registry" => registry = Some(value.parse().ok()?),
            "name" => name = Some(value.parse().ok()?),
            "tag" => scope = LinkScope::Tag(value.parse().ok()?),
            "digest" => scope = LinkScope::Image(value.parse().ok()?),
            _ => {}
        }
    }
    Some(LinkTarget {
        repository: RepositoryAt {
            registry: registry?,
            name: name?,
        },
        scope,
    })
}

/// The list of share links for a query.
pub fn links(query: &LinkQuery) -> String {
    with_query(LINKS, link_pairs(query))
}

/// The share links to a repository: the viewer's own, or those of all users for administrators.
pub fn links_to(repository: &RepositoryAt, everybody: bool) -> String {
    links(&LinkQuery {
        everybody,
        repository: Some(repository.clone()),
        ..LinkQuery::default()
    })
}

/// The pairs of the query string for this list of links.
pub fn link_pairs(query: &LinkQuery) -> Vec<(&'static str, String)> {
    let on = |set: bool| set.then(|| "on".to_owned());
    let repository = query.repository.as_ref();
    let pairs = [
        (
            "q",
            Some(query.text.clone()).filter(|text| !text.is_empty()),
        ),
        ("everybody", on(query.everybody)),
        ("ended", on(query.ended)),
        ("registry", repository.map(|it| it.registry.to_string())),
        ("name", repository.map(|it| it.name.to_string())),
        ("maker", query.maker.clone()),
        ("team", query.team.as_ref().map(ToString::to_string)),
        ("page", (query.page > 1).then(|| query.page.to_string())),
    ];
    let said = |(key, value): (_, Option<String>)| value.map(|value| (key, value));
    pairs.into_iter().filter_map(said).collect()
}

/// The list of links that a query string asks for. Unknown values are ignored.
pub fn read_links(pairs: Pairs<'_>) -> LinkQuery {
    let mut query = LinkQuery {
        page: 1,
        ..LinkQuery::default()
    };
    let (mut registry, mut name) = (None, None);
    for (key, value) in pairs {
        match key {
            "q" => query.text = value.to_owned(),
            "everybody" => query.everybody = value == "on",
            "ended" => query.ended = value == "on",
            "registry" => registry = value.parse().ok(),
            "name" => name = value.parse().ok(),
            "maker" => query.maker = Some(value.to_owned()).filter(|maker| !maker.is_empty()),
            "team" => query.team = value.parse().ok(),
            "page" => query.page = value.parse().unwrap_or(1).max(1),
            _ => {}
        }
    }
    let repository = registry.zip(name);
    query.repository = repository.map(|(registry, name)| RepositoryAt { registry, name });
    query
}

/// The page that asks to confirm that all links of a person are revoked, by the sign-in's ID.
pub fn revoke_maker(maker: &str) -> String {
    with_query(REVOKE_LINKS, [("maker", maker)])
}

/// The page that asks to confirm that all links of a team are revoked.
pub fn revoke_team(team: &TeamName) -> String {
    with_query(REVOKE_LINKS, [("team", team)])
}

/// The page that asks to confirm that links are revoked, by their IDs.
pub fn revoke_these(ids: &[String], back: &str) -> String {
    let ids = ids.iter().map(|id| ("id", id.as_str()));
    with_query(REVOKE_LINKS, ids.chain([("return", back)]))
}

/// The confirmation for the links that a form asked to revoke.
pub fn revoke_again<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    const ASKED: [&str; 5] = ["id", "only", "maker", "team", "return"];
    let known = fields.into_iter().filter_map(|(key, value)| {
        let key = ASKED.into_iter().find(|asked| *asked == key)?;
        Some((key, value))
    });
    with_query(REVOKE_LINKS, known)
}

/// The IDs of the links to revoke: the one whose button was pressed, or the ticked ones.
pub fn read_ids<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let (mut only, mut ids) = (None, Vec::new());
    for (key, value) in pairs {
        match key {
            "only" => only = Some(value.to_owned()),
            "id" => ids.push(value.to_owned()),
            _ => {}
        }
    }
    only.map_or(ids, |only| vec![only])
}

/// The notice of how many links were revoked.
pub fn revoked(count: u64) -> String {
    format!("revoked={count}")
}

/// How many links were revoked, from a notice.
pub fn read_revoked(notice: &str) -> Option<u64> {
    value_of(notice, "revoked")?.parse().ok()
}

/// A share link's path.
pub fn shared(token: &str) -> String {
    format!("{SHARED}{token}")
}

/// Another page of the images that a share link shows, relative to its own page: the token stays in the address bar.
pub fn shared_page(page: u32) -> String {
    format!("?page={page}")
}

/// The page of images that a share link is asked for. The default is the first page.
pub fn read_shared_page(query: &str) -> u32 {
    let page = value_of(query, "page").and_then(|page| page.parse().ok());
    page.unwrap_or(1).max(1)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use model::Digest;

    use super::*;
    use crate::paths::{query_of, read_query, with_notice};

    #[test]
    fn a_link_is_created_for_the_target_in_the_url() {
        let target = |scope| LinkTarget {
            repository: "main/storefront/users-api".parse().unwrap(),
            scope,
        };
        let digest: Digest = format!("sha256:{}", "3f".repeat(32)).parse().unwrap();
        for scope in [
            LinkScope::Repository,
            LinkScope::Tag("prod".parse().unwrap()),
            LinkScope::Image(digest),
        ] {
            let url = new_link(&target(scope.clone()));
            assert_eq!(
                read_query(query_of(&url), read_target),
                Some(target(scope)),
                "{url}"
            );
        }
        for nonsense in [
            "",
            "registry=main",
            "registry=main&name=a/b&tag=%00",
            "name=a/b",
        ] {
            assert_eq!(read_query(nonsense, read_target), None, "{nonsense}");
        }
    }

    #[test]
    fn a_draft_is_found_by_its_url() {
        let target = LinkTarget {
            repository: "main/storefront/users-api".parse().unwrap(),
            scope: LinkScope::Repository,
        };
        let url = new_link_again(&target, "0b1c");
        assert_eq!(read_draft(query_of(&url)), Some("0b1c".into()));
        assert_eq!(read_query(query_of(&url), read_target), Some(target));
        for problem in LinkProblem::ALL {
            assert_eq!(read_no_link(&no_link(problem)), Some(problem));
        }
        assert_eq!(read_no_link("problem=evil"), None);
    }

    #[test]
    fn only_the_link_whose_button_is_pressed_is_revoked() {
        let ids = |query: &str| read_query(query, |pairs| read_ids(pairs));
        assert_eq!(ids("id=a&id=b&only=c"), ["c"]);
        assert_eq!(ids("id=a&id=b"), ["a", "b"]);
        assert_eq!(ids("return=%2Flinks"), Vec::<String>::new());
        let url = revoke_these(&["a".into(), "b".into()], LINKS);
        assert_eq!(ids(query_of(&url)), ["a", "b"]);
    }

    #[test]
    fn a_list_of_links_survives_its_url() {
        let query = LinkQuery {
            text: "INC-4711 & more".into(),
            everybody: true,
            ended: true,
            repository: Some("main/storefront/users-api".parse().unwrap()),
            maker: Some("https://issuer.example someone+1".into()),
            team: Some("Team 1".parse().unwrap()),
            page: 3,
        };
        let url = links(&query);
        assert_eq!(read_query(query_of(&url), read_links), query);
        let with_notice_url = with_notice(&url, &revoked(7));
        assert_eq!(
            read_query(query_of(&with_notice_url), read_links),
            query,
            "{with_notice_url}"
        );
        assert_eq!(read_revoked(&revoked(7)), Some(7));
        assert_eq!(read_revoked("revoked=all"), None);
    }
}
