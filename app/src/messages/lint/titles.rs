//! The titles of rules.

use model::Locale;
use words::lint::LintTexts;

/// The title of the rule with this name, for the documentation and for SARIF. Empty if there is no such rule.
pub fn title(rule: &str, locale: Locale) -> &'static str {
    let texts = LintTexts(locale);
    match rule {
        "public-access" => texts.public_access(),
        "whole-account" => texts.whole_account(),
        "service-without-source" => texts.service_without_source(),
        "service-with-any-source" => texts.service_with_any_source(),
        "deleted-principal" => texts.deleted_principal(),
        "wildcard-in-principal" => texts.wildcard_in_principal(),
        "principal-names-nothing" => texts.principal_names_nothing(),
        "not-principal-allow" => texts.not_principal_allow(),
        "not-principal-without-account" => texts.not_principal_without_account(),
        "not-principal-without-session" => texts.not_principal_without_session(),
        "not-principal" => texts.not_principal(),
        "unknown-action" => texts.unknown_action(),
        "pattern-without-action" => texts.pattern_without_action(),
        "other-service" => texts.other_service(),
        "not-on-repositories" => texts.not_on_repositories(),
        "redundant-action" => texts.redundant_action(),
        "not-action-allow" => texts.not_action_allow(),
        "incomplete-pull" => texts.incomplete_pull(),
        "incomplete-push" => texts.incomplete_push(),
        "key-never-there" => texts.key_never_there(),
        "tag-key-missing" => texts.tag_key_missing(),
        "for-all-values-allow" => texts.for_all_values_allow(),
        "needs-set-operator" => texts.needs_set_operator(),
        "needless-set-operator" => texts.needless_set_operator(),
        "operator-does-not-fit" => texts.operator_does_not_fit(),
        "both-booleans" => texts.both_booleans(),
        "unreadable-value" => texts.unreadable_value(),
        "private-address" => texts.private_address(),
        "wildcard-is-literal" => texts.wildcard_is_literal(),
        "wildcard-crosses-colons" => texts.wildcard_crosses_colons(),
        "variable-is-literal" => texts.variable_is_literal(),
        "variable-not-closed" => texts.variable_not_closed(),
        "variable-malformed" => texts.variable_malformed(),
        "variable-never-there" => texts.variable_never_there(),
        "unreachable" => texts.unreachable(),
        "shadowed" => texts.shadowed(),
        "resource-in-repository-policy" => texts.resource_in_repository_policy(),
        "registry-without-resource" => texts.registry_without_resource(),
        "duplicate-sid" => texts.duplicate_sid(),
        "locks-out" => texts.locks_out(),
        "size" => texts.size(),
        _ => "",
    }
}
