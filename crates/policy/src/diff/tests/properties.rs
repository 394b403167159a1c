//! Properties of every two policies.

use proptest::{prelude::*, sample};

use super::*;
use crate::{Account, Identity, Outcome, Policies, Principal, Request, Resource, Subject};

fn statements() -> impl Strategy<Value = Vec<String>> {
    let principals = sample::select(vec![
        r#""*""#,
        CI,
        ACCOUNT,
        r#"{"AWS": ["111122223333", "arn:aws:iam::444455556666:role/release"]}"#,
        r#"{"AWS": "arn:aws:sts::111122223333:assumed-role/ci/main"}"#,
        r#"{"Service": "lambda.amazonaws.com"}"#,
    ]);
    let actions = sample::select(vec![
        r#""ecr:PutImage""#,
        r#"["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]"#,
        r#""ecr:Get*""#,
        r#""*""#,
    ]);
    let conditions = sample::select(vec![
        "",
        r#", "Condition": {"StringEquals": {"aws:PrincipalOrgID": ["o-1", "o-2"]}}"#,
        r#", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}"#,
        r#", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}"#,
        r#", "Condition": {"Bool": {"aws:SecureTransport": "false"}}"#,
    ]);
    let effects = sample::select(vec!["Allow", "Allow", "Deny"]);
    let element = sample::select(vec!["Principal", "Principal", "NotPrincipal"]);
    let one = (effects, element, principals, actions, conditions).prop_map(
        |(effect, element, principal, actions, conditions)| {
            format!(
                r#"{{"Effect": "{effect}", "{element}": {principal}, "Action": {actions}{conditions}}}"#
            )
        },
    );
    proptest::collection::vec(one, 0..5)
}

proptest! {
    #[test]
    fn nothing_changes_between_a_policy_and_itself(statements in statements()) {
        let policy = repository(&statements);
        prop_assert_eq!(diff(&policy, &policy), []);
        if !statements.is_empty() {
            let printed = Policy::parse(policy.to_string(), PolicyKind::Repository).unwrap();
            prop_assert_eq!(diff(&policy, &printed), []);
        }
    }

    #[test]
    fn the_order_of_statements_changes_nothing(
        (old, new) in statements().prop_flat_map(|old| {
            let new = Just(old.clone()).prop_shuffle();
            (Just(old), new)
        }),
    ) {
        prop_assert_eq!(diff(&repository(&old), &repository(&new)), []);
    }

    #[test]
    fn swapping_the_policies_mirrors_the_changes(old in statements(), new in statements()) {
        let (old, new) = (repository(&old), repository(&new));
        let key = |change: &Change| {
            (change.principal.clone(), change.resource.clone(), change.actions.clone())
        };
        let mut back: Vec<Change> = (diff(&new, &old).into_iter())
            .map(|change| Change { before: change.after, after: change.before, ..change })
            .collect();
        back.sort_by_key(key);
        let mut there = diff(&old, &new);
        there.sort_by_key(key);
        prop_assert_eq!(there, back);
    }

    /// A principal that the changes do not mention has the same access as before, in every context.
    #[test]
    fn a_principal_that_is_not_mentioned_has_the_same_decisions(old in statements(), new in statements()) {
        let (old, new) = (repository(&old), repository(&new));
        let changes = diff(&old, &new);
        let asked: Vec<Audience> = (probes::subjects(&old, &new).into_iter())
            .map(|(whom, _)| whom)
            .collect();
        let resource = Resource::new("arn:aws:ecr:eu-west-1:111122223333:repository/shop", None);
        let policies = [old, new].map(CompiledPolicy::new);
        for (name, stands_for) in asking() {
            let whom = stands_for.iter().find(|whom| asked.contains(whom)).unwrap();
            let subject = Subject::new(Principal::parse(name).unwrap(), []);
            for action in ["ecr:PutImage", "ecr:BatchGetImage", "ecr:GetLifecyclePolicy"] {
                let mentioned = (changes.iter())
                    .any(|change| change.principal == *whom && change.actions.contains(&action));
                if mentioned {
                    continue;
                }
                for context in contexts() {
                    let request = Request {
                        subject: &subject,
                        action: &ActionName::new(action),
                        resource: &resource,
                        context: &context,
                    };
                    let [before, after] = policies.each_ref().map(|policy| {
                        let policies = Policies {
                            repository: Some(policy),
                            registry: None,
                            identity: Identity::Assumed,
                        };
                        policies.decide(&request, Mode::Strict).outcome == Outcome::Allowed
                    });
                    prop_assert_eq!(before, after, "{} {}", name, action);
                }
            }
        }
    }
}

/// Some principals, and how changes mention them: as the first of these that was compared.
fn asking() -> Vec<(&'static str, Vec<Audience>)> {
    let arn = |arn: &str| Audience::Principal {
        arn: arn.to_owned(),
    };
    let other = |account| Audience::AnyOtherOf {
        account: Account::parse(account).unwrap(),
    };
    let role = "arn:aws:iam::111122223333:role/ci";
    let session = "arn:aws:sts::111122223333:assumed-role/ci/main";
    let release = "arn:aws:iam::444455556666:role/release";
    let own = || other("111122223333");
    vec![
        (role, vec![arn(role), own(), Audience::Anyone]),
        (
            session,
            vec![arn(session), arn(role), own(), Audience::Anyone],
        ),
        (
            release,
            vec![arn(release), other("444455556666"), Audience::Anyone],
        ),
        (
            "arn:aws:iam::111122223333:role/other",
            vec![own(), Audience::Anyone],
        ),
        (
            "arn:aws:iam::777788889999:role/other",
            vec![Audience::Anyone],
        ),
    ]
}

/// The contexts that the conditions of [`statements`] distinguish.
fn contexts() -> impl Iterator<Item = Context> {
    let organisations = ["o-1", "o-2", "o-3"];
    (organisations.into_iter()).flat_map(|organisation| {
        ["true", "false"].map(|encrypted| {
            let mut context = Context::default();
            context.set("aws:PrincipalOrgID", [organisation]);
            context.set("aws:SecureTransport", [encrypted]);
            context
        })
    })
}
