//! What tests evaluate: policies and a request, as plain data that both the crate and the reference read.

use std::sync::Arc;

use policy::{
    Account, ActionName, CompiledPolicy, Context, Decision, Explanation, Identity, Mode, Policies,
    Policy, Principal, Request, Resource, Subject,
};

/// Keys with their values. A key without values is known to be missing.
pub type Keys = Vec<(String, Vec<String>)>;

/// What is known about the identity side.
#[derive(Debug, Clone)]
pub enum IdentitySide {
    /// Nothing.
    Unseen,
    /// The operator vouches for it.
    Assumed,
    /// All of its policies.
    Known(Vec<Policy>),
}

/// The policies that decide.
#[derive(Debug, Clone)]
pub struct Rules {
    pub repository: Option<Policy>,
    pub registry: Option<Policy>,
    pub identity: IdentitySide,
}

/// A request.
#[derive(Debug, Clone)]
pub struct Question {
    pub principal: String,
    /// Whether the request is about a role in an unknown session.
    pub any_session: bool,
    pub tags: Vec<(String, String)>,
    pub action: String,
    pub resource: String,
    /// If it is not given, the account in the resource's ARN is used.
    pub resource_account: Option<String>,
    /// All of the repository's tags, if they are known.
    pub resource_tags: Option<Vec<(String, String)>>,
    pub context: Keys,
}

impl Question {
    /// Passes the request in the crate's form to `ask`, because it borrows its parts.
    pub fn put<T>(&self, ask: impl FnOnce(&Request<'_>) -> T) -> T {
        let mut principal = Principal::parse(&self.principal).unwrap();
        if self.any_session {
            principal = principal.in_any_session();
        }
        let tags = self.tags.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        let account = self.resource_account.as_deref();
        let account = account.map(|account| Account::parse(account).unwrap());
        let mut resource = Resource::new(&self.resource, account);
        if let Some(tags) = &self.resource_tags {
            resource = resource.with_tags(tags.iter().map(|(k, v)| (k.as_str(), v.as_str())));
        }
        let mut context = Context::default();
        for (key, values) in &self.context {
            context.set(key, values.iter().map(String::as_str));
        }
        ask(&Request {
            subject: &Subject::new(principal, tags),
            action: &ActionName::new(&self.action),
            resource: &resource,
            context: &context,
        })
    }
}

/// The policies in the crate's form.
pub struct Compiled {
    pub repository: Option<CompiledPolicy>,
    pub registry: Option<CompiledPolicy>,
    side: IdentitySide,
    identity: Vec<Arc<CompiledPolicy>>,
}

impl Compiled {
    pub fn new(rules: &Rules) -> Self {
        let identity = match &rules.identity {
            IdentitySide::Known(policies) => policies.as_slice(),
            IdentitySide::Unseen | IdentitySide::Assumed => &[],
        };
        let compile = |policy: &Policy| CompiledPolicy::new(policy.clone());
        Self {
            repository: rules.repository.as_ref().map(compile),
            registry: rules.registry.as_ref().map(compile),
            side: rules.identity.clone(),
            identity: identity.iter().map(compile).map(Arc::new).collect(),
        }
    }

    pub fn identity(&self) -> Identity<'_> {
        match self.side {
            IdentitySide::Unseen => Identity::Unseen,
            IdentitySide::Assumed => Identity::Assumed,
            IdentitySide::Known(_) => Identity::Policies(&self.identity),
        }
    }

    pub fn policies(&self) -> Policies<'_> {
        Policies {
            repository: self.repository.as_ref(),
            registry: self.registry.as_ref(),
            identity: self.identity(),
        }
    }

    pub fn decide(&self, question: &Question, mode: Mode) -> Decision {
        question.put(|request| self.policies().decide(request, mode))
    }

    pub fn explain(&self, question: &Question, mode: Mode) -> Explanation {
        question.put(|request| self.policies().explain(request, mode))
    }
}
