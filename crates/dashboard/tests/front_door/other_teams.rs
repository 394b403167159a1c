//! The configured details of a team, and its principals, are not visible to other teams.

use std::sync::Arc;

use access::{Actor, Cell, Identity, PrincipalGrants, Team, Viewer};
use dashboard::{Gantry, Refusal};
use model::{Action, GrantedVia};
use policy::Verdict;
use serde_json::{Value, json};

use crate::world::*;

const READ: &[&str] = &["ecr:DescribeImages", "ecr:GetRepositoryPolicy"];
const PUT: &[&str] = &["ecr:PutImage"];
const ORGANIZATION: &str = "o-a1b2c3d4e5";

fn team(name: &str, principal: &str, tags: &[(&str, &str)], identity: Identity) -> Arc<Team> {
    let tags = tags.iter().copied();
    Arc::new(Team {
        name: name.parse().unwrap(),
        groups: Vec::new(),
        actors: vec![Actor::new(principal.parse().unwrap(), tags, Some(ORGANIZATION)).unwrap()],
        identity,
    })
}

fn when(mut statement: Value, condition: Value) -> Value {
    statement["Condition"] = condition;
    statement
}

fn member_of(team: &Arc<Team>) -> Viewer {
    Viewer {
        teams: vec![Arc::clone(team)],
        ..viewer(&[])
    }
}

/// What a viewer sees about a principal: the grid's answer for `ecr:PutImage`, and the explanation.
async fn shown(
    gantry: &Gantry,
    viewer: &Viewer,
    repository: &str,
    principal: &str,
) -> Option<(Verdict, policy::Explanation)> {
    let name = name(repository);
    let page = gantry.policies.page(viewer, &alias(), &name).await.unwrap();
    let is_it = |row: &&PrincipalGrants| matches!(&row.through, GrantedVia::Team { principal: of, .. } if of.arn() == principal);
    let row = page.matrix.iter().find(is_it);
    let explained = gantry
        .policies
        .explain(viewer, &alias(), &name, principal, Action::PutImage)
        .await;
    let Some(row) = row else {
        assert_eq!(explained.unwrap_err(), Refusal::NotFound);
        return None;
    };
    let put = |cell: &&Cell| cell.action == Action::PutImage;
    let verdict = row.cells.iter().find(put).unwrap().verdict;
    Some((verdict, explained.unwrap().explanation.unwrap()))
}

/// A person who may change a policy could otherwise guess a value letter by letter, and see in each
/// answer whether another team's principal has a value with this start.
#[tokio::test]
async fn no_answer_reveals_details_of_another_team() {
    let other = "arn:aws:iam::111122223333:role/other";
    let push = |condition| when(allow(DEVELOPER, PUT), condition);
    let tag = |pattern: &str| json!({"StringLike": {"aws:PrincipalTag/team": pattern}});
    let organization = |id: &str| json!({"StringEquals": {"aws:PrincipalOrgID": id}});
    let account = allow(ACCOUNT, PUT);
    let reads = || [allow(DEVELOPER, READ), allow(AUDITOR, READ)];
    let world = World::new().await;
    // Pairs of policies that differ only in details of the developers.
    let guesses = [
        ("tag/right", "tag/wrong", push(tag("s*")), push(tag("x*"))),
        (
            "organization/right",
            "organization/wrong",
            push(organization(ORGANIZATION)),
            push(organization("o-zzzzzzzzzz")),
        ),
    ];
    for (right, wrong, holds, fails) in &guesses {
        for (name, guess) in [(right, holds), (wrong, fails)] {
            let [developer, auditor] = reads();
            let statements = [developer, auditor, guess.clone()];
            world.repository(name, &statements).await;
        }
    }
    let [developer, auditor] = reads();
    let statements = [developer, auditor, account];
    world.repository("account/named", &statements).await;

    let storefront = team(
        "storefront",
        DEVELOPER,
        &[("team", "storefront")],
        Identity::Assumed,
    );
    let auditors = team("auditors", AUDITOR, &[], Identity::None);
    let others = team("others", other, &[], Identity::None);
    let teams = [Arc::clone(&storefront), Arc::clone(&auditors), others];
    let gantry = world.gantry_over(world.store().await, &teams).await;
    let (ana, ben, farah) = (member_of(&storefront), member_of(&auditors), admin());

    for (right, wrong, ..) in guesses {
        for knows in [&ana, &farah] {
            let (granted, _) = shown(&gantry, knows, right, DEVELOPER).await.unwrap();
            let (refused, _) = shown(&gantry, knows, wrong, DEVELOPER).await.unwrap();
            assert_eq!((granted, refused), (Verdict::Granted, Verdict::NotGranted));
        }
        let (right, holds) = shown(&gantry, &ben, right, DEVELOPER).await.unwrap();
        let (wrong, fails) = shown(&gantry, &ben, wrong, DEVELOPER).await.unwrap();
        assert_eq!((right, wrong), (Verdict::Conditional, Verdict::Conditional));
        for explanation in [&holds, &fails] {
            assert_eq!(explanation.outcome, policy::Outcome::Conditional);
            let condition = &explanation.statements[2].conditions[0];
            assert_eq!(condition.holds, policy::Truth::Unknown);
            assert_eq!(condition.seen, policy::Seen::Hidden);
        }
    }
    // The configured identity side is also hidden.
    let (known, _) = shown(&gantry, &ana, "account/named", DEVELOPER)
        .await
        .unwrap();
    let (visible, explanation) = shown(&gantry, &ben, "account/named", DEVELOPER)
        .await
        .unwrap();
    assert_eq!((known, visible), (Verdict::Granted, Verdict::Delegated));
    assert!(explanation.delegated);
}

/// If several teams act as one principal, each team sees it with its own details.
#[tokio::test]
async fn each_team_sees_a_shared_principal_with_its_own_details() {
    let world = World::new().await;
    let tagged = json!({"StringEquals": {"aws:PrincipalTag/team": "two"}});
    let statements = [allow(DEVELOPER, READ), when(allow(DEVELOPER, PUT), tagged)];
    world.repository("team/api", &statements).await;
    let one = team("one", DEVELOPER, &[("team", "one")], Identity::None);
    let two = team("two", DEVELOPER, &[("team", "two")], Identity::None);
    let teams = [one, Arc::clone(&two)];
    let gantry = world.gantry_over(world.store().await, &teams).await;
    let ana = member_of(&two);
    let page = gantry
        .policies
        .page(&ana, &alias(), &name("team/api"))
        .await
        .unwrap();
    let put = page.matrix.iter().map(|row| {
        let put = row
            .cells
            .iter()
            .find(|cell| cell.action == Action::PutImage);
        put.unwrap().verdict
    });
    let expected = [Verdict::Conditional, Verdict::Granted];
    assert_eq!(put.collect::<Vec<_>>(), expected);
    let (_, explanation) = shown(&gantry, &ana, "team/api", DEVELOPER).await.unwrap();
    assert_eq!(explanation.outcome, policy::Outcome::Allowed);
}

#[tokio::test]
async fn other_teams_principals_are_listed_if_a_statement_names_them() {
    let other = "arn:aws:iam::111122223333:role/secret-project";
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, READ), allow("*", PUT)])
        .await;
    let named = [allow(DEVELOPER, READ), deny(other, PUT)];
    world.repository("team/named", &named).await;
    let developers = team("developers", DEVELOPER, &[], Identity::None);
    let teams = [
        Arc::clone(&developers),
        team("secret", other, &[], Identity::None),
    ];
    let gantry = world.gantry_over(world.store().await, &teams).await;
    let ana = member_of(&developers);
    assert!(shown(&gantry, &ana, "team/api", DEVELOPER).await.is_some());
    assert!(shown(&gantry, &ana, "team/api", other).await.is_none());
    let page = gantry
        .policies
        .page(&ana, &alias(), &name("team/api"))
        .await;
    assert!(!format!("{page:?}").contains("secret"), "{page:?}");
    assert!(shown(&gantry, &ana, "team/named", other).await.is_some());
    assert!(shown(&gantry, &admin(), "team/api", other).await.is_some());
}
