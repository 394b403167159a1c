//! Remarks on a policy: what is dangerous in it, what has no effect, and what does something other than it says.
//!
//! A remark is data: a rule, a position, and the parts of the policy that it is about. Other crates turn it into
//! sentences.
//!
//! Remarks are based only on the policy itself, so that a sound policy has none.

mod actions;
mod conditions;
mod cover;
mod lockout;
mod narrowing;
mod nearest;
mod principals;
mod rules;
mod statements;
#[cfg(test)]
mod tests;
mod trust;
mod values;
mod view;

use std::{fmt, str::FromStr};

use serde::Serialize;

use crate::{
    arn::Account,
    document::{Policy, Position, label},
};

pub use actions::ActionRemark;
pub use conditions::{ConditionRemark, KeyKind};
pub use principals::PrincipalRemark;
pub use rules::{Rule, rules};
pub use statements::StatementRemark;
pub use trust::TrustRemark;
pub use values::ValueRemark;
use view::View;

/// How serious a remark is. The names are those of SARIF's levels. A more serious one is greater, so that a caller
/// can fail from a level on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; the policy does what it says.
    Note,
    /// Probably not meant.
    Warning,
    /// Dangerous, refused by AWS, or without the intended effect.
    Error,
}

impl Severity {
    /// Every severity, in ascending order.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// Its name, which is also that of SARIF's level.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that is not the name of a severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a severity: note, warning or error")]
pub struct SeverityError;

impl FromStr for Severity {
    type Err = SeverityError;

    fn from_str(text: &str) -> Result<Self, SeverityError> {
        (Self::ALL.into_iter())
            .find(|severity| severity.name() == text)
            .ok_or(SeverityError)
    }
}

/// What is known in addition to the policy's text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LintOptions {
    /// The account that owns the repository. If it is not known, as for a single file, trust in an account as a whole
    /// is only a note: it may be the owner's own account.
    pub owner: Option<Account>,
}

/// A statement by its place, and by its Sid if it has one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct StatementLabel {
    /// Its place in the policy, from 0.
    pub index: usize,
    /// Its Sid.
    pub sid: Option<String>,
}

impl fmt::Display for StatementLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&label(self.sid.as_deref(), self.index))
    }
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// How serious it is.
    pub severity: Severity,
    /// The position in the text.
    pub at: Position,
    /// The statement. None if the remark is about the policy as a whole.
    pub statement: Option<StatementLabel>,
    /// What was found.
    #[serde(flatten)]
    pub finding: Finding,
}

impl Remark {
    /// The rule that it belongs to.
    pub fn rule(&self) -> &'static Rule {
        self.finding.rule()
    }
}

/// What was found, grouped like the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Finding {
    /// Principals that are trusted too far.
    Trust(TrustRemark),
    /// Principals that do not exist, or are not who they seem to be.
    Principal(PrincipalRemark),
    /// Actions that do not exist or never apply.
    Action(ActionRemark),
    /// Conditions that do something other than they seem to.
    Condition(ConditionRemark),
    /// Values and variables of conditions that are not read as they seem to be.
    Value(ValueRemark),
    /// Statements in combination, and the policy as a whole.
    Statement(StatementRemark),
}

impl Finding {
    /// The rule that it belongs to.
    pub fn rule(&self) -> &'static Rule {
        match self {
            Self::Trust(remark) => remark.rule(),
            Self::Principal(remark) => remark.rule(),
            Self::Action(remark) => remark.rule(),
            Self::Condition(remark) => remark.rule(),
            Self::Value(remark) => remark.rule(),
            Self::Statement(remark) => remark.rule(),
        }
    }

    /// How serious it is: as its rule says, unless details make it less or more serious.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Trust(TrustRemark::WholeAccount { owner: None, .. }) => Severity::Note,
            Self::Value(ValueRemark::PrivateAddress { all: false, .. }) => Severity::Note,
            Self::Statement(StatementRemark::LocksOut {
                account: Some(_),
                owner: None,
                ..
            }) => Severity::Note,
            Self::Statement(StatementRemark::Size {
                characters, limit, ..
            }) if characters > limit => Severity::Error,
            _ => self.rule().severity,
        }
    }
}

/// Remarks on a policy, in the order of its text.
///
/// ```
/// use policy::{LintOptions, Policy, PolicyKind, Severity, lint};
///
/// let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",
///     "Action": "ecr:BatchGetImage"}}"#;
/// let policy = Policy::parse(text, PolicyKind::Repository)?;
/// let remarks = lint(&policy, LintOptions::default());
/// assert_eq!(remarks[0].rule().id, "public-access");
/// assert!(remarks.iter().any(|remark| remark.severity >= Severity::Warning));
/// # Ok::<(), policy::ParseError>(())
/// ```
pub fn lint(policy: &Policy, options: LintOptions) -> Vec<Remark> {
    let view = View::of(policy, options);
    let mut report = Report {
        policy,
        remarks: Vec::new(),
    };
    for check in checks(policy) {
        check(&view, &mut report);
    }
    let mut remarks = report.remarks;
    remarks.sort_by_key(|remark| (remark.at, remark.rule().id));
    remarks
}

type Check = fn(&View<'_>, &mut Report<'_>);

/// The checks to run. A policy far larger than any service accepts is only checked for its size: comparing each pair
/// of its statements would take too long.
fn checks(policy: &Policy) -> &'static [Check] {
    if statements::is_beyond_reason(policy) {
        return &[statements::check_size];
    }
    &[
        trust::check,
        principals::check,
        actions::check,
        conditions::check,
        values::check,
        statements::check_size,
        statements::check,
        lockout::check,
    ]
}

/// The remarks so far.
struct Report<'a> {
    policy: &'a Policy,
    remarks: Vec<Remark>,
}

impl Report<'_> {
    /// Adds a remark about a part at this byte offset of the text.
    fn add(&mut self, statement: Option<usize>, offset: usize, finding: Finding) {
        self.remarks.push(Remark {
            severity: finding.severity(),
            at: self.policy.position_of(offset),
            statement: statement.map(|index| statement_label(self.policy, index)),
            finding,
        });
    }
}

fn statement_label(policy: &Policy, index: usize) -> StatementLabel {
    let sid = policy
        .statements
        .get(index)
        .and_then(|statement| statement.sid());
    StatementLabel {
        index,
        sid: sid.map(str::to_owned),
    }
}
