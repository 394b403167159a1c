//! How to fix a finding.

use super::super::{
    ActionRemark, ConditionRemark, PrincipalRemark, StatementRemark, TrustRemark, ValueRemark,
    conditions::KeyKind,
};

pub(super) fn trust(remark: &TrustRemark) -> String {
    match remark {
        TrustRemark::PublicAccess { .. } => {
            "Name the accounts or roles, or add a condition such as \
             StringEquals aws:PrincipalOrgID."
                .to_owned()
        }
        TrustRemark::WholeAccount { .. } => "Name its roles instead, or add a condition on \
             aws:PrincipalOrgID or aws:PrincipalArn."
            .to_owned(),
        TrustRemark::ServiceWithoutSource { .. } => {
            "Add a condition on aws:SourceArn or aws:SourceAccount.".to_owned()
        }
        TrustRemark::ServiceWithAnySource { .. } => {
            "Write the account's ID without wildcards, and use an operator without Not, IfExists or \
             ForAllValues."
                .to_owned()
        }
    }
}

pub(super) fn principal(remark: &PrincipalRemark) -> String {
    match remark {
        PrincipalRemark::DeletedPrincipal { .. } => {
            "Remove it, or name the ARN of the one that took its place.".to_owned()
        }
        PrincipalRemark::WildcardInPrincipal {
            principal, account, ..
        } => match account {
            Some(account) => format!(
                "Name account {account} and add the condition ArnLike aws:PrincipalArn \
                 \"{principal}\"."
            ),
            None => "Name each principal, or put the pattern into a condition ArnLike \
                     aws:PrincipalArn."
                .to_owned(),
        },
        PrincipalRemark::PrincipalNamesNothing { .. } => {
            "Write an account id or the ARN of a role or \
             user under AWS, or the name of a service, such as lambda.amazonaws.com, under Service."
                .to_owned()
        }
        PrincipalRemark::NotPrincipalAllow {} => {
            "List the permitted principals under Principal, and deny the others.".to_owned()
        }
        PrincipalRemark::NotPrincipalWithoutAccount { accounts } => {
            let roots: Vec<_> = accounts.iter().map(ToString::to_string).collect();
            format!(
                "List {} too, or better use Principal \"*\" with ArnNotEquals aws:PrincipalArn.",
                roots.join(", ")
            )
        }
        PrincipalRemark::NotPrincipalWithoutSession { .. } | PrincipalRemark::NotPrincipal {} => {
            "Use Principal \"*\" with a condition ArnNotEquals aws:PrincipalArn.".to_owned()
        }
    }
}

pub(super) fn action(remark: &ActionRemark) -> String {
    match remark {
        ActionRemark::UnknownAction {
            nearest: Some(nearest),
            ..
        }
        | ActionRemark::OtherService {
            nearest: Some(nearest),
            ..
        } => format!("Write {nearest}, if that is meant."),
        ActionRemark::UnknownAction { .. } | ActionRemark::PatternWithoutAction { .. } => {
            "Look the name up in the Service Authorization Reference.".to_owned()
        }
        ActionRemark::OtherService { .. } | ActionRemark::RedundantAction { .. } => {
            "Remove it.".to_owned()
        }
        ActionRemark::NotOnRepositories { .. } => {
            "Remove it, and allow it by a policy of the role or user.".to_owned()
        }
        ActionRemark::NotActionAllow {} => "List what is allowed under Action.".to_owned(),
        ActionRemark::IncompletePull { .. } | ActionRemark::IncompletePush { .. } => {
            "Add what is wanting, unless policies of the roles or users allow it.".to_owned()
        }
    }
}

pub(super) fn condition(remark: &ConditionRemark) -> String {
    match remark {
        ConditionRemark::KeyNeverThere {
            nearest: Some(nearest),
            ..
        } => format!("Write {nearest}, if that is meant."),
        ConditionRemark::KeyNeverThere { .. } => {
            "Remove the condition, or give it a statement of its own with the actions that have the \
             key."
                .to_owned()
        }
        ConditionRemark::TagKeyMissing { key } => {
            format!("Write {}/ and the key of the tag.", key.trim_end_matches('/'))
        }
        ConditionRemark::ForAllValuesAllow { key, .. } => {
            format!("Add the condition Null {key} \"false\".")
        }
        ConditionRemark::NeedsSetOperator { operator, .. } => {
            format!("Write ForAnyValue:{operator} or ForAllValues:{operator}.")
        }
        ConditionRemark::NeedlessSetOperator { operator, .. } => {
            let plain = operator.split(':').next_back().unwrap_or(operator);
            format!("Write {plain}.")
        }
        ConditionRemark::OperatorDoesNotFit { key_is, .. } => match key_is {
            KeyKind::Address => "Use IpAddress or NotIpAddress.",
            KeyKind::Moment => "Use one of the Date operators.",
            KeyKind::Number => "Use one of the Numeric operators.",
            KeyKind::Text => "Use one of the String operators.",
        }
        .to_owned(),
    }
}

pub(super) fn value(remark: &ValueRemark) -> String {
    match remark {
        ValueRemark::UnreadableValue { .. } => "Correct the value, or choose another operator.",
        ValueRemark::BothBooleans { .. } => "Keep the one that is meant.",
        ValueRemark::WildcardIsLiteral { .. } => "Use StringLike or StringNotLike.",
        ValueRemark::VariableIsLiteral { .. } => "Set Version to 2012-10-17.",
        ValueRemark::VariableNotClosed { .. } => "Close it, or write ${$} for a dollar sign.",
        ValueRemark::VariableMalformed { .. } => {
            "Write ${key} or ${key, 'default'}, or ${$} for a dollar sign."
        }
        ValueRemark::VariableNeverThere { .. } => "Correct the name of the key.",
        ValueRemark::PrivateAddress { .. } => {
            "Write public addresses. For requests through a VPC endpoint, use aws:VpcSourceIp together \
             with aws:SourceVpc."
        }
        ValueRemark::WildcardCrossesColons { instead, .. } => {
            return format!("Use {instead} and write all six parts of the ARN.");
        }
    }
    .to_owned()
}

pub(super) fn statement(remark: &StatementRemark) -> String {
    match remark {
        StatementRemark::Unreachable { .. } => "Remove the statement.",
        StatementRemark::Shadowed { .. } => {
            "Remove the denied actions, or exclude the intended principals from the deny."
        }
        StatementRemark::ResourceInRepositoryPolicy {} => "Remove the element.",
        StatementRemark::RegistryWithoutResource {} => {
            "Add Resource with the ARNs of the repositories, or \"*\"."
        }
        StatementRemark::DuplicateSid { .. } => "Give it another Sid.",
        StatementRemark::LocksOut { .. } => {
            "Leave the actions that set and delete the policy out of it, or exempt an administrator by \
             a condition ArnNotEquals aws:PrincipalArn."
        }
        StatementRemark::Size { .. } => {
            "Put statements of the same conditions together, or name an organisation instead of its \
             accounts."
        }
    }
    .to_owned()
}
