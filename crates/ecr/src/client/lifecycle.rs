//! Lifecycle policies and their previews.

use access::{Grant, acts};
use aws_sdk_ecr::{
    operation::get_lifecycle_policy_preview::GetLifecyclePolicyPreviewOutput,
    types::{
        LifecyclePolicyPreviewResult, LifecyclePolicyPreviewStatus, LifecyclePolicyPreviewSummary,
    },
};
use model::{
    Problem, RepositoryName, Timestamp,
    lifecycle::{Fate, PreviewImage, PreviewView},
};

use super::{EcrClient, Priority, images::timestamp, problem::Classify};
use crate::host::{Crawled, HostCall};

impl EcrClient {
    /// Reads a repository's lifecycle policy and the time when ECR last evaluated it. None if no
    /// policy is set.
    pub async fn lifecycle_policy(
        &self,
        _: &HostCall,
        priority: Priority,
        name: &RepositoryName,
    ) -> Result<Crawled<Option<(String, Option<Timestamp>)>>, Problem> {
        const OPERATION: &str = "GetLifecyclePolicy";
        let request = self
            .client(priority)
            .get_lifecycle_policy()
            .set_registry_id(self.registry_id());
        let request = request.repository_name(name.as_str()).send();
        match self.call(priority, OPERATION, request).await {
            Ok(output) => {
                // ECR returns 1970 for a policy that it has not evaluated yet.
                let evaluated = output
                    .last_evaluated_at
                    .as_ref()
                    .map(timestamp)
                    .filter(|time| time.0 > 0);
                let text = output.lifecycle_policy_text;
                Ok(Crawled::new(text.map(|text| (text, evaluated))))
            }
            Err(error) if error.code() == Some("LifecyclePolicyNotFoundException") => {
                Ok(Crawled::new(None))
            }
            Err(error) => Err(self.failed(OPERATION, Some(name), &error)),
        }
    }

    /// Reads the latest preview. None if no preview was requested.
    pub async fn lifecycle_preview(
        &self,
        _: &HostCall,
        priority: Priority,
        name: &RepositoryName,
    ) -> Result<Crawled<Option<PreviewView>>, Problem> {
        let request = self
            .client(priority)
            .get_lifecycle_policy_preview()
            .set_registry_id(self.registry_id());
        let request = request
            .repository_name(name.as_str())
            .max_results(100)
            .send();
        let output = match self
            .call(priority, "GetLifecyclePolicyPreview", request)
            .await
        {
            Ok(output) => output,
            Err(error) if error.code() == Some("LifecyclePolicyPreviewNotFoundException") => {
                return Ok(Crawled::new(None));
            }
            Err(error) => return Err(self.failed("GetLifecyclePolicyPreview", Some(name), &error)),
        };
        Ok(Crawled::new(Some(preview(output))))
    }

    /// Asks ECR to preview the current policy. A preview that is already in progress counts as
    /// success.
    pub(crate) async fn start_lifecycle_preview(
        &self,
        grant: &Grant<acts::StartLifecyclePolicyPreview>,
    ) -> Result<(), Problem> {
        const OPERATION: &str = "StartLifecyclePolicyPreview";
        let name = &grant.repository().name;
        let request = self
            .interactive
            .start_lifecycle_policy_preview()
            .set_registry_id(self.registry_id());
        let request = request.repository_name(name.as_str()).send();
        match self.call(Priority::Interactive, OPERATION, request).await {
            Ok(_) => Ok(()),
            Err(error) if error.code() == Some("LifecyclePolicyPreviewInProgressException") => {
                Ok(())
            }
            Err(error) if error.code() == Some("LifecyclePolicyNotFoundException") => {
                Err(Problem::Gone)
            }
            Err(error) => Err(self.failed(OPERATION, Some(name), &error)),
        }
    }
}

fn preview(output: GetLifecyclePolicyPreviewOutput) -> PreviewView {
    let results = output.preview_results.unwrap_or_default();
    let mut images: Vec<_> = results.into_iter().filter_map(image).collect();
    // ECR does not document the order of the images.
    images.sort_by(|left, right| {
        (left.rule, left.pushed, &left.digest).cmp(&(right.rule, right.pushed, &right.digest))
    });
    let listed = u32::try_from(images.len()).unwrap_or(u32::MAX);
    PreviewView {
        running: output.status == Some(LifecyclePolicyPreviewStatus::InProgress),
        failed: matches!(
            output.status,
            Some(LifecyclePolicyPreviewStatus::Failed | LifecyclePolicyPreviewStatus::Expired)
        ),
        total: output.summary.map_or(0, total).max(listed),
        images,
        text: output.lifecycle_policy_text,
    }
}

/// How many images would expire or move to another storage class.
fn total(summary: LifecyclePolicyPreviewSummary) -> u32 {
    let moving = summary.transitioning_image_total_counts.unwrap_or_default();
    let moving = moving.iter().filter_map(|count| count.image_total_count);
    let counts = moving.chain(summary.expiring_image_total_count);
    counts
        .filter_map(|count| u32::try_from(count).ok())
        .fold(0, u32::saturating_add)
}

fn image(image: LifecyclePolicyPreviewResult) -> Option<PreviewImage> {
    let tags = image.image_tags.unwrap_or_default();
    let action = image.action.map(|action| {
        let word = |word: &str| word.to_lowercase();
        let kind = action.r#type.map(|kind| word(kind.as_str()));
        let target = action.target_storage_class;
        let target = target.map(|target| word(target.as_str()));
        Fate::new(&kind.unwrap_or_default(), target.as_deref())
    });
    Some(PreviewImage {
        digest: image.image_digest?.parse().ok()?,
        tags: tags
            .into_iter()
            .filter_map(|tag| tag.parse().ok())
            .collect(),
        pushed: image.image_pushed_at.as_ref().map(timestamp),
        rule: image.applied_rule_priority.unwrap_or_default().into(),
        fate: action.unwrap_or_else(|| Fate::Other(String::new())),
    })
}
