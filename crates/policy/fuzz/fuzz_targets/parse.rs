//! Any text: parsing and linting it never panics, a parsed policy is the same after printing and does not differ from
//! itself, and every position is inside the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use policy::{LintOptions, Located, Policy, PolicyKind, Position, diff, lint};

fuzz_target!(|text: &str| {
    for kind in [
        PolicyKind::Repository,
        PolicyKind::Registry,
        PolicyKind::Identity,
    ] {
        match Policy::parse(text, kind) {
            Ok(policy) => {
                is_inside(text, &policy);
                let again = Policy::parse(policy.to_string(), kind);
                assert_eq!(again.as_ref(), Ok(&policy));
                for remark in lint(&policy, LintOptions::default()) {
                    has(text, remark.at);
                }
                assert!(diff(&policy, &policy).is_empty());
            }
            Err(error) => has(text, error.at),
        }
    }
});

fn is_inside(text: &str, policy: &Policy) {
    for statement in &policy.statements {
        starts(text, policy, statement);
        if let Some(sid) = &statement.sid {
            starts(text, policy, sid);
        }
        if let Some(principals) = &statement.principals {
            starts(text, policy, principals);
            let elements = &principals.items;
            elements.iter().for_each(|part| starts(text, policy, part));
        }
        for list in [Some(&statement.actions), statement.resources.as_ref()].into_iter().flatten() {
            starts(text, policy, list);
            list.items.iter().for_each(|part| starts(text, policy, part));
        }
        for condition in &statement.conditions {
            starts(text, policy, condition);
            let values = &condition.values;
            values.iter().for_each(|part| starts(text, policy, part));
        }
    }
}

/// Asserts that a part starts at its position.
fn starts<T>(text: &str, policy: &Policy, part: &Located<T>) {
    let rest = text.get(part.offset..);
    let begins = rest.is_some_and(|rest| rest.starts_with(|c: char| !c.is_ascii_whitespace()));
    assert!(begins, "nothing begins at {}", part.offset);
    has(text, policy.position(part));
}

fn has(text: &str, at: Position) {
    let line = text.split('\n').nth(at.line as usize - 1);
    let columns = line.map(|line| line.chars().count() + 1);
    assert!(columns >= Some(at.column as usize), "{at} is outside");
}
