//! The rules, each with the remark that reports it.
//!
//! Source of the ideas: the elements of the policy language in the IAM User Guide, each with its warnings, and "IAM
//! policy validation check reference" of IAM Access Analyzer.

use serde::Serialize;

use super::{
    ActionRemark, ConditionRemark, PrincipalRemark, Severity, StatementRemark, TrustRemark,
    ValueRemark,
};

/// A rule. Its texts are in the crate `words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its name. It never changes, because pipelines refer to it.
    pub id: &'static str,
    /// How serious a violation is, in general.
    pub severity: Severity,
}

/// Every rule, by kind.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        TrustRemark::RULES,
        PrincipalRemark::RULES,
        ActionRemark::RULES,
        ConditionRemark::RULES,
        ValueRemark::RULES,
        StatementRemark::RULES,
    ]
    .into_iter()
    .flatten()
}

/// Declares the remarks of one kind: for each the name and the severity of its rule, and what it is about.
macro_rules! remarks {
    (
        $(#[$about:meta])*
        pub enum $Kind:ident {
            $($(#[$doc:meta])* $id:literal, $severity:ident: $Remark:ident { $($fields:tt)* },)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
        #[serde(tag = "rule")]
        pub enum $Kind {
            $($(#[$doc])* #[serde(rename = $id)] $Remark { $($fields)* },)*
        }

        impl $Kind {
            /// The rules of this kind.
            pub(super) const RULES: &[$crate::lint::Rule] = &[
                $($crate::lint::Rule { id: $id, severity: $crate::lint::Severity::$severity },)*
            ];

            /// The rule that a remark belongs to.
            pub(super) fn rule(&self) -> &'static $crate::lint::Rule {
                match self {
                    $(Self::$Remark { .. } => const {
                        &$crate::lint::Rule { id: $id, severity: $crate::lint::Severity::$severity }
                    },)*
                }
            }
        }
    };
}
pub(super) use remarks;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_kebab_case_and_unique() {
        let mut names = HashSet::new();
        for rule in rules() {
            let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(rule.id.chars().all(kebab), "{}", rule.id);
            assert!(names.insert(rule.id), "{}", rule.id);
        }
    }
}
