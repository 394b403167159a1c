//! Whether the owner of a policy can still change it.
//!
//! The compiled policy is evaluated for each account that may be the owner. So several statements, lists of spared
//! principals, and conditions on the account count as in any request.

use std::collections::BTreeSet;

use super::{Finding, Report, StatementRemark, statement_label, view::View};
use crate::{
    arn::{Account, Arn},
    compiled::CompiledPolicy,
    document::{Effect, Named, PolicyKind, PrincipalElement, PrincipalType},
    evaluate::{Identity, Policies},
    request::{ActionName, Context, Mode, Principal, Request, Resource, Subject},
    truth::Truth,
};

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    let Some(policy) = Asked::new(view) else {
        return;
    };
    let owner = view.options.owner;
    let mut named = named_accounts(view);
    named.extend(owner);
    // It represents every account that no statement names.
    let any_other = (0..)
        .filter_map(|number: u64| Account::parse(&format!("{number:012}")))
        .find(|account| !named.contains(account));
    let denied: Vec<_> = (named.iter().copied().chain(any_other))
        .map(|account| (account, policy.denying(account)))
        .collect();
    let by_all = denied.iter().map(|(_, denying)| denying.clone());
    let by_all = by_all.collect::<Option<Vec<_>>>();
    if let Some(denying) = by_all {
        let denying = denying.into_iter().flatten().collect();
        return add(view, report, None, &denying);
    }
    for (account, denying) in denied {
        // An account that is not named is not known to be the owner.
        let may_own = owner.map_or(Some(account) != any_other, |owner| owner == account);
        if let Some(denying) = denying.filter(|_| may_own) {
            add(view, report, Some(account), &denying);
        }
    }
}

fn add(
    view: &View<'_>,
    report: &mut Report<'_>,
    account: Option<Account>,
    denying: &BTreeSet<usize>,
) {
    let first = denying
        .first()
        .and_then(|index| view.statements.get(*index));
    if let Some(first) = first {
        let remark = StatementRemark::LocksOut {
            by: (denying.iter())
                .map(|index| statement_label(view.policy, *index))
                .collect(),
            account,
            owner: view.options.owner,
        };
        report.add(Some(first.index), first.offset, Finding::Statement(remark));
    }
}

/// The accounts that deny statements name: in their principals, or in their conditions.
fn named_accounts(view: &View<'_>) -> BTreeSet<Account> {
    let account_of = |element: &PrincipalElement| match element.named() {
        Named::Account(account) => Some(account),
        Named::Arn(arn) => Account::parse(Arn::split(arn)?.account),
        _ => None,
    };
    let mut accounts = BTreeSet::new();
    for statement in view.with(Effect::Deny) {
        let principals = statement.written.principals.iter();
        let elements = principals.flat_map(|listed| &listed.items);
        accounts.extend(elements.filter_map(|element| account_of(element)));
        let values = statement
            .conditions()
            .flat_map(|condition| &condition.values);
        accounts.extend(values.filter_map(|value| {
            account_of(&PrincipalElement {
                kind: PrincipalType::Aws,
                text: value.value.clone(),
            })
        }));
    }
    accounts
}

/// A policy, evaluated for who can change it.
struct Asked {
    policy: CompiledPolicy,
    /// Either of these gives the owner control of the policy again.
    actions: [ActionName; 2],
    resource: &'static str,
}

impl Asked {
    /// None for a policy that cannot lock anyone out.
    fn new(view: &View<'_>) -> Option<Self> {
        let (actions, resource) = match view.policy.kind {
            PolicyKind::Repository => (
                ["ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy"],
                "arn:aws:ecr:::repository/~",
            ),
            PolicyKind::Registry => (["ecr:PutRegistryPolicy", "ecr:DeleteRegistryPolicy"], "*"),
            PolicyKind::Identity => return None,
        };
        let mut denies = view.with(Effect::Deny);
        denies.next().map(|_| Self {
            policy: CompiledPolicy::new(view.policy.clone()),
            actions: actions.map(ActionName::new),
            resource,
        })
    }

    /// The statements that deny both actions to everyone in an account: to its root user, and to a role about which
    /// nothing is known. None if one of them may be spared.
    fn denying(&self, account: Account) -> Option<BTreeSet<usize>> {
        let root = Principal::parse(&account.to_string()).ok()?;
        // IAM allows no tilde in names.
        let role = Principal::parse(&format!("arn:aws:iam::{account}:role/~")).ok()?;
        let account_id = account.to_string();
        let keys = [
            ("aws:PrincipalAccount", account_id.as_str()),
            ("aws:PrincipalIsAWSService", "false"),
        ];
        let resource = Resource::new(self.resource, Some(account));
        let mut denying = BTreeSet::new();
        for subject in [
            Subject::new(root, []),
            Subject::unknown(role.in_any_session()).with(keys),
        ] {
            for action in &self.actions {
                let request = Request {
                    subject: &subject,
                    action,
                    resource: &resource,
                    context: &Context::default(),
                };
                let by = self.denying_one(&request);
                if by.is_empty() {
                    return None;
                }
                denying.extend(by);
            }
        }
        Some(denying)
    }

    fn denying_one(&self, request: &Request<'_>) -> Vec<usize> {
        let policies = Policies {
            repository: Some(&self.policy),
            registry: None,
            identity: Identity::Unseen,
        };
        let mut denying = Vec::new();
        policies.decide_noting(request, Mode::ThreeValued, |statement, applies| {
            let effect = self.policy.statements()[statement.index].effect;
            if effect == Effect::Deny && applies == Truth::True {
                denying.push(statement.index);
            }
        });
        denying
    }
}
