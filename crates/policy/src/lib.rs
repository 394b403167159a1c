//! The complete IAM policy language: parse, evaluate, explain, lint and compare. No I/O; compiles to WebAssembly.
//!
//! Policies are parsed ([`Policy`]), compiled once ([`CompiledPolicy`]) and evaluated ([`Policies`]). In
//! [`Mode::Strict`] a condition key that a request does not have counts as missing, as in IAM. In
//! [`Mode::ThreeValued`] it counts as not known: an allow that depends on it is conditional, and so is an allow that
//! a deny may override.
//!
//! Source of the rules: "Policy evaluation logic" and "IAM JSON policy elements" in the IAM User Guide; "Repository
//! policies" and "Registry policies" in the Amazon ECR User Guide.

mod actions;
mod arn;
mod compiled;
mod condition;
mod diff;
mod document;
mod evaluate;
mod explain;
mod glob;
mod lint;
mod matrix;
mod operator;
mod overrides;
mod request;
mod truth;

pub use actions::{ACTIONS, ActionFacts, Concerns};
pub use arn::Account;
pub use compiled::CompiledPolicy;
pub use condition::VariableFault;
pub use diff::{Access, Audience, Change, DependsOn, diff};
pub use document::{
    Condition, Effect, Listed, Located, Named, ParseError, Policy, PolicyKind, Position,
    PrincipalElement, PrincipalType, Statement, Version,
};
pub use evaluate::{Decision, Identity, Outcome, Policies, Source, StatementRef, Verdict};
pub use explain::{ExplainedCondition, ExplainedStatement, Explanation, Reduced, Seen};
pub use lint::{
    ActionRemark, ConditionRemark, Finding, KeyKind, LintOptions, PrincipalRemark, Remark, Rule,
    Severity, SeverityError, StatementLabel, StatementRemark, TrustRemark, ValueRemark, lint,
    rules,
};
pub use matrix::{Grid, Row};
pub use operator::{Comparison, Operator, Order, Quantifier, Test};
pub use overrides::{Overridden, Override};
pub use request::{
    ActionName, Context, Kind, Mode, Principal, PrincipalError, Request, Resource, Subject,
    is_resource_tag,
};
pub use truth::Truth;

/// Whether a pattern of a statement covers an action. Case-insensitive, as in IAM.
pub fn action_matches(pattern: &str, action: &str) -> bool {
    glob::matches(
        &glob::wildcards(&request::fold(pattern)),
        &request::fold(action),
    )
}
