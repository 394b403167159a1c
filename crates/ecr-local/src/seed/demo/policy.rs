//! A repository policy as data, with its elements in the usual order.

use serde::Serialize;
use serde_json::{Value, json};

/// The actions to view a repository, without its content.
pub const SEE: &[&str] = &[
    "ecr:DescribeRepositories",
    "ecr:DescribeImages",
    "ecr:ListImages",
    "ecr:DescribeImageScanFindings",
    "ecr:GetRepositoryPolicy",
    "ecr:GetLifecyclePolicy",
    "ecr:ListTagsForResource",
];
/// The actions for `docker pull`.
pub const PULL: &[&str] = &[
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchCheckLayerAvailability",
];
/// The actions for `docker push`, in addition to [`PULL`].
pub const PUSH: &[&str] = &[
    "ecr:InitiateLayerUpload",
    "ecr:UploadLayerPart",
    "ecr:CompleteLayerUpload",
    "ecr:PutImage",
];
/// The actions to preview lifecycle policies and to start scans.
pub const TEND: &[&str] = &[
    "ecr:StartLifecyclePolicyPreview",
    "ecr:GetLifecyclePolicyPreview",
    "ecr:StartImageScan",
];

/// A policy document.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Policy {
    version: &'static str,
    statement: Vec<Statement>,
}

/// One statement of a policy.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Statement {
    sid: &'static str,
    effect: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    principal: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_principal: Option<Value>,
    action: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Value>,
}

impl Policy {
    /// A policy in the current version of the language.
    pub fn new(statement: Vec<Statement>) -> Self {
        Self {
            version: "2012-10-17",
            statement,
        }
    }

    /// The policy's text, indented as in the AWS console.
    ///
    /// # Errors
    /// Never for the values of this module; the type comes from the serializer.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}

impl Statement {
    /// Grants groups of actions to principals.
    pub fn allow(sid: &'static str, principals: &[&str], actions: &[&[&'static str]]) -> Self {
        Self::of("Allow", sid, actions).with_principal(json!({"AWS": principals}))
    }

    /// Grants groups of actions to everyone who can reach the registry.
    pub fn allow_everyone(sid: &'static str, actions: &[&[&'static str]]) -> Self {
        Self::of("Allow", sid, actions).with_principal(json!("*"))
    }

    /// Denies groups of actions to principals.
    pub fn deny(sid: &'static str, principals: &[&str], actions: &[&[&'static str]]) -> Self {
        Self::of("Deny", sid, actions).with_principal(json!({"AWS": principals}))
    }

    /// Denies groups of actions to everyone except the given principals.
    pub fn deny_all_but(
        sid: &'static str,
        principals: &[&str],
        actions: &[&[&'static str]],
    ) -> Self {
        let mut statement = Self::of("Deny", sid, actions);
        statement.not_principal = Some(json!({"AWS": principals}));
        statement
    }

    /// The same statement with a condition.
    pub fn when(mut self, condition: Value) -> Self {
        self.condition = Some(condition);
        self
    }

    /// The same statement for a resource. Only a registry policy has one.
    pub fn on(mut self, resource: String) -> Self {
        self.resource = Some(resource);
        self
    }

    fn of(effect: &'static str, sid: &'static str, actions: &[&[&'static str]]) -> Self {
        Self {
            sid,
            effect,
            principal: None,
            not_principal: None,
            action: actions.concat(),
            resource: None,
            condition: None,
        }
    }

    fn with_principal(mut self, principal: Value) -> Self {
        self.principal = Some(principal);
        self
    }
}
