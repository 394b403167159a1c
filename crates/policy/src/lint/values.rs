//! Values and variables of conditions that are not read as they seem to be.
//!
//! Source: "IAM JSON policy elements: Condition operators" and "IAM policy elements: Variables and
//! tags" in the IAM User Guide.

use super::{
    Finding, Report,
    conditions::is_of_any_request,
    rules::remarks,
    view::{StatementView, View},
};
use crate::{
    actions::ACTIONS,
    condition::{self, Inside, Pattern, Piece, VariableFault, Wildcards, split_variable},
    document::{Condition, Located, Version},
    glob::Atom,
    operator::Test,
};

remarks! {
    /// Values and variables that are not read as they seem to be.
    pub enum ValueRemark {
        /// A value that cannot be read as the operator's type.
        "unreadable-value", Error: UnreadableValue {
            /// The operator.
            operator: String,
            /// The key, as written.
            key: String,
            /// The value, as written.
            value: String,
        },
        /// Both true and false are listed: the condition only requires that the key is present.
        "both-booleans", Warning: BothBooleans {
            /// The operator.
            operator: String,
            /// The key, as written.
            key: String,
        },
        /// A wildcard with an operator that takes it literally.
        "wildcard-is-literal", Warning: WildcardIsLiteral {
            /// The operator.
            operator: String,
            /// The value, as written.
            value: String,
        },
        /// A variable in a policy of version 2008-10-17, which takes it literally.
        "variable-is-literal", Warning: VariableIsLiteral {
            /// The text that contains it.
            text: String,
        },
        /// A wildcard in an ARN, before the last of its six parts, with an operator that does not treat colons specially.
        "wildcard-crosses-colons", Warning: WildcardCrossesColons {
            /// The operator.
            operator: String,
            /// The key, as written.
            key: String,
            /// The value, as written.
            value: String,
            /// The operator that compares the parts.
            instead: String,
        },
        /// Private addresses for a key that only has public ones.
        "private-address", Warning: PrivateAddress {
            /// The key, as written.
            key: String,
            /// The addresses, as written.
            addresses: Vec<String>,
            /// Whether these are all of the condition's values.
            all: bool,
        },
        /// A variable without its closing brace, or without the quotation mark before it.
        "variable-not-closed", Error: VariableNotClosed {
            /// The text that contains it.
            text: String,
        },
        /// A variable in a form that AWS does not document.
        "variable-malformed", Error: VariableMalformed {
            /// The text that contains it.
            text: String,
            /// What is wrong with it.
            fault: VariableFault,
        },
        /// A variable whose key no request has, so that nothing ever equals the text.
        "variable-never-there", Warning: VariableNeverThere {
            /// The key, in lower case.
            key: String,
        },
    }
}

/// Remarks, each with the position of its subject.
type Remarks = Vec<(usize, ValueRemark)>;

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    let version = view.policy.version;
    for statement in &view.statements {
        let mut remarks = Remarks::new();
        for condition in &statement.written.conditions {
            read(condition, version, &mut remarks);
            literal_wildcards(condition, version, &mut remarks);
            crossing_wildcards(condition, version, &mut remarks);
            private_addresses(condition, &mut remarks);
            if takes_variables(condition) {
                for value in &condition.values {
                    variables(value, version, &mut remarks);
                }
            }
        }
        for resource in resources(statement) {
            variables(resource, version, &mut remarks);
            let pattern = Pattern::read(resource, version, Wildcards::Mean);
            never_there(resource.offset, pattern.keys(), &mut remarks);
        }
        for (offset, remark) in remarks {
            report.add(Some(statement.index), offset, Finding::Value(remark));
        }
    }
}

fn resources<'a>(statement: &StatementView<'a>) -> impl Iterator<Item = &'a Located<String>> {
    (statement.written.resources.iter()).flat_map(|listed| &listed.items)
}

/// Whether the operator compares texts or ARNs: only those read variables.
fn takes_variables(condition: &Condition) -> bool {
    use Test::{ArnEquals, ArnLike, StringEquals, StringEqualsIgnoreCase, StringLike};
    matches!(
        condition.operator.comparison.test,
        ArnEquals | ArnLike | StringEquals | StringEqualsIgnoreCase | StringLike
    )
}

fn read(condition: &Located<Condition>, version: Version, remarks: &mut Remarks) {
    let operator = condition.operator.to_string();
    let key = condition.key.clone();
    let read = condition::Condition::read(condition, version);
    for value in (read.unreadable().into_iter()).filter_map(|place| condition.values.get(place)) {
        remarks.push((
            value.offset,
            ValueRemark::UnreadableValue {
                operator: operator.clone(),
                key: key.clone(),
                value: value.value.clone(),
            },
        ));
    }
    never_there(condition.offset, read.variables(), remarks);
    let lists = |word: &str| {
        let is = |value: &Located<String>| value.eq_ignore_ascii_case(word);
        condition.values.iter().any(is)
    };
    let is_boolean = matches!(condition.operator.comparison.test, Test::Bool | Test::Null);
    if is_boolean && lists("true") && lists("false") {
        remarks.push((
            condition.offset,
            ValueRemark::BothBooleans { operator, key },
        ));
    }
}

/// Wildcards that are taken literally. Characters inside a variable's braces do not count.
fn literal_wildcards(condition: &Condition, version: Version, remarks: &mut Remarks) {
    let test = condition.operator.comparison.test;
    if !matches!(test, Test::StringEquals | Test::StringEqualsIgnoreCase) {
        return;
    }
    for value in &condition.values {
        let outside = match version {
            Version::V2008 => value.value.clone(),
            Version::V2012 => outside(value),
        };
        if outside.contains(['*', '?']) {
            remarks.push((
                value.offset,
                ValueRemark::WildcardIsLiteral {
                    operator: condition.operator.to_string(),
                    value: value.value.clone(),
                },
            ));
        }
    }
}

fn variables(text: &Located<String>, version: Version, remarks: &mut Remarks) {
    if !text.contains("${") {
        return;
    }
    if version == Version::V2008 {
        let text_written = text.value.clone();
        let remark = ValueRemark::VariableIsLiteral { text: text_written };
        remarks.push((text.offset, remark));
        return;
    }
    let text_written = || text.value.clone();
    let mut rest = text.as_str();
    while let Some((_, after)) = rest.split_once("${") {
        let Some((inside, after)) = split_variable(after) else {
            let offset = text.offset;
            let text = text_written();
            remarks.push((offset, ValueRemark::VariableNotClosed { text }));
            return;
        };
        if let Err(fault) = Inside::read(inside) {
            let offset = text.offset;
            let text = text_written();
            remarks.push((offset, ValueRemark::VariableMalformed { text, fault }));
            return;
        }
        rest = after;
    }
}

/// Wildcards in an ARN that may match more than the part that contains them.
fn crossing_wildcards(condition: &Condition, version: Version, remarks: &mut Remarks) {
    if condition.operator.comparison.test != Test::StringLike {
        return;
    }
    let is_arn_key = condition.key.to_ascii_lowercase().ends_with("arn");
    for value in &condition.values {
        let is_arn = is_arn_key || value.starts_with("arn:");
        if is_arn && crosses_colons(&Pattern::read(value, version, Wildcards::Mean)) {
            let mut instead = condition.operator;
            instead.comparison.test = Test::ArnLike;
            remarks.push((
                value.offset,
                ValueRemark::WildcardCrossesColons {
                    operator: condition.operator.to_string(),
                    key: condition.key.clone(),
                    value: value.value.clone(),
                    instead: instead.to_string(),
                },
            ));
        }
    }
}

/// Whether a `*` is before the fifth colon. A lone `*` only means any text.
fn crosses_colons(pattern: &Pattern) -> bool {
    let pieces: Vec<&[Atom]> = match pattern {
        Pattern::Fixed(atoms) => vec![atoms],
        Pattern::Template(pieces) => (pieces.iter())
            .filter_map(|piece| match piece {
                Piece::Fixed(atoms) => Some(&**atoms),
                Piece::Variable { .. } => None,
            })
            .collect(),
        Pattern::Plain(_) | Pattern::Unclear => return false,
    };
    let atoms = || pieces.iter().copied().flatten();
    let mut before_resource = atoms().scan(0, |colons, atom| {
        *colons += usize::from(*atom == Atom::Byte(b':'));
        (*colons < 5).then_some(atom)
    });
    before_resource.any(|atom| *atom == Atom::Many) && atoms().any(|atom| *atom != Atom::Many)
}

/// Source: "aws:SourceIp" in "AWS global condition context keys" in the IAM User Guide.
fn private_addresses(condition: &Located<Condition>, remarks: &mut Remarks) {
    let is_source = condition.key.eq_ignore_ascii_case("aws:SourceIp");
    if !is_source || condition.operator.comparison.test != Test::IpAddress {
        return;
    }
    let is_private = |value: &&Located<String>| {
        condition::Network::read(value).is_some_and(condition::Network::is_private)
    };
    let addresses: Vec<String> = (condition.values.iter().filter(is_private))
        .map(|value| value.value.clone())
        .collect();
    if !addresses.is_empty() {
        let all = addresses.len() == condition.values.len();
        let key = condition.key.clone();
        let remark = ValueRemark::PrivateAddress {
            key,
            addresses,
            all,
        };
        remarks.push((condition.offset, remark));
    }
}

fn never_there<'a>(offset: usize, keys: impl Iterator<Item = &'a str>, remarks: &mut Remarks) {
    let never = |key: &&str| !is_of_any_request(key) && !is_of_some_action(key);
    for key in keys.filter(never) {
        let key = key.to_owned();
        remarks.push((offset, ValueRemark::VariableNeverThere { key }));
    }
}

fn is_of_some_action(key: &str) -> bool {
    (ACTIONS.iter().flat_map(|facts| facts.keys))
        .any(|known| key.starts_with(&known.to_ascii_lowercase()))
}

/// The parts of a text outside its variables.
fn outside(text: &str) -> String {
    let mut outside = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${")
        && let Some((_, after)) = split_variable(after)
    {
        outside.push_str(before);
        rest = after;
    }
    outside + rest
}
