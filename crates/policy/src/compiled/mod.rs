//! Policies in a compiled form that answers without allocating and skips statements that cannot concern the action or
//! the principal.

mod mask;
mod principals;
mod resources;
mod statement;

use std::sync::Arc;

use mask::{Masks, both};
use principals::Principals;
pub(crate) use statement::{Standing, Statement};

use crate::{
    actions::ACTIONS,
    arn::Account,
    document::{ParseError, Policy, PolicyKind},
    request::{ActionName, Kind, Principal, RESOURCE_TAGS},
};

/// The maximum number of words for the rows by account. A policy that AWS accepts takes a few hundred. In a policy
/// that names a hundred thousand accounts, each account would have a row of all statements.
const MOST_WORDS: usize = 1 << 17;

/// The keys for the current time.
const TIME: [&str; 2] = ["aws:currenttime", "aws:epochtime"];

/// A policy that is ready to evaluate.
#[derive(Debug, Clone)]
pub struct CompiledPolicy {
    policy: Arc<Policy>,
    statements: Box<[Statement]>,
    /// By place in the table of actions, plus one row of all statements for any other action.
    by_action: Masks,
    /// The accounts that statements name, sorted.
    accounts: Box<[Account]>,
    /// By place among the accounts, then a row for principals of any other account, and a row for services and
    /// identity providers.
    by_account: Masks,
    /// The condition keys that statements use, in lower case.
    keys: Box<[Box<str>]>,
}

impl CompiledPolicy {
    /// Compiles a policy.
    pub fn new(policy: impl Into<Arc<Policy>>) -> Self {
        let policy = policy.into();
        let statements: Box<[Statement]> = (policy.statements.iter())
            .map(|statement| Statement::read(statement, policy.version))
            .collect();
        let by_action = Masks::new(ACTIONS.len() + 1, statements.len(), |action, statement| {
            let actions = &statements[statement].actions;
            u8::try_from(action)
                .ok()
                .filter(|_| action < ACTIONS.len())
                .is_none_or(|action| actions.cover_known(action))
        });
        let (accounts, by_account) = by_account(&statements);
        let mut keys: Vec<Box<str>> = statements
            .iter()
            .flat_map(Statement::keys)
            .map(Into::into)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        Self {
            policy,
            statements,
            by_action,
            accounts,
            by_account,
            keys: keys.into(),
        }
    }

    /// Parses and compiles a policy.
    ///
    /// # Errors
    /// If the text is not a policy of this kind.
    pub fn parse(text: impl Into<Arc<str>>, kind: PolicyKind) -> Result<Self, ParseError> {
        Policy::parse(text, kind).map(Self::new)
    }

    /// The policy as written.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Whether its decisions may depend on the time of the request.
    pub fn asks_for_time(&self) -> bool {
        self.keys.iter().any(|key| TIME.contains(&&**key))
    }

    /// Whether its decisions may depend on the resource's tags.
    pub fn asks_for_resource_tags(&self) -> bool {
        let is_tag = |key: &str| RESOURCE_TAGS.iter().any(|prefix| key.starts_with(prefix));
        self.keys.iter().any(|key| is_tag(key))
    }

    pub(crate) fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The statements that may concern a principal, as a row of bits.
    fn row_of(&self, principal: &Principal) -> &[u64] {
        let row = match (principal.kind(), principal.account()) {
            (Kind::Service | Kind::Federated, _) | (_, None) => self.accounts.len() + 1,
            (_, Some(account)) => self
                .accounts
                .binary_search(&account)
                .unwrap_or(self.accounts.len()),
        };
        self.by_account.row(row)
    }

    /// The places of the statements that cover an action and may concern a principal.
    pub(crate) fn concerning<'a>(
        &'a self,
        action: &'a ActionName,
        principal: &'a Principal,
    ) -> impl Iterator<Item = usize> + 'a {
        let row = action.id.map_or(ACTIONS.len(), usize::from);
        both(self.by_action.row(row), self.row_of(principal))
            .filter(|place| action.id.is_some() || self.statements[*place].actions.cover(action))
    }

    /// The places of the statements that may concern a principal.
    pub(crate) fn naming<'a>(
        &'a self,
        principal: &'a Principal,
    ) -> impl Iterator<Item = usize> + 'a {
        both(self.by_action.row(ACTIONS.len()), self.row_of(principal))
    }
}

/// The accounts that statements name, sorted, and which statements may concern their principals.
fn by_account(statements: &[Statement]) -> (Box<[Account]>, Masks) {
    let closed = || {
        let principals = statements
            .iter()
            .map(|statement| statement.principals.as_ref());
        let numbered = principals.enumerate();
        numbered
            .filter_map(|(place, principals)| Some((place, principals?)))
            .filter(|(_, principals)| !principals.is_open())
    };
    let mut accounts: Vec<Account> = closed()
        .flat_map(|(_, principals)| principals.accounts())
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    if accounts.len().saturating_mul(statements.len().div_ceil(64)) > MOST_WORDS {
        // Every statement is tried for every principal: that takes longer and gives the same result.
        return (Box::default(), Masks::alike(2, statements.len(), |_| true));
    }
    // A statement that may concern any account is in every row.
    let mut masks = Masks::alike(accounts.len() + 2, statements.len(), |place| {
        (statements[place].principals.as_ref()).is_none_or(Principals::is_open)
    });
    for (place, principals) in closed() {
        for account in principals.accounts() {
            if let Ok(row) = accounts.binary_search(&account) {
                masks.add(row, place);
            }
        }
        if principals.names_providers() {
            masks.add(accounts.len() + 1, place);
        }
    }
    (accounts.into(), masks)
}
