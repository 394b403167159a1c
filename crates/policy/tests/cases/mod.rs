//! The rules, one per row: a policy, a request, and the expected decision. Every row is evaluated by the crate and by
//! the reference, and in both modes.

mod accounts;
mod actions;
mod explanations;
mod keys;
mod principals;
mod resources;
mod sets;
mod texts;
mod unclear;
mod values;
mod variables;

use policy::{Mode, Outcome, Policy, PolicyKind, Truth};
use serde_json::{Value, json};

use crate::{
    asked::{Compiled, IdentitySide, Question, Rules},
    reference,
};

pub const REPOSITORY: &str = "arn:aws:ecr:eu-west-1:111122223333:repository/shop/api";
pub const ROLE: &str = "arn:aws:iam::111122223333:role/builder";
pub const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/builder/run-1";
pub const USER: &str = "arn:aws:iam::111122223333:user/staff/ana";
pub const ROOT: &str = "arn:aws:iam::111122223333:root";
pub const STRANGER: &str = "arn:aws:iam::444455556666:role/reader";
pub const SERVICE: &str = "ecs.amazonaws.com";

/// A decision to test, built step by step.
#[derive(Debug, Clone)]
pub struct Ask {
    question: Question,
    rules: Rules,
}

/// A principal requests to push to the repository, which has no policy.
pub fn ask(principal: &str) -> Ask {
    Ask {
        question: Question {
            principal: principal.to_owned(),
            any_session: false,
            tags: Vec::new(),
            action: "ecr:PutImage".to_owned(),
            resource: REPOSITORY.to_owned(),
            resource_account: None,
            resource_tags: None,
            context: Vec::new(),
        },
        rules: Rules {
            repository: None,
            registry: None,
            identity: IdentitySide::Unseen,
        },
    }
}

/// Parses statements, given as the text between the brackets.
fn read(kind: PolicyKind, statements: &str) -> Policy {
    if statements.is_empty() {
        return Policy::empty(kind);
    }
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    Policy::parse(text, kind).unwrap()
}

impl Ask {
    pub fn for_action(mut self, action: &str) -> Self {
        self.question.action = action.to_owned();
        self
    }

    pub fn on(mut self, resource: &str) -> Self {
        self.question.resource = resource.to_owned();
        self
    }

    pub fn owned_by(mut self, account: &str) -> Self {
        self.question.resource_account = Some(account.to_owned());
        self
    }

    pub fn in_any_session(mut self) -> Self {
        self.question.any_session = true;
        self
    }

    pub fn tagged(mut self, tag: &str, value: &str) -> Self {
        self.question.tags.push((tag.to_owned(), value.to_owned()));
        self
    }

    /// Gives the repository this tag, in addition to those given so far, and no other tag.
    pub fn repository_tagged(mut self, tag: &str, value: &str) -> Self {
        let tags = self.question.resource_tags.get_or_insert_default();
        tags.push((tag.to_owned(), value.to_owned()));
        self
    }

    /// Adds a key with these values. Without values, the key is known to be missing.
    pub fn with(mut self, key: &str, values: &[&str]) -> Self {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        self.question.context.push((key.to_owned(), values));
        self
    }

    pub fn repository(mut self, statements: &str) -> Self {
        self.rules.repository = Some(read(PolicyKind::Repository, statements));
        self
    }

    pub fn registry(mut self, statements: &str) -> Self {
        self.rules.registry = Some(read(PolicyKind::Registry, statements));
        self
    }

    /// Adds an identity policy.
    pub fn identity(mut self, statements: &str) -> Self {
        let policy = read(PolicyKind::Identity, statements);
        match &mut self.rules.identity {
            IdentitySide::Known(policies) => policies.push(policy),
            side => *side = IdentitySide::Known(vec![policy]),
        }
        self
    }

    pub fn without_identity_policies(mut self) -> Self {
        self.rules.identity = IdentitySide::Known(Vec::new());
        self
    }

    pub fn identity_assumed(mut self) -> Self {
        self.rules.identity = IdentitySide::Assumed;
        self
    }

    pub fn explain(&self, mode: Mode) -> policy::Explanation {
        Compiled::new(&self.rules).explain(&self.question, mode)
    }

    #[track_caller]
    fn comes_to(&self, mode: Mode, outcome: Outcome, delegated: bool) {
        let decision = Compiled::new(&self.rules).decide(&self.question, mode);
        let reference = reference::decide(&self.rules, &self.question, mode);
        let expected = (outcome, delegated);
        assert_eq!(
            (decision.outcome, decision.delegated),
            expected,
            "{mode:?} {self:#?}"
        );
        assert_eq!(
            (reference.outcome, reference.delegated),
            expected,
            "the reference, {mode:?} {self:#?}"
        );
    }

    /// In both modes.
    #[track_caller]
    pub fn is(&self, outcome: Outcome) {
        self.comes_to(Mode::Strict, outcome, false);
        self.comes_to(Mode::ThreeValued, outcome, false);
    }

    #[track_caller]
    pub fn is_allowed(&self) {
        self.is(Outcome::Allowed);
    }

    #[track_caller]
    pub fn is_not_allowed(&self) {
        self.is(Outcome::ImplicitDeny);
    }

    #[track_caller]
    pub fn is_denied(&self) {
        self.is(Outcome::ExplicitDeny);
    }

    /// The resource's side allows it, and the identity side is not known to.
    #[track_caller]
    pub fn is_delegated(&self) {
        self.comes_to(Mode::Strict, Outcome::ImplicitDeny, true);
        self.comes_to(Mode::ThreeValued, Outcome::ImplicitDeny, true);
    }

    /// A key is not known: `strict` in strict mode, and conditional in the other.
    #[track_caller]
    pub fn depends_on_a_key(&self, strict: Outcome) {
        self.comes_to(Mode::Strict, strict, false);
        self.comes_to(Mode::ThreeValued, Outcome::Conditional, false);
    }
}

/// What a request says about a condition's key.
#[derive(Debug, Clone, Copy)]
pub enum Key<'a> {
    /// Nothing.
    Unsaid,
    /// That the key is missing.
    Missing,
    Has(&'a [&'a str]),
}

/// Whether a condition holds: in strict mode, and in three-valued mode.
pub type Holds = (Truth, Truth);
pub const YES: Holds = (Truth::True, Truth::True);
pub const NO: Holds = (Truth::False, Truth::False);
/// It depends on what is not known; in strict mode it holds.
pub const OPEN_YES: Holds = (Truth::True, Truth::Unknown);
/// It depends on what is not known; in strict mode it does not hold.
pub const OPEN_NO: Holds = (Truth::False, Truth::Unknown);

/// A row: operator, the policy's values as JSON, what the request has, whether it holds.
pub type Row<'a> = (&'a str, Value, Key<'a>, Holds);

/// Rows of conditions: operator, the policy's values, what the request has, whether it holds.
macro_rules! conditions {
    ($($operator:literal $listed:tt, $key:ident $(($($value:expr),*))? => $holds:ident;)*) => {
        $crate::cases::check(&[$((
            $operator,
            serde_json::json!($listed),
            $crate::cases::Key::$key $((&[$($value),*]))?,
            $holds,
        )),*])
    };
}
use conditions;

/// Tests conditions on the key `x:key`.
#[track_caller]
pub fn check(rows: &[Row<'_>]) {
    for (operator, listed, key, holds) in rows {
        let question = ask(ROLE);
        let question = match key {
            Key::Unsaid => question,
            Key::Missing => question.with("x:key", &[]),
            Key::Has(values) => question.with("x:key", values),
        };
        condition(&question, "2012-10-17", (operator, "x:key", listed), *holds);
    }
}

/// Tests one condition of a policy of this version.
#[track_caller]
pub fn condition(ask: &Ask, version: &str, test: (&str, &str, &Value), holds: Holds) {
    let (operator, key, listed) = test;
    let document = json!({ "Version": version, "Statement": {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "*",
        "Condition": { operator: { key: listed } },
    }});
    let mut ask = ask.clone();
    let policy = Policy::parse(document.to_string(), PolicyKind::Repository).unwrap();
    ask.rules.repository = Some(policy);
    for (mode, expected) in [(Mode::Strict, holds.0), (Mode::ThreeValued, holds.1)] {
        let explained = ask.explain(mode);
        let row = format!("{operator} {key} {listed} {:?} {mode:?}", ask.question);
        assert_eq!(
            explained.statements[0].conditions[0].holds, expected,
            "{row}"
        );
        let reference = reference::decide(&ask.rules, &ask.question, mode);
        assert_eq!(reference.applies, [expected], "the reference: {row}");
    }
}
