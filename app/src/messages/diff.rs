//! The sentences of changes between two policies.

use model::{Locale, visible};
use policy::{Access, Audience, Change, DependsOn, Outcome};
use words::{diff::DiffTexts, lint::LintTexts, listed, policy::PolicyTexts};

/// A change on one line.
pub fn line(change: &Change, locale: Locale) -> String {
    let texts = DiffTexts(locale);
    let who = who(&change.principal, locale);
    // The shorter of the two lists is easier to read.
    let actions = if change.every_action {
        LintTexts(locale).every_action().to_owned()
    } else if change.other_actions.len() < change.actions.len() {
        texts.all_but(&listed(&change.other_actions, locale))
    } else {
        listed(&change.actions, locale)
    };
    let [before, after] = [&change.before, &change.after].map(|it| access(it, locale));
    visible(&match &change.resource {
        Some(resource) => texts.change_on(&who, &actions, resource, &before, &after),
        None => texts.change(&who, &actions, &before, &after),
    })
}

fn who(audience: &Audience, locale: Locale) -> String {
    let (texts, policy) = (DiffTexts(locale), PolicyTexts(locale));
    match audience {
        Audience::Holder => texts.holder().to_owned(),
        Audience::Anyone => texts.anyone().to_owned(),
        Audience::Account { account } => policy.account(&account.to_string()),
        Audience::AnyOtherOf { account } => texts.any_other_of(&account.to_string()),
        Audience::Principal { arn } => arn.clone(),
        Audience::Service { name } => policy.service(name),
        Audience::Federated { provider } => texts.federated(provider),
    }
}

fn access(access: &Access, locale: Locale) -> String {
    let texts = DiffTexts(locale);
    let allowed = match access.outcome {
        Outcome::Allowed => return texts.allowed().to_owned(),
        Outcome::ExplicitDeny => return texts.denied().to_owned(),
        Outcome::ImplicitDeny => None,
        Outcome::Conditional => Some(match conditions(&access.allowed_if, texts) {
            Some(conditions) => texts.allowed_if(&conditions),
            None => texts.allowed().to_owned(),
        }),
    };
    let delegated = (access.delegated).then(|| match conditions(&access.delegated_if, texts) {
        Some(conditions) => texts.delegated_if(&conditions),
        None => texts.delegated().to_owned(),
    });
    let access_then = match (allowed, delegated) {
        (None, None) => return texts.not_allowed().to_owned(),
        (Some(only), None) | (None, Some(only)) => only,
        (Some(allowed), Some(delegated)) => texts.either(&allowed, &delegated),
    };
    match conditions(&access.denied_if, texts) {
        Some(conditions) => texts.unless(&access_then, &conditions),
        None => access_then,
    }
}

/// Alternatives, each of conditions that must all hold. None if there is no condition.
fn conditions(alternatives: &[Vec<DependsOn>], texts: DiffTexts) -> Option<String> {
    let all = |conditions: &Vec<DependsOn>| {
        let each = conditions.iter().map(condition);
        each.reduce(|first, second| texts.and(&first, &second))
    };
    let each = alternatives.iter().filter_map(all);
    each.reduce(|first, second| texts.or(&first, &second))
}

/// A condition as written; an element has no key.
fn condition(condition: &DependsOn) -> String {
    let DependsOn {
        operator,
        key,
        values,
        ..
    } = condition;
    let space = if key.is_empty() { "" } else { " " };
    format!("{operator}{space}{key} [{}]", values.join(", "))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use policy::{Policy, PolicyKind, diff};
    use serde_json::{Value, json};

    use super::*;

    const CI: &str = "arn:aws:iam::111122223333:role/ci";

    fn lines(old: &Value, new: &Value, locale: Locale) -> Vec<String> {
        let [old, new] = [old, new].map(|statements| {
            let text = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
            Policy::parse(text, PolicyKind::Repository).unwrap()
        });
        diff(&old, &new)
            .iter()
            .map(|change| line(change, locale))
            .collect()
    }

    #[test]
    fn a_change_names_the_principal_the_actions_and_both_decisions() {
        let pull =
            json!({"Effect": "Allow", "Principal": {"AWS": CI}, "Action": "ecr:BatchGetImage"});
        let push = json!({"Effect": "Allow", "Principal": {"AWS": CI}, "Action": ["ecr:PutImage", "ecr:UploadLayerPart"]});
        let (old, new) = (json!([pull]), json!([pull, push]));
        assert_eq!(
            lines(&old, &new, Locale::En),
            [
                "arn:aws:iam::111122223333:role/ci: ecr:PutImage and ecr:UploadLayerPart: not allowed -> allowed"
            ]
        );
        assert_eq!(
            lines(&new, &old, Locale::Zh),
            [
                "arn:aws:iam::111122223333:role/ci：ecr:PutImage、ecr:UploadLayerPart：允许 -> 未允许"
            ]
        );
    }

    #[test]
    fn a_change_names_the_conditions_and_what_is_left_to_the_account() {
        let any =
            json!({"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "ecr:*"});
        let mut narrow = any.clone();
        narrow["Condition"] = json!({
            "StringEquals": {"aws:PrincipalOrgID": "o-1"},
            "IpAddress": {"aws:SourceIp": "203.0.113.0/24"},
        });
        let lines = lines(&json!([any]), &json!([narrow]), Locale::En);
        let conditions =
            "IpAddress aws:SourceIp [203.0.113.0/24] and StringEquals aws:PrincipalOrgID [o-1]";
        for expected in [
            format!(
                "account 444455556666 as a whole: all actions: allowed -> allowed if {conditions}"
            ),
            format!(
                "any other role or user of account 444455556666: all actions: allowed if the IAM of its account allows it \
                 -> allowed if the IAM of its account allows it and {conditions}"
            ),
        ] {
            assert!(lines.contains(&expected), "{expected}\n{lines:#?}");
        }
    }
}
