//! Changes in English, for the command line. The pages have their own texts.

use std::fmt;

use super::{Access, Audience, Change, DependsOn};
use crate::evaluate::Outcome;

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holder => f.write_str("any principal with the policy"),
            Self::Anyone => f.write_str("anyone of any other account"),
            Self::Account { account } => write!(f, "account {account} as a whole"),
            Self::AnyOtherOf { account } => write!(f, "any other role or user of {account}"),
            Self::Principal { arn } => f.write_str(arn),
            Self::Service { name } => write!(f, "service {name}"),
            Self::Federated { provider } => write!(f, "identities of {provider}"),
        }
    }
}

impl fmt::Display for DependsOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operator,
            key,
            values,
            ..
        } = self;
        let space = if key.is_empty() { "" } else { " " };
        write!(f, "{operator}{space}{key} [{}]", values.join(", "))
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.outcome {
            Outcome::Allowed => return f.write_str("allowed"),
            Outcome::ExplicitDeny => return f.write_str("denied"),
            Outcome::ImplicitDeny if !self.delegated => return f.write_str("not allowed"),
            Outcome::ImplicitDeny => {}
            Outcome::Conditional => {
                write!(f, "allowed{}", conditions(" if ", &self.allowed_if))?;
                if self.delegated {
                    f.write_str(", or ")?;
                }
            }
        }
        if self.delegated {
            write!(
                f,
                "as its account decides{}",
                conditions(" if ", &self.delegated_if)
            )?;
        }
        f.write_str(&conditions(", unless ", &self.denied_if))
    }
}

fn conditions(before: &str, alternatives: &[Vec<DependsOn>]) -> String {
    if alternatives.is_empty() {
        return String::new();
    }
    let all = |depends_on: &Vec<DependsOn>| {
        let each: Vec<_> = depends_on.iter().map(ToString::to_string).collect();
        each.join(" and ")
    };
    let each: Vec<_> = alternatives.iter().map(all).collect();
    format!("{before}{}", each.join(" or "))
}

/// One line.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.principal)?;
        // The shorter of the two lists is easier to read.
        if self.every_action {
            f.write_str("every action")?;
        } else if self.other_actions.len() < self.actions.len() {
            write!(f, "every action but {}", self.other_actions.join(", "))?;
        } else {
            f.write_str(&self.actions.join(", "))?;
        }
        if let Some(resource) = &self.resource {
            write!(f, " on {resource}")?;
        }
        write!(f, ": {} -> {}", self.before, self.after)
    }
}
