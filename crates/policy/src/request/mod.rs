//! A request: a principal, an action, a resource, and what else is known.

mod context;
mod principal;

use crate::{
    actions::{self, ActionId},
    arn::{Account, Arn},
};

pub use context::Context;
pub(crate) use context::{fold, same_beyond_ascii};
pub use principal::{Kind, Principal, PrincipalError};

/// A principal with the keys derived from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    principal: Principal,
    keys: Context,
    /// Whether its keys have the ARN of its role without the path, because the path is not known.
    lacks_path: bool,
}

impl Subject {
    /// A principal and its tags.
    pub fn new<'a>(
        principal: Principal,
        tags: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let mut keys = principal.keys();
        for (tag, value) in tags {
            keys.set(&format!("aws:PrincipalTag/{tag}"), [value]);
        }
        Self {
            lacks_path: matches!(principal.kind(), Kind::Session { .. }),
            principal,
            keys,
        }
    }

    /// A principal about which only its name is known.
    pub(crate) fn unknown(principal: Principal) -> Self {
        Self {
            principal,
            keys: Context::default(),
            lacks_path: false,
        }
    }

    /// Adds keys that belong to the principal, such as `aws:PrincipalOrgID`, or the `aws:PrincipalArn` of a session,
    /// whose own ARN does not contain the path of its role.
    pub fn with<'a>(mut self, keys: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        for (key, value) in keys {
            self.lacks_path &= !key.eq_ignore_ascii_case(PRINCIPAL_ARN);
            self.keys.set(key, [value]);
        }
        self
    }

    /// The principal.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }
}

/// An IAM action, such as `ecr:PutImage`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionName {
    pub(crate) id: Option<ActionId>,
    /// As written.
    pub(crate) name: Box<str>,
    /// In lower case.
    pub(crate) folded: Box<str>,
}

impl ActionName {
    /// Creates an action from its name, in any case.
    pub fn new(name: &str) -> Self {
        let folded = fold(name);
        Self {
            id: actions::find(&folded),
            name: name.into(),
            folded,
        }
    }
}

/// The key for the ARN of the role, user or account that makes the request.
const PRINCIPAL_ARN: &str = "aws:principalarn";

/// The two names of a resource tag's key.
pub(crate) const RESOURCE_TAGS: [&str; 2] = ["aws:resourcetag/", "ecr:resourcetag/"];

/// Whether a condition key is a tag of the resource.
pub fn is_resource_tag(key: &str) -> bool {
    let key = fold(key);
    RESOURCE_TAGS.iter().any(|prefix| key.starts_with(prefix))
}

/// The resource of a request: a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    arn: Box<str>,
    account: Option<Account>,
    keys: Context,
}

impl Resource {
    /// A resource by its ARN. `account` is the owner; if it is None, the account in the ARN is used.
    pub fn new(arn: &str, account: Option<Account>) -> Self {
        let account = account.or_else(|| Account::parse(Arn::split(arn)?.account));
        let mut keys = Context::default();
        if let Some(account) = account {
            keys.set("aws:ResourceAccount", [account.to_string()]);
        }
        Self {
            arn: arn.into(),
            account,
            keys,
        }
    }

    /// Adds its resource tags: all of them, so that any other tag is known to be missing.
    pub fn with_tags<'a>(mut self, tags: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        for (tag, value) in tags {
            for prefix in RESOURCE_TAGS {
                self.keys.set(&format!("{prefix}{tag}"), [value]);
            }
        }
        for prefix in RESOURCE_TAGS {
            self.keys.set_complete(prefix);
        }
        self
    }

    /// The same resource for someone who may not know its tags.
    #[must_use]
    pub fn without_tags(&self) -> Self {
        let mut resource = self.clone();
        for prefix in RESOURCE_TAGS {
            resource.keys.forget(prefix);
        }
        resource
    }

    /// Adds keys that belong to the resource, such as `aws:RequestedRegion`.
    pub fn with<'a>(mut self, keys: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        for (key, value) in keys {
            self.keys.set(key, [value]);
        }
        self
    }

    /// The ARN.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// The account that owns it.
    pub fn account(&self) -> Option<Account> {
        self.account
    }
}

/// A request to evaluate.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The principal.
    pub subject: &'a Subject,
    /// The action.
    pub action: &'a ActionName,
    /// The resource.
    pub resource: &'a Resource,
    /// What else is known. An entry here overrides a key derived from principal or resource.
    pub context: &'a Context,
}

/// The value of a condition key in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    /// These values: one or more.
    Values(&'a [Box<str>]),
    /// The ARN of this role, with any path.
    WithSomePath(&'a str),
    /// The request does not have it.
    Absent,
    /// The key is not known.
    Unknown,
}

/// How condition keys that are not known are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// As missing from the request, as in IAM.
    Strict,
    /// As not known: everything that depends on them is not known either.
    ThreeValued,
}

/// A request in the form that conditions use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) subject: &'a Subject,
    pub(crate) resource: &'a Resource,
    pub(crate) context: &'a Context,
    pub(crate) mode: Mode,
}

impl<'a> Scene<'a> {
    pub(crate) fn of(request: &Request<'a>, mode: Mode) -> Self {
        Self {
            subject: request.subject,
            resource: request.resource,
            context: request.context,
            mode,
        }
    }

    /// Looks up a key, whose name is in lower case.
    pub(crate) fn find(&self, key: &str) -> Found<'a> {
        let stated = self.context.find(key);
        let is_open = self.subject.lacks_path && self.mode == Mode::ThreeValued;
        let values = stated
            .or_else(|| self.subject.keys.find(key))
            .or_else(|| self.resource.keys.find(key));
        match values {
            Some([arn]) if is_open && stated.is_none() && key == PRINCIPAL_ARN => {
                Found::WithSomePath(arn)
            }
            Some([]) => Found::Absent,
            Some(values) => Found::Values(values),
            None if self.mode == Mode::Strict => Found::Absent,
            None => Found::Unknown,
        }
    }
}
