//! Who sees which parts of a policy: everything for people who may read it, nothing for others.

use std::collections::BTreeSet;

use reqwest::StatusCode;

use crate::browser::{Dashboard, Person};

/// Repositories that a person sees without permission to read their policies, with parts of those policies: Sids,
/// principals, conditions.
const UNREAD: [(&str, &str, &[&str]); 3] = [
    (
        "ben",
        "storefront/products-api",
        &[
            "TeamDevelops",
            "CheckoutLooks",
            "storefront-developer",
            "release-manager",
        ],
    ),
    ("hana", "public/banner", &["AnyoneReads"]),
    ("ana", "public/banner", &["AnyoneReads"]),
];

#[tokio::test]
async fn no_part_of_a_policy_reaches_people_who_may_not_read_it() {
    let dashboard = Dashboard::start().await.ready().await;
    for (id, repository, pieces) in UNREAD {
        let person = dashboard.person(id).await;
        let mut answers = pages_about(&person, repository).await;
        let question =
            "?principal=arn:aws:iam::111122223333:role/checkout-developer&action=ecr:PutImage";
        for path in [
            format!("/policies/retail/{repository}"),
            format!("/policies/retail/{repository}{question}"),
            format!("/lifecycle/retail/{repository}"),
            format!("/access?q={repository}"),
            format!("/api/images?registry=retail&name={repository}"),
            format!("/api/search?text={repository}"),
        ] {
            let body = person.get(&path).await.text().await.unwrap();
            answers.push((path, body));
        }
        assert!(
            answers.len() > 10,
            "{id} finds little about {repository}: {}",
            answers.len()
        );
        for (path, body) in answers {
            for piece in pieces {
                assert!(!body.contains(piece), "{id} reads {piece} at {path}");
            }
        }
    }
}

/// Every page about a repository that can be reached from its own page.
async fn pages_about(person: &Person, repository: &str) -> Vec<(String, String)> {
    let mut to_see = vec![format!("/repositories/retail/{repository}")];
    let mut seen = BTreeSet::new();
    let mut pages = Vec::new();
    while let Some(path) = to_see.pop() {
        if !seen.insert(path.clone()) || seen.len() > 60 {
            continue;
        }
        let body = person.get(&path).await.text().await.unwrap();
        let links = body
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        let about = links.filter(|link| link.starts_with('/') && link.contains(repository));
        to_see.extend(about.map(|link| link.split('#').next().unwrap().replace("&amp;", "&")));
        pages.push((path, body));
    }
    pages
}

#[tokio::test]
async fn a_decision_is_explained_only_to_people_who_may_read_the_policy() {
    let dashboard = Dashboard::start().await.ready().await;
    let dana = dashboard.person("dana").await;
    let ask = |principal: &str, action: &str| {
        let path = format!(
            "/policies/retail/payments/payments-api\
             ?principal=arn:aws:iam::111122223333:role/{principal}&action={action}"
        );
        let dana = &dana;
        async move {
            let answer = dana.get(&path).await;
            assert_eq!(answer.status(), StatusCode::OK);
            answer.text().await.unwrap()
        }
    };
    let denied = ask("payments-auditor", "ecr:BatchGetImage").await;
    assert!(
        denied.contains("Denied by statement AuditorNeverPulls, line"),
        "{denied}"
    );
    // The deny for unencrypted requests is listed with the fact that this request is encrypted.
    assert!(
        denied.contains("does not hold: the request has true"),
        "{denied}"
    );
    let allowed = ask("payments-developer", "ecr:PutImage").await;
    assert!(
        allowed.contains("Allowed by statement TeamDevelops, line"),
        "{allowed}"
    );
    let unknown = ask("nobody", "ecr:PutImage").await;
    assert!(
        unknown.contains("There is no such principal or action"),
        "{unknown}"
    );
}

#[tokio::test]
async fn principals_of_other_teams_that_no_statement_names_are_not_listed() {
    let dashboard = Dashboard::start().await.ready().await;
    let page = "/policies/retail/storefront/users-api";
    let question = |principal: &str| format!("{page}?principal={principal}&action=ecr:PutImage");
    let hidden = [
        "arn:aws:iam::111122223333:role/payments-auditor",
        "arn:aws:iam::444455556666:role/logistics-reader",
    ];
    let text = async |person: &Person, path: &str| {
        let answer = person.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.text().await.unwrap()
    };
    let ana = dashboard.person("ana").await;
    let listed = text(&ana, page).await;
    assert!(listed.contains("storefront-developer") && listed.contains("release-manager"));
    let farah = dashboard.person("farah").await;
    let all = text(&farah, page).await;
    for principal in hidden {
        assert!(!listed.contains(principal), "ana reads {principal}");
        let asked = text(&ana, &question(principal)).await;
        assert!(asked.contains("There is no such principal or action"));
        assert!(all.contains(principal), "farah does not read {principal}");
        let asked = text(&farah, &question(principal)).await;
        assert!(!asked.contains("There is no such principal or action"));
    }
}

#[tokio::test]
async fn an_administrator_can_have_any_principal_explained() {
    let dashboard = Dashboard::start().await.ready().await;
    let farah = dashboard.person("farah").await;
    let path = "/policies/retail/partner/shipping-labels\
                ?principal=arn:aws:iam::444455556666:role/logistics-reader&action=ecr:BatchGetImage";
    let body = farah.get(path).await.text().await.unwrap();
    assert!(
        body.contains("Allowed: statement CarrierAccountReads"),
        "{body}"
    );
    assert!(body.contains("o-a1b2c3d4e5"), "{body}");
}
