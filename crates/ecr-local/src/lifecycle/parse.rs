use serde::{Deserialize, Serialize};

use super::check::check;
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
    pub tag_prefix_list: Option<Vec<String>>,
    /// Patterns with `*`, each of which one of the image's tags must match.
    pub tag_pattern_list: Option<Vec<String>>,
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

impl StorageClass {
    /// Its name in a policy.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Archive => "archive",
        }
    }
}

/// What a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CountType {
    /// The newest so many stay.
    ImageCountMoreThan,
    /// Days since the push, or since the last restore from the archive.
    SinceImagePushed,
    /// Days since the last pull or the last restore from the archive, or else since the push.
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
