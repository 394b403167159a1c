//! Whom a statement concerns.
//!
//! Source: "AWS JSON policy elements: Principal" and "... NotPrincipal" in the IAM User Guide.

use crate::{
    arn::{Account, Arn},
    document::{Effect, Listed, Named, PrincipalElement},
    request::{Kind, Principal},
    truth::Truth,
};

/// The elements of a statement, apart by what they name and in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Principals {
    excluded: bool,
    everyone: bool,
    accounts: Box<[Account]>,
    arns: Box<[Box<str>]>,
    /// Roles by account, partition and name, without their paths: sessions tell no more.
    roles: Box<[RoleName]>,
    /// The roles that single sessions are of.
    sessions: Box<[(Account, Box<str>)]>,
    services: Box<[Box<str>]>,
    providers: Box<[Box<str>]>,
}

/// A role by account, partition and name.
type RoleName = (Account, Box<str>, Box<str>);

/// How far a statement concerns a principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Concern {
    /// Whether it names the principal, or everyone.
    pub(crate) itself: Truth,
    /// Whether it names the principal's account as a whole.
    pub(crate) account: bool,
}

impl Concern {
    pub(crate) fn truth(self) -> Truth {
        self.itself.or(self.account.into())
    }
}

impl Principals {
    pub(crate) fn read(listed: &Listed<PrincipalElement>) -> Self {
        let named = || listed.items.iter().map(|item| item.named());
        let arns = || {
            named().filter_map(|named| match named {
                // A wildcard in an ARN matches nothing here.
                Named::Arn(text) if !text.contains(['*', '?']) => {
                    let arn = Arn::split(text)?;
                    Some((text, arn, Account::parse(arn.account)?))
                }
                _ => None,
            })
        };
        let role = |(_, arn, account): (&str, Arn<'_>, Account)| {
            let path = arn
                .resource
                .strip_prefix("role/")
                .filter(|_| arn.service == "iam")?;
            let name = path.rsplit('/').next()?;
            Some((account, arn.partition.into(), name.into()))
        };
        let session = |(_, arn, account): (&str, Arn<'_>, Account)| {
            let path = arn.resource.strip_prefix("assumed-role/");
            let (role, _) = path.filter(|_| arn.service == "sts")?.split_once('/')?;
            Some((account, role.into()))
        };
        Self {
            excluded: listed.excluded,
            everyone: named().any(|named| named == Named::Everyone),
            accounts: sorted(named().filter_map(|named| match named {
                Named::Account(account) => Some(account),
                _ => None,
            })),
            arns: sorted(arns().map(|(text, ..)| text.into())),
            roles: sorted(arns().filter_map(role)),
            sessions: sorted(arns().filter_map(session)),
            services: sorted(named().filter_map(|named| match named {
                Named::Service(name) => Some(name.into()),
                _ => None,
            })),
            providers: sorted(named().filter_map(|named| match named {
                Named::Federated(name) => Some(name.into()),
                _ => None,
            })),
        }
    }

    /// Whether it may concern a principal of any account.
    pub(super) fn is_open(&self) -> bool {
        self.excluded || self.everyone
    }

    /// Whether it may concern services or identity providers.
    pub(super) fn names_providers(&self) -> bool {
        !self.services.is_empty() || !self.providers.is_empty() || !self.arns.is_empty()
    }

    /// The accounts whose principals it may concern, for one that is not open.
    pub(super) fn accounts(&self) -> impl Iterator<Item = Account> {
        let of_arns = self
            .arns
            .iter()
            .filter_map(|arn| Account::parse(Arn::split(arn)?.account));
        self.accounts.iter().copied().chain(of_arns)
    }

    /// How far a statement of this effect concerns a principal.
    pub(crate) fn concern(&self, principal: &Principal, effect: Effect) -> Concern {
        let itself = self.name(principal);
        let account = (principal.account())
            .is_some_and(|account| self.accounts.binary_search(&account).is_ok());
        if !self.excluded {
            return Concern { itself, account };
        }
        // With a deny, a principal is spared only where its account is listed beside it. With an
        // allow, NotPrincipal is not supported.
        let spared = match principal.account() {
            _ if self.everyone => Truth::True,
            Some(_) => itself.and(account.into()),
            None => itself,
        };
        Concern {
            itself: match effect {
                Effect::Deny => spared.negated_if(true),
                Effect::Allow => Truth::False,
            },
            account: false,
        }
    }

    /// Whether it names the principal, or everyone.
    fn name(&self, principal: &Principal) -> Truth {
        let name = principal.name();
        let holds =
            |names: &[Box<str>]| names.binary_search_by(|known| (**known).cmp(name)).is_ok();
        let all = |names: &[Box<str>]| names.iter().any(|known| **known == *"*");
        let exactly = self.everyone || holds(&self.arns);
        match principal.kind() {
            _ if exactly => Truth::True,
            Kind::Session { partition, role } => {
                let this = (principal.account(), &**partition, &**role);
                let known = self.roles.binary_search_by(|(account, partition, role)| {
                    (Some(*account), &**partition, &**role).cmp(&this)
                });
                known.is_ok().into()
            }
            Kind::AnySession => {
                // A role's name is its account's only one, in any case: where only path or case
                // differ, one of the two is not written as it is.
                let is_this = |account: &Account, role: &str| {
                    Some(*account) == principal.account()
                        && role.eq_ignore_ascii_case(principal.short_name())
                };
                let session = self
                    .sessions
                    .iter()
                    .any(|(account, role)| is_this(account, role));
                let role = self
                    .roles
                    .iter()
                    .any(|(account, _, role)| is_this(account, role));
                if session || role {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
            Kind::Root => (principal.account())
                .is_some_and(|account| self.accounts.binary_search(&account).is_ok())
                .into(),
            Kind::Service => (holds(&self.services) || all(&self.services)).into(),
            Kind::Federated => (holds(&self.providers) || all(&self.providers)).into(),
            Kind::Role | Kind::User | Kind::FederatedUser => Truth::False,
        }
    }
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Box<[T]> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items.into()
}
