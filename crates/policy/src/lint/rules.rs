//! The rules by name.
//!
//! Source of the ideas: the elements of the policy language in the IAM User Guide, each with its warnings, and "IAM
//! policy validation check reference" of IAM Access Analyzer.

use serde::Serialize;

use super::Severity;

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its name. It never changes, because pipelines refer to it.
    pub id: &'static str,
    /// How serious a violation is, in general.
    pub severity: Severity,
    /// A short English description.
    pub summary: &'static str,
}

const fn rule(id: &'static str, severity: Severity, summary: &'static str) -> Rule {
    Rule {
        id,
        severity,
        summary,
    }
}

pub(super) const PUBLIC_ACCESS: Rule = rule(
    "public-access",
    Severity::Error,
    "Anyone may use the repository",
);
pub(super) const WHOLE_ACCOUNT: Rule = rule(
    "whole-account",
    Severity::Warning,
    "Another account is trusted as a whole",
);
pub(super) const SERVICE_WITHOUT_SOURCE: Rule = rule(
    "service-without-source",
    Severity::Warning,
    "An AWS service may act here on anyone's behalf",
);
pub(super) const SERVICE_WITH_ANY_SOURCE: Rule = rule(
    "service-with-any-source",
    Severity::Warning,
    "The condition on an AWS service's source names any account",
);
pub(super) const DELETED_PRINCIPAL: Rule = rule(
    "deleted-principal",
    Severity::Warning,
    "A principal was deleted, and left its id behind",
);
pub(super) const WILDCARD_IN_PRINCIPAL: Rule = rule(
    "wildcard-in-principal",
    Severity::Error,
    "A wildcard inside a principal matches nothing",
);
pub(super) const PRINCIPAL_NAMES_NOTHING: Rule = rule(
    "principal-names-nothing",
    Severity::Error,
    "A principal names nothing that sends requests",
);
pub(super) const NOT_PRINCIPAL_ALLOW: Rule = rule(
    "not-principal-allow",
    Severity::Error,
    "NotPrincipal stands in a statement that allows",
);
pub(super) const NOT_PRINCIPAL_WITHOUT_ACCOUNT: Rule = rule(
    "not-principal-without-account",
    Severity::Error,
    "NotPrincipal spares nobody whose account is not listed too",
);
pub(super) const NOT_PRINCIPAL_WITHOUT_SESSION: Rule = rule(
    "not-principal-without-session",
    Severity::Warning,
    "NotPrincipal may deny a role whose sessions are not listed",
);
pub(super) const NOT_PRINCIPAL: Rule = rule(
    "not-principal",
    Severity::Note,
    "NotPrincipal is easily misread",
);
pub(super) const UNKNOWN_ACTION: Rule = rule(
    "unknown-action",
    Severity::Error,
    "Amazon ECR has no such action",
);
pub(super) const PATTERN_WITHOUT_ACTION: Rule = rule(
    "pattern-without-action",
    Severity::Error,
    "A pattern matches no action of Amazon ECR",
);
pub(super) const OTHER_SERVICE: Rule = rule(
    "other-service",
    Severity::Error,
    "An action belongs to another service",
);
pub(super) const NOT_ON_REPOSITORIES: Rule = rule(
    "not-on-repositories",
    Severity::Warning,
    "An action is never asked for on a repository",
);
pub(super) const REDUNDANT_ACTION: Rule = rule(
    "redundant-action",
    Severity::Note,
    "An action is covered by another one of the same list",
);
pub(super) const NOT_ACTION_ALLOW: Rule = rule(
    "not-action-allow",
    Severity::Warning,
    "Everything but a list is allowed",
);
pub(super) const INCOMPLETE_PULL: Rule = rule(
    "incomplete-pull",
    Severity::Note,
    "Layers may be downloaded, and images not pulled",
);
pub(super) const INCOMPLETE_PUSH: Rule = rule(
    "incomplete-push",
    Severity::Note,
    "Layers may be uploaded, and images not pushed",
);
pub(super) const KEY_NEVER_THERE: Rule = rule(
    "key-never-there",
    Severity::Error,
    "No request of these actions has this condition key",
);
pub(super) const TAG_KEY_MISSING: Rule = rule(
    "tag-key-missing",
    Severity::Error,
    "A condition on a tag does not say which tag",
);
pub(super) const FOR_ALL_VALUES_ALLOW: Rule = rule(
    "for-all-values-allow",
    Severity::Warning,
    "ForAllValues allows where the key is missing",
);
pub(super) const NEEDS_SET_OPERATOR: Rule = rule(
    "needs-set-operator",
    Severity::Warning,
    "A key of several values is compared as if it had one",
);
pub(super) const NEEDLESS_SET_OPERATOR: Rule = rule(
    "needless-set-operator",
    Severity::Note,
    "A key of one value is compared as if it had several",
);
pub(super) const OPERATOR_DOES_NOT_FIT: Rule = rule(
    "operator-does-not-fit",
    Severity::Warning,
    "An operator does not fit its key",
);
pub(super) const BOTH_BOOLEANS: Rule = rule(
    "both-booleans",
    Severity::Warning,
    "A condition asks for true or false",
);
pub(super) const UNREADABLE_VALUE: Rule = rule(
    "unreadable-value",
    Severity::Error,
    "A value cannot be read as what the operator compares",
);
pub(super) const PRIVATE_ADDRESS: Rule = rule(
    "private-address",
    Severity::Warning,
    "A private address is compared with the public one of a request",
);
pub(super) const WILDCARD_IS_LITERAL: Rule = rule(
    "wildcard-is-literal",
    Severity::Warning,
    "A wildcard stands for itself",
);
pub(super) const WILDCARD_CROSSES_COLONS: Rule = rule(
    "wildcard-crosses-colons",
    Severity::Warning,
    "A wildcard in the text of an ARN matches colons too",
);
pub(super) const VARIABLE_IS_LITERAL: Rule = rule(
    "variable-is-literal",
    Severity::Warning,
    "A policy variable is not read in this version of the language",
);
pub(super) const VARIABLE_NOT_CLOSED: Rule = rule(
    "variable-not-closed",
    Severity::Error,
    "A policy variable is not closed",
);
pub(super) const VARIABLE_MALFORMED: Rule = rule(
    "variable-malformed",
    Severity::Error,
    "A policy variable has a form that AWS does not document",
);
pub(super) const VARIABLE_NEVER_THERE: Rule = rule(
    "variable-never-there",
    Severity::Warning,
    "No request has the key of a policy variable",
);
pub(super) const UNREACHABLE: Rule = rule(
    "unreachable",
    Severity::Warning,
    "A statement says nothing that another does not say",
);
pub(super) const SHADOWED: Rule = rule(
    "shadowed",
    Severity::Warning,
    "What a statement allows, another denies",
);
pub(super) const RESOURCE_IN_REPOSITORY_POLICY: Rule = rule(
    "resource-in-repository-policy",
    Severity::Error,
    "A repository's policy names a resource",
);
pub(super) const REGISTRY_WITHOUT_RESOURCE: Rule = rule(
    "registry-without-resource",
    Severity::Error,
    "A statement of a registry's policy names no resource",
);
pub(super) const DUPLICATE_SID: Rule = rule(
    "duplicate-sid",
    Severity::Error,
    "Two statements have the same Sid",
);
pub(super) const LOCKS_OUT: Rule = rule(
    "locks-out",
    Severity::Error,
    "The owner may not change the policy any more",
);
pub(super) const SIZE: Rule = rule(
    "size",
    Severity::Warning,
    "The policy is near its greatest size",
);

/// Every rule.
pub const RULES: &[Rule] = &[
    PUBLIC_ACCESS,
    WHOLE_ACCOUNT,
    SERVICE_WITHOUT_SOURCE,
    SERVICE_WITH_ANY_SOURCE,
    DELETED_PRINCIPAL,
    WILDCARD_IN_PRINCIPAL,
    PRINCIPAL_NAMES_NOTHING,
    NOT_PRINCIPAL_ALLOW,
    NOT_PRINCIPAL_WITHOUT_ACCOUNT,
    NOT_PRINCIPAL_WITHOUT_SESSION,
    NOT_PRINCIPAL,
    UNKNOWN_ACTION,
    PATTERN_WITHOUT_ACTION,
    OTHER_SERVICE,
    NOT_ON_REPOSITORIES,
    REDUNDANT_ACTION,
    NOT_ACTION_ALLOW,
    INCOMPLETE_PULL,
    INCOMPLETE_PUSH,
    KEY_NEVER_THERE,
    TAG_KEY_MISSING,
    FOR_ALL_VALUES_ALLOW,
    NEEDS_SET_OPERATOR,
    NEEDLESS_SET_OPERATOR,
    OPERATOR_DOES_NOT_FIT,
    BOTH_BOOLEANS,
    UNREADABLE_VALUE,
    PRIVATE_ADDRESS,
    WILDCARD_IS_LITERAL,
    WILDCARD_CROSSES_COLONS,
    VARIABLE_IS_LITERAL,
    VARIABLE_NOT_CLOSED,
    VARIABLE_MALFORMED,
    VARIABLE_NEVER_THERE,
    UNREACHABLE,
    SHADOWED,
    RESOURCE_IN_REPOSITORY_POLICY,
    REGISTRY_WITHOUT_RESOURCE,
    DUPLICATE_SID,
    LOCKS_OUT,
    SIZE,
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_documentation_lists_every_rule() {
        let documentation = include_str!("../../../../docs/lint.md");
        for rule in RULES {
            let Rule {
                id,
                severity,
                summary,
            } = rule;
            let row = format!("| `{id}` | {severity} | {summary} |");
            assert!(documentation.contains(&row), "{row}");
        }
    }

    #[test]
    fn names_are_kebab_case_and_unique() {
        let mut names = HashSet::new();
        for rule in RULES {
            let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(rule.id.chars().all(kebab), "{}", rule.id);
            assert!(names.insert(rule.id), "{}", rule.id);
        }
    }
}
