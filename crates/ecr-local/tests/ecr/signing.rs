use aws_sdk_ecr::types::{
    ImageSigningStatus, SigningConfiguration, SigningRepositoryFilter, SigningRepositoryFilterType,
    SigningRule, SubjectIdentifier,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ecr_local::registry::{Digest, SigningStatus};
use serde_json::{Value, json};

use crate::world::{Manifest, OCI_INDEX, OCI_MANIFEST, USERS, World, by_tag, code, descriptor};

const SIGNATURE: &str = "application/vnd.cncf.notary.signature";

fn profile(name: &str) -> String {
    format!("arn:aws:signer:eu-central-1:444455556666:/signing-profiles/{name}")
}

/// A rule for a profile and the repositories with these names, or all.
fn rule(name: &str, filters: &[&str]) -> SigningRule {
    let filter = |filter: &&str| {
        SigningRepositoryFilter::builder()
            .filter(*filter)
            .filter_type(SigningRepositoryFilterType::WildcardMatch)
            .build()
            .unwrap()
    };
    let filters: Vec<_> = filters.iter().map(filter).collect();
    SigningRule::builder()
        .signing_profile_arn(profile(name))
        .set_repository_filters((!filters.is_empty()).then_some(filters))
        .build()
        .unwrap()
}

fn configuration(rules: Vec<SigningRule>) -> SigningConfiguration {
    SigningConfiguration::builder()
        .set_rules(Some(rules))
        .build()
        .unwrap()
}

impl World {
    async fn sign_by(&self, rules: Vec<SigningRule>) {
        let put = self.ecr.put_signing_configuration();
        let put = put.signing_configuration(configuration(rules));
        put.send().await.unwrap();
    }

    async fn signing_statuses(&self, repository: &str, tag: &str) -> Vec<ImageSigningStatus> {
        let describe = self.ecr.describe_image_signing_status();
        let describe = describe.repository_name(repository).image_id(by_tag(tag));
        describe.send().await.unwrap().signing_statuses.unwrap()
    }

    /// The profiles whose signature exists.
    async fn signed_by(&self, repository: &str, tag: &str) -> Vec<String> {
        let statuses = self.signing_statuses(repository, tag).await;
        statuses
            .into_iter()
            .inspect(|status| assert_eq!(status.status().unwrap().as_str(), "COMPLETE"))
            .map(|status| status.signing_profile_arn.unwrap())
            .collect()
    }

    /// The digests of the signatures of an image.
    async fn signatures(&self, repository: &str, image: &Manifest) -> Vec<String> {
        let subject = SubjectIdentifier::builder().image_digest(image.digest());
        let list = self.ecr.list_image_referrers().repository_name(repository);
        let list = list.subject_id(subject.build().unwrap());
        let referrers = list.send().await.unwrap().referrers.unwrap();
        referrers
            .into_iter()
            .inspect(|referrer| assert_eq!(referrer.artifact_type(), Some(SIGNATURE)))
            .map(|referrer| referrer.digest)
            .collect()
    }
}

#[tokio::test]
async fn the_signing_configuration_is_kept_until_it_is_deleted() {
    let world = World::new().await;
    let get = || world.ecr.get_signing_configuration().send();
    let delete = || world.ecr.delete_signing_configuration().send();
    let absent = "SigningConfigurationNotFoundException";
    assert_eq!(code(&get().await.unwrap_err()), absent);
    assert_eq!(code(&delete().await.unwrap_err()), absent);

    world.sign_by(vec![rule("all", &[])]).await;
    let rules = vec![rule("users", &["users/*", "*/api"]), rule("all", &[])];
    world.sign_by(rules.clone()).await;
    let kept = get().await.unwrap();
    assert_eq!(kept.registry_id(), Some("111122223333"));
    assert_eq!(
        kept.signing_configuration(),
        Some(&configuration(rules.clone()))
    );
    let deleted = delete().await.unwrap();
    assert_eq!(deleted.signing_configuration(), Some(&configuration(rules)));
    assert_eq!(code(&get().await.unwrap_err()), absent);
    world.sign_by(vec![]).await;
    assert_eq!(
        get().await.unwrap().signing_configuration(),
        Some(&configuration(vec![]))
    );
}

#[tokio::test]
async fn an_invalid_signing_configuration_is_refused() {
    let world = World::new().await;
    let filters = |filters: Value| json!({ "signingProfileArn": profile("all"), "repositoryFilters": filters });
    let named = |name: &str| filters(json!([{ "filter": name, "filterType": "WILDCARD_MATCH" }]));
    let signed_by = |arn: &str| json!({ "signingProfileArn": arn });
    let elsewhere = profile("all").replace("eu-central-1", "us-east-1");
    for (rule, exception) in [
        (json!({}), "InvalidParameterException"),
        (signed_by(""), "InvalidParameterException"),
        (
            signed_by("arn:aws:iam::444455556666:role/all"),
            "InvalidParameterException",
        ),
        (signed_by(&profile("a")), "InvalidParameterException"),
        (signed_by(&profile("a-b")), "InvalidParameterException"),
        (
            signed_by(&profile(&"a".repeat(200))),
            "InvalidParameterException",
        ),
        (signed_by(&elsewhere), "ValidationException"),
        (filters(json!([])), "InvalidParameterException"),
        (
            filters(json!([{ "filter": "users", "filterType": "PREFIX_MATCH" }])),
            "InvalidParameterException",
        ),
        (named(""), "InvalidParameterException"),
        (named("Users/*"), "InvalidParameterException"),
        (named("users//*"), "InvalidParameterException"),
        (named(&"a".repeat(257)), "InvalidParameterException"),
    ] {
        let request = json!({ "signingConfiguration": { "rules": [rule] } });
        let answer = world.ask("PutSigningConfiguration", request.clone()).await;
        assert_eq!(answer.unwrap_err().0, exception, "{request}");
    }
    let rules = |count: usize| json!({ "signingConfiguration": { "rules": vec![named("users/*"); count] } });
    let eleven = world.ask("PutSigningConfiguration", rules(11)).await;
    assert_eq!(eleven.unwrap_err().0, "InvalidParameterException");
    assert!(
        world
            .ask("PutSigningConfiguration", rules(10))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_push_is_signed_by_every_matching_profile() {
    let world = World::new().await;
    world.create("orders/api").await;
    let before = world.push(USERS, "users 1", "1.0").await;
    world
        .sign_by(vec![
            rule("users", &["billing/*", "users/*"]),
            rule("users", &["*/api"]),
            rule("orders", &["orders/*"]),
            rule("all", &[]),
        ])
        .await;
    let image = world.push(USERS, "users 2", "2.0").await;
    world.push("orders/api", "orders 1", "1.0").await;

    assert_eq!(
        world.signed_by(USERS, "2.0").await,
        [profile("all"), profile("users")]
    );
    assert_eq!(world.signatures(USERS, &image).await.len(), 2);
    assert_eq!(world.signed_by("orders/api", "1.0").await.len(), 3);
    assert!(
        world.signed_by(USERS, "1.0").await.is_empty(),
        "it was pushed before"
    );
    assert!(world.signatures(USERS, &before).await.is_empty());

    world.put(USERS, &before, Some("1")).await.unwrap();
    assert_eq!(
        world.signed_by(USERS, "1.0").await.len(),
        2,
        "a new tag is a push"
    );
    world.put(USERS, &before, Some("latest")).await.unwrap();
    assert_eq!(
        world.signatures(USERS, &before).await.len(),
        2,
        "it is signed once"
    );

    world
        .ecr
        .delete_signing_configuration()
        .send()
        .await
        .unwrap();
    world.push(USERS, "users 3", "3.0").await;
    assert!(world.signed_by(USERS, "3.0").await.is_empty());
    assert_eq!(
        world.signed_by(USERS, "2.0").await.len(),
        2,
        "signatures stay"
    );
}

#[tokio::test]
async fn a_signature_names_its_image_and_its_profile() {
    let world = World::new().await;
    world.sign_by(vec![rule("all", &[])]).await;
    let image = world.push(USERS, "users 1", "1.0").await;
    let signature: Digest = world.signatures(USERS, &image).await[0].parse().unwrap();
    let reference = ecr_local::registry::Reference::Digest(signature);
    let registry = world.running.registry();
    let stored = registry.image_by_reference(USERS, &reference).unwrap();
    let manifest: Value = serde_json::from_slice(&stored.bytes).unwrap();
    let subject = descriptor(OCI_MANIFEST, image.text.as_bytes());
    assert_eq!(manifest["subject"], subject);

    let layer = &manifest["layers"][0];
    assert_eq!(layer["mediaType"], "application/jose+json");
    let link = world
        .ecr
        .get_download_url_for_layer()
        .repository_name(USERS);
    let link = link.layer_digest(layer["digest"].as_str().unwrap());
    let link = link.send().await.unwrap().download_url.unwrap();
    let envelope = reqwest::get(link).await.unwrap().bytes().await.unwrap();
    assert_eq!(layer["size"], envelope.len());
    let envelope: Value = serde_json::from_slice(&envelope).unwrap();
    let part = |name: &str| -> Value {
        let part = URL_SAFE_NO_PAD.decode(envelope[name].as_str().unwrap());
        serde_json::from_slice(&part.unwrap()).unwrap()
    };
    assert_eq!(part("payload")["targetArtifact"], subject);
    let version = &part("protected")["com.amazonaws.signer.signingProfileVersion"];
    assert!(
        version
            .as_str()
            .unwrap()
            .starts_with(&(profile("all") + "/"))
    );
}

#[tokio::test]
async fn indexes_are_signed_and_other_artifacts_are_not() {
    let world = World::new().await;
    world.sign_by(vec![rule("all", &[])]).await;
    let child = world.push(USERS, "users 1", "amd64").await;
    let index = Manifest::index(&[&child]);
    world.put(USERS, &index, Some("1.0")).await.unwrap();
    assert_eq!(world.signed_by(USERS, "1.0").await, [profile("all")]);
    assert_eq!(world.signatures(USERS, &index).await.len(), 1);

    world.upload(USERS, b"{}").await;
    let mut chart = json!({ "schemaVersion": 2, "mediaType": OCI_MANIFEST, "layers": [],
        "config": descriptor("application/vnd.cncf.helm.config.v1+json", b"{}") });
    let helm = Manifest::of(chart.clone());
    world.put(USERS, &helm, Some("chart")).await.unwrap();
    chart["subject"] = descriptor(OCI_INDEX, index.text.as_bytes());
    let notes = Manifest::of(chart);
    world.put(USERS, &notes, Some("notes")).await.unwrap();
    for tag in ["chart", "notes"] {
        assert!(world.signed_by(USERS, tag).await.is_empty(), "{tag}");
    }
    assert!(world.signatures(USERS, &helm).await.is_empty());
    let signature = world.signatures(USERS, &child).await.remove(0);
    let request = json!({ "repositoryName": USERS, "imageId": { "imageDigest": signature } });
    let answer = world
        .ask("DescribeImageSigningStatus", request)
        .await
        .unwrap();
    assert_eq!(
        answer["signingStatuses"],
        json!([]),
        "signatures are not signed"
    );
}

#[tokio::test]
async fn a_signature_can_take_long_or_fail() {
    let world = World::new().await;
    let image = world.push(USERS, "users 1", "1.0").await;
    let failed = SigningStatus::Failed {
        failure_code: "AccessDenied".to_owned(),
        failure_reason: "The pusher may not sign by this profile".to_owned(),
    };
    for (name, status) in [("all", failed), ("users", SigningStatus::InProgress)] {
        let digest = image.digest().parse().unwrap();
        let registry = world.running.registry();
        registry
            .set_signing_status(USERS, digest, &profile(name), status)
            .unwrap();
    }
    let statuses = world.signing_statuses(USERS, "1.0").await;
    let shown: Vec<_> = statuses
        .iter()
        .map(|status| (status.status().unwrap().as_str(), status.failure_code()))
        .collect();
    assert_eq!(
        shown,
        [("FAILED", Some("AccessDenied")), ("IN_PROGRESS", None)]
    );
    assert!(
        statuses[0]
            .failure_reason()
            .unwrap()
            .contains("may not sign")
    );

    world.sign_by(vec![rule("all", &[])]).await;
    world.put(USERS, &image, Some("1")).await.unwrap();
    let statuses = world.signing_statuses(USERS, "1").await;
    assert_eq!(
        statuses[0].status().unwrap().as_str(),
        "COMPLETE",
        "the next push tries again"
    );
}
