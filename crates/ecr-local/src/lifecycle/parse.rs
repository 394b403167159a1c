use serde::Deserialize;

use super::check::check;
use crate::registry::{EcrError, LifecycleAction, StorageClass};

/// A lifecycle policy whose rules passed ECR's checks, in descending priority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The rules by ascending priority number.
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// The priority: 1 is the highest.
    pub rule_priority: u32,
    /// A description for people.
    pub description: Option<String>,
    /// The images that it applies to.
    pub selection: Selection,
    /// What happens to them.
    pub action: LifecycleAction,
}

/// The images that a rule applies to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Selection {
    /// Tagged, untagged, or both.
    pub tag_status: TagStatus,
    /// Prefixes. For each of them, the image must have a tag that starts with it.
    pub tag_prefix_list: Option<Vec<String>>,
    /// Patterns with `*`. For each of them, the image must have a tag that matches it.
    pub tag_pattern_list: Option<Vec<String>>,
    /// Active or archived images.
    #[serde(default)]
    pub storage_class: StorageClass,
    /// What the rule counts.
    pub count_type: CountType,
    /// `days`, for count types that measure time.
    pub count_unit: Option<CountUnit>,
    /// How many images, or days.
    pub count_number: u32,
}

/// A filter of images by their tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TagStatus {
    /// With a tag.
    Tagged,
    /// Without a tag.
    Untagged,
    /// With or without a tag.
    Any,
}

/// What a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CountType {
    /// This many of the newest images are kept.
    ImageCountMoreThan,
    /// Days since the push, or since the last restore from the archive.
    SinceImagePushed,
    /// Days since the last pull or the last restore from the archive, or else since the push.
    SinceImagePulled,
    /// Days since it was archived.
    SinceImageTransitioned,
}

/// The unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CountUnit {
    /// 24 hours.
    Days,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyJson {
    rules: Vec<Rule>,
}

impl Policy {
    /// Parses a policy text.
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
        check(&rules).map_err(|mistake| invalid(&mistake))?;
        Ok(Self { rules })
    }
}

fn invalid(why: &str) -> EcrError {
    EcrError::invalid(
        "LifecyclePolicyText",
        &format!("Lifecycle policy validation failure: {why}"),
    )
}
