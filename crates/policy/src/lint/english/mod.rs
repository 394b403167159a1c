//! The remarks in English, for the command line and for SARIF. The pages have their own texts.

mod reason;
mod remedy;

use std::fmt;

use super::{Finding, Remark};

impl Finding {
    /// What it is and why it matters, in one sentence.
    pub fn reason(&self) -> String {
        match self {
            Self::Trust(remark) => reason::trust(remark),
            Self::Principal(remark) => reason::principal(remark),
            Self::Action(remark) => reason::action(remark),
            Self::Condition(remark) => reason::condition(remark),
            Self::Value(remark) => reason::value(remark),
            Self::Statement(remark) => reason::statement(remark),
        }
    }

    /// How to fix it, in one sentence.
    pub fn remedy(&self) -> String {
        match self {
            Self::Trust(remark) => remedy::trust(remark),
            Self::Principal(remark) => remedy::principal(remark),
            Self::Action(remark) => remedy::action(remark),
            Self::Condition(remark) => remedy::condition(remark),
            Self::Value(remark) => remedy::value(remark),
            Self::Statement(remark) => remedy::statement(remark),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.reason(), self.remedy())
    }
}

/// One line, as compilers print them, to follow the file's name.
impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            severity,
            at,
            statement,
            finding,
        } = self;
        write!(
            f,
            "{}:{}: {severity}[{}]: ",
            at.line,
            at.column,
            finding.rule().id
        )?;
        if let Some(statement) = statement {
            write!(f, "statement {statement}: ")?;
        }
        write!(f, "{finding}")
    }
}
