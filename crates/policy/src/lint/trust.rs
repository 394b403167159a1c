//! Principals that are trusted too far.

use super::{
    Finding, Report,
    narrowing::{Scope, condition_narrows, narrows, spares_some},
    rules::remarks,
    view::{StatementView, View, named, names},
};
use crate::{
    actions::ActionSet,
    arn::Account,
    document::{Condition, Effect, Named, PolicyKind, PrincipalElement, Version},
    operator::Test,
};

remarks! {
    /// Principals that are trusted too far.
    pub enum TrustRemark {
        /// Anyone with an AWS account is allowed, without a condition that narrows it.
        "public-access", Error: PublicAccess {
            /// The allowed actions.
            actions: Vec<&'static str>,
            /// Whether these are all such actions.
            every_action: bool,
            /// Whether pulling images is allowed.
            pull: bool,
            /// Whether pushing images is allowed.
            push: bool,
        },
        /// Everyone permitted by another account is allowed, without a condition on organisation, role or user that
        /// narrows it.
        "whole-account", Warning: WholeAccount {
            /// The account.
            account: Account,
            /// The account that owns the repository, if it is known. If it is not, `account` may be the owner itself.
            owner: Option<Account>,
        },
        /// A service is allowed, with no condition on the account that it acts for.
        "service-without-source", Warning: ServiceWithoutSource {
            /// The service.
            service: String,
        },
        /// A service is allowed, and the condition on the account that it acts for matches any account.
        "service-with-any-source", Warning: ServiceWithAnySource {
            /// The service.
            service: String,
            /// The condition's operator.
            operator: String,
            /// Its key, as written.
            key: String,
        },
    }
}

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    for statement in view.with(Effect::Allow) {
        let Some(principals) = &statement.written.principals else {
            continue;
        };
        if principals.excluded {
            continue;
        }
        for (place, item) in principals.items.iter().enumerate() {
            // Each is reported once, even if it is repeated in the list.
            if principals.items[..place].contains(item) {
                continue;
            }
            let remark = if statement.names_everyone() {
                (item.named() == Named::Everyone)
                    .then(|| public(view, statement))
                    .flatten()
            } else {
                narrower(view, statement, item)
            };
            if let Some(remark) = remark {
                report.add(Some(statement.index), item.offset, Finding::Trust(remark));
            }
        }
    }
}

fn public(view: &View<'_>, statement: &StatementView<'_>) -> Option<TrustRemark> {
    if narrows(statement, view.policy.version, Scope::Everyone) {
        return None;
    }
    let decided = view.decided();
    let open = statement.actions & decided & !denied(view, Scope::Everyone, None);
    let may = |action: &str| open & named(&[action]) != 0;
    (open != 0).then(|| TrustRemark::PublicAccess {
        actions: names(open),
        every_action: open == decided,
        pull: may("ecr:batchgetimage") || may("ecr:getdownloadurlforlayer"),
        push: may("ecr:putimage"),
    })
}

/// The remarks on a principal of a statement that does not name everyone.
fn narrower(
    view: &View<'_>,
    statement: &StatementView<'_>,
    item: &PrincipalElement,
) -> Option<TrustRemark> {
    match item.named() {
        Named::Account(account) => {
            let owner = view.options.owner;
            let harmless = denied(view, Scope::Account, Some(account)) | replication(view);
            let open = statement.actions & view.decided() & !harmless;
            let is_open = owner != Some(account)
                && open != 0
                && !narrows(statement, view.policy.version, Scope::Account);
            is_open.then_some(TrustRemark::WholeAccount { account, owner })
        }
        Named::Service(service) => source(statement, view.policy.version, service),
        _ => None,
    }
}

/// The actions that are denied to everyone, or to an account, except for some principals that conditions spare.
fn denied(view: &View<'_>, scope: Scope, account: Option<Account>) -> ActionSet {
    let version = view.policy.version;
    (view.with(Effect::Deny))
        .filter(|deny| {
            deny.names_everyone()
                || account.is_some_and(|account| {
                    deny.named().any(|named| named == Named::Account(account))
                })
        })
        .filter(|deny| deny.concerns_every_resource() && spares_some(deny, version, scope))
        .fold(0, |set, deny| set | deny.actions)
}

/// What a registry must grant to another account as a whole so that the account can replicate images to it.
///
/// Source: "Registry policy examples", section on replication, in the Amazon ECR User Guide.
fn replication(view: &View<'_>) -> ActionSet {
    match view.policy.kind {
        PolicyKind::Registry => named(&["ecr:createrepository", "ecr:replicateimage"]),
        PolicyKind::Repository | PolicyKind::Identity => 0,
    }
}

/// The remark on the accounts that a service may act for.
///
/// Source: "The confused deputy problem" in the IAM User Guide.
fn source(statement: &StatementView<'_>, version: Version, service: &str) -> Option<TrustRemark> {
    let service = service.to_owned();
    let is_source = |condition: &&Condition| {
        let key = condition.key.to_ascii_lowercase();
        let is_key = matches!(
            key.as_str(),
            "aws:sourcearn" | "aws:sourceaccount" | "aws:sourceorgid" | "aws:sourceorgpaths"
        );
        is_key && condition.operator.comparison.test != Test::Null
    };
    let mut on_source = statement.conditions().filter(is_source).peekable();
    let Some(first) = on_source.peek().copied() else {
        return Some(TrustRemark::ServiceWithoutSource { service });
    };
    let is_narrow = on_source
        .any(|condition| condition_narrows(condition, statement, version, Scope::Everyone));
    (!is_narrow).then(|| TrustRemark::ServiceWithAnySource {
        service,
        operator: first.operator.to_string(),
        key: first.key.clone(),
    })
}
