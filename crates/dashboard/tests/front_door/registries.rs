//! Several registries: who knows about which registry, and what happens if one cannot be read.

use std::time::Duration;

use access::{AccessSettings, Viewer};
use dashboard::{Gantry, Refusal};
use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::{Problem, RegistryAlias, RepositoryAt, query::RepositoryQuery, registry::Registries};

use crate::world::*;

const PARTNER: &str = "444455556666";
const STRANGER: &str = "arn:aws:iam::111122223333:role/stranger";

fn partner() -> RegistryAlias {
    "partner".parse().unwrap()
}

fn nowhere() -> RegistryAlias {
    "nowhere".parse().unwrap()
}

/// The repository `team/api` of a registry.
fn api_in(registry: RegistryAlias) -> RepositoryAt {
    RepositoryAt {
        registry,
        ..repository_at("team/api")
    }
}

/// Two registries in different accounts and regions, with a repository of the same name in both.
async fn two() -> (World, World) {
    let (own, other) = (World::new().await, World::of(PARTNER, "eu-west-1").await);
    for world in [&own, &other] {
        world
            .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
            .await;
    }
    own.repository("team/web", &[allow(STRANGER, &["ecr:*"])])
        .await;
    other
        .repository("other/tool", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    own.push("team/api", "own", "1.0").await;
    other.push("team/api", "other", "1.0").await;
    (own, other)
}

async fn over(own: &World, other: &World) -> Gantry {
    listed_once(unlisted(own, other, AccessSettings::default()).await).await
}

async fn unlisted(own: &World, other: &World, access: AccessSettings) -> Gantry {
    own.unlisted_beside(vec![other.registry("partner")], access)
        .await
}

/// Settings that read policies again soon.
fn hurried() -> AccessSettings {
    AccessSettings {
        policy_max_age: Duration::from_secs(10),
        ..AccessSettings::default()
    }
}

/// Waits until what a viewer knows about the registries is as expected.
async fn until(
    gantry: &Gantry,
    viewer: &Viewer,
    is_so: impl Fn(&Registries) -> bool,
) -> Registries {
    for _ in 0..1_500 {
        let registries = gantry.registries.list(viewer).await;
        if is_so(&registries) {
            return registries;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    unreachable!("{:?}", gantry.registries.list(viewer).await)
}

fn aliases(registries: &Registries) -> Vec<&str> {
    registries.0.iter().map(|it| it.alias.as_str()).collect()
}

#[tokio::test]
async fn repositories_with_the_same_name_are_distinguished_by_their_registry() {
    let (own, other) = two().await;
    let (gantry, ana) = (over(&own, &other).await, viewer(&[DEVELOPER]));
    let list = gantry
        .repositories
        .list(&ana, &RepositoryQuery::default())
        .await;
    let rows: Vec<_> = (list.page.rows.iter())
        .map(|row| {
            (
                row.repository.name.as_str(),
                row.repository.registry.as_str(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("other/tool", "partner"),
            ("team/api", "partner"),
            ("team/api", "retail")
        ]
    );
    let places: Vec<_> = (list.registries.0.iter())
        .map(|it| (it.place().unwrap(), it.repositories))
        .collect();
    assert_eq!(
        places,
        [
            ("111122223333 · eu-central-1".to_owned(), 1),
            ("444455556666 · eu-west-1".to_owned(), 2)
        ]
    );
    let query = RepositoryQuery {
        registry: Some("partner".into()),
        ..RepositoryQuery::default()
    };
    let list = gantry.repositories.list(&ana, &query).await;
    assert_eq!((list.page.matching, list.page.total), (2, 3));
    let found = gantry.search.find(&ana, "api").await;
    assert!(found.several_registries);
    assert_eq!(found.hits.len(), 2);
    let found = gantry.search.find(&ana, "api PARTNER").await;
    assert_eq!(found.hits.len(), 1);
    assert_eq!(found.hits[0].repository.registry, partner());
}

#[tokio::test]
async fn a_registry_without_grants_is_treated_as_nonexistent() {
    let (own, other) = two().await;
    let (gantry, gus) = (over(&own, &other).await, viewer(&[STRANGER]));
    let registries = gantry.registries.list(&gus).await;
    assert_eq!(aliases(&registries), ["retail"]);
    assert!(!gantry.catalog.several_registries(&gus));
    for alias in [partner(), nowhere()] {
        let asked = gantry
            .registries
            .page(&gus, &alias, &RepositoryQuery::default())
            .await;
        assert_eq!(asked.err(), Some(Refusal::NotFound));
        assert!(
            !gantry
                .catalog
                .is_namespace(&gus, &alias, &"team".parse().unwrap())
        );
        let asked = repository_detail(&gantry, &gus, &api_in(alias)).await;
        assert_eq!(asked.err(), Some(Refusal::NotFound));
    }
    let ana = viewer(&[DEVELOPER]);
    assert!(
        gantry
            .registries
            .page(&ana, &partner(), &RepositoryQuery::default())
            .await
            .is_ok()
    );
    assert!(
        gantry
            .catalog
            .is_namespace(&ana, &alias(), &"team".parse().unwrap())
    );
    // Repositories that are granted only to others do not form a namespace.
    assert!(
        !gantry
            .catalog
            .is_namespace(&ana, &alias(), &"other".parse().unwrap())
    );
    assert!(
        !gantry
            .catalog
            .is_namespace(&ana, &alias(), &"te".parse().unwrap())
    );
    assert_eq!(
        aliases(&gantry.registries.list(&admin()).await),
        ["retail", "partner"]
    );
}

#[tokio::test]
async fn a_registry_that_was_never_read_does_not_affect_the_other() {
    let (own, other) = two().await;
    let denied = Rule::new(Fault::Refuse(ErrorKind::AccessDenied)).on("AssumeRole");
    other.running.faults().add(denied);
    let mut settings = other.registry("partner");
    settings.role_arn = Some(format!("arn:aws:iam::{PARTNER}:role/gantry"));
    let gantry = own.unlisted_beside(vec![settings], hurried()).await;
    let ana = viewer(&[DEVELOPER]);
    let registries = until(&gantry, &ana, |all| {
        all.failing().count() == 1 && all.0[0].repositories == 1
    })
    .await;
    assert_eq!((registries.shown(), registries.known()), (1, 2));
    let (failing, failure) = registries.failing().next().unwrap();
    assert_eq!(failing.alias, partner());
    // It is not known yet whether she can see anything in it, so only its name is shown.
    assert_eq!((failing.place(), failing.listed), (None, None));
    assert_eq!((failure.problem, &failure.call), (None, &None));
    let query = RepositoryQuery::default();
    let mut list = gantry.repositories.list(&ana, &query).await;
    // Her own registry may still be read.
    for _ in 0..500 {
        if !list.page.incomplete {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        list = gantry.repositories.list(&ana, &query).await;
    }
    assert_eq!(
        (list.page.total, list.page.problem, list.page.incomplete),
        (1, None, false)
    );
    assert!(list.page.as_of.is_some());
    let asked = repository_detail(&gantry, &ana, &repository_at("team/absent")).await;
    assert_eq!(asked.err(), Some(Refusal::NotFound), "the other is known");
    for registry in [partner(), nowhere()] {
        let asked = gantry
            .registries
            .page(&ana, &registry, &RepositoryQuery::default())
            .await;
        assert_eq!(asked.err(), Some(Refusal::StillReading));
        let asked = repository_detail(&gantry, &ana, &api_in(registry)).await;
        assert_eq!(asked.err(), Some(Refusal::StillReading));
    }
    let nobody = Viewer {
        teams: Vec::new(),
        ..viewer(&[])
    };
    assert_eq!(
        aliases(&gantry.registries.list(&nobody).await),
        Vec::<&str>::new()
    );
    let seen_by_admin = gantry.registries.list(&admin()).await;
    let (failing, failure) = seen_by_admin.failing().next().unwrap();
    assert_eq!(failing.place().unwrap(), "444455556666 · eu-west-1");
    assert_eq!(failure.problem, Some(Problem::Credentials));
    let call = failure.call.as_ref().unwrap();
    assert_eq!(
        (&*call.operation, call.code.as_deref()),
        ("AssumeRole", Some("AccessDenied"))
    );
    // It recovers by itself.
    other.running.faults().clear();
    let registries = until(&gantry, &ana, |all| {
        all.failing().count() == 0 && all.known() == 2
    })
    .await;
    assert_eq!(registries.0[1].repositories, 2);
}

#[tokio::test]
async fn only_viewers_with_access_learn_that_a_registry_fails_later() {
    let (own, other) = two().await;
    let gantry = listed_once(unlisted(&own, &other, hurried()).await).await;
    let (ana, gus) = (viewer(&[DEVELOPER]), viewer(&[STRANGER]));
    until(&gantry, &ana, |all| all.known() == 2).await;
    let failing = Rule::new(Fault::Refuse(ErrorKind::Server));
    other.running.faults().add(failing);
    let registries = until(&gantry, &ana, |all| all.failing().count() == 1).await;
    let (_, failure) = registries.failing().next().unwrap();
    assert_eq!(
        (failure.problem, &failure.call),
        (Some(Problem::Failing), &None)
    );
    // When no policy is in force any more, nothing in it is shown, and she still sees why.
    let registries = until(&gantry, &ana, |all| {
        all.0.iter().any(|it| it.repositories == 0)
    })
    .await;
    assert_eq!((registries.shown(), registries.known()), (1, 2));
    let opened = repository_detail(&gantry, &ana, &api_in(partner())).await;
    assert!(matches!(opened.err(), Some(Refusal::Undecided(_))));
    let list = gantry
        .repositories
        .list(&gus, &RepositoryQuery::default())
        .await;
    assert_eq!(aliases(&list.registries), ["retail"]);
    assert_eq!((list.page.total, list.page.problem), (1, None));
    for registry in [partner(), nowhere()] {
        let asked = gantry
            .registries
            .page(&gus, &registry, &RepositoryQuery::default())
            .await;
        assert_eq!(asked.err(), Some(Refusal::NotFound));
        let asked = repository_detail(&gantry, &gus, &api_in(registry)).await;
        assert_eq!(asked.err(), Some(Refusal::NotFound));
    }
    let seen_by_admin = gantry.registries.list(&admin()).await;
    let call = seen_by_admin
        .failing()
        .next()
        .unwrap()
        .1
        .call
        .clone()
        .unwrap();
    assert_eq!(
        (&*call.operation, call.code.as_deref()),
        ("DescribeRepositories", Some("ServerException"))
    );
    assert!(call.request_id.is_some());
}

#[tokio::test]
async fn with_one_registry_everyone_learns_that_it_fails() {
    let (own, _) = two().await;
    let expired = Rule::new(Fault::Refuse(ErrorKind::ExpiredToken));
    own.running.faults().add(expired);
    let gantry = own.unlisted(AccessSettings::default()).await;
    let ana = viewer(&[DEVELOPER]);
    let registries = until(&gantry, &ana, |all| all.failing().count() == 1).await;
    assert!(!registries.are_several());
    let list = gantry
        .repositories
        .list(&ana, &RepositoryQuery::default())
        .await;
    assert_eq!(list.page.problem, Some(Problem::Credentials));
}

#[tokio::test]
async fn looking_up_an_unknown_path_takes_the_same_work_for_every_viewer() {
    let (world, other) = (World::new().await, World::of(PARTNER, "eu-west-1").await);
    let sees = [allow(DEVELOPER, &["ecr:*"])];
    for number in 0..20 {
        // These come just before the members of the namespace `team`, or are in other namespaces.
        world.repository(&format!("team-{number}/api"), &sees).await;
        world
            .repository(&format!("other/api-{number}"), &sees)
            .await;
        // Namespaces of another registry: one that this registry does not have, and some whose
        // members come before its own.
        for namespace in ["aa", "team", "zz"] {
            let name = format!("{namespace}/tool-{number}");
            other.repository(&name, &sees).await;
        }
    }
    world.repository("team/api", &sees).await;
    world.repository("zz/zzz", &sees).await;
    let ana = viewer(&[DEVELOPER]);
    let gantry = over(&world, &other).await;
    until(&gantry, &ana, |all| {
        all.0.iter().map(|it| it.repositories).sum::<u32>() == 102
    })
    .await;
    for viewer in [&ana, &admin()] {
        for (path, expected) in [
            ("team", true),
            ("tea", false),
            ("team-1", true),
            ("aa", false),
            ("zz", true),
            ("zzz", false),
        ] {
            let before = gantry.catalog.examined();
            let is_namespace =
                gantry
                    .catalog
                    .is_namespace(viewer, &alias(), &path.parse().unwrap());
            assert_eq!(is_namespace, expected, "{path}");
            assert!(gantry.catalog.examined() - before <= 1, "{path}");
        }
    }
}
