//! Remarks as SARIF, the format that code scanning reads.
//!
//! Source: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS.

use app::messages::lint::{LintTexts, advice, title};
use model::Locale;
use policy::{Position, Severity, rules};
use serde_json::{Value, json};

use super::Checked;

/// The rule for a file that is not a policy.
pub(super) const UNREADABLE: &str = "not-a-policy";

/// A log of one run over these files.
pub(super) fn log(checked: &[Checked]) -> Value {
    let unreadable = LintTexts(Locale::En).not_a_policy();
    let unreadable = rule(UNREADABLE, Severity::Error, unreadable);
    let rules = rules().map(|it| rule(it.id, it.severity, title(it.id, Locale::En)));
    let rules: Vec<Value> = rules.chain([unreadable]).collect();
    let results: Vec<Value> = checked.iter().flat_map(results).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "gantry policy lint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            // Columns are counted in characters.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(id: &str, severity: Severity, title: &str) -> Value {
    json!({
        "id": id,
        "shortDescription": {"text": title},
        "defaultConfiguration": {"level": severity.name()},
    })
}

fn results(checked: &Checked) -> Vec<Value> {
    let unreadable = checked.error.iter().map(|error| {
        result(
            checked,
            UNREADABLE,
            Severity::Error,
            error.at,
            &error.message,
        )
    });
    let remarks = checked.remarks.iter().map(|remark| {
        let message = advice(&remark.finding, Locale::En);
        result(
            checked,
            remark.rule().id,
            remark.severity,
            remark.at,
            &message,
        )
    });
    unreadable.chain(remarks).collect()
}

fn result(checked: &Checked, rule: &str, severity: Severity, at: Position, message: &str) -> Value {
    json!({
        "ruleId": rule,
        "level": severity.name(),
        "message": {"text": message},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": checked.file},
            "region": {"startLine": at.line, "startColumn": at.column},
        }}],
    })
}
