//! The IAM actions of Amazon ECR: which concern a repository, and which condition keys they have.
//!
//! Source: "Actions, resources, and condition keys for Amazon Elastic Container Registry" in the Service
//! Authorization Reference, read together with the operations of aws-sdk-ecr 1.138 (November 2026). An action that
//! ECR adds later still matches wildcards and its own name. The table is used for speed, for the grid of the pages
//! and for lint remarks, never to decide whether an action is allowed.

/// What an action applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concerns {
    /// A repository: a repository policy can allow or deny it.
    Repository,
    /// The registry as a whole: a repository policy never decides it.
    Registry,
}

/// An action of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionFacts {
    /// The name, in the spelling of policies.
    pub name: &'static str,
    /// What it applies to.
    pub concerns: Concerns,
    /// Its condition keys, in addition to those of every request and, if it concerns a repository, the repository's
    /// resource tags.
    pub keys: &'static [&'static str],
}

/// An action's place in the table.
pub(crate) type ActionId = u8;

/// A set of actions, one bit each.
pub(crate) type ActionSet = u128;

/// The keys of a request that sets resource tags.
const TAGGING: &[&str] = &["aws:RequestTag/", "aws:TagKeys"];

const fn repository(name: &'static str) -> ActionFacts {
    with(name, Concerns::Repository, &[])
}

const fn registry(name: &'static str) -> ActionFacts {
    with(name, Concerns::Registry, &[])
}

const fn with(
    name: &'static str,
    concerns: Concerns,
    keys: &'static [&'static str],
) -> ActionFacts {
    ActionFacts {
        name,
        concerns,
        keys,
    }
}

/// Every action of ECR, in alphabetical order.
pub const ACTIONS: &[ActionFacts] = &[
    repository("ecr:BatchCheckLayerAvailability"),
    repository("ecr:BatchDeleteImage"),
    repository("ecr:BatchGetImage"),
    repository("ecr:BatchGetRepositoryScanningConfiguration"),
    repository("ecr:BatchImportUpstreamImage"),
    repository("ecr:CompleteLayerUpload"),
    registry("ecr:CreatePullThroughCacheRule"),
    with("ecr:CreateRepository", Concerns::Repository, TAGGING),
    registry("ecr:CreateRepositoryCreationTemplate"),
    repository("ecr:DeleteLifecyclePolicy"),
    registry("ecr:DeletePullThroughCacheRule"),
    registry("ecr:DeleteRegistryPolicy"),
    repository("ecr:DeleteRepository"),
    registry("ecr:DeleteRepositoryCreationTemplate"),
    repository("ecr:DeleteRepositoryPolicy"),
    registry("ecr:DeleteSigningConfiguration"),
    registry("ecr:DeregisterPullTimeUpdateExclusion"),
    repository("ecr:DescribeImageReplicationStatus"),
    repository("ecr:DescribeImages"),
    repository("ecr:DescribeImageScanFindings"),
    repository("ecr:DescribeImageSigningStatus"),
    registry("ecr:DescribePullThroughCacheRules"),
    registry("ecr:DescribeRegistry"),
    registry("ecr:DescribeReplicationBackfillResults"),
    repository("ecr:DescribeRepositories"),
    registry("ecr:DescribeRepositoryCreationTemplates"),
    with(
        "ecr:GetAccountSetting",
        Concerns::Registry,
        &["ecr:AccountSetting"],
    ),
    registry("ecr:GetAuthorizationToken"),
    repository("ecr:GetDownloadUrlForLayer"),
    repository("ecr:GetImageCopyStatus"),
    repository("ecr:GetLifecyclePolicy"),
    repository("ecr:GetLifecyclePolicyPreview"),
    registry("ecr:GetRegistryPolicy"),
    registry("ecr:GetRegistryScanningConfiguration"),
    repository("ecr:GetRepositoryPolicy"),
    registry("ecr:GetSigningConfiguration"),
    repository("ecr:InitiateLayerUpload"),
    repository("ecr:ListImageReferrers"),
    repository("ecr:ListImages"),
    registry("ecr:ListPullTimeUpdateExclusions"),
    registry("ecr:ListReplicationBackfills"),
    repository("ecr:ListTagsForResource"),
    with(
        "ecr:PutAccountSetting",
        Concerns::Registry,
        &["ecr:AccountSetting"],
    ),
    repository("ecr:PutImage"),
    repository("ecr:PutImageScanningConfiguration"),
    repository("ecr:PutImageTagMutability"),
    repository("ecr:PutLifecyclePolicy"),
    registry("ecr:PutRegistryPolicy"),
    registry("ecr:PutRegistryScanningConfiguration"),
    registry("ecr:PutReplicationConfiguration"),
    registry("ecr:PutSigningConfiguration"),
    registry("ecr:RegisterPullTimeUpdateExclusion"),
    repository("ecr:ReplicateImage"),
    repository("ecr:SetRepositoryPolicy"),
    repository("ecr:StartImageScan"),
    repository("ecr:StartLifecyclePolicyPreview"),
    registry("ecr:StartReplicationBackfill"),
    registry("ecr:StopReplicationBackfill"),
    with("ecr:TagResource", Concerns::Repository, TAGGING),
    with("ecr:UntagResource", Concerns::Repository, &["aws:TagKeys"]),
    repository("ecr:UpdateImageStorageClass"),
    registry("ecr:UpdatePullThroughCacheRule"),
    registry("ecr:UpdateRepositoryCreationTemplate"),
    repository("ecr:UploadLayerPart"),
    registry("ecr:ValidatePullThroughCacheRule"),
];

/// The keys that any request can have, in the spelling of AWS; tag keys without the tag name.
///
/// Source: "AWS global condition context keys" in the IAM User Guide; the condition keys of ECR in the Service
/// Authorization Reference.
pub(crate) const GLOBAL_KEYS: &[&str] = &[
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:ChatbotSourceArn",
    "aws:CurrentTime",
    "aws:Ec2InstanceSourcePrivateIPv4",
    "aws:Ec2InstanceSourceVpc",
    "aws:EpochTime",
    "aws:FederatedProvider",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalType",
    "aws:referer",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:SecureTransport",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIdentity",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:userid",
    "aws:username",
    "aws:ViaAWSService",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "aws:VpcSourceIp",
    "ecr:ResourceTag/",
    "aws:ResourceTag/",
    "aws:PrincipalTag/",
];

/// Finds an action by its name in lower case.
pub(crate) fn find(folded: &str) -> Option<ActionId> {
    let name = folded.strip_prefix("ecr:")?;
    let known = |facts: &ActionFacts| {
        (facts.name.as_bytes()[4..].iter())
            .map(u8::to_ascii_lowercase)
            .cmp(name.bytes())
    };
    let place = ACTIONS.binary_search_by(known).ok()?;
    ActionId::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_fits_a_set() {
        assert!(ACTIONS.is_sorted_by_key(|facts| facts.name.to_ascii_lowercase()));
        assert!(ACTIONS.len() <= ActionSet::BITS as usize);
        for (place, facts) in ACTIONS.iter().enumerate() {
            let found = find(&facts.name.to_ascii_lowercase());
            assert_eq!(found.map(usize::from), Some(place), "{}", facts.name);
        }
        assert_eq!(find("ecr:describeimagez"), None);
        assert_eq!(find("s3:getobject"), None);
    }
}
