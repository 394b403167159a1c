//! The IAM policy language, as far as repository and registry policies use it: parse, evaluate and
//! point at the statement that decides. No I/O; compiles to WebAssembly.
//!
//! Whatever cannot be known is decided against the asker: an allow under a condition grants nothing,
//! a deny under a condition withholds, and a policy that cannot be parsed grants nothing at all.
//!
//! Source of the rules: "Policy evaluation logic" and "IAM JSON policy elements" in the IAM User
//! Guide, "Repository policies" and "Registry policies" in the Amazon ECR User Guide.

mod evaluate;
mod glob;
mod parse;

pub use evaluate::{Decision, Identity, Question, Source, evaluate};
pub use glob::action_matches;
pub use model::policy::{ConditionView, Outcome, PrincipalPattern};
pub use parse::{Effect, Listed, ParseError, Policy, Statement};
