//! Which rules ECR refuses, alone or in combination, according to the user guide's pages on lifecycle policy
//! properties and evaluation rules.

use std::collections::HashSet;

use super::parse::{CountType, Rule, TagStatus};
use crate::registry::{LifecycleAction, StorageClass};

/// ECR's quota of rules in one policy.
const MAX_RULES: usize = 50;
/// The maximum number of `*` in a tag pattern.
const MAX_WILDCARDS: usize = 4;
/// The minimum number of days before a rule can delete an archived image.
const MIN_ARCHIVED_DAYS: u32 = 90;

/// Refuses rules that ECR would refuse. They must be sorted by ascending priority number.
///
/// # Errors
/// What is wrong, and with which rule.
pub(super) fn check(rules: &[Rule]) -> Result<(), String> {
    if !(1..=MAX_RULES).contains(&rules.len()) {
        return Err(format!("a policy has 1 to {MAX_RULES} rules"));
    }
    for rule in rules {
        if let Some(mistake) = mistake(rule) {
            return Err(format!("rule {}: {mistake}", rule.rule_priority));
        }
    }
    if let Some(pair) = rules
        .windows(2)
        .find(|pair| pair[0].rule_priority == pair[1].rule_priority)
    {
        return Err(format!(
            "two rules have rulePriority {}; each rule needs its own",
            pair[0].rule_priority
        ));
    }
    check_together(rules, StorageClass::Standard)?;
    check_together(rules, StorageClass::Archive)
}

/// The first error of a rule by itself.
fn mistake(rule: &Rule) -> Option<&'static str> {
    tag_mistake(rule).or_else(|| count_mistake(rule))
}

fn tag_mistake(rule: &Rule) -> Option<&'static str> {
    let selection = &rule.selection;
    let (prefixes, patterns) = (&selection.tag_prefix_list, &selection.tag_pattern_list);
    let is_tagged = selection.tag_status == TagStatus::Tagged;
    let lists = usize::from(prefixes.is_some()) + usize::from(patterns.is_some());
    let is_empty = |list: &Option<Vec<String>>| list.as_ref().is_some_and(Vec::is_empty);
    let is_wild = |pattern: &String| pattern.matches('*').count() > MAX_WILDCARDS;
    first([
        (rule.rule_priority == 0, "rulePriority must be at least 1"),
        (
            is_tagged && lists == 0,
            "tagStatus tagged needs a tagPrefixList or a tagPatternList",
        ),
        (
            is_tagged && lists == 2,
            "use tagPrefixList or tagPatternList, not both",
        ),
        (
            !is_tagged && lists > 0,
            "tagPrefixList and tagPatternList are for tagStatus tagged only",
        ),
        (
            is_empty(prefixes) || is_empty(patterns),
            "tagPrefixList and tagPatternList must not be empty",
        ),
        (
            patterns.iter().flatten().any(is_wild),
            "a tag pattern has at most four wildcards",
        ),
    ])
}

fn count_mistake(rule: &Rule) -> Option<&'static str> {
    let selection = &rule.selection;
    let counts = |count_type: CountType| selection.count_type == count_type;
    let is_archived = selection.storage_class == StorageClass::Archive;
    let is_transition = matches!(rule.action, LifecycleAction::Transition { .. });
    let leads_nowhere = rule.action
        == LifecycleAction::Transition {
            target_storage_class: StorageClass::Standard,
        };
    first([
        (
            selection.count_number == 0,
            "countNumber must be at least 1",
        ),
        (
            counts(CountType::ImageCountMoreThan) == selection.count_unit.is_some(),
            "countUnit is required for the count types that measure days, and for no other",
        ),
        (
            is_archived != counts(CountType::SinceImageTransitioned),
            "sinceImageTransitioned needs storageClass archive, and is the only count type for it",
        ),
        (
            is_archived && is_transition,
            "archived images can only expire",
        ),
        (
            is_archived && selection.count_number < MIN_ARCHIVED_DAYS,
            "archived images stay for at least 90 days: countNumber must be 90 or more",
        ),
        (
            counts(CountType::SinceImagePulled) && !is_transition,
            "sinceImagePulled can only archive images: use action transition",
        ),
        (leads_nowhere, "targetStorageClass must be archive"),
    ])
}

/// The text of the first condition that holds.
fn first<const N: usize>(mistakes: [(bool, &'static str); N]) -> Option<&'static str> {
    mistakes
        .into_iter()
        .find_map(|(is_made, words)| is_made.then_some(words))
}

/// Refuses rules of one storage class that exclude each other.
fn check_together(rules: &[Rule], class: StorageClass) -> Result<(), String> {
    let rules: Vec<&Rule> = rules
        .iter()
        .filter(|rule| rule.selection.storage_class == class)
        .collect();
    let with = |status: TagStatus| move |rule: &&&Rule| rule.selection.tag_status == status;
    let name = class.name();
    if rules.iter().filter(with(TagStatus::Untagged)).count() > 1 {
        return Err(format!(
            "only one rule for storage class {name} may have tagStatus untagged"
        ));
    }
    if let Some((_, others)) = rules.split_last()
        && let Some(rule) = others.iter().find(with(TagStatus::Any))
    {
        return Err(format!(
            "rule {}: tagStatus any needs the highest rulePriority of all rules for storage class {name}",
            rule.rule_priority
        ));
    }
    let mut prefixes = HashSet::new();
    for rule in rules {
        for prefix in rule.selection.tag_prefix_list.iter().flatten() {
            if !prefixes.insert(prefix) {
                return Err(format!(
                    "rule {}: the prefix '{prefix}' is used twice for storage class {name}",
                    rule.rule_priority
                ));
            }
        }
    }
    Ok(())
}
