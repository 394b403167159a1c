//! Every server function and page, for every person: granted, denied, conditional, unreadable.

use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::{repository::Mutability, search::SearchResults};
use reqwest::StatusCode;

use crate::browser::{Dashboard, Person};

/// The demo's repositories of each kind, and who sees their images.
const SEEN_BY: [(&str, &[&str]); 12] = [
    // Granted to a team.
    ("storefront/users-api", &["ana", "chao", "erik"]),
    ("checkout/orders-api", &["ben", "chao", "erik"]),
    ("payments/payments-api", &["dana", "erik"]),
    ("base/debian", &["ana", "ben", "chao", "dana", "erik"]),
    // Granted to everyone.
    (
        "public/banner",
        &["ana", "ben", "chao", "dana", "erik", "hana"],
    ),
    // Granted to another account's role, and to that account as a whole, whose operator grants it further.
    ("partner/dispatch", &["erik", "hana"]),
    ("partner/shipping-labels", &["hana"]),
    // Granted to developers under a condition, and to the release manager without one.
    ("tools/conditional", &["erik"]),
    // Granted to the own account as a whole; to a deleted role; only for pulling; to nobody.
    ("tools/console", &[]),
    ("archive/old-shop", &[]),
    ("tools/ci-runner", &[]),
    ("sandbox/hello", &[]),
];

const EVERYBODY: [&str; 8] = ["ana", "ben", "chao", "dana", "erik", "farah", "gus", "hana"];

const DIGEST: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

#[tokio::test]
async fn everyone_gets_what_the_policies_grant_and_nothing_else() {
    let dashboard = Dashboard::start().await.ready().await;
    for id in EVERYBODY {
        let person = dashboard.person(id).await;
        let listed = person.listed().await;
        for (repository, seen_by) in SEEN_BY {
            let sees = seen_by.contains(&id);
            let reviews = id == "farah";
            assert_eq!(
                listed
                    .iter()
                    .any(|row| row.repository.name.as_str() == repository),
                sees || reviews,
                "{id} lists {repository}"
            );
            let expected = match (sees, reviews) {
                (true, _) => StatusCode::OK,
                (_, true) => StatusCode::FORBIDDEN,
                _ => StatusCode::NOT_FOUND,
            };
            for path in [images(repository), page("repositories", repository)] {
                assert_eq!(
                    person.get(&path).await.status(),
                    expected,
                    "{id} opens {path}"
                );
            }
            let found = format!("/api/search?text={repository}");
            let found: SearchResults = person.ask(&found).await;
            assert_eq!(
                found
                    .hits
                    .iter()
                    .any(|hit| hit.repository.name.as_str() == repository),
                sees || reviews,
                "{id} searches for {repository}"
            );
            let policy = person.get(&page("policies", repository)).await.status();
            let hidden = policy == StatusCode::NOT_FOUND;
            assert_eq!(
                hidden,
                !sees && !reviews,
                "{id} opens the policy of {repository}"
            );
            if !sees && !reviews {
                assert_eq!(
                    person.preview(repository).await.0,
                    StatusCode::NOT_FOUND,
                    "{id} previews {repository}"
                );
            }
        }
    }
}

#[tokio::test]
async fn only_permitted_users_can_start_a_preview() {
    let dashboard = Dashboard::start().await.ready().await;
    let repository = "storefront/users-api";
    // The team owns its repository, the release manager only reads it, the reviewer reads the policy.
    for (id, ended) in [
        ("ana", "started"),
        ("erik", "withheld"),
        ("farah", "withheld"),
    ] {
        let (status, led_to) = dashboard.person(id).await.preview(repository).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{id}");
        let page = page("lifecycle", repository);
        assert_eq!(led_to, format!("{page}?preview={ended}"), "{id}");
    }
    let hidden = dashboard.person("ben").await.preview(repository).await;
    assert_eq!(hidden, (StatusCode::NOT_FOUND, String::new()));
}

#[tokio::test]
async fn settings_are_shown_only_to_people_who_may_see_them() {
    let dashboard = Dashboard::start().await.ready().await;
    // The owning team may describe the repository. The neighbouring team may list images, and nothing else.
    let repository = "checkout/orders-worker";
    for (id, may) in [("ben", true), ("ana", false)] {
        let person = dashboard.person(id).await;
        let listed = person.listed().await;
        let row = listed
            .iter()
            .find(|row| row.repository.name.as_str() == repository);
        let expected = may.then_some(Mutability::Mutable);
        assert_eq!(row.unwrap().mutability, expected, "{id}");
        let filtered = person
            .get("/repositories?q=orders-worker&mutability=mutable")
            .await;
        let filtered = filtered.text().await.unwrap();
        assert_eq!(
            filtered.contains(&page("repositories", repository)),
            may,
            "{id}"
        );
        let whole = person.get(&page("repositories", repository)).await;
        let whole = whole.text().await.unwrap();
        let withheld = "ecr:DescribeRepositories is not granted";
        assert_eq!(whole.contains(withheld), !may, "{id}");
        for setting in ["AES256", "Tag mutability", "Scan on push", "Created"] {
            assert_eq!(whole.contains(setting), may, "{setting}, for {id}");
        }
    }
}

#[tokio::test]
async fn not_granted_and_not_found_look_the_same() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    for kind in ["repositories", "policies", "lifecycle"] {
        let (hidden, absent) = (page(kind, "payments/ledger"), page(kind, "payments/absent"));
        assert_eq!(
            answer(&ana, &hidden, "ledger").await,
            answer(&ana, &absent, "absent").await,
            "{kind}"
        );
    }
    for path in [
        "/tags/retail/prod/NAME".to_owned(),
        format!("/images/retail/{DIGEST}/NAME"),
        "/images/retail/3f9a1c2b0d4e/NAME".to_owned(),
        images("NAME"),
    ] {
        let (hidden, absent) = (
            path.replace("NAME", "payments/ledger"),
            path.replace("NAME", "payments/absent"),
        );
        assert_eq!(
            answer(&ana, &hidden, "ledger").await,
            answer(&ana, &absent, "absent").await,
            "{path}"
        );
    }
}

#[tokio::test]
async fn an_unreadable_policy_grants_nothing() {
    let unreadable = Rule::new(Fault::Refuse(ErrorKind::AccessDenied));
    let unreadable = unreadable
        .on("GetRepositoryPolicy")
        .of("storefront/users-api");
    let dashboard = Dashboard::start_with(&[unreadable]).await;
    let ana = dashboard.person("ana").await;
    // Until every policy was tried, each name is answered with 503.
    let api = images("storefront/users-api");
    for _ in 0..200 {
        if ana.get(&api).await.status() != StatusCode::SERVICE_UNAVAILABLE {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let listed = ana.listed().await;
    let lists = |name| {
        listed
            .iter()
            .any(|row| row.repository.name.as_str() == name)
    };
    assert!(lists("storefront/users-web") && !lists("storefront/users-api"));
    assert_eq!(ana.get(&api).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        ana.get(&page("repositories", "storefront/users-api"))
            .await
            .status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn without_a_session_only_the_sign_in_is_available() {
    let dashboard = Dashboard::start().await.ready().await;
    let stranger = dashboard.stranger();
    for path in [
        "/",
        "/repositories",
        "/access",
        "/repositories/retail/storefront/users-api",
        "/nonsense",
    ] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        assert!(
            answer.headers()["location"]
                .to_str()
                .unwrap()
                .starts_with("/sign-in?return="),
            "{path}"
        );
    }
    for path in [
        "/api/repositories",
        "/api/search?text=users",
        &images("storefront/users-api"),
    ] {
        assert_eq!(
            stranger.get(path).await.status(),
            StatusCode::UNAUTHORIZED,
            "{path}"
        );
    }
    let (status, led_to) = stranger.preview("storefront/users-api").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(led_to.starts_with("/sign-in?return="), "{led_to}");
}

fn page(kind: &str, repository: &str) -> String {
    format!("/{kind}/retail/{repository}")
}

fn images(repository: &str) -> String {
    format!("/api/images?registry=retail&name={repository}")
}

/// An answer's status, header names and body, without what differs by name and by request.
async fn answer(person: &Person, path: &str, name: &str) -> (StatusCode, Vec<String>, String) {
    let answer = person.get(path).await;
    let id = answer.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let mut headers: Vec<_> = answer.headers().keys().map(ToString::to_string).collect();
    headers.sort();
    let nonce = answer
        .headers()
        .get("content-security-policy")
        .and_then(|policy| {
            let policy = policy.to_str().ok()?;
            Some(
                policy
                    .split("'nonce-")
                    .nth(1)?
                    .split('\'')
                    .next()?
                    .to_owned(),
            )
        });
    let status = answer.status();
    let mut body = answer
        .text()
        .await
        .unwrap()
        .replace(&id, "ID")
        .replace(name, "NAME");
    if let Some(nonce) = nonce {
        body = body.replace(&nonce, "NONCE");
    }
    (status, headers, body)
}
