//! skopeo: what it pushes can be pulled with the same digest.

use ecr_local::Running;
use ecr_local::registry::{Digest, Reference, Timestamp};
use tokio::process::Command;

use super::support::{create, demo, fail, password, succeed, tags};

/// skopeo, logged in on both sides of a copy.
struct Skopeo {
    password: String,
    host: String,
}

impl Skopeo {
    async fn of(endpoint: &Running) -> Self {
        Self {
            password: password(endpoint).await,
            host: endpoint.address().to_string(),
        }
    }

    fn image(&self, name: &str) -> String {
        format!("docker://{}/{name}", self.host)
    }

    fn copy(&self, from: &str, to: &str) -> Command {
        let credentials = format!("AWS:{}", self.password);
        let mut command = Command::new("skopeo");
        command.args(["--insecure-policy", "copy", "--all"]);
        for (side, place) in [("src", from), ("dest", to)] {
            if place.starts_with("docker://") {
                command.arg(format!("--{side}-tls-verify=false"));
                command.arg(format!("--{side}-creds={credentials}"));
            }
        }
        command.args([from, to]);
        command
    }

    /// A command that reads from the registry: `inspect`, `list-tags`.
    fn read(&self, command_name: &str) -> Command {
        let mut command = Command::new("skopeo");
        command.args([command_name, "--tls-verify=false", "--creds"]);
        command.arg(format!("AWS:{}", self.password));
        command
    }
}

/// Copies `from` into a folder of the given kind (`oci:` for the OCI format, `dir:` for any) and from there into
/// another repository.
async fn round_trips(from: &str, kind: &str) {
    let endpoint = demo().await;
    let skopeo = Skopeo::of(&endpoint).await;
    let folder = tempfile::tempdir().unwrap();
    let copy = format!("{kind}{}", folder.path().display());
    create(&endpoint, "round/trip");
    succeed(&mut skopeo.copy(&skopeo.image(from), &copy)).await;
    succeed(&mut skopeo.copy(&copy, &skopeo.image("round/trip:back"))).await;

    let (name, tag) = from.split_once(':').unwrap();
    let find = |name: &str, tag: &str| {
        let reference = Reference::Tag(tag.to_owned());
        endpoint
            .registry()
            .image_by_reference(name, &reference)
            .unwrap()
    };
    let sent = find(name, tag);
    assert_eq!(find("round/trip", "back").bytes, sent.bytes);
    let raw = succeed(
        skopeo
            .read("inspect")
            .arg("--raw")
            .arg(skopeo.image("round/trip:back")),
    )
    .await;
    assert_eq!(Digest::of(raw.as_bytes()), sent.digest);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_in_dockers_format_round_trips() {
    round_trips("checkout/orders-worker:latest", "dir:").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_of_two_platforms_round_trips() {
    round_trips("storefront/users-api:prod", "oci:").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_helm_chart_round_trips() {
    round_trips("charts/checkout:0.1.0", "oci:").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pull_is_recorded() {
    let endpoint = demo().await;
    let skopeo = Skopeo::of(&endpoint).await;
    let folder = tempfile::tempdir().unwrap();
    let before = Timestamp::now();
    let here = format!("dir:{}", folder.path().display());
    succeed(&mut skopeo.copy(&skopeo.image("legacy/warehouse:latest"), &here)).await;

    let latest = Reference::Tag("latest".to_owned());
    let image = endpoint
        .registry()
        .image_by_reference("legacy/warehouse", &latest)
        .unwrap();
    assert!(image.pulled_at >= Some(before));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_cannot_move_stays() {
    let endpoint = demo().await;
    let skopeo = Skopeo::of(&endpoint).await;
    let tags = tags(&endpoint, "payments/payments-api");
    let target = skopeo.image(&format!("payments/payments-api:{}", tags[0]));
    let complaint = fail(&mut skopeo.copy(&skopeo.image("base/debian:12"), &target)).await;
    assert!(
        complaint.contains("cannot be overwritten because the tag is immutable"),
        "{complaint}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_listed() {
    let endpoint = demo().await;
    let skopeo = Skopeo::of(&endpoint).await;
    let listed = succeed(
        skopeo
            .read("list-tags")
            .arg(skopeo.image("checkout/orders-worker")),
    )
    .await;
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let tags = tags(&endpoint, "checkout/orders-worker");
    // More than the thousand of one page: the client has to follow the link.
    assert!(tags.len() > 1_000, "{}", tags.len());
    assert_eq!(listed["Tags"].as_array().unwrap().len(), tags.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_opens_nothing() {
    let endpoint = demo().await;
    let skopeo = Skopeo {
        password: "wrong".to_owned(),
        ..Skopeo::of(&endpoint).await
    };
    let complaint = fail(skopeo.read("inspect").arg(skopeo.image("base/debian:12"))).await;
    assert!(
        complaint.contains("unauthorized") || complaint.contains("authentication"),
        "{complaint}"
    );
}
