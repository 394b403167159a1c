//! Which principals a statement concerns.
//!
//! Source: "AWS JSON policy elements: Principal" and "... NotPrincipal" in the IAM User Guide.

use crate::{
    arn::{Account, Arn},
    document::{Effect, Listed, Named, PrincipalElement, read_arn},
    request::{Kind, Principal},
    truth::Truth,
};

/// The principal elements of a statement, grouped by what they name and sorted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Principals {
    excluded: bool,
    everyone: bool,
    accounts: Box<[Account]>,
    arns: Box<[Box<str>]>,
    /// Roles without their paths, because sessions do not show the path.
    roles: Box<[ShortName]>,
    /// Users without their paths.
    users: Box<[ShortName]>,
    /// The roles of single sessions.
    sessions: Box<[ShortName]>,
    services: Box<[Box<str>]>,
    providers: Box<[Box<str>]>,
    /// The accounts in elements whose meaning is undocumented. None represents any account.
    unclear: Box<[Option<Account>]>,
}

/// A role or user by account, partition and name.
type ShortName = (Account, Box<str>, Box<str>);

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
                Named::Arn(text) => read_arn(text).map(|(arn, account)| (text, arn, account)),
                _ => None,
            })
        };
        let without_path = |kind| {
            arns().filter_map(move |(_, arn, account)| {
                let path = arn.resource.strip_prefix(kind);
                let name = path.filter(|_| arn.service == "iam")?.rsplit('/').next()?;
                Some((account, arn.partition.into(), name.into()))
            })
        };
        let session = |(_, arn, account): (&str, Arn<'_>, Account)| {
            let path = arn.resource.strip_prefix("assumed-role/");
            let (role, _) = path.filter(|_| arn.service == "sts")?.split_once('/')?;
            Some((account, arn.partition.into(), role.into()))
        };
        Self {
            excluded: listed.excluded,
            everyone: named().any(|named| named == Named::Everyone),
            accounts: sorted(named().filter_map(|named| match named {
                Named::Account(account) => Some(account),
                _ => None,
            })),
            arns: sorted(arns().map(|(text, ..)| text.into())),
            roles: sorted(without_path("role/")),
            users: sorted(without_path("user/")),
            sessions: sorted(arns().filter_map(session)),
            services: sorted(named().filter_map(|named| match named {
                Named::Service(name) => Some(name.into()),
                _ => None,
            })),
            providers: sorted(named().filter_map(|named| match named {
                Named::Federated(name) => Some(name.into()),
                _ => None,
            })),
            unclear: sorted(
                (listed.items.iter())
                    .filter(|item| !item.is_clear())
                    .map(|item| item.account()),
            ),
        }
    }

    /// Whether the statement may concern a principal of any account.
    pub(super) fn is_open(&self) -> bool {
        self.excluded || self.everyone || !self.providers.is_empty() || self.unclear.contains(&None)
    }

    /// Whether the statement may concern services or identity providers.
    pub(super) fn names_providers(&self) -> bool {
        !self.services.is_empty() || !self.unclear.is_empty()
    }

    /// The accounts whose principals the statement may concern, if it is not open.
    pub(super) fn accounts(&self) -> impl Iterator<Item = Account> {
        let of_arns = self
            .arns
            .iter()
            .filter_map(|arn| Account::parse(Arn::split(arn)?.account));
        let unclear = self.unclear.iter().copied().flatten();
        self.accounts.iter().copied().chain(of_arns).chain(unclear)
    }

    /// How far a statement of this effect concerns a principal.
    pub(crate) fn concern(&self, principal: &Principal, effect: Effect) -> Concern {
        let account = (principal.account())
            .is_some_and(|account| self.accounts.binary_search(&account).is_ok());
        match effect {
            Effect::Deny if !self.excluded => Concern {
                itself: self.name(principal).or(self.may_mean(principal)),
                account,
            },
            Effect::Allow if !self.excluded => Concern {
                itself: self.name(principal),
                account,
            },
            Effect::Deny => Concern {
                itself: self.spare(principal, account).negated_if(true),
                account: false,
            },
            // NotPrincipal with Allow is not supported.
            Effect::Allow => Concern {
                itself: Truth::False,
                account: false,
            },
        }
    }

    /// Whether the statement may mean a principal that it does not name for certain: by an element that cannot be
    /// read, or by an identity provider, because a session of any role may have started through one.
    fn may_mean(&self, principal: &Principal) -> Truth {
        let by_provider = match principal.kind() {
            Kind::Role | Kind::AnySession | Kind::Session { .. } | Kind::FederatedUser => {
                !self.providers.is_empty()
            }
            Kind::User | Kind::Root | Kind::Federated | Kind::Service => false,
        };
        let account = principal.account();
        let mut unclear = self.unclear.iter();
        let is_meant = by_provider
            || unclear.any(|named| named.is_none() || account.is_none() || *named == account);
        Truth::from(is_meant).and(Truth::Unknown)
    }

    /// Whether a deny to all principals except these spares a principal.
    ///
    /// AWS may compare the account, the role and the session separately, so each of them must be listed. A role acts
    /// only in sessions, whose names are not known in advance.
    fn spare(&self, principal: &Principal, lists_account: bool) -> Truth {
        let itself = self.name(principal);
        match principal.kind() {
            _ if self.everyone => Truth::True,
            // They have no account.
            Kind::Service | Kind::Federated => itself,
            _ if !lists_account => Truth::False,
            Kind::Root | Kind::User | Kind::FederatedUser => itself,
            Kind::Role | Kind::AnySession => itself.and(Truth::Unknown),
            Kind::Session { .. } => {
                let (role, session) = (self.name_role(principal), self.list(principal.name()));
                match (role, session) {
                    (Truth::True, true) => Truth::True,
                    (Truth::False, false) => Truth::False,
                    _ => Truth::Unknown,
                }
            }
        }
    }

    /// Whether the statement names the principal, or everyone.
    fn name(&self, principal: &Principal) -> Truth {
        let name = principal.name();
        if self.everyone || self.list(name) {
            return Truth::True;
        }
        match principal.kind() {
            Kind::Session { .. } => self.name_role(principal),
            Kind::AnySession => {
                may_be(&self.sessions, principal).or(may_be(&self.roles, principal))
            }
            Kind::Role => may_be(&self.roles, principal),
            Kind::User => may_be(&self.users, principal),
            Kind::Root => (principal.account())
                .is_some_and(|account| self.accounts.binary_search(&account).is_ok())
                .into(),
            Kind::Service => (holds(&self.services, name) || holds(&self.services, "*")).into(),
            Kind::Federated => (holds(&self.providers, name) || holds(&self.providers, "*")).into(),
            Kind::FederatedUser => Truth::False,
        }
    }

    /// Whether the statement lists an ARN.
    fn list(&self, arn: &str) -> bool {
        holds(&self.arns, arn)
    }

    /// Whether the statement names the role of a session. The session does not show the role's path.
    fn name_role(&self, session: &Principal) -> Truth {
        let this = short_name(session);
        let known = self
            .roles
            .binary_search_by(|role| Some(borrowed(role)).cmp(&this));
        if known.is_ok() {
            Truth::True
        } else {
            may_be(&self.roles, session)
        }
    }
}

/// Whether one of these may be a principal that is not listed exactly. A name is unique in its account, in any case
/// and whatever the path: if path or case differ, one of the two is out of date.
fn may_be(names: &[ShortName], principal: &Principal) -> Truth {
    let Some((account, partition, name)) = short_name(principal).filter(|_| !names.is_empty())
    else {
        return Truth::False;
    };
    let is_this = |known: &ShortName| {
        known.0 == account && *known.1 == *partition && known.2.eq_ignore_ascii_case(name)
    };
    Truth::from(names.iter().any(is_this)).and(Truth::Unknown)
}

/// A role or user by account, partition and name; a session by those of its role.
fn short_name(principal: &Principal) -> Option<(Account, &str, &str)> {
    let account = principal.account()?;
    match principal.kind() {
        Kind::Session { partition, role } => Some((account, partition, role)),
        _ => {
            let arn = Arn::split(principal.name())?;
            Some((account, arn.partition, principal.short_name()))
        }
    }
}

fn borrowed((account, partition, name): &ShortName) -> (Account, &str, &str) {
    (*account, partition, name)
}

fn holds(names: &[Box<str>], name: &str) -> bool {
    names.binary_search_by(|known| (**known).cmp(name)).is_ok()
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Box<[T]> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items.into()
}
