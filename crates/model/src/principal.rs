//! IAM principals and accounts.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::NameError;

/// A twelve-digit AWS account ID.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(Arc<str>);

impl AccountId {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Parses exactly twelve digits.
    pub fn parse(text: &str) -> Option<Self> {
        let valid = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| Self(text.into()))
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kind of IAM identity that an ARN names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalKind {
    /// An IAM role.
    Role,
    /// An IAM user.
    User,
}

/// A role or user that Gantry may act for, named by its ARN (`arn:aws:iam::111122223333:role/storefront-developer`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Principal {
    arn: Arc<str>,
    account: AccountId,
    kind: PrincipalKind,
}

impl Principal {
    /// The full ARN.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// The account that the identity belongs to.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Role or user.
    pub fn kind(&self) -> PrincipalKind {
        self.kind
    }

    /// The name without account and path, as people use it.
    pub fn short_name(&self) -> &str {
        self.arn.rsplit('/').next().unwrap_or(&self.arn)
    }
}

impl FromStr for Principal {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        parse_arn(text).ok_or_else(|| {
            NameError::new(
                "principal",
                "the ARN of an IAM role or user, such as arn:aws:iam::111122223333:role/developer",
                text,
            )
        })
    }
}

fn parse_arn(text: &str) -> Option<Principal> {
    let mut parts = text.splitn(6, ':');
    let (scheme, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
    let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
    let (kind, name) = resource.split_once('/')?;
    let kind = match kind {
        "role" => PrincipalKind::Role,
        "user" => PrincipalKind::User,
        _ => return None,
    };
    // IAM names contain no wildcard: one here would match more than the operator can have meant.
    let plain = |c: char| c.is_ascii_alphanumeric() || "/+=,.@_-".contains(c);
    let valid = scheme == "arn"
        && partition.starts_with("aws")
        && service == "iam"
        && region.is_empty()
        && !name.is_empty()
        && !name.ends_with('/')
        && text.len() <= 2_048
        && name.chars().all(plain);
    let account = AccountId::parse(account)?;
    valid.then(|| Principal {
        arn: text.into(),
        account,
        kind,
    })
}

impl TryFrom<String> for Principal {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        text.parse()
    }
}

impl From<Principal> for String {
    fn from(principal: Principal) -> Self {
        principal.arn.as_ref().to_owned()
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.arn)
    }
}

impl fmt::Debug for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.arn, f)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn roles_and_users_of_any_partition_are_principals() {
        let role: Principal = "arn:aws-cn:iam::111122223333:role/teams/storefront"
            .parse()
            .unwrap();
        assert_eq!(role.account().as_str(), "111122223333");
        assert_eq!(role.short_name(), "storefront");
        assert_eq!(role.kind(), PrincipalKind::Role);
    }

    #[test]
    fn a_text_that_names_more_than_one_identity_is_refused() {
        for bad in [
            "*",
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::111122223333:role/*",
            "arn:aws:iam::11112222333:role/x",
            "arn:aws:iam::111122223333:role/",
            "arn:aws:sts::111122223333:assumed-role/x/y",
            "arn:aws:iam::111122223333:group/x",
        ] {
            assert!(bad.parse::<Principal>().is_err(), "{bad}");
        }
    }
}
