//! The registry policy together with repository policies, and the page that lists grants.

use model::Problem;
use policy::Verdict;
use serde_json::{Value, json};

use crate::world::*;

const REPOSITORY: &str = "arn:aws:ecr:eu-central-1:111122223333:repository/team/*";

fn on(statement: Value, resource: &str) -> Value {
    let mut statement = statement;
    statement["Resource"] = json!(resource);
    statement
}

async fn registry_policy(world: &World, statements: &[Value]) {
    let text = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    world
        .ecr
        .put_registry_policy()
        .policy_text(text)
        .send()
        .await
        .unwrap();
}

async fn scope(world: &World, scope: &str) {
    let setting = world
        .ecr
        .put_account_setting()
        .name("REGISTRY_POLICY_SCOPE")
        .value(scope);
    setting.send().await.unwrap();
}

#[tokio::test]
async fn the_registry_policy_applies_within_its_scope() {
    let world = World::new().await;
    world
        .repository("team/denied", &[allow(DEVELOPER, &["ecr:DescribeImages"])])
        .await;
    world.repository("team/granted", &[]).await;
    registry_policy(
        &world,
        &[
            on(
                deny(DEVELOPER, &["ecr:DescribeImages"]),
                "arn:aws:ecr:*:*:repository/team/denied",
            ),
            on(
                allow(DEVELOPER, &["ecr:DescribeImages"]),
                "arn:aws:ecr:*:*:repository/team/granted",
            ),
        ],
    )
    .await;
    let ana = viewer(&[DEVELOPER]);
    assert_eq!(
        listed(&world.gantry().await, &ana).await,
        ["team/granted"],
        "V2: the whole policy"
    );
    scope(&world, "V1").await;
    assert_eq!(
        listed(&world.gantry().await, &ana).await,
        ["team/denied"],
        "V1: nothing of the policy"
    );
    let unknown = ecr_local::Rule::new(ecr_local::Fault::Refuse(
        ecr_local::registry::ErrorKind::AccessDenied,
    ));
    world.running.faults().add(unknown.on("GetAccountSetting"));
    assert!(
        listed(&world.gantry().await, &ana).await.is_empty(),
        "unknown: only its denies"
    );
}

#[tokio::test]
async fn the_hosts_registry_policy_is_not_used_for_another_account() {
    let world = World::new().await;
    world.repository("team/api", &[]).await;
    let everything = on(allow(DEVELOPER, &["ecr:*"]), "*");
    registry_policy(&world, &[everything]).await;
    for (account, problem) in [
        ("111122223333", None),
        ("444455556666", Some(Problem::HostDenied)),
    ] {
        let gantry = world.of_account(account).await;
        let mut status = gantry.catalog.status();
        for _ in 0..200 {
            if status[0].listed.is_some() || status[0].policy_problem.is_some() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            status = gantry.catalog.status();
        }
        assert_eq!(status[0].policy_problem, problem, "{account}");
    }
}

#[tokio::test]
async fn the_access_page_shows_what_each_principal_may_do() {
    let world = World::new().await;
    world
        .repository(
            "team/api",
            &[
                allow(
                    DEVELOPER,
                    &["ecr:DescribeImages", "ecr:GetRepositoryPolicy"],
                ),
                deny(DEVELOPER, &["ecr:PutImage"]),
                allow(ACCOUNT, &["ecr:BatchGetImage"]),
            ],
        )
        .await;
    registry_policy(
        &world,
        &[on(deny("*", &["ecr:DeleteRepository"]), REPOSITORY)],
    )
    .await;
    let (gantry, both) = (world.gantry().await, viewer(&[DEVELOPER, AUDITOR]));
    let access = gantry.policies.access(&both, "", 1).await;
    assert_eq!(access.principals.len(), 2);
    let verdict = |principal: usize, action: &str| {
        let cells = &access.repositories.rows[0].grants[principal].cells;
        let cell = cells
            .iter()
            .find(|cell| cell.action.as_str() == action)
            .unwrap();
        (cell.verdict, cell.statement.clone())
    };
    assert_eq!(
        verdict(0, "ecr:DescribeImages"),
        (Verdict::Granted, Some("#0".into()))
    );
    assert_eq!(
        verdict(0, "ecr:PutImage"),
        (Verdict::Denied, Some("#1".into()))
    );
    assert_eq!(
        verdict(0, "ecr:BatchGetImage"),
        (Verdict::Delegated, Some("#2".into()))
    );
    assert_eq!(
        verdict(0, "ecr:DeleteRepository"),
        (Verdict::Denied, None),
        "the registry policy is not quoted"
    );
    assert_eq!(
        verdict(1, "ecr:DescribeImages"),
        (Verdict::NotGranted, None)
    );
}

#[tokio::test]
async fn a_deny_under_an_open_condition_is_told_apart_only_for_those_who_read_the_policy() {
    let world = World::new().await;
    let mut frozen = deny("*", &["ecr:PutImage"]);
    frozen["Condition"] = json!({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}});
    let acts = [
        "ecr:PutImage",
        "ecr:DescribeImages",
        "ecr:GetRepositoryPolicy",
    ];
    world
        .repository(
            "team/api",
            &[allow(DEVELOPER, &acts), allow(AUDITOR, &acts[..2]), frozen],
        )
        .await;
    let gantry = world.gantry().await;
    for (principal, expected) in [
        (DEVELOPER, Verdict::MayBeDenied),
        (AUDITOR, Verdict::Denied),
    ] {
        let access = gantry.policies.access(&viewer(&[principal]), "", 1).await;
        let cells = &access.repositories.rows[0].grants[0].cells;
        let cell = cells.iter().find(|it| it.action.as_str() == "ecr:PutImage");
        assert_eq!(cell.map(|it| it.verdict), Some(expected), "{principal}");
    }
}
