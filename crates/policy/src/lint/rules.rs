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

/// Declares each rule and the list of all of them, so that no rule is missing in the list.
macro_rules! rules {
    ($($name:ident: $id:literal, $severity:ident, $summary:literal;)*) => {
        $(
            pub(super) const $name: Rule = Rule {
                id: $id,
                severity: Severity::$severity,
                summary: $summary,
            };
        )*

        /// Every rule.
        pub const RULES: &[Rule] = &[$($name,)*];
    };
}

rules! {
    PUBLIC_ACCESS: "public-access", Error, "Anyone may use the repository";
    WHOLE_ACCOUNT: "whole-account", Warning, "Another account is trusted as a whole";
    SERVICE_WITHOUT_SOURCE: "service-without-source", Warning, "An AWS service may act here on anyone's behalf";
    SERVICE_WITH_ANY_SOURCE: "service-with-any-source", Warning, "The condition on an AWS service's source names any account";
    DELETED_PRINCIPAL: "deleted-principal", Warning, "A principal was deleted, and left its id behind";
    WILDCARD_IN_PRINCIPAL: "wildcard-in-principal", Error, "A wildcard inside a principal matches nothing";
    PRINCIPAL_NAMES_NOTHING: "principal-names-nothing", Error, "A principal names nothing that sends requests";
    NOT_PRINCIPAL_ALLOW: "not-principal-allow", Error, "NotPrincipal stands in a statement that allows";
    NOT_PRINCIPAL_WITHOUT_ACCOUNT: "not-principal-without-account", Error, "NotPrincipal spares nobody whose account is not listed too";
    NOT_PRINCIPAL_WITHOUT_SESSION: "not-principal-without-session", Warning, "NotPrincipal may deny a role whose sessions are not listed";
    NOT_PRINCIPAL: "not-principal", Note, "NotPrincipal is easily misread";
    UNKNOWN_ACTION: "unknown-action", Error, "Amazon ECR has no such action";
    PATTERN_WITHOUT_ACTION: "pattern-without-action", Error, "A pattern matches no action of Amazon ECR";
    OTHER_SERVICE: "other-service", Error, "An action belongs to another service";
    NOT_ON_REPOSITORIES: "not-on-repositories", Warning, "An action is never asked for on a repository";
    REDUNDANT_ACTION: "redundant-action", Note, "An action is covered by another one of the same list";
    NOT_ACTION_ALLOW: "not-action-allow", Warning, "Everything but a list is allowed";
    INCOMPLETE_PULL: "incomplete-pull", Note, "Layers may be downloaded, and images not pulled";
    INCOMPLETE_PUSH: "incomplete-push", Note, "Layers may be uploaded, and images not pushed";
    KEY_NEVER_THERE: "key-never-there", Error, "No request of these actions has this condition key";
    TAG_KEY_MISSING: "tag-key-missing", Error, "A condition on a tag does not say which tag";
    FOR_ALL_VALUES_ALLOW: "for-all-values-allow", Warning, "ForAllValues allows where the key is missing";
    NEEDS_SET_OPERATOR: "needs-set-operator", Warning, "A key of several values is compared as if it had one";
    NEEDLESS_SET_OPERATOR: "needless-set-operator", Note, "A key of one value is compared as if it had several";
    OPERATOR_DOES_NOT_FIT: "operator-does-not-fit", Warning, "An operator does not fit its key";
    BOTH_BOOLEANS: "both-booleans", Warning, "A condition asks for true or false";
    UNREADABLE_VALUE: "unreadable-value", Error, "A value cannot be read as what the operator compares";
    PRIVATE_ADDRESS: "private-address", Warning, "A private address is compared with the public one of a request";
    WILDCARD_IS_LITERAL: "wildcard-is-literal", Warning, "A wildcard stands for itself";
    WILDCARD_CROSSES_COLONS: "wildcard-crosses-colons", Warning, "A wildcard in the text of an ARN matches colons too";
    VARIABLE_IS_LITERAL: "variable-is-literal", Warning, "A policy variable is not read in this version of the language";
    VARIABLE_NOT_CLOSED: "variable-not-closed", Error, "A policy variable is not closed";
    VARIABLE_MALFORMED: "variable-malformed", Error, "A policy variable has a form that AWS does not document";
    VARIABLE_NEVER_THERE: "variable-never-there", Warning, "No request has the key of a policy variable";
    UNREACHABLE: "unreachable", Warning, "A statement says nothing that another does not say";
    SHADOWED: "shadowed", Warning, "What a statement allows, another denies";
    RESOURCE_IN_REPOSITORY_POLICY: "resource-in-repository-policy", Error, "A repository's policy names a resource";
    REGISTRY_WITHOUT_RESOURCE: "registry-without-resource", Error, "A statement of a registry's policy names no resource";
    DUPLICATE_SID: "duplicate-sid", Error, "Two statements have the same Sid";
    LOCKS_OUT: "locks-out", Error, "The owner may not change the policy any more";
    SIZE: "size", Warning, "The policy is near its greatest size";
}

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
