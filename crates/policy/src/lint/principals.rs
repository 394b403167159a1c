//! Principals that do not exist, or are not who they seem to be.
//!
//! Source: "AWS JSON policy elements: Principal" and "... NotPrincipal" in the IAM User Guide.

use super::{
    Finding, Report,
    cover::is_session_of,
    rules::remarks,
    view::{StatementView, View},
};
use crate::{
    arn::{Account, Arn},
    document::{Effect, Listed, Located, Named, PrincipalElement},
    request::{Kind, Principal},
};

remarks! {
    /// Principals that do not exist, or are not who they seem to be.
    pub enum PrincipalRemark {
        /// The unique ID that a deleted role or user leaves behind.
        "deleted-principal", Warning: DeletedPrincipal {
            /// The ID.
            id: String,
        },
        /// A wildcard inside a principal, which matches nothing there.
        "wildcard-in-principal", Error: WildcardInPrincipal {
            /// The principal, as written.
            principal: String,
            /// The account in its ARN, if there is one.
            account: Option<Account>,
        },
        /// A text that no request matches.
        "principal-names-nothing", Error: PrincipalNamesNothing {
            /// As written.
            principal: String,
        },
        /// `NotPrincipal` with `Allow`.
        "not-principal-allow", Error: NotPrincipalAllow {},
        /// `NotPrincipal` with `Deny` that lists principals without their accounts, so that it denies them too.
        "not-principal-without-account", Error: NotPrincipalWithoutAccount {
            /// The accounts that should be listed.
            accounts: Vec<Account>,
        },
        /// `NotPrincipal` with `Deny` that lists a role and none of its sessions, or a session and not its role, so that
        /// it may deny sessions of the role.
        "not-principal-without-session", Warning: NotPrincipalWithoutSession {
            /// Those roles and sessions, as written.
            principals: Vec<String>,
        },
        /// `NotPrincipal` that does what it says.
        "not-principal", Note: NotPrincipal {},
    }
}

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    for statement in &view.statements {
        let Some(principals) = &statement.written.principals else {
            continue;
        };
        let mut add = |offset: usize, remark| {
            report.add(Some(statement.index), offset, Finding::Principal(remark));
        };
        for item in &principals.items {
            if let Some(remark) = element(item) {
                add(item.offset, remark);
            }
        }
        if let Some(remark) = list(statement, principals) {
            add(principals.offset, remark);
        }
    }
}

/// The remark on one principal.
fn element(item: &PrincipalElement) -> Option<PrincipalRemark> {
    let principal = item.text.clone();
    match item.named() {
        Named::Everyone | Named::Account(_) => None,
        Named::Deleted(id) => Some(PrincipalRemark::DeletedPrincipal { id: id.to_owned() }),
        // Alone, it represents every service or provider.
        _ if principal == "*" => None,
        _ if principal.contains(['*', '?']) => {
            let account = Arn::split(&principal).and_then(|arn| Account::parse(arn.account));
            Some(PrincipalRemark::WildcardInPrincipal { principal, account })
        }
        Named::Service(text) | Named::Federated(text) if Principal::parse(text).is_ok() => None,
        Named::Arn(_) if item.is_clear() => None,
        _ => Some(PrincipalRemark::PrincipalNamesNothing { principal }),
    }
}

/// The remarks on the principals of a statement as a whole.
fn list(
    statement: &StatementView<'_>,
    principals: &Located<Listed<PrincipalElement>>,
) -> Option<PrincipalRemark> {
    if !principals.excluded {
        return None;
    }
    if statement.written.effect == Effect::Allow {
        return Some(PrincipalRemark::NotPrincipalAllow {});
    }
    let accounts = accounts_wanting(principals);
    if !accounts.is_empty() {
        return Some(PrincipalRemark::NotPrincipalWithoutAccount { accounts });
    }
    let principals = unpaired(principals);
    Some(if principals.is_empty() {
        PrincipalRemark::NotPrincipal {}
    } else {
        PrincipalRemark::NotPrincipalWithoutSession { principals }
    })
}

/// The listed roles with no listed session, and the listed sessions whose role is not listed.
fn unpaired(principals: &Listed<PrincipalElement>) -> Vec<String> {
    let named = || principals.items.iter().map(|item| item.named());
    if named().any(|named| named == Named::Everyone) {
        return Vec::new();
    }
    let arns = || {
        named().filter_map(|named| match named {
            Named::Arn(text) => Some(text),
            _ => None,
        })
    };
    let is_alone = |text: &&str| match Principal::parse(text).as_ref().map(Principal::kind) {
        Ok(Kind::Role) => !arns().any(|session| is_session_of(session, text)),
        Ok(Kind::Session { .. }) => !arns().any(|role| is_session_of(text, role)),
        _ => false,
    };
    arns().filter(is_alone).map(str::to_owned).collect()
}

/// The accounts of listed principals that are not listed themselves.
fn accounts_wanting(principals: &Listed<PrincipalElement>) -> Vec<Account> {
    let named = || principals.items.iter().map(|item| item.named());
    if named().any(|named| named == Named::Everyone) {
        return Vec::new();
    }
    let mut accounts: Vec<Account> = named()
        .filter_map(|named| match named {
            Named::Arn(text) => Account::parse(Arn::split(text)?.account),
            _ => None,
        })
        .filter(|account| !named().any(|named| named == Named::Account(*account)))
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}
