//! Who is trusted, and how principals are written.

use policy::{PrincipalRemark, TrustRemark};
use words::{lint::LintTexts, listed};

use super::Sentences;

pub fn trust(remark: &TrustRemark, texts: LintTexts) -> Sentences {
    match remark {
        TrustRemark::PublicAccess {
            actions,
            every_action,
            pull,
            push,
        } => {
            let actions = match every_action {
                true => texts.every_action().to_owned(),
                false => listed(actions, texts.0),
            };
            let reason = match (pull, push) {
                (true, true) => texts.public_pull_and_push(&actions),
                (true, false) => texts.public_pull(&actions),
                (false, true) => texts.public_push(&actions),
                (false, false) => texts.public_use(&actions),
            };
            (reason, texts.public_access_remedy().into())
        }
        TrustRemark::WholeAccount { account, owner } => {
            let account = account.to_string();
            let reason = match owner {
                Some(_) => texts.whole_account_reason(&account),
                None => texts.whole_account_unless_owner(&account),
            };
            (reason, texts.whole_account_remedy().into())
        }
        TrustRemark::ServiceWithoutSource { service } => (
            texts.service_without_source_reason(service),
            texts.service_without_source_remedy().into(),
        ),
        TrustRemark::ServiceWithAnySource {
            service,
            operator,
            key,
        } => (
            texts.service_with_any_source_reason(service, operator, key),
            texts.service_with_any_source_remedy().into(),
        ),
    }
}

pub fn principal(remark: &PrincipalRemark, texts: LintTexts) -> Sentences {
    match remark {
        PrincipalRemark::DeletedPrincipal { id } => (
            texts.deleted_principal_reason(id),
            texts.deleted_principal_remedy().into(),
        ),
        PrincipalRemark::WildcardInPrincipal { principal, account } => {
            let remedy = match account {
                Some(account) => {
                    texts.wildcard_in_principal_of_account(&account.to_string(), principal)
                }
                None => texts.wildcard_in_principal_remedy().into(),
            };
            (texts.wildcard_in_principal_reason(principal), remedy)
        }
        PrincipalRemark::PrincipalNamesNothing { principal } => (
            texts.principal_names_nothing_reason(principal),
            texts.principal_names_nothing_remedy().into(),
        ),
        PrincipalRemark::NotPrincipalAllow {} => (
            texts.not_principal_allow_reason().into(),
            texts.not_principal_allow_remedy().into(),
        ),
        PrincipalRemark::NotPrincipalWithoutAccount { accounts } => {
            let accounts: Vec<_> = accounts.iter().map(ToString::to_string).collect();
            (
                texts.not_principal_without_account_reason().into(),
                texts.not_principal_without_account_remedy(&listed(&accounts, texts.0)),
            )
        }
        PrincipalRemark::NotPrincipalWithoutSession { principals } => (
            texts.not_principal_without_session_reason(&listed(principals, texts.0)),
            texts.spare_by_condition().into(),
        ),
        PrincipalRemark::NotPrincipal {} => (
            texts.not_principal_reason().into(),
            texts.spare_by_condition().into(),
        ),
    }
}
