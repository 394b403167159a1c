//! Whether a statement concerns every request that another one concerns.
//!
//! The answer is yes only if that is certain.

use super::view::StatementView;
use crate::{
    arn::{Account, Arn},
    document::{Condition, Effect, Listed, Located, Named, PrincipalElement},
    glob,
};

/// Whether the outer statement applies whenever the inner one does, regardless of the actions.
pub(super) fn applies_with(outer: &StatementView<'_>, inner: &StatementView<'_>) -> bool {
    concerns_all(outer, inner)
        && resources(outer, inner)
        && (outer.conditions()).all(|wanted| inner.conditions().any(|has| implies(has, wanted)))
}

/// Whether the outer statement concerns every principal that the inner one does.
fn concerns_all(outer: &StatementView<'_>, inner: &StatementView<'_>) -> bool {
    let (Some(wide), Some(narrow)) = (&outer.written.principals, &inner.written.principals) else {
        return outer.written.principals.is_none() && inner.written.principals.is_none();
    };
    if !wide.excluded && outer.names_everyone() {
        return true;
    }
    if narrow.excluded {
        return wide.excluded == narrow.excluded && same_items(wide, narrow);
    }
    narrow.items.iter().all(|item| {
        if wide.excluded {
            outer.written.effect == Effect::Deny && !spares(wide, item.named())
        } else {
            let covers = |other: &Located<PrincipalElement>| {
                names(outer.written.effect, other.named(), item.named())
            };
            wide.items.iter().any(covers)
        }
    })
}

/// Whether one element concerns every principal that another names. An allow for an account as a whole allows only
/// what the account's own policies also allow, so it does not cover the account's roles. A deny does.
fn names(effect: Effect, wide: Named<'_>, narrow: Named<'_>) -> bool {
    match (wide, narrow) {
        (Named::Everyone, _) => true,
        (Named::Account(account), Named::Arn(text)) if effect == Effect::Deny => {
            account_of(text) == Some(account)
        }
        (Named::Arn(role), Named::Arn(session)) if role != session => is_session_of(session, role),
        _ => wide == narrow,
    }
}

/// Whether a list of spared principals may spare this one.
fn spares(spared: &Listed<PrincipalElement>, named: Named<'_>) -> bool {
    let lists = |account: Option<Account>| {
        let account = account.map(Named::Account);
        spared
            .items
            .iter()
            .any(|item| Some(item.named()) == account)
    };
    let everyone = (spared.items.iter()).any(|item| item.named() == Named::Everyone);
    everyone
        || match named {
            // Its account must be listed too.
            Named::Arn(text) => lists(account_of(text)),
            Named::Account(account) => lists(Some(account)),
            _ => true,
        }
}

fn account_of(arn: &str) -> Option<Account> {
    Account::parse(Arn::split(arn)?.account)
}

/// Whether an ARN is that of a session of a role. Sessions do not show the role's path.
pub(super) fn is_session_of(session: &str, role: &str) -> bool {
    let (Some(session), Some(role)) = (Arn::split(session), Arn::split(role)) else {
        return false;
    };
    let name = (role.resource.strip_prefix("role/")).and_then(|path| path.rsplit('/').next());
    let of = (session.resource.strip_prefix("assumed-role/"))
        .and_then(|path| path.split_once('/'))
        .map(|(role, _)| role);
    let same_account = (session.partition, session.account) == (role.partition, role.account);
    let services = (session.service, role.service) == ("sts", "iam");
    services && same_account && name.is_some() && name == of
}

/// Whether the outer statement concerns every resource that the inner one does.
fn resources(outer: &StatementView<'_>, inner: &StatementView<'_>) -> bool {
    if outer.concerns_every_resource() {
        return true;
    }
    let (Some(wide), Some(narrow)) = (&outer.written.resources, &inner.written.resources) else {
        return false;
    };
    if wide.excluded || narrow.excluded {
        return wide.excluded == narrow.excluded && same_items(wide, narrow);
    }
    (narrow.items.iter()).all(|item| (wide.items.iter()).any(|pattern| matches_all(pattern, item)))
}

fn same_items<T: PartialEq>(one: &Listed<T>, other: &Listed<T>) -> bool {
    let holds =
        |list: &Listed<T>, items: &[Located<T>]| items.iter().all(|item| list.items.contains(item));
    holds(one, &other.items) && holds(other, &one.items)
}

/// Whether one pattern matches everything that another matches.
fn matches_all(wide: &str, narrow: &str) -> bool {
    // A variable is a different text in each request, and `?` does not match a run.
    let is_unsure = wide.contains("${") || wide.contains('?') && narrow.contains('*');
    wide == narrow || !is_unsure && glob::matches(&glob::wildcards(wide), narrow)
}

/// Whether one condition holds whenever another does: it is the same, or it lists more values where any of them is
/// enough, or fewer values where none of them may match.
fn implies(has: &Condition, wanted: &Condition) -> bool {
    let within = |some: &Condition, all: &Condition| {
        (some.values.iter()).all(|value| all.values.contains(value))
    };
    let same_test = has.operator == wanted.operator && has.key.eq_ignore_ascii_case(&wanted.key);
    same_test
        && if wanted.operator.comparison.negated {
            within(wanted, has)
        } else {
            within(has, wanted)
        }
}
