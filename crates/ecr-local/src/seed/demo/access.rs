//! The policies of the demo's repositories, one function for each kind of agreement.

use serde_json::json;

use super::people::{
    CHECKOUT_DEVELOPER, DELETED_ROLE, EVERY_TEAM, LOGISTICS_ACCOUNT, LOGISTICS_READER,
    ORGANIZATION, OWN_ACCOUNT, PAYMENTS_AUDITOR, PAYMENTS_DEVELOPER, RELEASE_MANAGER,
    STOREFRONT_DEVELOPER,
};
use super::policy::{PULL, PUSH, Policy, SEE, Statement, TEND};

/// Shared base images: every team reads them, the release manager publishes them.
pub fn shared_base() -> Policy {
    Policy::new(vec![
        Statement::allow("EveryTeamReads", &EVERY_TEAM, &[SEE, PULL]),
        Statement::allow("ReleasePublishes", &[RELEASE_MANAGER], &[PUSH]),
    ])
}

/// A team's own repository: its developers read, push and maintain it; the release manager reads it.
pub fn owned_by(developer: &'static str) -> Policy {
    Policy::new(vec![
        Statement::allow("TeamDevelops", &[developer], &[SEE, PULL, PUSH, TEND]),
        Statement::allow("ReleaseReads", &[RELEASE_MANAGER], &[SEE, PULL]),
    ])
}

/// Like [`owned_by`], but a neighbouring team can view the images, and not read this policy.
pub fn shown_to_checkout() -> Policy {
    Policy::new(vec![
        Statement::allow(
            "TeamDevelops",
            &[STOREFRONT_DEVELOPER],
            &[SEE, PULL, PUSH, TEND],
        ),
        Statement::allow("ReleaseReads", &[RELEASE_MANAGER], &[SEE, PULL]),
        Statement::allow(
            "CheckoutLooks",
            &[CHECKOUT_DEVELOPER],
            &[&[
                "ecr:DescribeRepositories",
                "ecr:DescribeImages",
                "ecr:ListImages",
            ]],
        ),
    ])
}

/// Like [`owned_by`], but a neighbouring team can list tags and digests, and nothing else.
pub fn listed_for_storefront() -> Policy {
    Policy::new(vec![
        Statement::allow(
            "TeamDevelops",
            &[CHECKOUT_DEVELOPER],
            &[SEE, PULL, PUSH, TEND],
        ),
        Statement::allow("ReleaseReads", &[RELEASE_MANAGER], &[SEE, PULL]),
        Statement::allow(
            "StorefrontLists",
            &[STOREFRONT_DEVELOPER],
            &[&["ecr:ListImages"]],
        ),
    ])
}

/// Payments: the developers work here; the auditor sees findings and policies and cannot pull; and no unencrypted
/// requests are allowed.
pub fn audited() -> Policy {
    let in_the_clear = json!({"Bool": {"aws:SecureTransport": "false"}});
    Policy::new(vec![
        Statement::allow(
            "TeamDevelops",
            &[PAYMENTS_DEVELOPER],
            &[SEE, PULL, PUSH, TEND],
        ),
        Statement::allow("AuditorReviews", &[PAYMENTS_AUDITOR], &[SEE]),
        Statement::allow("ReleaseReads", &[RELEASE_MANAGER], &[SEE, PULL]),
        Statement::deny(
            "AuditorNeverPulls",
            &[PAYMENTS_AUDITOR],
            &[&["ecr:BatchGetImage"]],
        ),
        Statement::deny("OnlyEncrypted", &["*"], &[&["ecr:*"]]).when(in_the_clear),
    ])
}

/// A stage that only the release manager changes. The rule is one statement, with the condition that AWS recommends.
pub fn stage_guarded_for_all(developer: &'static str) -> Policy {
    let mut statements = stage_readers(developer);
    statements.push(only_release_changes());
    Policy::new(statements)
}

/// Like [`stage_guarded_for_all`], with a second rule by NotPrincipal. The second rule lists no session, so it may
/// also deny the release manager.
pub fn stage_guarded_twice(developer: &'static str) -> Policy {
    let mut statements = stage_readers(developer);
    statements.push(only_release_changes());
    statements.push(Statement::deny_all_but(
        "OnlyReleaseDeletes",
        &[RELEASE_MANAGER, OWN_ACCOUNT],
        &[&["ecr:BatchDeleteImage"]],
    ));
    Policy::new(statements)
}

fn only_release_changes() -> Statement {
    Statement::deny(
        "OnlyReleaseChanges",
        &["*"],
        &[&["ecr:PutImage", "ecr:BatchDeleteImage"]],
    )
    .when(json!({"ArnNotEquals": {"aws:PrincipalArn": RELEASE_MANAGER}}))
}

/// A stage that only the release manager changes. Each developer role is denied by name.
pub fn stage_guarded_by_name(developer: &'static str) -> Policy {
    const CHANGE: &[&str] = &["ecr:PutImage", "ecr:BatchDeleteImage"];
    let mut statements = stage_readers(developer);
    statements.push(Statement::deny(
        "NotStorefront",
        &[STOREFRONT_DEVELOPER],
        &[CHANGE],
    ));
    statements.push(Statement::deny(
        "NotCheckout",
        &[CHECKOUT_DEVELOPER],
        &[CHANGE],
    ));
    statements.push(Statement::deny(
        "NotPayments",
        &[PAYMENTS_DEVELOPER, PAYMENTS_AUDITOR],
        &[CHANGE],
    ));
    Policy::new(statements)
}

/// A stage that the team can also deploy to.
pub fn open_stage(developer: &'static str) -> Policy {
    let mut statements = stage_readers(developer);
    statements.push(Statement::allow("TeamDeploys", &[developer], &[PUSH]));
    Policy::new(statements)
}

fn stage_readers(developer: &'static str) -> Vec<Statement> {
    vec![
        Statement::allow("TeamReads", &[developer], &[SEE, PULL]),
        Statement::allow(
            "ReleaseDeploys",
            &[RELEASE_MANAGER],
            &[SEE, PULL, PUSH, TEND],
        ),
    ]
}

/// A role of the carrier's account is named, and the retailer's own release manager.
pub fn carrier_role() -> Policy {
    Policy::new(vec![
        Statement::allow("CarrierReads", &[LOGISTICS_READER], &[SEE, PULL]),
        Statement::allow("ReleaseReads", &[RELEASE_MANAGER], &[SEE, PULL]),
    ])
}

/// The carrier's account is named as a whole, as long as it belongs to the organisation. The carrier decides which of
/// its roles can pull.
pub fn carrier_account() -> Policy {
    let in_organization = json!({"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}});
    Policy::new(vec![
        Statement::allow("CarrierAccountReads", &[LOGISTICS_ACCOUNT], &[SEE, PULL])
            .when(in_organization),
    ])
}

/// A repository in the carrier's own registry: the carrier's staff works there, and these roles of the retailer read
/// it.
pub fn carriers_own(readers: &[&str]) -> Policy {
    let own = Statement::allow(
        "CarrierDevelops",
        &[LOGISTICS_READER],
        &[SEE, PULL, PUSH, TEND],
    );
    let shared =
        (!readers.is_empty()).then(|| Statement::allow("PartnerReads", readers, &[SEE, PULL]));
    Policy::new(std::iter::once(own).chain(shared).collect())
}

/// Only the root of the own account is named: the identity policies of its roles decide.
pub fn own_account() -> Policy {
    Policy::new(vec![Statement::allow(
        "OwnAccount",
        &[OWN_ACCOUNT],
        &[&["ecr:*"]],
    )])
}

/// Anyone can view and pull.
pub fn public() -> Policy {
    Policy::new(vec![Statement::allow_everyone(
        "AnyoneReads",
        &[
            &[
                "ecr:DescribeRepositories",
                "ecr:DescribeImages",
                "ecr:ListImages",
            ],
            PULL,
        ],
    )])
}

/// The role that was granted here has since been deleted.
pub fn deleted_role() -> Policy {
    Policy::new(vec![Statement::allow(
        "OldShopPulls",
        &[DELETED_ROLE],
        &[PULL],
    )])
}

/// Machines pull, and the policy names exactly that: nobody has permission to view.
pub fn pull_only() -> Policy {
    Policy::new(vec![Statement::allow(
        "RunnersPull",
        &[STOREFRONT_DEVELOPER, CHECKOUT_DEVELOPER, RELEASE_MANAGER],
        &[PULL],
    )])
}

/// Readable only through one VPC endpoint.
pub fn through_endpoint() -> Policy {
    let endpoint = json!({"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}});
    Policy::new(vec![
        Statement::allow(
            "ThroughTheEndpoint",
            &[STOREFRONT_DEVELOPER, CHECKOUT_DEVELOPER],
            &[SEE, PULL],
        )
        .when(endpoint),
        Statement::allow("ReleaseReads", &[RELEASE_MANAGER], &[SEE, PULL]),
    ])
}

/// Granted while the repository's tag does not mark it as critical, and denied again to two teams outside the
/// office's addresses.
pub fn office_only() -> Policy {
    let not_critical = json!({"StringEquals": {"aws:ResourceTag/tier": ["standard", "public"]}});
    let elsewhere =
        json!({"NotIpAddress": {"aws:SourceIp": ["198.51.100.0/24", "203.0.113.0/24"]}});
    Policy::new(vec![
        Statement::allow(
            "TeamsRead",
            &[PAYMENTS_DEVELOPER, CHECKOUT_DEVELOPER, RELEASE_MANAGER],
            &[SEE, PULL],
        )
        .when(not_critical),
        Statement::deny(
            "NotFromElsewhere",
            &[PAYMENTS_DEVELOPER, CHECKOUT_DEVELOPER],
            &[PULL],
        )
        .when(elsewhere),
    ])
}

/// Valid but unusual: the language's first version, single values instead of lists, an account by its number, an
/// action in capitals, and irregular white space.
pub fn odd_but_valid() -> String {
    format!(
        "{{\n\n      \"Version\"   : \"2008-10-17\",\n      \"Id\" : \"written-by-hand\",\n\
         \x20     \"Statement\" : {{\n          \"Effect\"    : \"Allow\",\n\
         \x20         \"Principal\" : {{ \"AWS\" : \"{STOREFRONT_DEVELOPER}\" }},\n\
         \x20         \"Action\"    : \"ECR:Describe*\"\n      }}\n}}\n"
    )
}

/// The registry's own policy: it denies what repositories grant. To be enforced for these operations, it needs the
/// registry policy scope V2.
pub fn registry_wide(arn_of_repository: impl Fn(&str) -> String) -> Policy {
    Policy::new(vec![
        Statement::deny(
            "CheckoutStaysOutOfSandboxes",
            &[CHECKOUT_DEVELOPER],
            &[&["ecr:*"]],
        )
        .on(arn_of_repository("sandbox/*")),
        Statement::deny(
            "AuditorTakesNothing",
            &[PAYMENTS_AUDITOR],
            &[&["ecr:GetDownloadUrlForLayer"]],
        )
        .on(arn_of_repository("payments/*")),
    ])
}
