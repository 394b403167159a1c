//! Configured details of principals and their requests, and the conditions that depend on them.

use std::sync::Arc;

use access::{AccessSettings, Actor, Identity, Team, Viewer};
use dashboard::Refusal;
use model::Action;
use policy::{CompiledPolicy, Context, PolicyKind, Verdict};
use serde_json::{Value, json};

use crate::world::*;

const SEE: &[&str] = &["ecr:DescribeImages"];
const ORGANIZATION: &str = "o-a1b2c3d4e5";

fn when(mut statement: Value, condition: Value) -> Value {
    statement["Condition"] = condition;
    statement
}

fn only_if(condition: Value) -> Value {
    when(allow(DEVELOPER, SEE), condition)
}

/// Whether a viewer sees a repository with these statements.
async fn sees(statements: &[Value], viewer: &Viewer, access: AccessSettings) -> bool {
    let world = World::new().await;
    world.repository("team/api", statements).await;
    let gantry = world.gantry_with(access).await;
    listed(&gantry, viewer).await == ["team/api"]
}

fn viewer_with(tags: &[(&str, &str)], organization: Option<&str>, identity: Identity) -> Viewer {
    let actor = Actor::new(
        DEVELOPER.parse().unwrap(),
        tags.iter().copied(),
        organization,
    );
    let team = Team {
        name: "developers".parse().unwrap(),
        groups: Vec::new(),
        actors: vec![actor.unwrap()],
        identity,
    };
    Viewer {
        id: access::PersonId::new("tests", "ana"),
        name: "Ana".into(),
        teams: vec![Arc::new(team)],
        admin: false,
    }
}

fn asserting(key: &str, values: &[&str]) -> AccessSettings {
    let mut context = Context::default();
    context.set(key, values.iter().copied());
    AccessSettings {
        context,
        ..AccessSettings::default()
    }
}

/// Statements that do not mention ECR.
fn nothing_here() -> Value {
    json!([{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}])
}

fn identity_policies(statements: Value) -> Identity {
    let text = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    let policy = CompiledPolicy::parse(text, PolicyKind::Identity).unwrap();
    Identity::Policies(vec![Arc::new(policy)])
}

#[tokio::test]
async fn tags_and_organization_are_taken_from_the_configuration_or_unknown() {
    let tagged = json!({"StringEquals": {"aws:PrincipalTag/team": "storefront"}});
    let within = json!({"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}});
    let known = viewer_with(
        &[("team", "storefront")],
        Some(ORGANIZATION),
        Identity::None,
    );
    let other = viewer_with(
        &[("team", "checkout")],
        Some("o-zzzzzzzzzz"),
        Identity::None,
    );
    let unknown = viewer(&[DEVELOPER]);
    for condition in [tagged, within] {
        for (asker, expected) in [(&known, true), (&other, false), (&unknown, false)] {
            let statements = [only_if(condition.clone())];
            assert_eq!(
                sees(&statements, asker, AccessSettings::default()).await,
                expected,
                "{condition}"
            );
        }
    }
}

#[tokio::test]
async fn an_account_grant_by_organization_applies_with_an_assumed_identity() {
    let within = json!({"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}});
    let statements = [when(allow(ACCOUNT, SEE), within)];
    let access = AccessSettings::default;
    let assumed = viewer_with(&[], Some(ORGANIZATION), Identity::Assumed);
    assert!(sees(&statements, &assumed, access()).await);
    let outside = viewer_with(&[], Some("o-zzzzzzzzzz"), Identity::Assumed);
    assert!(!sees(&statements, &outside, access()).await);
    let alone = viewer_with(&[], Some(ORGANIZATION), Identity::None);
    assert!(!sees(&statements, &alone, access()).await);
}

#[tokio::test]
async fn requests_use_https_so_a_deny_of_plain_http_does_not_apply() {
    let in_the_clear = json!({"Bool": {"aws:SecureTransport": "false"}});
    let statements = [
        allow(DEVELOPER, SEE),
        when(deny("*", &["ecr:*"]), in_the_clear),
    ];
    assert!(
        sees(
            &statements,
            &viewer(&[DEVELOPER]),
            AccessSettings::default()
        )
        .await
    );
}

#[tokio::test]
async fn a_key_of_the_callers_own_request_is_unknown_unless_configured() {
    let endpoint = json!({"StringEquals": {"aws:SourceVpce": "vpce-1"}});
    let ana = viewer(&[DEVELOPER]);
    let statements = [only_if(endpoint)];
    assert!(!sees(&statements, &ana, AccessSettings::default()).await);
    assert!(sees(&statements, &ana, asserting("aws:SourceVpce", &["vpce-1"])).await);
    assert!(!sees(&statements, &ana, asserting("aws:SourceVpce", &["vpce-2"])).await);
    // A deny that may apply withholds. A deny that certainly does not apply does not withhold.
    let quarantined = json!({"StringEquals": {"aws:SourceVpce": "vpce-9"}});
    let statements = [allow(DEVELOPER, SEE), when(deny("*", SEE), quarantined)];
    assert!(!sees(&statements, &ana, AccessSettings::default()).await);
    assert!(sees(&statements, &ana, asserting("aws:SourceVpce", &["vpce-1"])).await);
    assert!(sees(&statements, &ana, asserting("aws:SourceVpce", &[])).await);
}

#[tokio::test]
async fn resource_tags_are_read_if_a_policy_checks_them() {
    let tagged = |key: &str| json!({"StringEquals": {key: "team"}});
    for key in ["aws:ResourceTag/audience", "ecr:ResourceTag/Audience"] {
        let world = World::new().await;
        world.repository("team/api", &[only_if(tagged(key))]).await;
        let ana = viewer(&[DEVELOPER]);
        assert!(
            listed(&world.gantry().await, &ana).await.is_empty(),
            "the tag is not set"
        );
        let tag = aws_sdk_ecr::types::Tag::builder()
            .key("audience")
            .value("team")
            .build();
        let arn = "arn:aws:ecr:eu-central-1:111122223333:repository/team/api";
        let tagging = world
            .ecr
            .tag_resource()
            .resource_arn(arn)
            .tags(tag.unwrap());
        tagging.send().await.unwrap();
        assert_eq!(
            listed(&world.gantry().await, &ana).await,
            ["team/api"],
            "{key}"
        );
        let refused = ecr_local::Rule::new(ecr_local::Fault::Refuse(
            ecr_local::registry::ErrorKind::AccessDenied,
        ));
        world
            .running
            .faults()
            .add(refused.on("ListTagsForResource"));
        assert!(
            listed(&world.gantry().await, &ana).await.is_empty(),
            "unknown tags"
        );
    }
}

#[tokio::test]
async fn a_grant_ends_when_its_time_condition_ends() {
    let before = |date: &str| json!({"DateLessThan": {"aws:CurrentTime": date}});
    let ana = viewer(&[DEVELOPER]);
    for (date, expected) in [
        ("2020-01-01T00:00:00Z", false),
        ("2120-01-01T00:00:00Z", true),
    ] {
        let statements = [only_if(before(date))];
        assert_eq!(
            sees(&statements, &ana, AccessSettings::default()).await,
            expected,
            "{date}"
        );
    }
}

#[tokio::test]
async fn identity_policies_are_evaluated_as_aws_does() {
    let all = "arn:aws:ecr:eu-central-1:111122223333:repository/team/*";
    let allows = json!({"Effect": "Allow", "Action": "ecr:Describe*", "Resource": all});
    let denies = json!({"Effect": "Deny", "Action": "ecr:DescribeImages", "Resource": "*"});
    let access = AccessSettings::default;
    let named = [allow(DEVELOPER, SEE)];
    let account = [allow(ACCOUNT, SEE)];
    let nothing: [Value; 0] = [];
    for (identity, statements, expected) in [
        (json!([allows]), &account[..], true),
        (json!([allows]), &nothing[..], true),
        (nothing_here(), &named[..], true),
        (nothing_here(), &account[..], false),
        (json!([allows, denies]), &named[..], false),
    ] {
        let ana = viewer_with(&[], None, identity_policies(identity.clone()));
        assert_eq!(
            sees(statements, &ana, access()).await,
            expected,
            "{identity} {statements:?}"
        );
    }
}

#[tokio::test]
async fn across_accounts_both_policies_must_allow() {
    let elsewhere = "arn:aws:iam::444455556666:role/reader";
    let of = |identity| {
        let actor = Actor::new(elsewhere.parse().unwrap(), [], None).unwrap();
        let team = Team {
            name: "logistics".parse().unwrap(),
            groups: Vec::new(),
            actors: vec![actor],
            identity,
        };
        Viewer {
            id: access::PersonId::new("tests", "ana"),
            name: "Lena".into(),
            teams: vec![Arc::new(team)],
            admin: false,
        }
    };
    let allows = json!({"Effect": "Allow", "Action": "ecr:*", "Resource": "*"});
    let named = [allow(elsewhere, SEE)];
    let both = of(identity_policies(json!([allows])));
    assert!(sees(&named, &both, AccessSettings::default()).await);
    assert!(!sees(&[], &both, AccessSettings::default()).await);
    let one = of(identity_policies(nothing_here()));
    assert!(!sees(&named, &one, AccessSettings::default()).await);
}

#[tokio::test]
async fn a_session_statement_never_grants_the_role_but_can_deny_it() {
    let session = "arn:aws:sts::111122223333:assumed-role/developer/ana";
    let ana = viewer(&[DEVELOPER]);
    let access = AccessSettings::default;
    assert!(!sees(&[allow(session, SEE)], &ana, access()).await);
    assert!(!sees(&[allow(DEVELOPER, SEE), deny(session, SEE)], &ana, access()).await);
    let other = "arn:aws:sts::111122223333:assumed-role/auditor/ana";
    assert!(sees(&[allow(DEVELOPER, SEE), deny(other, SEE)], &ana, access()).await);
}

/// AWS may also compare the session, whose name is unknown, so the role may not be exempt.
#[tokio::test]
async fn a_deny_to_all_except_a_role_and_its_account_also_denies_the_role() {
    let ana = viewer(&[DEVELOPER]);
    let access = AccessSettings::default;
    let session = "arn:aws:sts::111122223333:assumed-role/developer/ana";
    for spared in [
        json!([DEVELOPER, ACCOUNT]),
        json!([DEVELOPER, ACCOUNT, session]),
    ] {
        let deny = json!({"Effect": "Deny", "NotPrincipal": {"AWS": spared}, "Action": "ecr:*"});
        let statements = [allow("*", &["ecr:*"]), deny];
        assert!(!sees(&statements, &ana, access()).await, "{spared}");
    }
    let but = json!({"ArnNotEquals": {"aws:PrincipalArn": DEVELOPER}});
    let statements = [allow("*", &["ecr:*"]), when(deny("*", &["ecr:*"]), but)];
    assert!(sees(&statements, &ana, access()).await);
}

/// The repository's tag is not a number, so it is unknown how AWS evaluates the deny.
#[tokio::test]
async fn a_deny_that_compares_an_invalid_tag_withholds() {
    let world = World::new().await;
    let risky = json!({"NumericGreaterThan": {"aws:ResourceTag/risk": "5"}});
    let statements = [allow(DEVELOPER, SEE), when(deny("*", SEE), risky)];
    let ana = viewer(&[DEVELOPER]);
    for (repository, risk) in [("team/high", "high"), ("team/low", "3"), ("team/nine", "9")] {
        world.repository(repository, &statements).await;
        let arn = format!("arn:aws:ecr:eu-central-1:111122223333:repository/{repository}");
        let tag = aws_sdk_ecr::types::Tag::builder().key("risk").value(risk);
        let tagging = world.ecr.tag_resource().resource_arn(arn);
        let tagging = tagging.tags(tag.build().unwrap());
        tagging.send().await.unwrap();
    }
    assert_eq!(listed(&world.gantry().await, &ana).await, ["team/low"]);
}

#[tokio::test]
async fn only_readers_of_the_policy_get_an_explanation_and_only_of_configured_principals() {
    let world = World::new().await;
    let frozen = json!({"StringNotEquals": {"aws:PrincipalTag/role": "release"}});
    let mut push = allow(
        DEVELOPER,
        &[
            "ecr:DescribeImages",
            "ecr:PutImage",
            "ecr:GetRepositoryPolicy",
        ],
    );
    push["Sid"] = json!("TeamPushes");
    let mut freeze = when(deny("*", &["ecr:PutImage"]), frozen);
    freeze["Sid"] = json!("ProdIsFrozen");
    world
        .repository("team/api", &[push, freeze, allow(AUDITOR, SEE)])
        .await;
    let (ana, ben) = (viewer(&[DEVELOPER]), viewer(&[AUDITOR]));
    let gantry = world.gantry_for(&ana).await;
    let name = name("team/api");
    let ask = async |viewer: &Viewer, principal: &str| {
        gantry
            .policies
            .explain(viewer, &alias(), &name, principal, Action::PutImage)
            .await
    };
    let explained = ask(&ana, DEVELOPER).await.unwrap();
    let explanation = explained.explanation.unwrap();
    assert_eq!(explanation.outcome, policy::Outcome::Conditional);
    let deciding = explanation.deciding().unwrap();
    assert_eq!(
        (deciding.sid.as_deref(), deciding.at.line),
        (Some("ProdIsFrozen"), 1)
    );
    assert_eq!(deciding.conditions[0].seen, policy::Seen::Unknown);
    let withheld = Refusal::Withheld(Action::GetRepositoryPolicy);
    assert_eq!(ask(&ben, DEVELOPER).await.unwrap_err(), withheld);
    let nobody = viewer(&[]);
    assert_eq!(
        ask(&nobody, DEVELOPER).await.unwrap_err(),
        Refusal::NotFound
    );
    // A viewer can ask only about principals of configured teams.
    assert_eq!(ask(&ana, AUDITOR).await.unwrap_err(), Refusal::NotFound);
}

#[tokio::test]
async fn an_explanation_shows_tags_and_requests_only_to_permitted_viewers() {
    let world = World::new().await;
    let tagged =
        json!({"StringEquals": {"ecr:ResourceTag/owner": "x", "aws:PrincipalTag/team": "y"}});
    let read = ["ecr:DescribeImages", "ecr:GetRepositoryPolicy"];
    let reads = |role| allow(role, &read);
    let sees_tags = allow(AUDITOR, &["ecr:ListTagsForResource"]);
    let guarded = when(allow(DEVELOPER, &["ecr:PutImage"]), tagged);
    let statements = [guarded, reads(DEVELOPER), reads(AUDITOR), sees_tags];
    world.repository("team/api", &statements).await;
    let tag = aws_sdk_ecr::types::Tag::builder()
        .key("owner")
        .value("secret")
        .build();
    let arn = "arn:aws:ecr:eu-central-1:111122223333:repository/team/api";
    world
        .ecr
        .tag_resource()
        .resource_arn(arn)
        .tags(tag.unwrap())
        .send()
        .await
        .unwrap();
    let ana = viewer_with(&[("team", "storefront")], None, Identity::None);
    let gantry = world.gantry_for(&ana).await;
    let name = name("team/api");
    let seen = async |viewer: &Viewer| {
        let asked = gantry
            .policies
            .explain(viewer, &alias(), &name, DEVELOPER, Action::PutImage)
            .await;
        let explanation = asked.unwrap().explanation.unwrap();
        let mut conditions = explanation.statements[0].conditions.clone();
        conditions.sort_by(|left, right| left.key.cmp(&right.key));
        conditions
            .into_iter()
            .map(|condition| condition.seen)
            .collect::<Vec<_>>()
    };
    let values = |value: &str| policy::Seen::Values(vec![value.to_owned()]);
    // Her own principal's tag, but not the repository's.
    assert_eq!(
        seen(&ana).await,
        [values("storefront"), policy::Seen::Hidden]
    );
    // The repository's tag, but not that of another team's principal.
    assert_eq!(
        seen(&viewer(&[AUDITOR])).await,
        [policy::Seen::Hidden, values("secret")]
    );
}

#[tokio::test]
async fn a_list_also_ends_when_the_time_condition_of_an_identity_policy_ends() {
    let world = World::new().await;
    world.repository("team/api", &[]).await;
    let now = || time::OffsetDateTime::now_utc().unix_timestamp();
    let until = now() + 8;
    let allows = json!({"Effect": "Allow", "Action": "ecr:*", "Resource": "*",
        "Condition": {"NumericLessThan": {"aws:EpochTime": until.to_string()}}});
    let ana = viewer_with(&[], None, identity_policies(json!([allows])));
    let gantry = world.gantry_for(&ana).await;
    assert_eq!(listed(&gantry, &ana).await, ["team/api"]);
    // A list that depends on the time is cached for at most a second.
    while now() < until + 2 {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    assert!(listed(&gantry, &ana).await.is_empty());
}

#[tokio::test]
async fn only_readers_of_the_policy_see_that_the_account_is_named() {
    let world = World::new().await;
    let statements = [allow(DEVELOPER, SEE), allow(ACCOUNT, &["ecr:PutImage"])];
    world.repository("team/api", &statements).await;
    let gantry = world.gantry().await;
    let access = gantry.policies.access(&viewer(&[DEVELOPER]), "", 1).await;
    let cells = &access.repositories.rows[0].grants[0].cells;
    let put = cells
        .iter()
        .find(|cell| cell.action == Action::PutImage)
        .unwrap();
    assert_eq!(
        (put.verdict, put.statement.clone()),
        (Verdict::NotGranted, None)
    );
}
