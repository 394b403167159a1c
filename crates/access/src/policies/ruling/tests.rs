//! The grid.

use std::{collections::BTreeMap, time::Instant};

use model::TeamName;
use policy::{PolicyKind, Resource, Truth, Verdict};

use super::*;
use crate::policies::{Document, PolicyScope};

const ROLE: &str = "arn:aws:iam::111122223333:role/developer";
const USER: &str = "arn:aws:iam::444455556666:user/ana";

/// Statements of a repository policy. Every selection of them is a policy.
const OWN: [&str; 7] = [
    r#"{"Sid": "Role", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/developer"},
        "Action": ["ecr:PutImage", "ecr:List*"]}"#,
    r#"{"Sid": "Account", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "ecr:Batch*"}"#,
    r#"{"Sid": "Tagged", "Effect": "Allow", "Principal": "*", "Action": "ecr:DescribeImages",
        "Condition": {"StringEquals": {"aws:PrincipalTag/team": "web"}}}"#,
    r#"{"Sid": "Office", "Effect": "Allow", "Principal": "*", "NotAction": "ecr:BatchDeleteImage",
        "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
    r#"{"Sid": "Now", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:user/ana"}, "Action": "ecr:*",
        "Condition": {"DateGreaterThan": {"aws:CurrentTime": "2001-01-01T00:00:00Z"}}}"#,
    r#"{"Sid": "Stop", "Effect": "Deny", "Principal": {"AWS": "111122223333"}, "Action": "ecr:Put*"}"#,
    r#"{"Sid": "Perhaps", "Effect": "Deny", "Principal": "*", "Action": "ecr:ListImages",
        "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}"#,
];

const REGISTRY: [&str; 2] = [
    r#"{"Effect": "Deny", "Principal": "*", "Action": "ecr:DeleteRepository", "Resource": "*"}"#,
    r#"{"Effect": "Deny", "Principal": {"AWS": "444455556666"}, "Action": "ecr:Put*", "Resource": "*",
        "Condition": {"DateLessThan": {"aws:CurrentTime": "2001-01-01T00:00:00Z"}}}"#,
];

fn policy(statements: &[&str]) -> Option<String> {
    let statements = statements.join(", ");
    (!statements.is_empty())
        .then(|| format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#))
}

fn ruling(own: &[&str], registry: &[&str]) -> Ruling {
    let now = crate::now();
    let document = Document::read(policy(own), PolicyKind::Repository);
    let arn = "arn:aws:ecr:eu-central-1:111122223333:repository/shop";
    let own = RepositoryPolicy {
        document: Arc::new(document),
        resource: Resource::new(arn, None),
    };
    let registry = RegistryPolicy::read(policy(registry), PolicyScope::Every);
    Ruling::of(
        &Reading::never().then(Ok(own), Instant::now(), now),
        &Reading::never().then(Ok(registry), Instant::now(), now),
    )
    .unwrap()
}

fn teams() -> Vec<Team> {
    let identity = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "ecr:*", "Resource": "*",
         "Condition": {"DateGreaterThan": {"aws:EpochTime": "1000000000"}}},
        {"Effect": "Deny", "Action": "ecr:SetRepositoryPolicy", "Resource": "*"}]}"#;
    let identity = CompiledPolicy::parse(identity, PolicyKind::Identity).unwrap();
    let sides = [
        Identity::None,
        Identity::Assumed,
        Identity::Policies(vec![Arc::new(identity)]),
    ];
    let actor = |arn: &str, tags: &[(&str, &str)]| {
        Actor::new(arn.parse().unwrap(), tags.iter().copied(), None).unwrap()
    };
    sides
        .map(|identity| Team {
            name: "web".parse::<TeamName>().unwrap(),
            groups: Vec::new(),
            actors: vec![actor(ROLE, &[("team", "web")]), actor(USER, &[])],
            identity,
        })
        .into()
}

#[test]
fn a_grid_decides_as_one_question_after_the_other() {
    let teams = teams();
    let asked: Vec<_> = (teams.iter())
        .flat_map(|team| team.actors.iter().map(move |actor| (team, actor)))
        .collect();
    let context = Context::default();
    let mut verdicts = BTreeMap::new();
    for selection in 0..1_u32 << OWN.len() {
        let chosen = |place: &usize| selection >> place & 1 == 1;
        let own: Vec<_> = (0..OWN.len())
            .filter(chosen)
            .map(|place| OWN[place])
            .collect();
        for registry in [&[][..], &REGISTRY] {
            let ruling = ruling(&own, registry);
            let each = asked.iter().flat_map(|(team, actor)| {
                Action::ALL
                    .iter()
                    .map(|action| ruling.decide(actor, &team.identity, *action, &context))
            });
            let each: Vec<_> = each.collect();
            assert_eq!(
                ruling.grid(&asked, &context),
                each,
                "{own:#?} {registry:#?}"
            );
            for decision in each {
                *verdicts.entry(decision.verdict()).or_insert(0) += 1;
                assert!(decision.verdict() != Verdict::Granted || decision.denied == Truth::False);
            }
        }
    }
    // Policies that decide everything alike would prove nothing.
    for verdict in Verdict::ALL {
        assert!(
            verdicts.get(&verdict) >= Some(&100),
            "{verdict:?}: {verdicts:?}"
        );
    }
}
