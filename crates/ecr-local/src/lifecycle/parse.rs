use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::registry::EcrError;

/// A lifecycle policy whose rules passed ECR's checks, the most important rule first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The rules by rising priority number.
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// From 1, the most important, upwards.
    pub rule_priority: u32,
    /// A sentence for people.
    pub description: Option<String>,
    /// Which images.
    pub selection: Selection,
    /// What happens to them.
    pub action: Action,
}

/// Which images a rule concerns.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Selection {
    /// Tagged, untagged, or both.
    pub tag_status: TagStatus,
    /// Prefixes, each of which one of the image's tags must have.
    #[serde(default)]
    pub tag_prefix_list: Vec<String>,
    /// Patterns with `*`, each of which one of the image's tags must match.
    #[serde(default)]
    pub tag_pattern_list: Vec<String>,
    /// Images in use or in the archive.
    #[serde(default)]
    pub storage_class: StorageClass,
    /// What is counted.
    pub count_type: CountType,
    /// `days`, for the count types that measure time.
    pub count_unit: Option<CountUnit>,
    /// How many images, or days.
    pub count_number: u32,
}

/// Which images by their tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TagStatus {
    /// With a tag.
    Tagged,
    /// Without one.
    Untagged,
    /// Both.
    Any,
}

/// Where an image is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "lowercase", serialize = "SCREAMING_SNAKE_CASE"))]
pub enum StorageClass {
    /// Ready to be pulled.
    #[default]
    Standard,
    /// In the archive.
    Archive,
}

/// What a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CountType {
    /// The newest so many stay.
    ImageCountMoreThan,
    /// Days since the push.
    SinceImagePushed,
    /// Days since the last pull, or since the push if there was none.
    SinceImagePulled,
    /// Days since it went into the archive.
    SinceImageTransitioned,
}

/// The unit of time that rules know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CountUnit {
    /// 24 hours.
    Days,
}

/// What happens to an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "type", deny_unknown_fields)]
#[serde(rename_all(deserialize = "lowercase", serialize = "SCREAMING_SNAKE_CASE"))]
#[serde(rename_all_fields = "camelCase")]
pub enum Action {
    /// It is deleted.
    Expire {},
    /// It moves to another storage class.
    Transition {
        /// Which one; only the archive is possible.
        target_storage_class: StorageClass,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyJson {
    rules: Vec<Rule>,
}

impl Policy {
    /// Reads a policy text.
    ///
    /// # Errors
    /// `InvalidParameterException` with what is wrong.
    pub fn parse(text: &str) -> Result<Self, EcrError> {
        if !(100..=30_720).contains(&text.chars().count()) {
            return Err(EcrError::invalid(
                "lifecyclePolicyText",
                "Member must have length between 100 and 30720",
            ));
        }
        let json: PolicyJson =
            serde_json::from_str(text).map_err(|error| invalid(&error.to_string()))?;
        let mut rules = json.rules;
        rules.sort_by_key(|rule| rule.rule_priority);
        check_rules(&rules)?;
        Ok(Self { rules })
    }
}

fn check_rules(rules: &[Rule]) -> Result<(), EcrError> {
    if rules.is_empty() {
        return Err(invalid("a policy needs a rule"));
    }
    let mut priorities = HashSet::new();
    for rule in rules {
        if rule.rule_priority == 0 || !priorities.insert(rule.rule_priority) {
            return Err(invalid("rulePriority must be at least 1 and unique"));
        }
        check_selection(&rule.selection)?;
        check_action(rule)?;
    }
    let catches_all = |rule: &Rule| {
        rule.selection.tag_status == TagStatus::Any
            && rule.selection.storage_class == StorageClass::Standard
            && matches!(rule.action, Action::Expire {})
    };
    match rules.iter().position(catches_all) {
        Some(at)
            if rules[at + 1..]
                .iter()
                .any(|rule| rule.selection.storage_class == StorageClass::Standard) =>
        {
            Err(invalid(
                "a rule with tagStatus any must have the highest rulePriority",
            ))
        }
        _ => Ok(()),
    }
}

fn check_selection(selection: &Selection) -> Result<(), EcrError> {
    let has_prefixes = !selection.tag_prefix_list.is_empty();
    let has_patterns = !selection.tag_pattern_list.is_empty();
    if (selection.tag_status == TagStatus::Tagged) != (has_prefixes || has_patterns) {
        return Err(invalid(
            "tagPrefixList or tagPatternList goes with tagStatus tagged, and only with it",
        ));
    }
    if has_prefixes && has_patterns {
        return Err(invalid(
            "a rule takes tagPrefixList or tagPatternList, not both",
        ));
    }
    if selection
        .tag_pattern_list
        .iter()
        .any(|pattern| pattern.matches('*').count() > 4)
    {
        return Err(invalid("a tag pattern has at most four wildcards"));
    }
    if selection.count_number == 0 {
        return Err(invalid("countNumber must be at least 1"));
    }
    let counts_images = selection.count_type == CountType::ImageCountMoreThan;
    if counts_images == selection.count_unit.is_some() {
        return Err(invalid(
            "countUnit goes with the count types that measure time, and only with them",
        ));
    }
    Ok(())
}

fn check_action(rule: &Rule) -> Result<(), EcrError> {
    let is_archived = rule.selection.storage_class == StorageClass::Archive;
    let counts_transition = rule.selection.count_type == CountType::SinceImageTransitioned;
    if is_archived != counts_transition {
        return Err(invalid(
            "storageClass archive goes with sinceImageTransitioned, and only with it",
        ));
    }
    match rule.action {
        Action::Transition { .. } if is_archived => Err(invalid("archived images can only expire")),
        Action::Transition {
            target_storage_class: StorageClass::Standard,
        } => Err(invalid("targetStorageClass must be archive")),
        _ => Ok(()),
    }
}

fn invalid(why: &str) -> EcrError {
    EcrError::invalid(
        "LifecyclePolicyText",
        &format!("Lifecycle policy validation failure: {why}"),
    )
}
