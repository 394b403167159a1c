//! Lifecycle policies, as defined in the ECR User Guide ("Lifecycle policy properties").
//!
//! Unknown properties of a rule are listed with it, because they may change what the rule does.

use model::lifecycle::{Fate, Keep, RuleView, Selection};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{budget::Budget, json};

/// The maximum size of the rules, in bytes. ECR accepts a text of at most 30,720 characters.
const RULES: usize = 128 * 1024;

/// A lifecycle policy, as far as it was understood.
#[derive(Debug, Default)]
pub struct Rules {
    /// The rules, by priority.
    pub rules: Vec<RuleView>,
    /// Unknown properties of the policy.
    pub unknown: Vec<String>,
}

/// Reads the rules of a lifecycle policy. None if the policy is not understood.
pub fn read_rules(text: &str) -> Option<Rules> {
    if text.len() > RULES {
        return None;
    }
    let (members, _) = json::read::<Map<String, Value>>(text.as_bytes())?;
    let mut policy = Members::new("", members);
    let listed = policy.require::<Vec<Map<String, Value>>>("rules")?;
    let mut budget = Budget::new(RULES);
    let rules = budget.list(listed, rule);
    let mut rules = rules.into_iter().collect::<Option<Vec<_>>>()?;
    rules.sort_by_key(|rule| rule.priority);
    Some(Rules {
        rules,
        unknown: policy.into_rest(&mut budget),
    })
}

fn rule(budget: &mut Budget, members: Map<String, Value>) -> Option<RuleView> {
    let mut rule = Members::new("", members);
    let mut selection = Members::new("selection.", rule.require("selection")?);
    let mut action = Members::new("action.", rule.require("action")?);
    let priority = rule.require("rulePriority")?;
    let description = rule.optional::<String>("description")?;
    let archived = selection.is_archived();
    let selects = selects(budget, &mut selection)?;
    let keeps = keeps(budget, &mut selection)?;
    let fate = fate(budget, &mut action)?;
    let rest = [rule, selection, action];
    Some(RuleView {
        priority,
        description: description.map(|text| budget.text(&text)),
        archived,
        selects,
        keeps,
        fate,
        unknown: rest
            .into_iter()
            .flat_map(|members| members.into_rest(budget))
            .collect(),
    })
}

/// Which images a rule selects. A list that does not apply to its tag status remains, and is
/// reported as unknown.
fn selects(budget: &mut Budget, selection: &mut Members) -> Option<Selection> {
    let status: String = selection.require("tagStatus")?;
    let mut texts = |list: Vec<String>| budget.list(list, |budget, text| budget.text(&text));
    Some(match status.as_str() {
        "any" => Selection::Any,
        "untagged" => Selection::Untagged,
        "tagged" => {
            let prefixes = selection.optional::<Vec<String>>("tagPrefixList")?;
            if let Some(prefixes) = prefixes.filter(|prefixes| !prefixes.is_empty()) {
                Selection::Prefixes(texts(prefixes))
            } else {
                match selection.optional::<Vec<String>>("tagPatternList")? {
                    Some(patterns) if !patterns.is_empty() => Selection::Patterns(texts(patterns)),
                    _ => Selection::Tagged,
                }
            }
        }
        other => Selection::Other(budget.text(other)),
    })
}

/// Which images a rule keeps. Times are in days, and counts have no unit.
fn keeps(budget: &mut Budget, selection: &mut Members) -> Option<Keep> {
    let kind: String = selection.require("countType")?;
    let count: u64 = selection.require("countNumber")?;
    let unit = selection.optional::<String>("countUnit")?;
    Some(match (kind.as_str(), unit.as_deref()) {
        ("imageCountMoreThan", None) => Keep::Newest(count),
        ("sinceImagePushed", Some("days")) => Keep::PushedWithin(count),
        ("sinceImagePulled", Some("days")) => Keep::PulledWithin(count),
        ("sinceImageTransitioned", Some("days")) => Keep::ArchivedWithin(count),
        (kind, None) => Keep::Other(budget.text(&format!("{kind} {count}"))),
        (kind, Some(unit)) => Keep::Other(budget.text(&format!("{kind} {count} {unit}"))),
    })
}

fn fate(budget: &mut Budget, action: &mut Members) -> Option<Fate> {
    let kind: String = action.require("type")?;
    let target = action.optional::<String>("targetStorageClass")?;
    Some(match Fate::new(&kind, target.as_deref()) {
        Fate::Other(action) => Fate::Other(budget.text(&action)),
        known => known,
    })
}

/// The members of an object that were not read yet.
struct Members {
    /// The path of the object, as a prefix for the names.
    place: &'static str,
    left: Map<String, Value>,
}

impl Members {
    fn new(place: &'static str, left: Map<String, Value>) -> Self {
        Self { place, left }
    }

    /// Reads a required member. None if it is missing or has another type.
    fn require<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        self.optional(name)?
    }

    /// Reads an optional member, which can be missing or `null`. None if it has another type.
    fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Option<Option<T>> {
        let value = self.left.remove(name).unwrap_or_default();
        serde_json::from_value(value).ok()
    }

    /// Whether the rule selects archived images. A storage class that is not one of ECR's two
    /// remains, and is reported as unknown.
    fn is_archived(&mut self) -> bool {
        let class = self.left.get("storageClass").and_then(Value::as_str);
        let archived = class == Some("archive");
        if archived || class == Some("standard") {
            self.left.remove("storageClass");
        }
        archived
    }

    /// The members that were not read, as they are written.
    fn into_rest(self, budget: &mut Budget) -> Vec<String> {
        let place = self.place;
        let rest = self.left.into_iter().filter(|(_, value)| !value.is_null());
        budget.list(rest, |budget, (name, value)| {
            let name = Value::from(format!("{place}{name}"));
            budget.text(&format!("{name}: {value}"))
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(rule: Value) -> RuleView {
        let text = json!({"rules": [rule]}).to_string();
        read_rules(&text).unwrap().rules.pop().unwrap()
    }

    #[test]
    fn rules_are_read_by_priority() {
        let text = r#"{"rules":[
                {"rulePriority":9,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":50},"action":{"type":"expire"}},
                {"rulePriority":1,"description":"old","selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":14},"action":{"type":"expire"}}]}"#;
        let Rules { rules, unknown } = read_rules(text).unwrap();
        assert_eq!(rules[0].keeps, Keep::PushedWithin(14));
        assert_eq!(rules[1].selects, Selection::Any);
        assert!(unknown.is_empty() && rules.iter().all(|rule| rule.unknown.is_empty()));
        assert!(read_rules("{}").is_none());
    }

    #[test]
    fn the_storage_classes_are_read() {
        let rule = read(json!({
            "rulePriority": 1,
            "selection": {
                "tagStatus": "any", "storageClass": "archive",
                "countType": "sinceImageTransitioned", "countUnit": "days", "countNumber": 365,
            },
            "action": {"type": "expire"},
        }));
        assert!(rule.archived && rule.unknown.is_empty());
        assert_eq!(rule.keeps, Keep::ArchivedWithin(365));
        let rule = read(json!({
            "rulePriority": 1,
            "selection": {
                "tagStatus": "tagged", "tagPrefixList": ["v"], "storageClass": "standard",
                "countType": "sinceImagePulled", "countUnit": "days", "countNumber": 90,
            },
            "action": {"type": "transition", "targetStorageClass": "archive"},
        }));
        assert!(!rule.archived && rule.unknown.is_empty());
        assert_eq!(rule.fate, Fate::Archive);
    }

    #[test]
    fn unknown_properties_are_listed() {
        let rule = json!({
            "rulePriority": 1,
            "enabled": false,
            "description": null,
            "selection": {
                "tagStatus": "untagged", "tagPrefixList": ["v"], "storageClass": "frozen",
                "countType": "sinceImagePushed", "countUnit": "hours", "countNumber": 14,
            },
            "action": {"type": "transition", "targetStorageClass": "glacier", "notify": ["a"]},
        });
        let text = json!({"rules": [rule], "version": 2}).to_string();
        let Rules { rules, unknown } = read_rules(&text).unwrap();
        assert_eq!(unknown, [r#""version": 2"#]);
        assert_eq!(
            rules[0].unknown,
            [
                r#""enabled": false"#,
                r#""selection.storageClass": "frozen""#,
                r#""selection.tagPrefixList": ["v"]"#,
                r#""action.notify": ["a"]"#,
            ]
        );
        assert_eq!(
            rules[0].keeps,
            Keep::Other("sinceImagePushed 14 hours".into())
        );
        assert_eq!(rules[0].fate, Fate::Other("transition glacier".into()));
    }

    #[test]
    fn contradictory_properties_are_listed() {
        let selection = |more: Value| {
            let mut selection = json!({"countType": "imageCountMoreThan", "countNumber": 1});
            let members = selection.as_object_mut().unwrap();
            members.extend(more.as_object().unwrap().clone());
            read(json!({"rulePriority": 1, "selection": selection, "action": {"type": "expire"}}))
        };
        let both = selection(
            json!({"tagStatus": "tagged", "tagPrefixList": ["a"], "tagPatternList": ["b*"]}),
        );
        assert_eq!(both.selects, Selection::Prefixes(vec!["a".into()]));
        assert_eq!(both.unknown, [r#""selection.tagPatternList": ["b*"]"#]);
        assert_eq!(
            selection(json!({"tagStatus": "tagged"})).selects,
            Selection::Tagged
        );
        let odd = selection(json!({"tagStatus": "signed"}));
        assert_eq!(odd.selects, Selection::Other("signed".into()));
        let unit = selection(json!({"tagStatus": "any", "countUnit": "days"}));
        assert_eq!(unit.keeps, Keep::Other("imageCountMoreThan 1 days".into()));
    }

    #[test]
    fn hidden_characters_in_a_rule_are_made_visible() {
        let text = "{\"rules\":[{\"rulePriority\":1,\"description\":\"a\u{202e}b\",\"selection\":{\"tagStatus\":\"tagged\",\"tagPatternList\":[\"p\u{200b}*\"],\"countType\":\"c\u{ad}\",\"countNumber\":1,\"x\u{200b}\":\"\u{2066}\"},\"action\":{\"type\":\"x\u{2066}\"}}]}";
        let json = serde_json::to_string(&read_rules(text).unwrap().rules).unwrap();
        assert!(
            json.contains("u{202e}") && !model::has_hiding(&json),
            "{json}"
        );
    }

    #[test]
    fn a_text_that_ecr_would_not_accept_is_not_read() {
        let text = format!("{{\"rules\":[]{}}}", " ".repeat(RULES));
        assert!(read_rules(&text).is_none());
    }
}
