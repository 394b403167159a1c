//! The registry's replication settings. ecr-local replicates nothing: a matching destination shows as in progress for
//! an hour after the push, and as complete after that.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use super::shapes::{ImageIdentifier, Nothing};
use crate::registry::{EcrError, ReplicationConfiguration, ReplicationRule, Timestamp};

const COPYING: Duration = Duration::from_secs(60 * 60);

pub(super) fn describe_registry(context: &Context<'_>, _: Nothing) -> Result<Value, EcrError> {
    let replication = context.registry.account().replication.clone();
    Ok(json!({
        "registryId": context.registry.home().account,
        "replicationConfiguration": replication,
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Put {
    replication_configuration: ReplicationConfiguration,
}

pub(super) fn put_configuration(context: &Context<'_>, request: Put) -> Result<Value, EcrError> {
    let configuration = request.replication_configuration;
    let home = context.registry.home();
    let is_elsewhere = |rule: &ReplicationRule| {
        (1..=25).contains(&rule.destinations.len())
            && rule
                .destinations
                .iter()
                .all(|to| to.region != home.region || to.registry_id != home.account)
            && rule
                .repository_filters
                .iter()
                .all(|filter| filter.filter_type == "PREFIX_MATCH")
    };
    if configuration.rules.len() > 10 || !configuration.rules.iter().all(is_elsewhere) {
        return Err(EcrError::invalid(
            "replicationConfiguration",
            "Member must hold at most 10 rules, each with 1 to 25 destinations other than this registry",
        ));
    }
    context.registry.account().replication = configuration.clone();
    Ok(json!({ "replicationConfiguration": configuration }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DescribeStatus {
    repository_name: String,
    image_id: ImageIdentifier,
}

pub(super) fn describe_status(
    context: &Context<'_>,
    request: DescribeStatus,
) -> Result<Value, EcrError> {
    let registry = context.registry;
    let image = registry.read_images(&request.repository_name, |images| {
        request.image_id.find_only(images).cloned()
    })?;
    let is_copied = image.pushed_at < Timestamp::now().before(COPYING);
    let status = if is_copied { "COMPLETE" } else { "IN_PROGRESS" };
    let rules = registry.account().replication.rules.clone();
    let statuses: Vec<Value> = rules
        .iter()
        .filter(|rule| names(rule, &request.repository_name))
        .flat_map(|rule| &rule.destinations)
        .map(|to| json!({ "region": to.region, "registryId": to.registry_id, "status": status }))
        .collect();
    Ok(json!({
        "repositoryName": request.repository_name,
        "imageId": ImageIdentifier::of(image.digest, request.image_id.image_tag.as_deref()),
        "replicationStatuses": statuses,
    }))
}

fn names(rule: &ReplicationRule, repository: &str) -> bool {
    rule.repository_filters.is_empty()
        || rule
            .repository_filters
            .iter()
            .any(|filter| repository.starts_with(&filter.filter))
}
