//! The URLs of share links: where they are made, listed and ended, and their own.

use model::{
    RegistryAlias, RepositoryName, TeamName,
    link::{LinkQuery, LinkScope, LinkTarget},
    query::Pairs,
};

use super::{LINKS, NEW_LINK, REVOKE_LINKS, SHARED, value_of, with_query};

/// Where a link to something is made.
pub fn new_link(target: &LinkTarget) -> String {
    with_query(NEW_LINK, target_pairs(target))
}

/// The fields that name a link's target in queries and forms.
pub fn target_pairs(target: &LinkTarget) -> Vec<(&'static str, String)> {
    let mut pairs = vec![
        ("registry", target.registry.to_string()),
        ("name", target.name.to_string()),
    ];
    match &target.scope {
        LinkScope::Repository => {}
        LinkScope::Tag(tag) => pairs.push(("tag", tag.to_string())),
        LinkScope::Image(digest) => pairs.push(("digest", digest.to_string())),
    }
    pairs
}

/// The target that a query or a form names, if it names one.
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
        registry: registry?,
        name: name?,
        scope,
    })
}

/// The list of share links, as asked for.
pub fn links(query: &LinkQuery) -> String {
    with_query(LINKS, link_pairs(query))
}

/// The share links that reach a repository: one's own, or everybody's for administrators.
pub fn links_to(registry: &RegistryAlias, name: &RepositoryName, everybody: bool) -> String {
    links(&LinkQuery {
        everybody,
        repository: Some((registry.clone(), name.clone())),
        ..LinkQuery::default()
    })
}

/// The pairs of the query string that asks for this list of links.
pub fn link_pairs(query: &LinkQuery) -> Vec<(&'static str, String)> {
    let on = |set: bool| set.then(|| "on".to_owned());
    let (registry, name) = query.repository.clone().unzip();
    let pairs = [
        (
            "q",
            Some(query.text.clone()).filter(|text| !text.is_empty()),
        ),
        ("everybody", on(query.everybody)),
        ("ended", on(query.ended)),
        ("registry", registry.map(|registry| registry.to_string())),
        ("name", name.map(|name| name.to_string())),
        ("maker", query.maker.clone()),
        ("team", query.team.as_ref().map(ToString::to_string)),
        ("page", (query.page > 1).then(|| query.page.to_string())),
    ];
    let said = |(key, value): (_, Option<String>)| value.map(|value| (key, value));
    pairs.into_iter().filter_map(said).collect()
}

/// The list of links that a query string asks for. What means nothing is passed over.
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
    query.repository = registry.zip(name);
    query
}

/// Where all links of a person end, by the sign-in's id, if it is confirmed.
pub fn revoke_maker(maker: &str) -> String {
    with_query(REVOKE_LINKS, [("maker", maker)])
}

/// Where all links of a team end, if it is confirmed.
pub fn revoke_team(team: &TeamName) -> String {
    with_query(REVOKE_LINKS, [("team", team)])
}

/// Where a form that revoked links leads back to: the list, told how many there were.
pub fn with_revoked(path: &str, count: u64) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}revoked={count}")
}

/// How many links were revoked, as the list is told.
pub fn read_revoked(query: &str) -> Option<u64> {
    value_of(query, "revoked")?.parse().ok()
}

/// A share link's path.
pub fn shared(token: &str) -> String {
    format!("{SHARED}{token}")
}

/// Another page of the images that a share link shows, from its own page on: the token stays in the
/// address bar.
pub fn shared_page(page: u32) -> String {
    format!("?page={page}")
}

/// Which page of images a share link is asked for; the first where that makes no sense.
pub fn read_shared_page(query: &str) -> u32 {
    let page = value_of(query, "page").and_then(|page| page.parse().ok());
    page.unwrap_or(1).max(1)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use model::Digest;

    use super::*;
    use crate::paths::{query_of, read_query};

    #[test]
    fn a_link_is_made_to_what_the_url_names() {
        let target = |scope| LinkTarget {
            registry: "main".parse().unwrap(),
            name: "storefront/users-api".parse().unwrap(),
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
    fn a_list_of_links_survives_its_url() {
        let query = LinkQuery {
            text: "INC-4711 & more".into(),
            everybody: true,
            ended: true,
            repository: Some((
                "main".parse().unwrap(),
                "storefront/users-api".parse().unwrap(),
            )),
            maker: Some("https://issuer.example someone+1".into()),
            team: Some("Team 1".parse().unwrap()),
            page: 3,
        };
        let url = links(&query);
        assert_eq!(read_query(query_of(&url), read_links), query);
        assert_eq!(read_revoked(query_of(&with_revoked(&url, 7))), Some(7));
        assert_eq!(read_revoked(query_of(&with_revoked(LINKS, 0))), Some(0));
        assert_eq!(read_revoked("revoked=all"), None);
    }
}
