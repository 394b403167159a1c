//! The elements of `Principal` and `NotPrincipal`.

use serde::{Deserialize, Serialize};

use crate::{
    arn::{Account, Arn},
    request::{Kind, Principal},
};

/// What kind of principal an element names: the keys of the `Principal` object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PrincipalType {
    /// Accounts, roles, users and sessions. A bare `"*"` is read as one of these too.
    #[serde(rename = "AWS")]
    Aws,
    /// AWS services.
    Service,
    /// Identity providers.
    Federated,
    /// Canonical user IDs, which only Amazon S3 uses.
    CanonicalUser,
}

impl PrincipalType {
    pub(super) const ALL: [(Self, &str); 4] = [
        (Self::Aws, "AWS"),
        (Self::Service, "Service"),
        (Self::Federated, "Federated"),
        (Self::CanonicalUser, "CanonicalUser"),
    ];
}

/// One element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrincipalElement {
    /// The kind.
    pub kind: PrincipalType,
    /// As written.
    pub text: String,
}

/// What an element names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    /// Everyone.
    Everyone,
    /// An account as a whole, written as its digits or as its root's ARN.
    Account(Account),
    /// A role, user or session, or an ARN that cannot be read. A wildcard inside matches nothing.
    Arn(&'a str),
    /// The unique ID that a deleted role or user leaves behind.
    Deleted(&'a str),
    /// A service.
    Service(&'a str),
    /// An identity provider.
    Federated(&'a str),
    /// A text that no request to ECR can match.
    Nothing(&'a str),
}

impl PrincipalElement {
    /// What it names.
    pub fn named(&self) -> Named<'_> {
        let text = self.text.as_str();
        match self.kind {
            PrincipalType::Aws => aws(text),
            PrincipalType::Service => Named::Service(text),
            PrincipalType::Federated => Named::Federated(text),
            PrincipalType::CanonicalUser => Named::Nothing(text),
        }
    }

    /// Whether AWS documents what it names.
    pub(crate) fn is_clear(&self) -> bool {
        match self.named() {
            Named::Arn(text) => read_arn(text).is_some(),
            Named::Nothing(_) => false,
            Named::Everyone
            | Named::Account(_)
            | Named::Deleted(_)
            | Named::Service(_)
            | Named::Federated(_) => true,
        }
    }

    /// The account in its text, even if the rest cannot be read.
    pub(crate) fn account(&self) -> Option<Account> {
        let text = self.text.trim();
        Account::parse(text).or_else(|| Account::parse(Arn::split(text)?.account))
    }
}

/// The ARN of one role, user or session, with its account. None for any other text, such as one with a wildcard, a
/// space or a region.
pub(crate) fn read_arn(text: &str) -> Option<(Arn<'_>, Account)> {
    let principal = Principal::parse(text).ok()?;
    let arn = Arn::split(text)?;
    let is_one = matches!(
        principal.kind(),
        Kind::Role | Kind::User | Kind::Session { .. } | Kind::FederatedUser
    );
    Some((arn, principal.account()?)).filter(|_| is_one && is_global(arn))
}

/// Whether an ARN has a partition of AWS and no region, as those of all principals.
fn is_global(arn: Arn<'_>) -> bool {
    let is_partition = arn.partition == "aws" || arn.partition.starts_with("aws-");
    is_partition && arn.region.is_empty()
}

/// Source: "AWS JSON policy elements: Principal" and, for what a deleted principal leaves behind,
/// "IAM identifiers" in the IAM User Guide.
fn aws(text: &str) -> Named<'_> {
    if text == "*" {
        return Named::Everyone;
    }
    if let Some(account) = Account::parse(text) {
        return Named::Account(account);
    }
    if let Some(arn) = Arn::split(text) {
        let root = (arn.service == "iam" && arn.resource == "root" && is_global(arn))
            .then(|| Account::parse(arn.account))
            .flatten();
        return root.map_or(Named::Arn(text), Named::Account);
    }
    let is_id = text.len() >= 16
        && (text.starts_with("AROA") || text.starts_with("AIDA"))
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if is_id {
        Named::Deleted(text)
    } else {
        Named::Nothing(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_principal_are_recognised() {
        let account = Account::parse("111122223333").map(Named::Account);
        assert_eq!(aws("*"), Named::Everyone);
        assert_eq!(Some(aws("111122223333")), account);
        assert_eq!(Some(aws("arn:aws:iam::111122223333:root")), account);
        assert_eq!(Some(aws("arn:aws-cn:iam::111122223333:root")), account);
        let deleted = "AROAEXAMPLEIDOFAROLE1";
        assert_eq!(aws(deleted), Named::Deleted(deleted));
        for arn in [
            "arn:aws:iam::111122223333:role/root",
            "arn:aws:iam::*:root",
            "arn:aws:iam:eu-west-1:111122223333:root",
            "arn:nonsense:iam::111122223333:root",
            "arn:aws:sts::111122223333:assumed-role/developer/ana",
        ] {
            assert_eq!(aws(arn), Named::Arn(arn));
        }
        assert_eq!(aws("storefront"), Named::Nothing("storefront"));
    }
}
