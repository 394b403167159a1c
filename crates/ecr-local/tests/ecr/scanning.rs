use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_ecr::types::{
    FindingSeverity, ImageScanningConfiguration, RegistryScanningRule, ScanFrequency, ScanStatus,
    ScanType, ScanningRepositoryFilter, ScanningRepositoryFilterType, TargetStorageClass,
};
use ecr_local::registry::{Reference, Timestamp};

use crate::world::{Manifest, USERS, World, by_tag, code};

#[tokio::test]
async fn a_scan_can_start_once_a_day_and_finds_the_same_each_time() {
    let world = World::new().await;
    for number in 0..8 {
        let tag = number.to_string();
        world.push(USERS, &format!("users {number}"), &tag).await;
        let findings = || {
            world
                .ecr
                .describe_image_scan_findings()
                .repository_name(USERS)
                .image_id(by_tag(&tag))
                .send()
        };
        assert_eq!(
            code(&findings().await.unwrap_err()),
            "ScanNotFoundException"
        );
        let start = || {
            world
                .ecr
                .start_image_scan()
                .repository_name(USERS)
                .image_id(by_tag(&tag))
                .send()
        };
        let status = start().await.unwrap().image_scan_status.unwrap();
        assert_eq!(status.status(), Some(&ScanStatus::InProgress));
        assert_eq!(code(&start().await.unwrap_err()), "LimitExceededException");

        let first = findings().await.unwrap().image_scan_findings.unwrap();
        let counted = first
            .findings()
            .iter()
            .fold(HashMap::new(), |mut counts, finding| {
                *counts
                    .entry(finding.severity().unwrap().clone())
                    .or_insert(0) += 1;
                counts
            });
        assert_eq!(first.finding_severity_counts(), Some(&counted));
        assert!(
            first
                .findings()
                .iter()
                .all(|finding| finding.uri().unwrap().contains(finding.name().unwrap()))
        );
        let detail = world.describe(USERS, &tag).await.unwrap();
        let summary = detail.image_scan_findings_summary().unwrap();
        assert_eq!(summary.finding_severity_counts(), Some(&counted));
        assert_eq!(
            findings().await.unwrap().image_scan_findings.unwrap(),
            first
        );
    }
}

#[tokio::test]
async fn many_images_together_have_findings_of_every_severity() {
    let world = World::new().await;
    let put = world
        .ecr
        .put_image_scanning_configuration()
        .repository_name(USERS);
    let on_push = ImageScanningConfiguration::builder()
        .scan_on_push(true)
        .build();
    put.image_scanning_configuration(on_push)
        .send()
        .await
        .unwrap();
    let mut seen: HashMap<FindingSeverity, i32> = HashMap::new();
    let mut clean = 0;
    for number in 0..60 {
        let tag = number.to_string();
        world.push(USERS, &format!("service {number}"), &tag).await;
        let detail = world.describe(USERS, &tag).await.unwrap();
        let counts = detail
            .image_scan_findings_summary()
            .unwrap()
            .finding_severity_counts()
            .unwrap();
        clean += i32::from(counts.is_empty());
        counts
            .iter()
            .for_each(|(severity, count)| *seen.entry(severity.clone()).or_default() += count);
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
    assert!(clean > 10, "{clean}");
}

#[tokio::test]
async fn an_artifact_that_is_not_a_container_image_is_not_scanned() {
    let world = World::new().await;
    let image = world.push(USERS, "users 1", "amd64").await;
    world
        .put(USERS, &Manifest::index(&[&image]), Some("1.0"))
        .await
        .unwrap();
    let start = world
        .ecr
        .start_image_scan()
        .repository_name(USERS)
        .image_id(by_tag("1.0"));
    assert_eq!(
        code(&start.send().await.unwrap_err()),
        "UnsupportedImageTypeException"
    );
    let start = world
        .ecr
        .start_image_scan()
        .repository_name(USERS)
        .image_id(by_tag("2.0"));
    assert_eq!(
        code(&start.send().await.unwrap_err()),
        "ImageNotFoundException"
    );
}

#[tokio::test]
async fn an_archived_image_is_not_scanned() {
    let world = World::new().await;
    world.push(USERS, "users 1", "old").await;
    let archive = world
        .ecr
        .update_image_storage_class()
        .repository_name(USERS)
        .image_id(by_tag("old"));
    archive
        .target_storage_class(TargetStorageClass::Archive)
        .send()
        .await
        .unwrap();
    let start = world
        .ecr
        .start_image_scan()
        .repository_name(USERS)
        .image_id(by_tag("old"));
    assert_eq!(
        code(&start.send().await.unwrap_err()),
        "ImageArchivedException"
    );
}

#[tokio::test]
async fn yesterdays_scan_can_be_repeated() {
    let world = World::new().await;
    world.push(USERS, "users 1", "1.0").await;
    let two_days_ago = Timestamp::now().before(Duration::from_secs(2 * 24 * 60 * 60));
    let reference = Reference::Tag("1.0".to_owned());
    world
        .running
        .registry()
        .change_images(USERS, |images| images.scan(&reference, two_days_ago))
        .unwrap();
    let start = world
        .ecr
        .start_image_scan()
        .repository_name(USERS)
        .image_id(by_tag("1.0"));
    start.send().await.unwrap();
}

#[tokio::test]
async fn the_registrys_rules_decide_how_repositories_are_scanned() {
    let world = World::new().await;
    world.create("orders/api").await;
    let filter = ScanningRepositoryFilter::builder()
        .filter("orders/*")
        .filter_type(ScanningRepositoryFilterType::Wildcard)
        .build()
        .unwrap();
    let rule = |frequency| {
        RegistryScanningRule::builder()
            .scan_frequency(frequency)
            .repository_filters(filter.clone())
            .build()
            .unwrap()
    };
    let put = || world.ecr.put_registry_scanning_configuration();
    let basic = put()
        .scan_type(ScanType::Basic)
        .rules(rule(ScanFrequency::ContinuousScan));
    assert_eq!(
        code(&basic.send().await.unwrap_err()),
        "InvalidParameterException"
    );
    put()
        .scan_type(ScanType::Enhanced)
        .rules(rule(ScanFrequency::ContinuousScan))
        .send()
        .await
        .unwrap();

    world.push("orders/api", "orders 1", "1.0").await;
    let detail = world.describe("orders/api", "1.0").await.unwrap();
    assert!(
        detail.image_scan_status().is_some(),
        "the rule has pushes scanned"
    );

    let get = world.ecr.batch_get_repository_scanning_configuration();
    let get = get
        .repository_names("orders/api")
        .repository_names(USERS)
        .repository_names("no/such");
    let answer = get.send().await.unwrap();
    let frequencies: Vec<_> = answer
        .scanning_configurations()
        .iter()
        .map(|configuration| configuration.scan_frequency().unwrap().clone())
        .collect();
    assert_eq!(
        frequencies,
        [ScanFrequency::ContinuousScan, ScanFrequency::Manual]
    );
    assert_eq!(answer.failures()[0].repository_name(), Some("no/such"));
}
