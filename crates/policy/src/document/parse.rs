//! From text to policy. Anything that is not in the language is refused: a policy that is only partly understood must
//! not grant.

use std::{collections::HashSet, sync::Arc};

use super::{
    Condition, Effect, Listed, Located, ParseError, Policy, PolicyKind, PrincipalElement,
    PrincipalType, Statement, Version,
    json::{Member, Node},
    position::Places,
};
use crate::{operator::Operator, request::fold};

/// An element of a statement, and whether everything except the listed items is meant.
type Element<'a> = Option<(Node<'a>, bool)>;

pub(super) fn policy(text: Arc<str>, kind: PolicyKind) -> Result<Policy, ParseError> {
    let root = Node::root(&text)?;
    let mut version = Version::V2008;
    let mut id = None;
    let mut statements = None;
    for Member { name, value } in root.members("a policy: an object with Version and Statement")? {
        match name.value.as_ref() {
            "Version" => version = read_version(value)?,
            "Id" => id = Some(value.string("Id to be a text")?.value),
            "Statement" => statements = Some(value),
            _ => {
                let expected = "Version, Id or Statement";
                return Err(ParseError::at(&text, name.offset, expected));
            }
        }
    }
    let statements = statements.ok_or_else(|| root.error("an element Statement in the policy"))?;
    let statements = (some_items(statements, "statement")?.into_iter())
        .map(|node| statement(&text, node, kind))
        .collect::<Result<_, _>>()?;
    Ok(Policy {
        kind,
        version,
        id,
        statements,
        places: Places::of(&text),
        text,
    })
}

fn read_version(node: Node<'_>) -> Result<Version, ParseError> {
    let expected = "Version to be \"2012-10-17\" or \"2008-10-17\"";
    match node.string(expected)?.as_str() {
        "2008-10-17" => Ok(Version::V2008),
        "2012-10-17" => Ok(Version::V2012),
        _ => Err(node.error(expected)),
    }
}

fn statement(
    text: &str,
    node: Node<'_>,
    kind: PolicyKind,
) -> Result<Located<Statement>, ParseError> {
    let mut sid = None;
    let mut effect = None;
    let (mut principals, mut actions, mut resources): (Element<'_>, Element<'_>, Element<'_>) =
        Default::default();
    let mut conditions = Vec::new();
    for Member { name, value } in node.members("a statement: an object")? {
        let excluded = name.value.starts_with("Not");
        match name.value.as_ref() {
            "Sid" => sid = Some(value.string("Sid to be a text")?),
            "Effect" => effect = Some(read_effect(value)?),
            "Principal" | "NotPrincipal" => {
                once(
                    &mut principals,
                    value,
                    excluded,
                    "Principal or NotPrincipal, not both",
                )?;
            }
            "Action" | "NotAction" => {
                once(
                    &mut actions,
                    value,
                    excluded,
                    "Action or NotAction, not both",
                )?;
            }
            "Resource" | "NotResource" => {
                once(
                    &mut resources,
                    value,
                    excluded,
                    "Resource or NotResource, not both",
                )?;
            }
            "Condition" => conditions = read_conditions(text, value)?,
            _ => {
                let expected = "Sid, Effect, Principal, Action, Resource, Condition \
                                or a Not of the latter";
                return Err(ParseError::at(text, name.offset, expected));
            }
        }
    }
    let missing = |what: &str| node.error(format!("an element {what} in the statement"));
    match (kind, principals) {
        (PolicyKind::Identity, Some((node, _))) => {
            return Err(node.error("no Principal: an identity policy belongs to one"));
        }
        (PolicyKind::Repository | PolicyKind::Registry, None) => {
            return Err(missing("Principal or NotPrincipal"));
        }
        _ => {}
    }
    if kind == PolicyKind::Identity && resources.is_none() {
        return Err(missing("Resource or NotResource"));
    }
    Ok(Located {
        offset: node.offset(),
        value: Statement {
            sid,
            effect: effect.ok_or_else(|| missing("Effect"))?,
            principals: principals.map(read_principals).transpose()?,
            actions: read_texts(
                actions.ok_or_else(|| missing("Action or NotAction"))?,
                "action",
            )?,
            resources: (resources.map(|listed| read_texts(listed, "resource"))).transpose()?,
            conditions,
        },
    })
}

/// Records an element that a statement can have only once, under either of its names.
fn once<'a>(
    element: &mut Element<'a>,
    node: Node<'a>,
    excluded: bool,
    expected: &str,
) -> Result<(), ParseError> {
    match element.replace((node, excluded)) {
        None => Ok(()),
        Some(_) => Err(node.error(expected)),
    }
}

fn read_effect(node: Node<'_>) -> Result<Effect, ParseError> {
    let expected = "Effect to be \"Allow\" or \"Deny\"";
    match node.string(expected)?.as_str() {
        "Allow" => Ok(Effect::Allow),
        "Deny" => Ok(Effect::Deny),
        _ => Err(node.error(expected)),
    }
}

/// The items of a list. The grammar requires at least one: AWS does not document what a statement with an empty list
/// concerns, and accepts no policy without a statement.
fn some_items<'a>(node: Node<'a>, what: &str) -> Result<Vec<Node<'a>>, ParseError> {
    let items = node.items()?;
    if items.is_empty() {
        return Err(node.error(format!("at least one {what}, not an empty list")));
    }
    Ok(items)
}

fn read_texts(
    (node, excluded): (Node<'_>, bool),
    what: &str,
) -> Result<Located<Listed<String>>, ParseError> {
    let items = (some_items(node, what)?.into_iter())
        .map(|item| item.string("a text"))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Located {
        offset: node.offset(),
        value: Listed { items, excluded },
    })
}

fn read_principals(
    (node, excluded): (Node<'_>, bool),
) -> Result<Located<Listed<PrincipalElement>>, ParseError> {
    let expected = "\"*\" or an object of AWS, Service, Federated or CanonicalUser";
    let mut items = Vec::new();
    if node.is_object() {
        for Member { name, value } in node.members(expected)? {
            let known = PrincipalType::ALL
                .iter()
                .find(|(_, known)| *known == name.value);
            let (kind, _) = known.ok_or_else(|| value.error(expected))?;
            for item in some_items(value, "principal")? {
                items.push(element(*kind, item.string("a principal")?));
            }
        }
        if items.is_empty() {
            return Err(node.error("at least one principal, not an empty object"));
        }
    } else {
        let everyone = node.string(expected)?;
        if everyone.value != "*" {
            return Err(node.error(expected));
        }
        items.push(element(PrincipalType::Aws, everyone));
    }
    Ok(Located {
        offset: node.offset(),
        value: Listed { items, excluded },
    })
}

fn element(kind: PrincipalType, text: Located<String>) -> Located<PrincipalElement> {
    Located {
        offset: text.offset,
        value: PrincipalElement {
            kind,
            text: text.value,
        },
    }
}

/// Refuses an empty `Condition` and an operator without a key, because AWS does not document whether such a statement
/// applies to everyone or to nobody. For an empty `Condition`, the message of the AWS check says that the block does
/// not affect the policy, but its explanation says that the statement does not.
///
/// Source: "IAM policy validation check reference" of the IAM User Guide, "Suggestion – Empty object condition".
fn read_conditions(text: &str, node: Node<'_>) -> Result<Vec<Located<Condition>>, ParseError> {
    let mut conditions = Vec::new();
    let operators = node.members("Condition to be an object of operators")?;
    if operators.is_empty() {
        return Err(node.error("at least one condition operator, not an empty object"));
    }
    for Member { name, value } in operators {
        let operator = Operator::parse(&name.value)
            .ok_or_else(|| value.error(format!("a condition operator, not \"{}\"", name.value)))?;
        // Operators are case-insensitive, member names are not.
        if conditions
            .iter()
            .any(|known: &Located<Condition>| known.operator == operator)
        {
            return Err(value.error(format!("\"{operator}\" to stand only once")));
        }
        let keys = value.members("an object of condition keys")?;
        if keys.is_empty() {
            return Err(value.error("at least one condition key, not an empty object"));
        }
        let mut names = HashSet::with_capacity(keys.len());
        for key in keys {
            // AWS reads keys case-insensitively, and does not document which of two such keys counts.
            if !names.insert(fold(&key.name.value)) {
                let expected = format!("\"{}\" to stand only once, in any case", key.name.value);
                return Err(ParseError::at(text, key.name.offset, expected));
            }
            let values = (some_items(key.value, "value")?.into_iter())
                .map(|item| item.scalar("a text, a number, or true or false"))
                .collect::<Result<Vec<_>, _>>()?;
            conditions.push(Located {
                offset: key.name.offset,
                value: Condition {
                    operator,
                    key: key.name.value.into_owned(),
                    values,
                },
            });
        }
    }
    Ok(conditions)
}
