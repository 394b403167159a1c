//! Remarks as SARIF, the format that code scanning reads.
//!
//! Source: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS.

use policy::{Position, RULES, Rule, Severity};
use serde_json::{Value, json};

use super::Checked;

/// The rule for a file that is not a policy.
pub(super) const UNREADABLE: &str = "not-a-policy";

/// A log of one run over these files.
pub(super) fn log(checked: &[Checked]) -> Value {
    let unreadable = Rule {
        id: UNREADABLE,
        severity: Severity::Error,
        summary: "The file is no policy of this kind",
    };
    let rules: Vec<Value> = RULES.iter().chain([&unreadable]).map(rule).collect();
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

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "defaultConfiguration": {"level": rule.severity.name()},
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
        let message = remark.finding.to_string();
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
