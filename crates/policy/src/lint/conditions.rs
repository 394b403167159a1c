//! Conditions that do something other than they seem to: keys and operators.
//!
//! Source: "IAM JSON policy elements: Condition operators", "Set operators for multivalued context keys" and "AWS
//! global condition context keys" in the IAM User Guide; the condition keys of Amazon ECR in the Service
//! Authorization Reference.

use serde::Serialize;

use super::{
    Finding, Report,
    narrowing::asks_for_key,
    nearest::nearest,
    rules::remarks,
    view::{StatementView, View, names},
};
use crate::{
    actions::{ACTIONS, ActionSet, GLOBAL_KEYS},
    document::{Condition, Effect},
    operator::{Quantifier, Test},
};

remarks! {
    /// Conditions that do something other than they seem to.
    pub enum ConditionRemark {
        /// A key that no request of the statement's actions has.
        "key-never-there", Error: KeyNeverThere {
            /// The key, as written.
            key: String,
            /// The key that was probably meant.
            nearest: Option<&'static str>,
            /// The actions that have the key.
            had_by: Vec<&'static str>,
        },
        /// A tag key without the name of the tag.
        "tag-key-missing", Error: TagKeyMissing {
            /// The key, as written.
            key: String,
        },
        /// `ForAllValues` in a statement that allows. It holds if the key is missing.
        "for-all-values-allow", Warning: ForAllValuesAllow {
            /// The operator.
            operator: String,
            /// The key, as written.
            key: String,
        },
        /// A key that can have several values, without `ForAnyValue` or `ForAllValues`.
        "needs-set-operator", Warning: NeedsSetOperator {
            /// The operator.
            operator: String,
            /// The key, as written.
            key: String,
        },
        /// `ForAnyValue` or `ForAllValues` with a key that has one value.
        "needless-set-operator", Note: NeedlessSetOperator {
            /// The operator.
            operator: String,
            /// The key, as written.
            key: String,
        },
        /// An operator that does not fit the type of its key.
        "operator-does-not-fit", Warning: OperatorDoesNotFit {
            /// The operator.
            operator: String,
            /// The key, as written.
            key: String,
            /// The type of the key.
            key_is: KeyKind,
        },
    }
}

/// The type of a key's values, if it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// The address of a machine.
    Address,
    /// A point in time.
    Moment,
    /// A number.
    Number,
    /// None of these.
    Text,
}

/// Keys of a role's session, independent of who assumed the role, in addition to those that any request can have.
///
/// Source: the condition keys of AWS Lambda, Amazon EC2, AWS Systems Manager, AWS Glue and IAM Identity Center, and
/// "AWS global condition context keys", section "Properties of the role session", in the IAM User Guide.
const SESSION_KEYS: &[&str] = &[
    "aws:assumedroot",
    "aws:ec2instancesourcevpc",
    "ec2:roledelivery",
    "ec2:sourceinstancearn",
    "glue:credentialissuingservice",
    "glue:roleassumedby",
    "identitystore:userid",
    "lambda:sourcefunctionarn",
    "ssm:sourceinstancearn",
];

/// Keys that can have several values.
const MULTIVALUED: &[&str] = &[
    "aws:calledvia",
    "aws:principalorgpaths",
    "aws:principalservicenameslist",
    "aws:resourceorgpaths",
    "aws:sourceorgpaths",
    "aws:tagkeys",
    "aws:vpceorgpaths",
];

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    for statement in &view.statements {
        for condition in &statement.written.conditions {
            let remarks = [
                key(statement, condition),
                set_operator(statement, condition),
                fit(condition),
            ];
            for remark in remarks.into_iter().flatten() {
                let finding = Finding::Condition(remark);
                report.add(Some(statement.index), condition.offset, finding);
            }
        }
    }
}

/// Whether requests of any action can have a key.
pub(super) fn is_of_any_request(key: &str) -> bool {
    is_in(GLOBAL_KEYS, key)
        || SESSION_KEYS.contains(&key)
        // Keys from an identity provider stay with the session: `accounts.google.com:aud`.
        || key.split_once(':').is_some_and(|(name, _)| name.contains('.') || name == "saml")
}

/// Whether a key is in a table. Tag keys are listed without the tag name.
fn is_in(table: &[&str], key: &str) -> bool {
    (table.iter()).any(|known| match known.strip_suffix('/') {
        Some(_) => {
            let begins = key.get(..known.len());
            key.len() > known.len() && begins.is_some_and(|start| start.eq_ignore_ascii_case(known))
        }
        None => known.eq_ignore_ascii_case(key),
    })
}

/// The actions of the table that have this key specifically.
fn having(key: &str) -> ActionSet {
    (ACTIONS.iter().enumerate()).fold(0, |set, (id, facts)| {
        set | ActionSet::from(is_in(facts.keys, key)) << id
    })
}

fn key(statement: &StatementView<'_>, condition: &Condition) -> Option<ConditionRemark> {
    let written = condition.key.clone();
    let key = condition.key.to_ascii_lowercase();
    let having = having(&key);
    // A statement without a known action has other remarks.
    if is_of_any_request(&key) || having & statement.actions != 0 || statement.actions == 0 {
        return None;
    }
    let of_actions = || {
        ACTIONS
            .iter()
            .flat_map(|facts| facts.keys.iter().copied())
            .chain(GLOBAL_KEYS.iter().copied())
    };
    let is_tag = |known: &str| known.trim_end_matches('/').eq_ignore_ascii_case(&key);
    if of_actions()
        .any(|known| known.ends_with('/') && (is_tag(known) || known.eq_ignore_ascii_case(&key)))
    {
        return Some(ConditionRemark::TagKeyMissing { key: written });
    }
    let candidates = of_actions().filter(|known| !known.ends_with('/'));
    Some(ConditionRemark::KeyNeverThere {
        key: written,
        nearest: nearest(&key, candidates).filter(|_| having == 0),
        had_by: names(having),
    })
}

fn set_operator(statement: &StatementView<'_>, condition: &Condition) -> Option<ConditionRemark> {
    let key = condition.key.to_ascii_lowercase();
    let operator = condition.operator.to_string();
    let quantifier = condition.operator.quantifier;
    let is_null = condition.operator.comparison.test == Test::Null;
    let may_have_many = MULTIVALUED.contains(&key.as_str());
    let is_known = is_in(GLOBAL_KEYS, &key);
    let named = condition.key.clone();
    match quantifier {
        Quantifier::Single if may_have_many && !is_null => {
            Some(ConditionRemark::NeedsSetOperator {
                operator,
                key: named,
            })
        }
        Quantifier::AllValues
            if statement.written.effect == Effect::Allow && !asks_for_key(statement, &key) =>
        {
            Some(ConditionRemark::ForAllValuesAllow {
                operator,
                key: named,
            })
        }
        Quantifier::AnyValue | Quantifier::AllValues if !may_have_many && is_known => {
            Some(ConditionRemark::NeedlessSetOperator {
                operator,
                key: named,
            })
        }
        _ => None,
    }
}

fn fit(condition: &Condition) -> Option<ConditionRemark> {
    let key_is = match condition.key.to_ascii_lowercase().as_str() {
        "aws:sourceip" | "aws:vpcsourceip" => KeyKind::Address,
        // AWS compares this address as text, with the address of the request's network.
        "aws:ec2instancesourceprivateipv4" => return None,
        "aws:currenttime" | "aws:epochtime" | "aws:tokenissuetime" => KeyKind::Moment,
        "aws:multifactorauthage" => KeyKind::Number,
        key if is_in(GLOBAL_KEYS, key) => KeyKind::Text,
        _ => return None,
    };
    let fits = match (key_is, condition.operator.comparison.test) {
        (_, Test::Null)
        | (KeyKind::Address, Test::IpAddress)
        | (KeyKind::Number, Test::Numeric(_)) => true,
        // Times can be compared as seconds since 1970, also by number.
        (KeyKind::Moment, Test::Date(_) | Test::Numeric(_)) => true,
        (KeyKind::Text, test) => !matches!(test, Test::IpAddress | Test::Date(_)),
        _ => false,
    };
    (!fits).then(|| ConditionRemark::OperatorDoesNotFit {
        operator: condition.operator.to_string(),
        key: condition.key.clone(),
        key_is,
    })
}
