//! A short notation for changes, so that a test compares lines. The sentences for people are in other crates.

use crate::{Access, Audience, Change, DependsOn, Outcome};

/// A change as a line.
pub(super) fn line(change: &Change) -> String {
    let actions = if change.every_action {
        "every action".to_owned()
    } else if change.other_actions.len() < change.actions.len() {
        format!("every action but {}", change.other_actions.join(", "))
    } else {
        change.actions.join(", ")
    };
    let resource = change.resource.as_ref();
    let resource = resource.map_or_else(String::new, |resource| format!(" on {resource}"));
    let [who, before, after] = [
        who(&change.principal),
        access(&change.before),
        access(&change.after),
    ];
    format!("{who}: {actions}{resource}: {before} -> {after}")
}

fn who(audience: &Audience) -> String {
    match audience {
        Audience::Holder => "any principal with the policy".to_owned(),
        Audience::Anyone => "anyone of any other account".to_owned(),
        Audience::Account { account } => format!("account {account} as a whole"),
        Audience::AnyOtherOf { account } => format!("any other role or user of {account}"),
        Audience::Principal { arn } => arn.clone(),
        Audience::Service { name } => format!("service {name}"),
        Audience::Federated { provider } => format!("identities of {provider}"),
    }
}

fn access(access: &Access) -> String {
    let allowed = match access.outcome {
        Outcome::Allowed => return "allowed".to_owned(),
        Outcome::ExplicitDeny => return "denied".to_owned(),
        Outcome::ImplicitDeny if !access.delegated => return "not allowed".to_owned(),
        Outcome::ImplicitDeny => String::new(),
        Outcome::Conditional => format!("allowed{}", conditions(" if ", &access.allowed_if)),
    };
    let delegated = match (access.delegated, allowed.as_str()) {
        (false, _) => String::new(),
        (true, allowed) => {
            let or = if allowed.is_empty() { "" } else { ", or " };
            let conditions = conditions(" if ", &access.delegated_if);
            format!("{or}as its account decides{conditions}")
        }
    };
    let denied = conditions(", unless ", &access.denied_if);
    format!("{allowed}{delegated}{denied}")
}

fn conditions(before: &str, alternatives: &[Vec<DependsOn>]) -> String {
    if alternatives.is_empty() {
        return String::new();
    }
    let all = |depends_on: &Vec<DependsOn>| {
        let each: Vec<_> = depends_on.iter().map(condition).collect();
        each.join(" and ")
    };
    let each: Vec<_> = alternatives.iter().map(all).collect();
    format!("{before}{}", each.join(" or "))
}

fn condition(condition: &DependsOn) -> String {
    let space = if condition.key.is_empty() { "" } else { " " };
    let values = condition.values.join(", ");
    format!("{}{space}{} [{values}]", condition.operator, condition.key)
}
