//! From statements to a decision.

use model::{
    Principal, PrincipalKind,
    policy::{Outcome, PrincipalPattern},
};

use crate::{
    Effect, Listed, Policy, Statement,
    glob::{action_matches, matches_case},
};

/// Who wants to do what to what.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The role or user.
    pub principal: &'a Principal,
    /// The IAM action, such as `ecr:PutImage`.
    pub action: &'a str,
    /// The repository's ARN.
    pub resource: &'a str,
    /// What is known of the identity side.
    pub identity: Identity,
}

/// What is known of the identity policies behind a principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Nothing: a statement that names the account as a whole grants nothing.
    Unknown,
    /// The account is asserted to let the principal do what is opened to the account as a whole.
    Assumed,
}

/// Which policy a statement stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The repository's.
    Repository,
    /// The registry's.
    Registry,
}

/// What the policies say, and which statement decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The outcome.
    pub outcome: Outcome,
    /// The deciding statement: its policy and its place in it. None when no statement applies.
    pub statement: Option<(Source, usize)>,
}

/// Decides over policies together, as AWS does: an explicit deny first, then the union of allows.
///
/// What cannot be known is decided against the asker (see the crate's documentation).
pub fn evaluate<'a>(
    policies: impl IntoIterator<Item = (Source, &'a Policy)>,
    question: Question<'_>,
) -> Decision {
    let mut best = Decision {
        outcome: Outcome::NotGranted,
        statement: None,
    };
    for (source, policy) in policies {
        for (index, statement) in policy.statements.iter().enumerate() {
            let Some(outcome) = verdict(statement, question) else {
                continue;
            };
            if weight(outcome) > weight(best.outcome) {
                best = Decision {
                    outcome,
                    statement: Some((source, index)),
                };
            }
        }
    }
    best
}

/// Which outcome wins where statements differ.
fn weight(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::NotGranted => 0,
        Outcome::Delegated => 1,
        Outcome::Conditional => 2,
        Outcome::Granted => 3,
        Outcome::Denied => 4,
    }
}

/// What one statement says, if it concerns the question.
fn verdict(statement: &Statement, question: Question<'_>) -> Option<Outcome> {
    let concerns = |listed: &Listed<String>, test: &dyn Fn(&str) -> bool| {
        listed.items.iter().any(|item| test(item)) != listed.excluded
    };
    let by_action = |pattern: &str| action_matches(pattern, question.action);
    let by_resource = |pattern: &str| matches_case(pattern, question.resource);
    if !concerns(&statement.actions, &by_action)
        || statement
            .resources
            .as_ref()
            .is_some_and(|resources| !concerns(resources, &by_resource))
    {
        return None;
    }
    match statement.effect {
        // Even under a condition: whether it holds cannot be known, so it has to be reckoned with.
        Effect::Deny => {
            may_be_denied(&statement.principals, question.principal).then_some(Outcome::Denied)
        }
        Effect::Allow => {
            let outcome = allowed(&statement.principals, question)?;
            let certain = statement.conditions.is_empty();
            Some(if certain || outcome == Outcome::Delegated {
                outcome
            } else {
                Outcome::Conditional
            })
        }
    }
}

/// Whether a deny may concern the principal.
fn may_be_denied(listed: &Listed<PrincipalPattern>, principal: &Principal) -> bool {
    if !listed.excluded {
        return listed.items.iter().any(|pattern| match pattern {
            PrincipalPattern::Account(account) => account == principal.account().as_str(),
            other => names(other, principal) || names_a_session_of(other, principal),
        });
    }
    // NotPrincipal spares a role only where its account is listed beside it ("NotPrincipal with
    // Deny" in the IAM User Guide).
    let everyone = listed.items.contains(&PrincipalPattern::Everyone);
    let itself = listed.items.iter().any(|pattern| names(pattern, principal));
    let account = listed
        .items
        .contains(&PrincipalPattern::Account(principal.account().to_string()));
    !(everyone || (itself && account))
}

/// What an allow says to the principal, conditions aside.
fn allowed(listed: &Listed<PrincipalPattern>, question: Question<'_>) -> Option<Outcome> {
    // NotPrincipal with Allow opens to everyone but a few, most likely by mistake: it grants nothing.
    if listed.excluded {
        return None;
    }
    let account = question.principal.account().as_str();
    let delegated = || {
        listed
            .items
            .contains(&PrincipalPattern::Account(account.to_owned()))
    };
    if listed
        .items
        .iter()
        .any(|pattern| names(pattern, question.principal))
    {
        return Some(Outcome::Granted);
    }
    delegated().then_some(match question.identity {
        Identity::Assumed => Outcome::Granted,
        Identity::Unknown => Outcome::Delegated,
    })
}

/// Whether a pattern names everyone or this very principal. ARNs are compared letter for letter: a
/// wildcard inside of one matches nothing, as in IAM.
fn names(pattern: &PrincipalPattern, principal: &Principal) -> bool {
    match pattern {
        PrincipalPattern::Everyone => true,
        PrincipalPattern::Arn(arn) => arn == principal.arn(),
        _ => false,
    }
}

/// Whether a pattern names one session of the role. Nobody knows whose session it is, so a deny on
/// it has to be reckoned with, and an allow to it grants nothing.
fn names_a_session_of(pattern: &PrincipalPattern, principal: &Principal) -> bool {
    let PrincipalPattern::Arn(arn) = pattern else {
        return false;
    };
    let Some((head, session)) = arn.split_once(":assumed-role/") else {
        return false;
    };
    principal.kind() == PrincipalKind::Role
        && head.ends_with(&format!(":sts::{}", principal.account()))
        && session.split('/').next() == Some(principal.short_name())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    const ROLE: &str = "arn:aws:iam::111122223333:role/storefront-developer";
    const REPOSITORY: &str =
        "arn:aws:ecr:eu-central-1:111122223333:repository/storefront/users-api";

    /// The outcome for the storefront role's PutImage under the given statements.
    fn put_image(statements: &str) -> Outcome {
        decide(statements, Identity::Unknown).outcome
    }

    fn decide(statements: &str, identity: Identity) -> Decision {
        let policy = Policy::parse(&format!(
            r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#
        ))
        .unwrap();
        let question = Question {
            principal: &ROLE.parse().unwrap(),
            action: "ecr:PutImage",
            resource: REPOSITORY,
            identity,
        };
        evaluate([(Source::Repository, &policy)], question)
    }

    /// A statement about PutImage.
    fn statement(effect: &str, principal: &str) -> String {
        format!(r#"{{"Effect":"{effect}","Principal":{principal},"Action":"ecr:PutImage"}}"#)
    }

    fn aws(principal: &str) -> String {
        format!(r#"{{"AWS":"{principal}"}}"#)
    }

    #[test]
    fn an_allow_grants_to_whom_it_names() {
        assert_eq!(put_image(&statement("Allow", &aws(ROLE))), Outcome::Granted);
        assert_eq!(put_image(&statement("Allow", "\"*\"")), Outcome::Granted);
        assert_eq!(put_image(&statement("Allow", &aws("*"))), Outcome::Granted);
        for other in [
            "arn:aws:iam::111122223333:role/storefront-developer2",
            "arn:aws:iam::111122223333:role/*",
            "arn:aws:iam::444455556666:role/storefront-developer",
            "arn:aws:sts::111122223333:assumed-role/storefront-developer/ana",
            "AROAEXAMPLEIDOFAROLE1",
            "444455556666",
        ] {
            assert_eq!(
                put_image(&statement("Allow", &aws(other))),
                Outcome::NotGranted,
                "{other}"
            );
        }
        assert_eq!(
            put_image(&statement("Allow", r#"{"Service":"ecs.amazonaws.com"}"#)),
            Outcome::NotGranted
        );
        assert_eq!(put_image(""), Outcome::NotGranted);
    }

    #[test]
    fn naming_the_account_delegates_and_grants_only_where_the_operator_asserts_it() {
        for account in ["111122223333", "arn:aws:iam::111122223333:root"] {
            let allow = statement("Allow", &aws(account));
            assert_eq!(put_image(&allow), Outcome::Delegated);
            assert_eq!(decide(&allow, Identity::Assumed).outcome, Outcome::Granted);
        }
    }

    #[test]
    fn a_deny_wins_wherever_it_stands() {
        let allow = statement("Allow", &aws(ROLE));
        for whom in [
            &aws(ROLE),
            "\"*\"",
            &aws("111122223333"),
            &aws("arn:aws:iam::111122223333:root"),
        ] {
            let deny = statement("Deny", whom);
            assert_eq!(
                put_image(&format!("{allow},{deny}")),
                Outcome::Denied,
                "{whom}"
            );
            assert_eq!(
                put_image(&format!("{deny},{allow}")),
                Outcome::Denied,
                "{whom}"
            );
        }
        let of_a_session = statement(
            "Deny",
            &aws("arn:aws:sts::111122223333:assumed-role/storefront-developer/ana"),
        );
        assert_eq!(
            put_image(&format!("{allow},{of_a_session}")),
            Outcome::Denied
        );
        let of_others = statement("Deny", &aws("444455556666"));
        assert_eq!(put_image(&format!("{allow},{of_others}")), Outcome::Granted);
    }

    #[test]
    fn conditions_never_help() {
        let condition = r#""Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}"#;
        let with = |effect: &str| {
            format!(r#"{{"Effect":"{effect}","Principal":"*","Action":"ecr:*",{condition}}}"#)
        };
        assert_eq!(put_image(&with("Allow")), Outcome::Conditional);
        let allow = statement("Allow", &aws(ROLE));
        assert_eq!(
            put_image(&format!("{allow},{}", with("Allow"))),
            Outcome::Granted
        );
        assert_eq!(
            put_image(&format!("{allow},{}", with("Deny"))),
            Outcome::Denied
        );
        let empty = r#"{"Effect":"Allow","Principal":"*","Action":"ecr:*","Condition":{}}"#;
        assert_eq!(put_image(empty), Outcome::Granted);
    }

    #[test]
    fn not_principal_with_deny_spares_only_a_role_listed_with_its_account() {
        let deny = |listed: &str| {
            format!(
                r#"{},{{"Effect":"Deny","NotPrincipal":{{"AWS":[{listed}]}},"Action":"ecr:PutImage"}}"#,
                statement("Allow", &aws(ROLE))
            )
        };
        let (role, root) = (format!("\"{ROLE}\""), "\"arn:aws:iam::111122223333:root\"");
        assert_eq!(
            put_image(&deny(&format!("{role},{root}"))),
            Outcome::Granted
        );
        assert_eq!(put_image(&deny(&role)), Outcome::Denied);
        assert_eq!(put_image(&deny(root)), Outcome::Denied);
        assert_eq!(
            put_image(&deny("\"arn:aws:iam::111122223333:role/other\"")),
            Outcome::Denied
        );
    }

    #[test]
    fn not_principal_with_allow_grants_nothing() {
        let allow = r#"{"Effect":"Allow","NotPrincipal":{"AWS":"444455556666"},"Action":"*"}"#;
        assert_eq!(put_image(allow), Outcome::NotGranted);
    }

    #[test]
    fn actions_match_in_any_case_with_wildcards_and_complements() {
        let allow = |element: &str| format!(r#"{{"Effect":"Allow","Principal":"*",{element}}}"#);
        assert_eq!(
            put_image(&allow(r#""Action":["ecr:Get*","ECR:putimag?"]"#)),
            Outcome::Granted
        );
        assert_eq!(
            put_image(&allow(r#""Action":"ecr:Put""#)),
            Outcome::NotGranted
        );
        assert_eq!(
            put_image(&allow(r#""NotAction":"ecr:Delete*""#)),
            Outcome::Granted
        );
        assert_eq!(
            put_image(&allow(r#""NotAction":"ecr:Put*""#)),
            Outcome::NotGranted
        );
    }

    #[test]
    fn a_resource_where_there_is_one_has_to_match() {
        let allow = |element: &str| {
            format!(r#"{{"Effect":"Allow","Principal":"*","Action":"*",{element}}}"#)
        };
        assert_eq!(
            put_image(&allow(
                r#""Resource":"arn:aws:ecr:*:111122223333:repository/storefront/*""#
            )),
            Outcome::Granted
        );
        assert_eq!(
            put_image(&allow(
                r#""Resource":["arn:aws:ecr:*:*:repository/checkout/*"]"#
            )),
            Outcome::NotGranted
        );
        assert_eq!(
            put_image(&allow(r#""NotResource":"*:repository/storefront/*""#)),
            Outcome::NotGranted
        );
    }

    #[test]
    fn the_decision_names_its_statement() {
        let statements = format!(
            "{},{}",
            statement("Allow", &aws(ROLE)),
            statement("Deny", "\"*\"")
        );
        assert_eq!(
            decide(&statements, Identity::Unknown).statement,
            Some((Source::Repository, 1))
        );
    }
}
