//! Principals of requests.

use std::fmt;

use thiserror::Error;

use super::Context;
use crate::arn::{Account, Arn};

/// The text is not a principal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "expected a principal: the ARN of a role, user, session or account root, an account id, or a service such as ecs.amazonaws.com"
)]
pub struct PrincipalError;

/// A principal that makes a request.
///
/// Source: "AWS JSON policy elements: Principal" in the IAM User Guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    name: Box<str>,
    account: Option<Account>,
    kind: Kind,
}

/// The kind of a principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A role, without a session.
    Role,
    /// An unknown session of a role: a statement about one session may concern it.
    AnySession,
    /// One session of a role.
    Session {
        /// The partition, such as `aws`.
        partition: Box<str>,
        /// The role's name, without its path: sessions do not show it.
        role: Box<str>,
    },
    /// An IAM user.
    User,
    /// An account's root user.
    Root,
    /// A federated user session of STS.
    FederatedUser,
    /// An identity provider.
    Federated,
    /// An AWS service.
    Service,
}

impl Principal {
    /// Parses an ARN, an account ID or a service's name.
    ///
    /// # Errors
    /// If the text names no principal, or more than one, as a wildcard does.
    pub fn parse(text: &str) -> Result<Self, PrincipalError> {
        if text.contains(['*', '?']) || text.chars().any(char::is_whitespace) {
            return Err(PrincipalError);
        }
        if let Some(account) = Account::parse(text) {
            return Ok(Self {
                name: format!("arn:aws:iam::{account}:root").into(),
                account: Some(account),
                kind: Kind::Root,
            });
        }
        if !text.starts_with("arn:") {
            return provider(text).ok_or(PrincipalError);
        }
        let arn = Arn::split(text).ok_or(PrincipalError)?;
        let account = Account::parse(arn.account).ok_or(PrincipalError)?;
        let kind = kind(arn).ok_or(PrincipalError)?;
        Ok(Self {
            name: text.into(),
            // A provider is defined in an account, but the people who sign in through it do not belong to the
            // account.
            account: Some(account).filter(|_| kind != Kind::Federated),
            kind,
        })
    }

    /// This role, in a session about which nothing is known. Any other principal stays as it is.
    pub fn in_any_session(mut self) -> Self {
        if self.kind == Kind::Role {
            self.kind = Kind::AnySession;
        }
        self
    }

    /// The ARN, or a service's or provider's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The account that it belongs to. Services and public identity providers have none.
    pub fn account(&self) -> Option<Account> {
        self.account
    }

    /// The kind.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The name without account and path.
    pub(crate) fn short_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    /// The keys derived from the principal.
    ///
    /// Source: "AWS global condition context keys" and the table of principal key values in "IAM policy elements:
    /// Variables and tags" in the IAM User Guide.
    pub(super) fn keys(&self) -> Context {
        let mut keys = Context::default();
        let is_service = self.kind == Kind::Service;
        keys.set("aws:PrincipalIsAWSService", [is_service.to_string()]);
        if is_service {
            keys.set("aws:PrincipalServiceName", [self.name()]);
            return keys;
        }
        keys.set_absent("aws:PrincipalServiceName");
        keys.set_absent("aws:PrincipalServiceNamesList");
        let Some(account) = self.account else {
            return keys;
        };
        keys.set("aws:PrincipalAccount", [account.to_string()]);
        let arn = match &self.kind {
            Kind::Session { partition, role } => {
                format!("arn:{partition}:iam::{account}:role/{role}")
            }
            _ => self.name().to_owned(),
        };
        keys.set("aws:PrincipalArn", [arn]);
        let kind = match self.kind {
            Kind::Role | Kind::AnySession | Kind::Session { .. } => "AssumedRole",
            Kind::User => "User",
            Kind::Root => "Account",
            Kind::FederatedUser => "FederatedUser",
            Kind::Federated | Kind::Service => return keys,
        };
        keys.set("aws:PrincipalType", [kind]);
        match self.kind {
            Kind::User => keys.set("aws:username", [self.short_name()]),
            _ => keys.set_absent("aws:username"),
        }
        match self.kind {
            Kind::Root => keys.set("aws:userid", [account.to_string()]),
            Kind::FederatedUser => {
                keys.set("aws:userid", [format!("{account}:{}", self.short_name())]);
            }
            _ => {}
        }
        keys
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// What an ARN with an account names.
fn kind(arn: Arn<'_>) -> Option<Kind> {
    let (kind, name) = match arn.resource.split_once('/') {
        Some((kind, name)) => (kind, name),
        None => (arn.resource, ""),
    };
    let named = !name.is_empty() && !name.ends_with('/');
    match (arn.service, kind) {
        ("iam", "root") if name.is_empty() => Some(Kind::Root),
        ("iam", "role") if named => Some(Kind::Role),
        ("iam", "user") if named => Some(Kind::User),
        ("iam", "saml-provider" | "oidc-provider") if named => Some(Kind::Federated),
        ("sts", "federated-user") if named => Some(Kind::FederatedUser),
        ("sts", "assumed-role") if named => {
            let (role, session) = name.split_once('/')?;
            let valid = !role.is_empty() && !session.is_empty();
            valid.then(|| Kind::Session {
                partition: arn.partition.into(),
                role: role.into(),
            })
        }
        _ => None,
    }
}

/// A service, or an identity provider that belongs to no account.
fn provider(text: &str) -> Option<Principal> {
    let is_name = text.contains('.')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"./:_-".contains(&b));
    let is_service = (text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn"))
        && !text.starts_with("cognito-identity.");
    is_name.then(|| Principal {
        name: text.into(),
        account: None,
        kind: if is_service {
            Kind::Service
        } else {
            Kind::Federated
        },
    })
}
