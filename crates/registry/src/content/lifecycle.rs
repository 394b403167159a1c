//! Lifecycle policies, as the ECR User Guide lays them out ("Lifecycle policy properties").

use model::lifecycle::{Keep, RuleView, Selection};
use serde::Deserialize;

use super::{budget::Budget, first::First, json};

/// The most bytes of the rules. ECR takes a text of at most 30,720 characters.
const RULES: usize = 128 * 1024;

#[derive(Deserialize)]
struct Raw {
    rules: First<RawRule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawRule {
    rule_priority: i64,
    description: Option<String>,
    selection: RawSelection,
    action: RawAction,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawSelection {
    tag_status: String,
    tag_prefix_list: Option<First<String>>,
    tag_pattern_list: Option<First<String>>,
    count_type: String,
    count_number: u64,
}

#[derive(Deserialize)]
struct RawAction {
    r#type: String,
}

/// The rules of a lifecycle policy, by priority; none when it cannot be understood.
pub(crate) fn read_rules(text: &str) -> Option<Vec<RuleView>> {
    let (raw, _) = json::read::<Raw>(text.as_bytes())?;
    let mut budget = Budget::new(RULES);
    let rules = First::of(Some(raw.rules), &mut budget);
    let mut rules = budget.list(rules, rule);
    rules.sort_by_key(|rule| rule.priority);
    Some(rules)
}

fn rule(budget: &mut Budget, raw: RawRule) -> RuleView {
    let selection = raw.selection;
    let mut texts = |list| {
        let list = First::of(Some(list), budget);
        budget.list(list, |budget, text: String| budget.text(&text))
    };
    let selects = match (
        selection.tag_status.as_str(),
        selection.tag_prefix_list,
        selection.tag_pattern_list,
    ) {
        ("untagged", _, _) => Selection::Untagged,
        ("tagged", Some(prefixes), None) => Selection::Prefixes(texts(prefixes)),
        ("tagged", _, Some(patterns)) => Selection::Patterns(texts(patterns)),
        _ => Selection::Any,
    };
    let count = selection.count_number;
    let keeps = match selection.count_type.as_str() {
        "imageCountMoreThan" => Keep::Newest(count),
        "sinceImagePushed" => Keep::PushedWithin(count),
        "sinceImagePulled" => Keep::PulledWithin(count),
        "sinceImageTransitioned" => Keep::ArchivedWithin(count),
        other => Keep::Other(format!("{} {count}", budget.text(other))),
    };
    RuleView {
        priority: raw.rule_priority,
        description: raw.description.map(|text| budget.text(&text)),
        selects,
        keeps,
        action: budget.text(&raw.action.r#type),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_by_priority() {
        let rules = read_rules(
            r#"{"rules":[
                {"rulePriority":9,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":50},"action":{"type":"expire"}},
                {"rulePriority":1,"description":"old","selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":14},"action":{"type":"expire"}}]}"#,
        )
        .unwrap();
        assert_eq!(rules[0].keeps, Keep::PushedWithin(14));
        assert_eq!(rules[1].selects, Selection::Any);
        assert!(read_rules("{}").is_none());
    }

    #[test]
    fn what_hides_in_a_rule_is_made_visible() {
        let rules = read_rules(
            "{\"rules\":[{\"rulePriority\":1,\"description\":\"a\u{202e}b\",\"selection\":{\"tagStatus\":\"tagged\",\"tagPatternList\":[\"p\u{200b}*\"],\"countType\":\"c\u{ad}\",\"countNumber\":1},\"action\":{\"type\":\"x\u{2066}\"}}]}",
        )
        .unwrap();
        let json = serde_json::to_string(&rules).unwrap();
        assert!(
            json.contains("u{202e}") && !model::has_hiding(&json),
            "{json}"
        );
    }
}
