//! What ECR accepts as a policy text, and whether a text would lock its author out.
//!
//! ecr-local stores policies and returns them as they were sent. It does not enforce them, because it has no identity
//! policies. See <https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html>.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::names::matches_wildcard;
use super::{Caller, EcrError, ErrorKind, Registry};

/// The service model's limit for `policyText`, in characters.
const MAX_TEXT: usize = 10_240;

/// The resource that a policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PolicyKind {
    /// A repository: statements have no Resource.
    Repository,
    /// The registry: statements have a Resource.
    Registry,
}

impl Registry {
    /// Sets the repository policy. A text that would prevent `caller` from ever changing it again is refused, unless
    /// `force` is set.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `InvalidParameterException`.
    pub fn set_repository_policy(
        &self,
        repository: &str,
        text: &str,
        force: bool,
        caller: &Caller,
    ) -> Result<(), EcrError> {
        self.change(repository, |repository| {
            check_policy(PolicyKind::Repository, text)?;
            if !force && locks_out(text, caller) {
                return Err(EcrError::new(
                    ErrorKind::InvalidParameter,
                    "Invalid parameter at 'PolicyText': the policy would keep you from setting a policy again; send force to set it nevertheless",
                ));
            }
            repository.policy = Some(text.to_owned());
            Ok(())
        })
    }

    /// Sets the registry policy.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub fn set_registry_policy(&self, text: &str) -> Result<(), EcrError> {
        check_policy(PolicyKind::Registry, text)?;
        self.account().policy = Some(text.to_owned());
        Ok(())
    }
}

/// Refuses a text that ECR would refuse.
fn check_policy(kind: PolicyKind, text: &str) -> Result<(), EcrError> {
    if text.chars().count() > MAX_TEXT {
        return Err(EcrError::invalid(
            "PolicyText",
            "Member must have length less than or equal to 10240",
        ));
    }
    let policy: Value = serde_json::from_str(text).map_err(|error| invalid(&error.to_string()))?;
    let policy = policy.as_object().ok_or_else(|| invalid("not an object"))?;
    allow_keys(policy, &["Version", "Id", "Statement"])?;
    match policy.get("Version").map(Value::as_str) {
        None | Some(Some("2012-10-17" | "2008-10-17")) => {}
        _ => return Err(invalid("Version must be 2012-10-17 or 2008-10-17")),
    }
    let statements = statements(policy);
    if statements.is_empty() {
        return Err(invalid("Statement is missing or empty"));
    }
    let mut ids = HashSet::new();
    for statement in statements {
        let statement = statement
            .as_object()
            .ok_or_else(|| invalid("a Statement is no object"))?;
        check_statement(kind, statement)?;
        if let Some(id) = statement.get("Sid")
            && !ids.insert(id.to_string())
        {
            return Err(invalid("Statement ids are not unique"));
        }
    }
    Ok(())
}

fn check_statement(kind: PolicyKind, statement: &Map<String, Value>) -> Result<(), EcrError> {
    let mut keys = vec![
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Condition",
    ];
    if kind == PolicyKind::Registry {
        keys.push("Resource");
        keys.push("NotResource");
        one_of(statement, "Resource", "NotResource")?;
    }
    allow_keys(statement, &keys)?;
    match statement.get("Effect").and_then(Value::as_str) {
        Some("Allow" | "Deny") => {}
        _ => return Err(invalid("Effect must be Allow or Deny")),
    }
    if statement.get("Sid").is_some_and(|id| !id.is_string()) {
        return Err(invalid("Sid must be a string"));
    }
    if statement
        .get("Condition")
        .is_some_and(|condition| !condition.is_object())
    {
        return Err(invalid("Condition must be an object"));
    }
    check_principal(one_of(statement, "Principal", "NotPrincipal")?)?;
    let actions = words(one_of(statement, "Action", "NotAction")?)
        .ok_or_else(|| invalid("Action must be a string or a list of strings"))?;
    if actions.is_empty() || !actions.iter().all(|action| is_action(action)) {
        return Err(invalid("Action must name actions of ecr"));
    }
    Ok(())
}

fn is_action(action: &str) -> bool {
    action == "*"
        || action
            .to_ascii_lowercase()
            .strip_prefix("ecr:")
            .is_some_and(|operation| {
                !operation.is_empty()
                    && operation
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"*?".contains(&byte))
            })
}

fn check_principal(principal: &Value) -> Result<(), EcrError> {
    let is_known = match principal {
        Value::String(text) => text == "*",
        Value::Object(kinds) => {
            !kinds.is_empty()
                && kinds.iter().all(|(kind, names)| {
                    matches!(
                        kind.as_str(),
                        "AWS" | "Service" | "Federated" | "CanonicalUser"
                    ) && words(names).is_some_and(|names| {
                        !names.is_empty()
                            && names
                                .iter()
                                .all(|name| kind != "AWS" || is_aws_principal(name))
                    })
                })
        }
        _ => false,
    };
    is_known
        .then_some(())
        .ok_or_else(|| invalid("Principal is not one that ECR knows"))
}

/// `*`, an account, an ARN of iam or sts without a wildcard, or the unique ID of a deleted principal.
fn is_aws_principal(name: &str) -> bool {
    let is_account = name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_digit());
    let is_arn = name.starts_with("arn:aws") && !name.contains('*') && {
        let parts: Vec<&str> = name.splitn(6, ':').collect();
        parts.len() == 6 && matches!(parts[2], "iam" | "sts") && !parts[5].is_empty()
    };
    let is_unique_id = (name.starts_with("AROA") || name.starts_with("AIDA"))
        && name.len() >= 16
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    name == "*" || is_account || is_arn || is_unique_id
}

/// Whether a Deny without a condition prevents the caller from setting the policy again. ECR refuses such a text
/// unless the request sets `force`.
fn locks_out(text: &str, caller: &Caller) -> bool {
    let Ok(Value::Object(policy)) = serde_json::from_str::<Value>(text) else {
        return false;
    };
    statements(&policy)
        .into_iter()
        .filter_map(Value::as_object)
        .any(|statement| {
            statement.get("Effect").and_then(Value::as_str) == Some("Deny")
                && !statement.contains_key("Condition")
                && covers_set_policy(statement)
                && concerns(statement, caller)
        })
}

fn covers_set_policy(statement: &Map<String, Value>) -> bool {
    let names = |key: &str| {
        statement.get(key).and_then(words).map(|patterns| {
            patterns.iter().any(|pattern| {
                matches_wildcard(&pattern.to_ascii_lowercase(), "ecr:setrepositorypolicy")
            })
        })
    };
    names("Action").unwrap_or(false) || names("NotAction").is_some_and(|spared| !spared)
}

fn concerns(statement: &Map<String, Value>, caller: &Caller) -> bool {
    let names = |key: &str| {
        statement.get(key).map(|principal| match principal {
            Value::String(text) => text == "*",
            other => other
                .get("AWS")
                .and_then(words)
                .is_some_and(|names| names.iter().any(|name| is_caller(name, caller))),
        })
    };
    names("Principal").unwrap_or(false) || names("NotPrincipal").is_some_and(|spared| !spared)
}

fn is_caller(name: &str, caller: &Caller) -> bool {
    name == "*"
        || name == caller.arn
        || name == caller.account
        || name.ends_with(&format!(":iam::{}:root", caller.account))
        || caller.role_arn().is_some_and(|role| role == name)
}

fn statements(policy: &Map<String, Value>) -> Vec<&Value> {
    match policy.get("Statement") {
        Some(Value::Array(statements)) => statements.iter().collect(),
        Some(statement) => vec![statement],
        None => Vec::new(),
    }
}

/// A string, or a list that contains only strings.
fn words(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::String(word) => Some(vec![word]),
        Value::Array(words) => words.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

fn one_of<'a>(
    statement: &'a Map<String, Value>,
    key: &str,
    other: &str,
) -> Result<&'a Value, EcrError> {
    match (statement.get(key), statement.get(other)) {
        (Some(value), None) | (None, Some(value)) => Ok(value),
        _ => Err(invalid(&format!(
            "a statement must have either {key} or {other}"
        ))),
    }
}

fn allow_keys(object: &Map<String, Value>, keys: &[&str]) -> Result<(), EcrError> {
    match object.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => Err(invalid(&format!("{key} is not allowed here"))),
        None => Ok(()),
    }
}

fn invalid(why: &str) -> EcrError {
    EcrError::invalid(
        "PolicyText",
        &format!("Invalid repository policy provided: {why}"),
    )
}
