//! Which principals a statement concerns.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>

use policy::{Effect, Located, PrincipalElement, PrincipalType, Statement, Truth};

use super::{not, truth};
use crate::asked::Question;

/// The principal of a request.
#[derive(Debug, PartialEq, Eq)]
pub struct Who {
    pub name: String,
    pub partition: String,
    pub account: Option<String>,
    pub form: Form,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Form {
    Role,
    AnySession,
    Session { role: String },
    User,
    Root,
    FederatedUser,
    Provider,
    Service,
}

/// How a statement concerns a principal.
pub struct Concern {
    /// By name, or as everyone.
    pub direct: Truth,
    /// Through the account as a whole. An allow then only delegates to the account.
    pub by_account: Truth,
}

impl Who {
    pub fn of(question: &Question) -> Self {
        let text = question.principal.as_str();
        if is_account(text) {
            return Self::new(&format!("arn:aws:iam::{text}:root"), Form::Root);
        }
        let Some(resource) = text.splitn(6, ':').nth(5) else {
            let is_service =
                text.contains(".amazonaws.com") && !text.starts_with("cognito-identity");
            let form = if is_service {
                Form::Service
            } else {
                Form::Provider
            };
            return Self::new(text, form);
        };
        let (kind, rest) = resource.split_once('/').unwrap_or((resource, ""));
        let form = match kind {
            "root" => Form::Root,
            "role" if question.any_session => Form::AnySession,
            "role" => Form::Role,
            "user" => Form::User,
            "federated-user" => Form::FederatedUser,
            "assumed-role" => Form::Session {
                role: rest.split('/').next().unwrap_or_default().to_owned(),
            },
            _ => Form::Provider,
        };
        Self::new(text, form)
    }

    fn new(name: &str, form: Form) -> Self {
        let parts: Vec<&str> = name.splitn(6, ':').collect();
        let account = parts.get(4).map(|account| (*account).to_owned());
        Self {
            name: name.to_owned(),
            partition: parts.get(1).copied().unwrap_or_default().to_owned(),
            account: account.filter(|_| form != Form::Provider),
            form,
        }
    }

    pub fn is_root(&self) -> bool {
        self.form == Form::Root
    }

    /// Whether an ARN, which is not an account's root, is this principal's.
    fn has_arn(&self, arn: &str) -> Truth {
        if !is_one(arn) {
            return Truth::False;
        }
        if arn == self.name && !matches!(self.form, Form::Provider | Form::Service) {
            return Truth::True;
        }
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let [_, partition, service, _, account, resource] = parts[..] else {
            return Truth::False;
        };
        if partition != self.partition || Some(account) != self.account.as_deref() {
            return Truth::False;
        }
        // A name is unique in its account: with a different path or case, it may still be this principal's.
        let may_be = |name: &str, known: Option<&str>| {
            let is_alike = known.is_some_and(|known| known.eq_ignore_ascii_case(name));
            if is_alike {
                Truth::Unknown
            } else {
                Truth::False
            }
        };
        let own_name = self.name.rsplit('/').next().unwrap_or_default();
        let mut steps = resource.split('/');
        match (&self.form, service, steps.next()) {
            // A session does not show its role's path.
            (Form::Session { role }, "iam", Some("role")) => match steps.next_back() {
                Some(known) if known == role => Truth::True,
                known => may_be(role, known),
            },
            (Form::Role | Form::AnySession, "iam", Some("role"))
            | (Form::User, "iam", Some("user")) => may_be(own_name, steps.next_back()),
            // This may be the session.
            (Form::AnySession, "sts", Some("assumed-role")) => may_be(own_name, steps.next()),
            _ => Truth::False,
        }
    }

    /// Whether an element names this principal itself; an account names its root user.
    fn is_named(&self, element: &PrincipalElement) -> Truth {
        let text = element.text.as_str();
        match element.kind {
            PrincipalType::Aws if text == "*" => Truth::True,
            PrincipalType::Aws if account(text).is_some() => {
                truth(self.is_root() && self.is_of(element))
            }
            PrincipalType::Aws => self.has_arn(text),
            PrincipalType::Service => self.is_provider(Form::Service, text),
            PrincipalType::Federated => self.is_provider(Form::Provider, text),
            PrincipalType::CanonicalUser => Truth::False,
        }
    }

    /// Whether it is of this form and has this name, or any name if `name` is a star.
    fn is_provider(&self, form: Form, name: &str) -> Truth {
        truth(self.form == form && (name == "*" || name == self.name))
    }

    /// Whether a deny may mean this principal by an element that does not name it.
    fn may_be_meant(&self, element: &PrincipalElement) -> Truth {
        let is_meant = match element.kind {
            // Temporary credentials do not show whether they came through a provider.
            PrincipalType::Federated => matches!(
                self.form,
                Form::Role | Form::AnySession | Form::Session { .. } | Form::FederatedUser
            ),
            PrincipalType::Service => false,
            PrincipalType::Aws | PrincipalType::CanonicalUser => {
                let text = element.text.trim();
                let written = text.split(':').nth(4);
                let written = written.filter(|_| text.starts_with("arn:")).unwrap_or(text);
                let is_other =
                    is_account(written) && self.account.as_ref().is_some_and(|a| a != written);
                !is_understood(element) && !is_other
            }
        };
        if is_meant {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// Whether a deny to all except these elements spares it. A principal in a role is compared by account, by role
    /// and by session: if one of these is not listed, the result is not known.
    fn is_spared(&self, items: &[Located<PrincipalElement>], named: Truth, account: bool) -> Truth {
        match &self.form {
            Form::Service | Form::Provider => named,
            _ if !account => Truth::False,
            Form::Root | Form::User | Form::FederatedUser => named,
            // It has a session, and it is not known whether the session is listed.
            Form::Role | Form::AnySession => named.min(Truth::Unknown),
            Form::Session { .. } => {
                let is_listed = |item: &Located<PrincipalElement>| item.text == self.name;
                let session = items.iter().any(is_listed);
                let roles = items.iter().filter(|item| !is_listed(item));
                let role = roles.map(|item| self.is_named(item)).max();
                match (role.unwrap_or(Truth::False), session) {
                    (Truth::True, true) => Truth::True,
                    (Truth::False, false) => Truth::False,
                    _ => Truth::Unknown,
                }
            }
        }
    }

    /// Whether an element names this principal's account as a whole.
    fn is_of(&self, element: &PrincipalElement) -> bool {
        let named = account(&element.text).filter(|_| element.kind == PrincipalType::Aws);
        named.is_some() && named == self.account
    }
}

/// Whether an element under `AWS` or `CanonicalUser` has a form that the page describes.
fn is_understood(element: &PrincipalElement) -> bool {
    let text = element.text.as_str();
    let is_id = |start: &str| {
        let is_upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        text.len() >= 16 && text.starts_with(start) && text.chars().all(is_upper)
    };
    element.kind == PrincipalType::Aws
        && (text == "*"
            || account(text).is_some()
            || is_one(text)
            || is_id("AROA")
            || is_id("AIDA"))
}

/// Whether a text is the ARN of one role, user or session.
fn is_one(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, service, "", account, resource] = parts[..] else {
        return false;
    };
    let names: Vec<&str> = resource.split('/').collect();
    let is_name = |name: &&str| !name.is_empty();
    let is_resource = match (service, &names[..]) {
        ("iam", ["role" | "user", .., name]) => is_name(name),
        ("sts", ["federated-user", .., name]) => is_name(name),
        ("sts", ["assumed-role", role, .., session]) => is_name(role) && is_name(session),
        _ => false,
    };
    let is_plain = !arn.contains(|c: char| "*?".contains(c) || c.is_whitespace());
    is_plain && is_partition(partition) && is_account(account) && is_resource
}

fn is_partition(text: &str) -> bool {
    text == "aws" || text.starts_with("aws-")
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.chars().all(|c| c.is_ascii_digit())
}

/// The account that digits or a root's ARN name.
fn account(text: &str) -> Option<String> {
    if is_account(text) {
        return Some(text.to_owned());
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    match parts[..] {
        ["arn", partition, "iam", "", account, "root"]
            if is_partition(partition) && is_account(account) =>
        {
            Some(account.to_owned())
        }
        _ => None,
    }
}

fn is_everyone(element: &PrincipalElement) -> bool {
    element.kind == PrincipalType::Aws && element.text == "*"
}

pub fn concern(statement: &Statement, who: &Who) -> Concern {
    let Some(principals) = &statement.principals else {
        return Concern {
            direct: Truth::True,
            by_account: Truth::False,
        };
    };
    let mut named = Truth::False;
    let mut account = false;
    let mut everyone = false;
    for element in &principals.items {
        named = named.max(who.is_named(element));
        if statement.effect == Effect::Deny && !principals.excluded {
            named = named.max(who.may_be_meant(element));
        }
        account |= who.is_of(element);
        everyone |= is_everyone(element);
    }
    if !principals.excluded {
        return Concern {
            direct: named,
            by_account: truth(account),
        };
    }
    if statement.effect == Effect::Allow {
        return Concern::NOBODY;
    }
    let spared = if everyone {
        Truth::True
    } else {
        who.is_spared(&principals.items, named, account)
    };
    Concern {
        direct: not(spared),
        by_account: Truth::False,
    }
}
