//! What was found and why it matters.

use super::super::{
    ActionRemark, ConditionRemark, PrincipalRemark, StatementLabel, StatementRemark, TrustRemark,
    ValueRemark, conditions::KeyKind,
};
use crate::{Account, condition::VariableFault, document::Effect};

pub(super) fn trust(remark: &TrustRemark) -> String {
    match remark {
        TrustRemark::PublicAccess {
            actions,
            every_action,
            pull,
            push,
        } => {
            let what = match (pull, push) {
                (true, true) => "pull and push images",
                (true, false) => "pull images",
                (false, true) => "push images",
                (false, false) => "use the repository",
            };
            let actions = if *every_action {
                "every action".to_owned()
            } else {
                actions.join(", ")
            };
            format!("Anyone with an AWS account may {what} ({actions}).")
        }
        TrustRemark::WholeAccount {
            account,
            owner: Some(_),
        } => format!(
            "Account {account} is trusted as a whole: its administrators decide who may act here."
        ),
        TrustRemark::WholeAccount {
            account,
            owner: None,
        } => format!(
            "Account {account} is trusted as a whole. Unless it owns the repository, its \
             administrators decide who may act here."
        ),
        TrustRemark::ServiceWithoutSource { service } => {
            format!("{service} may act here on behalf of any account.")
        }
        TrustRemark::ServiceWithAnySource {
            service,
            operator,
            key,
        } => format!(
            "{service} may act here on behalf of any account: {operator} {key} does not limit the \
             account."
        ),
    }
}

pub(super) fn principal(remark: &PrincipalRemark) -> String {
    match remark {
        PrincipalRemark::DeletedPrincipal { id } => format!(
            "{id} is the ID of a deleted role or user. It does not match a new one of the same \
             name."
        ),
        PrincipalRemark::WildcardInPrincipal { principal, .. } => {
            format!(
                "A wildcard inside a principal matches nothing: no principal is named {principal}."
            )
        }
        PrincipalRemark::PrincipalNamesNothing { principal } => {
            format!("No request comes from \"{principal}\".")
        }
        PrincipalRemark::NotPrincipalAllow {} => {
            "NotPrincipal with Allow means everyone in the world \
             but a few, and AWS does not support it."
                .to_owned()
        }
        PrincipalRemark::NotPrincipalWithoutAccount { .. } => {
            "This denies to the listed principals \
             too, since their accounts are not listed beside them."
                .to_owned()
        }
        PrincipalRemark::NotPrincipalWithoutSession { principals } => format!(
            "AWS may compare the account, the role and the session. This may deny {} too, unless \
             the account, the role and each of its sessions are listed.",
            principals.join(", ")
        ),
        PrincipalRemark::NotPrincipal {} => {
            "NotPrincipal is easily misread, and AWS advises against it.".to_owned()
        }
    }
}

pub(super) fn action(remark: &ActionRemark) -> String {
    match remark {
        ActionRemark::UnknownAction { action, .. } => {
            format!("Amazon ECR has no action {action}.")
        }
        ActionRemark::PatternWithoutAction { pattern } => {
            format!("No action of Amazon ECR matches {pattern}.")
        }
        ActionRemark::OtherService { action, .. } => {
            format!("{action} is no action of Amazon ECR, so this policy has no say in it.")
        }
        ActionRemark::NotOnRepositories { action } => {
            format!("{action} is asked for on the registry as a whole, never on a repository.")
        }
        ActionRemark::RedundantAction { action, covered_by } => {
            format!("{action} is covered by {covered_by}.")
        }
        ActionRemark::NotActionAllow {} => {
            "NotAction with Allow allows every other action, those too \
             that Amazon ECR has yet to get."
                .to_owned()
        }
        ActionRemark::IncompletePull { missing } => format!(
            "Layers may be downloaded, but to pull an image takes {} too.",
            missing.join(", ")
        ),
        ActionRemark::IncompletePush { missing } => format!(
            "Layers may be uploaded, but to push an image takes {} too.",
            missing.join(", ")
        ),
    }
}

pub(super) fn condition(remark: &ConditionRemark) -> String {
    match remark {
        ConditionRemark::KeyNeverThere { key, had_by, .. } if had_by.is_empty() => {
            format!("No request to Amazon ECR has the key {key}.")
        }
        ConditionRemark::KeyNeverThere { key, had_by, .. } => {
            format!(
                "Only requests for {} have the key {key}.",
                had_by.join(", ")
            )
        }
        ConditionRemark::TagKeyMissing { key } => format!("{key} does not say which tag."),
        ConditionRemark::ForAllValuesAllow { operator, key } => {
            format!("{operator} also holds where a request has no {key}, and then allows.")
        }
        ConditionRemark::NeedsSetOperator { operator, key } => {
            format!("{key} may have several values, which {operator} by itself does not compare.")
        }
        ConditionRemark::NeedlessSetOperator { operator, key } => {
            format!("{key} has one value: {operator} does not need its prefix.")
        }
        ConditionRemark::OperatorDoesNotFit {
            operator,
            key,
            key_is,
        } => {
            let what = match key_is {
                KeyKind::Address => "an address",
                KeyKind::Moment => "a point in time",
                KeyKind::Number => "a number",
                KeyKind::Text => "neither an address nor a point in time",
            };
            format!("{key} is {what}, and {operator} does not read it so.")
        }
    }
}

pub(super) fn value(remark: &ValueRemark) -> String {
    match remark {
        ValueRemark::UnreadableValue {
            operator,
            key,
            value,
        } => format!("\"{value}\" is nothing that {operator} can compare {key} with."),
        ValueRemark::BothBooleans { key, .. } => {
            format!("True and false are both listed for {key}, which is no condition.")
        }
        ValueRemark::WildcardIsLiteral { operator, value } => {
            format!("In \"{value}\" the wildcard stands for itself: {operator} has none.")
        }
        ValueRemark::VariableIsLiteral { text } => format!(
            "The variable in \"{text}\" stands for itself: variables are read in Version 2012-10-17 \
             only."
        ),
        ValueRemark::VariableNotClosed { text } => {
            format!(
                "A variable in \"{text}\" has no closing brace, or no quotation mark before it. AWS \
                 does not document what the text matches."
            )
        }
        ValueRemark::VariableMalformed { text, fault } => {
            let fault = match fault {
                VariableFault::Empty => "has no name",
                VariableFault::Space => "has a space in or beside its name",
                VariableFault::Quote => {
                    "needs its default in single quotation marks, after a comma and one space"
                }
                VariableFault::Sign => "has a sign in its name that no key has",
            };
            format!(
                "A variable in \"{text}\" {fault}. AWS does not document what the text matches."
            )
        }
        ValueRemark::WildcardCrossesColons {
            operator, value, ..
        } => format!(
            "{operator} compares texts: the * in \"{value}\" matches colons too, so the value can \
             match ARNs of other services and accounts."
        ),
        ValueRemark::PrivateAddress { key, addresses, .. } => format!(
            "{key} is never a private address such as {}. A request over the internet has a public \
             address, and a request through a VPC endpoint has no {key}.",
            addresses.first().map_or("", String::as_str)
        ),
        ValueRemark::VariableNeverThere { key } => {
            format!("No request has the key {key}, so that nothing equals a text with it.")
        }
    }
}

pub(super) fn statement(remark: &StatementRemark) -> String {
    match remark {
        StatementRemark::Unreachable { by, effect } => {
            let does = match effect {
                Effect::Allow => "allows",
                Effect::Deny => "denies",
            };
            format!("This changes nothing: {by} {does} all of it already.")
        }
        StatementRemark::Shadowed {
            by,
            actions,
            wholly,
        } => {
            let what = if *wholly {
                "All of this".to_owned()
            } else {
                actions.join(", ")
            };
            let by: Vec<_> = by.iter().map(ToString::to_string).collect();
            format!("{what} is always denied by {}.", by.join(", "))
        }
        StatementRemark::ResourceInRepositoryPolicy {} => {
            "A repository's policy is about that repository, and has no Resource.".to_owned()
        }
        StatementRemark::RegistryWithoutResource {} => {
            "A statement of a registry's policy has to say which repositories it is about."
                .to_owned()
        }
        StatementRemark::DuplicateSid { sid, first } => {
            format!("Statement #{first} has the Sid {sid} too; a Sid stands once in a policy.")
        }
        StatementRemark::LocksOut { by, account, owner } => locks_out(by, *account, *owner),
        StatementRemark::Size { characters, limit } => {
            format!("The policy has {characters} of {limit} characters.")
        }
    }
}

fn locks_out(by: &[StatementLabel], account: Option<Account>, owner: Option<Account>) -> String {
    let subject = match by {
        [] | [_] => "This lets".to_owned(),
        several => {
            let labels: Vec<_> = several.iter().map(ToString::to_string).collect();
            format!("Together, the statements {} let", labels.join(", "))
        }
    };
    match (account, owner) {
        (None, _) => {
            format!("{subject} nobody set or delete this policy, not even its owner.")
        }
        (Some(account), Some(_)) => format!(
            "{subject} nobody in account {account} set or delete this policy, and that account owns it."
        ),
        (Some(account), None) => format!(
            "{subject} nobody in account {account} set or delete this policy. If that account owns \
             it, its owner cannot change it any more."
        ),
    }
}
