//! Whether a condition narrows a grant, and to whom.
//!
//! Source: "The meaning of public" in the Amazon S3 User Guide. AWS also uses its keys and its network size limits
//! for the resource policies of other services; "AWS global condition context keys" in the IAM User Guide.

use super::view::StatementView;
use crate::{
    document::{Condition, Version},
    operator::{Operator, Quantifier, Test},
};

/// How far a grant must be narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// From everyone to known accounts, organisations or networks.
    Everyone,
    /// From an account as a whole to its organisation, or to some of its principals.
    Account,
}

/// Whether an allow statement is limited to some principals.
pub(super) fn narrows(statement: &StatementView<'_>, version: Version, scope: Scope) -> bool {
    (statement.conditions())
        .any(|condition| condition_narrows(condition, statement, version, scope))
}

/// Whether one condition of an allow statement limits it.
pub(super) fn condition_narrows(
    condition: &Condition,
    statement: &StatementView<'_>,
    version: Version,
    scope: Scope,
) -> bool {
    asks_for_listed(condition, statement) && confines(condition, version, scope)
}

/// Whether a deny statement spares only some principals: each of its conditions spares few.
pub(super) fn spares_some(statement: &StatementView<'_>, version: Version, scope: Scope) -> bool {
    statement.conditions().all(|condition| {
        let Operator {
            quantifier,
            comparison,
            ..
        } = condition.operator;
        let is_listed = comparison.negated && quantifier != Quantifier::AnyValue;
        // AWS's own services are often spared in addition to the listed principals.
        let is_service = comparison.test == Test::Bool
            && condition
                .key
                .eq_ignore_ascii_case("aws:PrincipalIsAWSService")
            && (condition.values.iter()).all(|value| value.eq_ignore_ascii_case("false"));
        is_service || is_listed && confines(condition, version, scope)
    })
}

/// Whether a condition holds only if the key is present with one of the listed values.
fn asks_for_listed(condition: &Condition, statement: &StatementView<'_>) -> bool {
    let Operator {
        quantifier,
        comparison,
        if_exists,
    } = condition.operator;
    let may_be_missing = if_exists || quantifier == Quantifier::AllValues;
    !comparison.negated && (!may_be_missing || asks_for_key(statement, &condition.key))
}

/// Whether a statement requires that a key is present.
pub(super) fn asks_for_key(statement: &StatementView<'_>, key: &str) -> bool {
    statement.conditions().any(|condition| {
        condition.operator.comparison.test == Test::Null
            && condition.operator.quantifier == Quantifier::Single
            && condition.key.eq_ignore_ascii_case(key)
            && !condition.values.is_empty()
            && (condition.values.iter()).all(|value| value.eq_ignore_ascii_case("false"))
    })
}

/// Whether every value of a condition represents few principals.
fn confines(condition: &Condition, version: Version, scope: Scope) -> bool {
    let key = condition.key.to_ascii_lowercase();
    let test = condition.operator.comparison.test;
    // A condition without values never holds, and has its own remark.
    condition.values.iter().all(|value| {
        let value = Value {
            text: value.as_str(),
            has_wildcards: matches!(test, Test::StringLike | Test::ArnLike | Test::ArnEquals),
            version,
        };
        match scope {
            Scope::Everyone => value.is_somebody(&key, test),
            Scope::Account => value.is_part_of_account(&key),
        }
    })
}

/// A value of a policy.
struct Value<'a> {
    text: &'a str,
    has_wildcards: bool,
    version: Version,
}

impl Value<'_> {
    /// Whether a part of the value is the same text in every request.
    fn is_fixed(&self, part: &str) -> bool {
        let wild = self.has_wildcards && part.contains(['*', '?']);
        !part.is_empty() && !wild && !self.follows_the_principal(part)
    }

    /// Whether it contains a variable that is filled in with an attribute of the principal. Attributes of the
    /// resource stay the same.
    fn follows_the_principal(&self, part: &str) -> bool {
        self.version == Version::V2012
            && (part.to_ascii_lowercase().split("${").skip(1))
                .any(|variable| !variable.starts_with("aws:resource"))
    }

    /// Whether it represents known accounts, organisations or networks.
    fn is_somebody(&self, key: &str, test: Test) -> bool {
        match key {
            "aws:principalorgid"
            | "aws:principalaccount"
            | "aws:principalservicename"
            | "aws:sourceaccount"
            | "aws:sourceorgid"
            | "aws:sourcevpc"
            | "aws:sourcevpce"
            | "aws:vpceaccount"
            | "aws:vpceorgid" => self.is_fixed(self.text),
            "aws:principalorgpaths" | "aws:sourceorgpaths" | "aws:vpceorgpaths" => {
                self.is_fixed(self.text.split('/').next().unwrap_or_default())
            }
            "aws:principalarn" | "aws:sourcearn" | "aws:sourcevpcarn" => self.is_of_known_account(),
            "aws:userid" => self.is_fixed(self.text.split(':').next().unwrap_or_default()),
            "aws:sourceip" => test == Test::IpAddress && is_small_network(self.text),
            _ => false,
        }
    }

    /// Whether it is an ARN of one account, or of one resource whose ARN has no account.
    fn is_of_known_account(&self) -> bool {
        let mut parts = self.text.splitn(6, ':').skip(4);
        match (parts.next(), parts.next()) {
            (Some(""), Some(resource)) => self.is_fixed(resource),
            (Some(account), Some(_)) => self.is_fixed(account),
            _ => self.is_fixed(self.text),
        }
    }

    /// Whether it represents an organisation, or some principals of an account.
    fn is_part_of_account(&self, key: &str) -> bool {
        let is_some = |text: &str| {
            !text.is_empty() && (!self.has_wildcards || text.chars().any(|c| !"*?".contains(c)))
        };
        match key {
            "aws:principalorgid"
            | "aws:principalorgpaths"
            | "aws:userid"
            | "aws:username"
            | "aws:sourceidentity" => is_some(self.text),
            "aws:principalarn" => {
                let name = self.text.splitn(6, ':').last().unwrap_or_default();
                let name = ["role/", "user/"]
                    .iter()
                    .find_map(|kind| name.strip_prefix(kind))
                    .unwrap_or(name);
                is_some(name) && name != "root"
            }
            _ => key.starts_with("aws:principaltag/") && is_some(self.text),
        }
    }
}

/// Whether a network is small enough to belong to one owner.
fn is_small_network(text: &str) -> bool {
    let least = if text.contains(':') { 32 } else { 8 };
    match text.trim().split_once('/') {
        Some((_, bits)) => bits.parse::<u32>().is_ok_and(|bits| bits >= least),
        None => true,
    }
}
