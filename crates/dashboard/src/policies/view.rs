//! A repository policy and what its page shows of it.

use std::sync::Arc;

use access::{PrincipalGrants, every_request, policies::Document};
use model::{RegistryAlias, RepositoryName, Section, Timestamp};
use policy::{CompiledPolicy, LintOptions, Override, Remark, Resource, lint};

/// The page of a policy.
#[derive(Debug, Clone)]
pub struct PolicyDetail {
    /// The registry.
    pub registry: RegistryAlias,
    /// The repository.
    pub name: RepositoryName,
    /// The ARN, as returned by ECR.
    pub arn: String,
    /// The policy, for viewers with `ecr:GetRepositoryPolicy` and for administrators.
    pub policy: Section<PolicyView>,
    /// What the policy grants to principals of configured teams: all of the viewer's own, and those
    /// of other teams that the policy names. Administrators see all.
    pub matrix: Vec<PrincipalGrants>,
    /// Whether the viewer may also see the lifecycle policy.
    pub lifecycle: Section<()>,
    /// Whether the viewer may also see images (so that a link back makes sense).
    pub sees_images: bool,
    /// The server's time.
    pub now: Timestamp,
}

/// A policy that is set. An invalid policy grants nothing.
#[derive(Debug, Clone)]
pub struct PolicyView {
    /// When ECR returned it.
    pub read: Timestamp,
    /// The policy and its text, or why it was not understood.
    pub document: Arc<Document>,
    /// For each statement, the denies of the same policy that override it, fully or in part.
    pub overrides: Vec<Vec<Override>>,
    /// What is dangerous in it, has no effect, or does something other than it says.
    pub remarks: Vec<Remark>,
}

/// The maximum size of a policy whose allows are compared with its denies, in bytes. ECR accepts
/// 10,240 characters.
const COMPARED: usize = 40 * 1024;

impl PolicyView {
    /// Compares a policy's statements, and checks them by the rules of `gantry policy lint`. None if
    /// no policy is set.
    pub(super) fn read(
        read: Timestamp,
        document: Arc<Document>,
        resource: &Resource,
    ) -> Option<Self> {
        let compared = document.text()?.len() <= COMPARED;
        let compiled = document.compiled().ok();
        let remarks = compiled.map(|policy| {
            let owner = resource.account();
            lint(policy.policy(), LintOptions { owner })
        });
        let overrides = compiled.map(|policy| overrides(policy, resource, compared));
        Some(Self {
            read,
            overrides: overrides.unwrap_or_default(),
            remarks: remarks.unwrap_or_default(),
            document,
        })
    }
}

fn overrides(policy: &CompiledPolicy, resource: &Resource, compared: bool) -> Vec<Vec<Override>> {
    // Uses only the policy itself, because other facts about requests and principals are not
    // visible to everyone.
    let context = every_request();
    let overrides = |allow| match compared {
        true => policy.overrides(allow, resource, &context),
        false => Vec::new(),
    };
    let allows = 0..policy.policy().statements.len();
    allows.map(overrides).collect()
}
