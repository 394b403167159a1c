//! The sentences of remarks on policies, for pages, the command line and SARIF.

mod actions;
mod conditions;
mod principals;
mod titles;
mod values;

use model::{Locale, visible};
use policy::{Finding, Remark, StatementLabel};
pub use words::lint::LintTexts;

use super::gap;

pub use titles::title;

/// What is wrong, and what to do.
type Sentences = (String, String);

/// What is wrong and what to do, without the statement that it is about.
pub fn advice(finding: &Finding, locale: Locale) -> String {
    let texts = LintTexts(locale);
    let (reason, remedy) = match finding {
        Finding::Trust(remark) => principals::trust(remark, texts),
        Finding::Principal(remark) => principals::principal(remark, texts),
        Finding::Action(remark) => actions::action(remark, texts),
        Finding::Condition(remark) => conditions::condition(remark, texts),
        Finding::Value(remark) => values::value(remark, texts),
        Finding::Statement(remark) => actions::statement(remark, texts),
    };
    let gap = gap(locale).unwrap_or_default();
    visible(&format!("{reason}{gap}{remedy}"))
}

/// A remark on one line, as compilers print it, to follow the name of the file.
pub fn line(remark: &Remark, locale: Locale) -> String {
    let Remark {
        severity,
        at,
        statement,
        finding,
    } = remark;
    let said = advice(finding, locale);
    let said = match statement {
        Some(label) => LintTexts(locale).statement(&visible(&label.to_string()), &said),
        None => said,
    };
    let (line, column, rule) = (at.line, at.column, finding.rule().id);
    format!("{line}:{column}: {severity}[{rule}]: {said}")
}

fn labels(labels: &[StatementLabel], texts: LintTexts) -> String {
    let labels: Vec<_> = labels.iter().map(ToString::to_string).collect();
    words::listed(&labels, texts.0)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use std::collections::HashSet;

    use policy::{LintOptions, Policy, PolicyKind, lint, rules};
    use words::LANGUAGES;

    use super::*;

    fn remarks(text: &str) -> Vec<Remark> {
        let policy = Policy::parse(text, PolicyKind::Repository).unwrap();
        lint(&policy, LintOptions::default())
    }

    #[test]
    fn a_remark_says_where_it_is_what_is_wrong_and_what_to_do() {
        let text = "{\"Statement\": [\n  {\"Sid\": \"Push\", \"Effect\": \"Deny\", \"Principal\": \"*\",\n   \
                    \"Action\": \"ecr:PutImages\"}]}";
        let lines: Vec<_> = remarks(text)
            .iter()
            .map(|remark| line(remark, Locale::En))
            .collect();
        assert_eq!(
            lines,
            [
                "3:14: error[unknown-action]: statement Push: Amazon ECR has no action ecr:PutImages. \
                 Use ecr:PutImage if you mean that."
            ]
        );
    }

    #[test]
    fn a_remark_shows_hidden_characters() {
        let text = r#"{"Statement": {"Effect": "Allow", "Principal": "*", "Sid": "\u202e", "Action": "ecr:\u202e"}}"#;
        for locale in LANGUAGES {
            for remark in remarks(text) {
                assert!(!model::has_hiding(&line(&remark, locale)));
            }
        }
    }

    #[test]
    fn every_rule_has_a_title_in_every_language() {
        for locale in LANGUAGES {
            let titles: HashSet<_> = rules().map(|rule| title(rule.id, locale)).collect();
            assert!(!titles.contains(""), "{locale:?}");
            assert_eq!(titles.len(), rules().count(), "{locale:?}");
        }
    }

    #[test]
    fn the_documentation_lists_every_rule() {
        let documentation = include_str!("../../../../docs/lint.md");
        let rows: Vec<_> = documentation
            .lines()
            .filter(|line| line.starts_with("| `"))
            .collect();
        let expected: Vec<_> = rules()
            .map(|rule| {
                let title = title(rule.id, Locale::En);
                format!("| `{}` | {} | {title} |", rule.id, rule.severity)
            })
            .collect();
        assert_eq!(
            rows,
            expected,
            "the table of docs/lint.md:\n{}",
            expected.join("\n")
        );
    }
}
