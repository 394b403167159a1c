//! Which condition keys a request has.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html> and the
//! table of principal key values in
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use std::collections::BTreeMap;

use policy::Mode;

use super::principal::{Form, Who};
use crate::asked::Question;

/// A repository's tag has two names.
const RESOURCE_TAGS: [&str; 2] = ["aws:resourcetag/", "ecr:resourcetag/"];

/// Every known key, by its name in lower case.
pub struct RequestKeys {
    known: BTreeMap<String, Vec<String>>,
    /// Whether the path in the ARN of the role is not known.
    lacks_path: bool,
    /// Whether the resource has no other tags.
    knows_resource_tags: bool,
    pub mode: Mode,
}

/// The value of a key in a request.
pub enum Found<'a> {
    Values(&'a [String]),
    /// This ARN of a role, or this ARN with a path before the role's name.
    SomePath(&'a str),
    Missing,
    Unknown,
}

impl RequestKeys {
    /// The keys derived from the principal and the resource, overridden by those in the request.
    pub fn of(question: &Question, mode: Mode) -> Self {
        let mut keys = Self {
            known: BTreeMap::new(),
            lacks_path: false,
            knows_resource_tags: question.resource_tags.is_some(),
            mode,
        };
        if let Some(owner) = question.owner() {
            keys.set("aws:ResourceAccount", &[owner]);
        }
        for (tag, value) in question.resource_tags.iter().flatten() {
            for prefix in RESOURCE_TAGS {
                keys.set(&format!("{prefix}{tag}"), std::slice::from_ref(value));
            }
        }
        let who = Who::of(question);
        keys.derive(&who);
        let states_arn = |(key, _): &(String, _)| key.eq_ignore_ascii_case("aws:PrincipalArn");
        keys.lacks_path = matches!(who.form, Form::Session { .. })
            && mode == Mode::ThreeValued
            && !question.context.iter().any(states_arn);
        for (tag, value) in &question.tags {
            keys.set(
                &format!("aws:PrincipalTag/{tag}"),
                std::slice::from_ref(value),
            );
        }
        for (key, values) in &question.context {
            keys.set(key, values);
        }
        keys
    }

    pub fn find(&self, key: &str) -> Found<'_> {
        let key = key.to_ascii_lowercase();
        let is_tag = RESOURCE_TAGS.iter().any(|prefix| key.starts_with(prefix));
        match self.known.get(&key) {
            Some(values) if values.is_empty() => Found::Missing,
            Some(values) if key == "aws:principalarn" && self.lacks_path => {
                Found::SomePath(&values[0])
            }
            Some(values) => Found::Values(values),
            None if self.mode == Mode::Strict => Found::Missing,
            None if is_tag && self.knows_resource_tags => Found::Missing,
            None => Found::Unknown,
        }
    }

    fn set(&mut self, key: &str, values: &[String]) {
        self.known.insert(key.to_ascii_lowercase(), values.to_vec());
    }

    fn derive(&mut self, who: &Who) {
        let is_service = who.form == Form::Service;
        self.set("aws:PrincipalIsAWSService", &[is_service.to_string()]);
        if is_service {
            self.set("aws:PrincipalServiceName", std::slice::from_ref(&who.name));
            return;
        }
        self.set("aws:PrincipalServiceName", &[]);
        self.set("aws:PrincipalServiceNamesList", &[]);
        let Some(account) = &who.account else {
            return;
        };
        self.set("aws:PrincipalAccount", std::slice::from_ref(account));
        let last = who.name.rsplit('/').next().unwrap_or_default().to_owned();
        let (arn, kind, username) = match &who.form {
            Form::Role | Form::AnySession => (who.name.clone(), "AssumedRole", None),
            Form::Session { role } => (
                format!("arn:{}:iam::{account}:role/{role}", who.partition),
                "AssumedRole",
                None,
            ),
            Form::User => (who.name.clone(), "User", Some(last)),
            Form::Root => {
                self.set("aws:userid", std::slice::from_ref(account));
                (who.name.clone(), "Account", None)
            }
            Form::FederatedUser => {
                self.set("aws:userid", &[format!("{account}:{last}")]);
                (who.name.clone(), "FederatedUser", None)
            }
            Form::Provider | Form::Service => return,
        };
        self.set("aws:PrincipalArn", &[arn]);
        self.set("aws:PrincipalType", &[kind.to_owned()]);
        self.set("aws:username", &Vec::from_iter(username));
    }
}
