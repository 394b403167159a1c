use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sdk_ecr::types::{
    ReplicationConfiguration, ReplicationDestination, ReplicationRule, RepositoryFilter,
    RepositoryFilterType,
};
use aws_sdk_sts::config::{BehaviorVersion, Region};
use base64::Engine as _;
use ecr_local::registry::ErrorKind;
use ecr_local::{Fault, Rule};

use crate::world::{USERS, World, by_tag, client, code};

fn sts(world: &World) -> aws_sdk_sts::Client {
    let config = aws_sdk_sts::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(world.running.endpoint_url())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::from_keys("AKIDEXAMPLE", "secret", None))
        .build();
    aws_sdk_sts::Client::from_conf(config)
}

#[tokio::test]
async fn a_login_is_valid_for_twelve_hours_and_cannot_be_guessed() {
    let world = World::new().await;
    let answer = world.ecr.get_authorization_token().send().await.unwrap();
    let data = &answer.authorization_data()[0];
    assert_eq!(
        data.proxy_endpoint(),
        Some(world.running.endpoint_url().as_str())
    );
    let token = base64::engine::general_purpose::STANDARD
        .decode(data.authorization_token().unwrap())
        .unwrap();
    let token = String::from_utf8(token).unwrap();
    let password = token.strip_prefix("AWS:").unwrap();
    let registry = world.running.registry();
    assert!(registry.authorize(password).is_ok());
    assert!(registry.authorize(&password[1..]).is_err());
    let expires_at = SystemTime::try_from(*data.expires_at().unwrap()).unwrap();
    let left = expires_at.duration_since(SystemTime::now()).unwrap();
    assert!(
        left > Duration::from_secs(11 * 3600) && left <= Duration::from_secs(12 * 3600),
        "{left:?}"
    );
}

#[tokio::test]
async fn a_caller_who_assumes_a_role_acts_as_its_session() {
    let world = World::new().await;
    let sts = sts(&world);
    let host = sts.get_caller_identity().send().await.unwrap();
    assert_eq!(host.account(), Some("111122223333"));
    let role = "arn:aws:iam::111122223333:role/teams/users-ci";
    let assume = sts
        .assume_role()
        .role_arn(role)
        .role_session_name("build-7");
    let credentials = assume.send().await.unwrap().credentials.unwrap();

    let session = client(&world.running.endpoint_url(), credentials.access_key_id());
    let text = r#"{"Statement":[{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111122223333:role/users-ci"},"Action":"ecr:*"}]}"#;
    let set = |ecr: &aws_sdk_ecr::Client| {
        ecr.set_repository_policy()
            .repository_name(USERS)
            .policy_text(text)
            .send()
    };
    assert_eq!(
        code(&set(&session).await.unwrap_err()),
        "InvalidParameterException",
        "it would lock itself out"
    );
    set(&world.ecr).await.unwrap();
    let wrong = sts
        .assume_role()
        .role_arn("arn:aws:iam::x:user/dora-the-user")
        .role_session_name("build-7");
    assert_eq!(
        wrong
            .send()
            .await
            .unwrap_err()
            .into_service_error()
            .meta()
            .code(),
        Some("ValidationError")
    );
}

#[tokio::test]
async fn assuming_a_role_can_be_refused() {
    let world = World::new().await;
    let denied = Rule::new(Fault::Refuse(ErrorKind::AccessDenied));
    world.running.faults().add(denied.on("AssumeRole"));
    let assume = sts(&world).assume_role().role_session_name("build-7");
    let refused = assume
        .role_arn("arn:aws:iam::111122223333:role/users-ci")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        refused.into_service_error().meta().code(),
        Some("AccessDenied")
    );
    sts(&world).get_caller_identity().send().await.unwrap();
}

#[tokio::test]
async fn pulls_of_an_excluded_principal_are_not_recorded() {
    let world = World::new().await;
    world.push(USERS, "users 1", "1.0").await;
    let role = "arn:aws:iam::111122223333:role/host";
    let register = || world.ecr.register_pull_time_update_exclusion();
    register().principal_arn(role).send().await.unwrap();
    assert_eq!(
        code(&register().principal_arn(role).send().await.unwrap_err()),
        "ExclusionAlreadyExistsException"
    );
    assert_eq!(
        code(&register().principal_arn("dora").send().await.unwrap_err()),
        "InvalidParameterException"
    );
    let listed = world
        .ecr
        .list_pull_time_update_exclusions()
        .send()
        .await
        .unwrap();
    assert_eq!(listed.pull_time_update_exclusions(), [role]);

    let pull = || {
        world
            .ecr
            .batch_get_image()
            .repository_name(USERS)
            .image_ids(by_tag("1.0"))
            .send()
    };
    pull().await.unwrap();
    assert!(
        world
            .describe(USERS, "1.0")
            .await
            .unwrap()
            .last_recorded_pull_time()
            .is_none()
    );
    let deregister = || {
        world
            .ecr
            .deregister_pull_time_update_exclusion()
            .principal_arn(role)
            .send()
    };
    deregister().await.unwrap();
    assert_eq!(
        code(&deregister().await.unwrap_err()),
        "ExclusionNotFoundException"
    );
    pull().await.unwrap();
    assert!(
        world
            .describe(USERS, "1.0")
            .await
            .unwrap()
            .last_recorded_pull_time()
            .is_some()
    );
}

#[tokio::test]
async fn settings_accept_only_their_own_values() {
    let world = World::new().await;
    let get = |name: &str| world.ecr.get_account_setting().name(name).send();
    assert_eq!(
        get("REGISTRY_POLICY_SCOPE").await.unwrap().value(),
        Some("V2")
    );
    assert_eq!(
        get("BLOB_MOUNTING").await.unwrap().value(),
        Some("DISABLED")
    );
    let put = |name: &str, value: &str| {
        world
            .ecr
            .put_account_setting()
            .name(name)
            .value(value)
            .send()
    };
    put("BLOB_MOUNTING", "ENABLED").await.unwrap();
    assert_eq!(get("BLOB_MOUNTING").await.unwrap().value(), Some("ENABLED"));
    assert_eq!(
        code(&put("BLOB_MOUNTING", "PERHAPS").await.unwrap_err()),
        "ValidationException"
    );
    assert_eq!(
        code(&get("COLOUR").await.unwrap_err()),
        "InvalidParameterException"
    );
}

#[tokio::test]
async fn replication_is_described_for_matching_repositories() {
    let world = World::new().await;
    world.push(USERS, "users 1", "1.0").await;
    let to = |region: &str| {
        ReplicationDestination::builder()
            .region(region)
            .registry_id("111122223333")
            .build()
            .unwrap()
    };
    let filter = RepositoryFilter::builder()
        .filter("users/")
        .filter_type(RepositoryFilterType::PrefixMatch)
        .build()
        .unwrap();
    let rule = |region: &str| {
        ReplicationRule::builder()
            .destinations(to(region))
            .repository_filters(filter.clone())
            .build()
            .unwrap()
    };
    let put = |region: &str| {
        let configuration = ReplicationConfiguration::builder()
            .rules(rule(region))
            .build()
            .unwrap();
        world
            .ecr
            .put_replication_configuration()
            .replication_configuration(configuration)
            .send()
    };
    assert_eq!(
        code(&put("eu-central-1").await.unwrap_err()),
        "InvalidParameterException",
        "to itself"
    );
    put("eu-west-1").await.unwrap();
    let registry = world.ecr.describe_registry().send().await.unwrap();
    assert_eq!(
        registry.replication_configuration().unwrap().rules(),
        [rule("eu-west-1")]
    );
    let status = world
        .ecr
        .describe_image_replication_status()
        .repository_name(USERS)
        .image_id(by_tag("1.0"));
    let answer = status.send().await.unwrap();
    assert_eq!(answer.replication_statuses()[0].region(), Some("eu-west-1"));
}
