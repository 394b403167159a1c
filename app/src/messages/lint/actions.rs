//! Actions, and statements in combination.

use policy::{Account, ActionRemark, Effect, StatementLabel, StatementRemark};
use words::{lint::LintTexts, listed};

use super::{Sentences, labels};

pub fn action(remark: &ActionRemark, texts: LintTexts) -> Sentences {
    match remark {
        ActionRemark::UnknownAction { action, nearest } => (
            texts.unknown_action_reason(action),
            nearest.map_or_else(|| texts.look_up().into(), |it| texts.nearest(it)),
        ),
        ActionRemark::PatternWithoutAction { pattern } => (
            texts.pattern_without_action_reason(pattern),
            texts.look_up().into(),
        ),
        ActionRemark::OtherService { action, nearest } => (
            texts.other_service_reason(action),
            nearest.map_or_else(|| texts.remove().into(), |it| texts.nearest(it)),
        ),
        ActionRemark::NotOnRepositories { action } => (
            texts.not_on_repositories_reason(action),
            texts.not_on_repositories_remedy().into(),
        ),
        ActionRemark::RedundantAction { action, covered_by } => (
            texts.redundant_action_reason(action, covered_by),
            texts.remove().into(),
        ),
        ActionRemark::NotActionAllow {} => (
            texts.not_action_allow_reason().into(),
            texts.not_action_allow_remedy().into(),
        ),
        ActionRemark::IncompletePull { missing } => (
            texts.incomplete_pull_reason(&listed(missing, texts.0)),
            texts.incomplete_remedy().into(),
        ),
        ActionRemark::IncompletePush { missing } => (
            texts.incomplete_push_reason(&listed(missing, texts.0)),
            texts.incomplete_remedy().into(),
        ),
    }
}

pub fn statement(remark: &StatementRemark, texts: LintTexts) -> Sentences {
    match remark {
        StatementRemark::Unreachable { by, effect } => {
            let reason = match effect {
                Effect::Allow => texts.unreachable_allow(&by.to_string()),
                Effect::Deny => texts.unreachable_deny(&by.to_string()),
            };
            (reason, texts.unreachable_remedy().into())
        }
        StatementRemark::Shadowed {
            by,
            actions,
            wholly,
        } => {
            let by = labels(by, texts);
            let reason = match wholly {
                true => texts.shadowed_wholly(&by),
                false => texts.shadowed_reason(&listed(actions, texts.0), &by),
            };
            (reason, texts.shadowed_remedy().into())
        }
        StatementRemark::ResourceInRepositoryPolicy {} => (
            texts.resource_in_repository_policy_reason().into(),
            texts.resource_in_repository_policy_remedy().into(),
        ),
        StatementRemark::RegistryWithoutResource {} => (
            texts.registry_without_resource_reason().into(),
            texts.registry_without_resource_remedy().into(),
        ),
        StatementRemark::DuplicateSid { sid, first } => (
            texts.duplicate_sid_reason(*first, sid),
            texts.duplicate_sid_remedy().into(),
        ),
        StatementRemark::LocksOut { by, account, owner } => (
            locks_out(by, *account, *owner, texts),
            texts.locks_out_remedy().into(),
        ),
        StatementRemark::Size { characters, limit } => (
            texts.size_reason(*characters, *limit),
            texts.size_remedy().into(),
        ),
    }
}

fn locks_out(
    by: &[StatementLabel],
    account: Option<Account>,
    owner: Option<Account>,
    texts: LintTexts,
) -> String {
    let (count, by) = (by.len(), labels(by, texts));
    match (account, owner) {
        (None, _) => texts.locks_out_everyone(count, &by),
        (Some(account), Some(_)) => texts.locks_out_owner(count, &by, &account.to_string()),
        (Some(account), None) => texts.locks_out_account(count, &by, &account.to_string()),
    }
}
