//! The principals and resources that two policies are compared for.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    arn::{Account, Arn},
    document::{Named, Policy, PolicyKind, PrincipalElement, PrincipalType, Statement},
    request::{Kind, Principal, Resource, Subject},
};

/// Who is affected by a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Audience {
    /// The role or user that the policy is attached to.
    Holder,
    /// Anyone of any other account.
    Anyone,
    /// An account as a whole.
    Account {
        /// The account.
        account: Account,
    },
    /// Any other role or user of an account that neither policy names.
    AnyOtherOf {
        /// The account.
        account: Account,
    },
    /// A role, a user, or one session of a role.
    Principal {
        /// Its ARN.
        arn: String,
    },
    /// An AWS service.
    Service {
        /// Its name, such as `lambda.amazonaws.com`.
        name: String,
    },
    /// A person identified by an identity provider.
    Federated {
        /// The provider.
        provider: String,
    },
}

/// Every principal that two policies are compared for.
pub(super) fn subjects(old: &Policy, new: &Policy) -> Vec<(Audience, Subject)> {
    let mut asking = BTreeSet::new();
    if old.kind == PolicyKind::Identity || new.kind == PolicyKind::Identity {
        asking.insert(Audience::Holder);
    } else {
        asking.insert(Audience::Anyone);
        for statement in old.statements.iter().chain(&new.statements) {
            named(statement, &mut asking);
        }
    }
    let accounts: BTreeSet<Account> = (asking.iter())
        .filter_map(|whom| match whom {
            Audience::AnyOtherOf { account } => Some(*account),
            _ => None,
        })
        .collect();
    (asking.into_iter())
        .filter_map(|whom| {
            let subject = subject(&whom, &accounts)?;
            Some((whom, subject))
        })
        .collect()
}

/// Adds the principals that a statement names: in its principals, or in a condition on the principal.
fn named(statement: &Statement, asking: &mut BTreeSet<Audience>) {
    let listed = (statement.principals.iter()).flat_map(|listed| &listed.items);
    for element in listed {
        add(element.named(), asking);
    }
    let of_principal = ["aws:principalarn", "aws:principalaccount"];
    for condition in &statement.conditions {
        if of_principal.contains(&condition.key.to_ascii_lowercase().as_str()) {
            for value in &condition.values {
                let element = PrincipalElement {
                    kind: PrincipalType::Aws,
                    text: value.value.clone(),
                };
                add(element.named(), asking);
            }
        }
    }
}

fn add(named: Named<'_>, asking: &mut BTreeSet<Audience>) {
    match named {
        Named::Account(account) => {
            asking.insert(Audience::Account { account });
            asking.insert(Audience::AnyOtherOf { account });
        }
        Named::Arn(arn) => {
            // A pattern names no single principal, but the principals that it means are of that account.
            if let Some(account) = Arn::split(arn).and_then(|arn| Account::parse(arn.account)) {
                asking.insert(Audience::AnyOtherOf { account });
            }
            asking.insert(Audience::Principal {
                arn: arn.to_owned(),
            });
        }
        Named::Service(name) => {
            asking.insert(Audience::Service {
                name: name.to_owned(),
            });
        }
        Named::Federated(provider) => {
            asking.insert(Audience::Federated {
                provider: provider.to_owned(),
            });
        }
        Named::Everyone | Named::Deleted(_) | Named::Nothing(_) => {}
    }
}

/// The principal to evaluate. None if the name is not that of a principal.
fn subject(whom: &Audience, accounts: &BTreeSet<Account>) -> Option<Subject> {
    let account_key = |account: &Account| [("aws:PrincipalAccount", account.to_string())];
    let of_account = |principal: Principal, account: &Account| {
        let keys = account_key(account);
        Subject::unknown(principal).with(keys.iter().map(|(key, value)| (*key, value.as_str())))
    };
    match whom {
        Audience::Holder | Audience::Anyone => {
            let unnamed = |number: &u64| {
                Account::parse(&format!("{number:012}"))
                    .filter(|account| !accounts.contains(account))
            };
            let account = (0..).find_map(|number| unnamed(&number))?;
            stand_in(account).map(Subject::unknown)
        }
        Audience::Account { account } => {
            let root = Principal::parse(&account.to_string()).ok()?;
            Some(of_account(root, account))
        }
        Audience::AnyOtherOf { account } => Some(of_account(stand_in(*account)?, account)),
        Audience::Principal { arn: name } | Audience::Federated { provider: name } => {
            Some(Subject::new(Principal::parse(name).ok()?, []))
        }
        Audience::Service { name } => {
            let service = Principal::parse(name).ok();
            let service = service.filter(|principal| *principal.kind() == Kind::Service)?;
            Some(Subject::new(service, []))
        }
    }
}

/// A role that no policy can name: IAM allows no tilde in names.
fn stand_in(account: Account) -> Option<Principal> {
    Principal::parse(&format!("arn:aws:iam::{account}:role/~")).ok()
}

/// The resources that two policies are compared for: each pattern that their statements name, and any other
/// repository.
pub(super) fn resources(old: &Policy, new: &Policy) -> Vec<(Option<String>, Resource)> {
    let statements = old.statements.iter().chain(&new.statements);
    let patterns: BTreeSet<&str> = statements
        .flat_map(|statement| &statement.resources)
        .flat_map(|listed| &listed.items)
        .map(|item| item.as_str())
        .filter(|pattern| *pattern != "*")
        .collect();
    let other = (None, Resource::new("arn:aws:ecr:::repository/~", None));
    let matching = |pattern: &str| {
        let arn = pattern.replace(['*', '?'], "~");
        (Some(pattern.to_owned()), Resource::new(&arn, None))
    };
    std::iter::once(other)
        .chain(patterns.into_iter().map(matching))
        .collect()
}
