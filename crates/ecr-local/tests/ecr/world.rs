//! A running endpoint, a client, and the helpers for tests.

use aws_credential_types::Credentials;
use aws_sdk_ecr::config::retry::RetryConfig;
use aws_sdk_ecr::config::{BehaviorVersion, Region};
use aws_sdk_ecr::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ecr::primitives::Blob;
use aws_sdk_ecr::types::{ImageDetail, ImageIdentifier};
use ecr_local::registry::Digest;
use ecr_local::{EcrLocal, Options, Running};
use serde_json::{Value, json};

pub const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
pub const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";

/// The prefix of every operation's name.
pub const TARGET: &str = "AmazonEC2ContainerRegistry_V20150921";
/// A signature in the format that the endpoint requires.
pub const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-central-1/ecr/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";

/// An empty registry with one repository, and a client that can do everything.
pub struct World {
    pub running: Running,
    pub ecr: aws_sdk_ecr::Client,
    http: reqwest::Client,
}

/// The repository that most tests use.
pub const USERS: &str = "users/api";

impl World {
    pub async fn new() -> Self {
        let running = EcrLocal::spawn(Options::default()).await.unwrap();
        let ecr = client(&running.endpoint_url(), "AKIDEXAMPLE");
        let http = reqwest::Client::new();
        let world = Self { running, ecr, http };
        world.create(USERS).await;
        world
    }

    pub async fn create(&self, repository: &str) {
        let create = self.ecr.create_repository().repository_name(repository);
        create.send().await.unwrap();
    }

    /// Uploads a layer in one part.
    pub async fn upload(&self, repository: &str, bytes: &[u8]) -> Digest {
        let digest = Digest::of(bytes);
        let begun = self.ecr.initiate_layer_upload().repository_name(repository);
        let id = begun.send().await.unwrap().upload_id.unwrap();
        let part = self
            .ecr
            .upload_layer_part()
            .repository_name(repository)
            .upload_id(&id);
        let part = part
            .part_first_byte(0)
            .part_last_byte(bytes.len() as i64 - 1);
        part.layer_part_blob(Blob::new(bytes)).send().await.unwrap();
        let complete = self
            .ecr
            .complete_layer_upload()
            .repository_name(repository)
            .upload_id(&id);
        match complete.layer_digests(digest.to_string()).send().await {
            Ok(_) => {}
            Err(error) => assert_eq!(code(&error), "LayerAlreadyExistsException"),
        }
        digest
    }

    /// Uploads the parts of an image named `name`, and returns its manifest.
    pub async fn image(&self, repository: &str, name: &str) -> Manifest {
        let config =
            json!({ "architecture": "amd64", "os": "linux", "created_by": name }).to_string();
        let layer = format!("the files of {name}");
        self.upload(repository, config.as_bytes()).await;
        self.upload(repository, layer.as_bytes()).await;
        Manifest::of(json!({
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": descriptor(OCI_CONFIG, config.as_bytes()),
            "layers": [descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer.as_bytes())],
        }))
    }

    /// Pushes an image under a tag.
    pub async fn push(&self, repository: &str, name: &str, tag: &str) -> Manifest {
        let manifest = self.image(repository, name).await;
        self.put(repository, &manifest, Some(tag)).await.unwrap();
        manifest
    }

    /// Puts a manifest. Its parts must already exist.
    pub async fn put(
        &self,
        repository: &str,
        manifest: &Manifest,
        tag: Option<&str>,
    ) -> Result<(), String> {
        let put = self
            .ecr
            .put_image()
            .repository_name(repository)
            .image_manifest(&manifest.text);
        let put = put
            .set_image_tag(tag.map(str::to_owned))
            .image_digest(manifest.digest());
        put.send().await.map(drop).map_err(|error| code(&error))
    }

    /// The description of the image that a tag points to.
    pub async fn describe(&self, repository: &str, tag: &str) -> Option<ImageDetail> {
        let describe = self.ecr.describe_images().repository_name(repository);
        match describe.image_ids(by_tag(tag)).send().await {
            Ok(answer) => answer.image_details.unwrap().pop(),
            Err(error) => {
                assert_eq!(code(&error), "ImageNotFoundException");
                None
            }
        }
    }

    /// The digest that a tag points to.
    pub async fn digest(&self, repository: &str, tag: &str) -> Option<String> {
        self.describe(repository, tag).await?.image_digest
    }

    /// Deletes one image ID, and returns the failure's code if it stays.
    pub async fn delete(&self, repository: &str, id: ImageIdentifier) -> Option<String> {
        let delete = self.ecr.batch_delete_image().repository_name(repository);
        let answer = delete.image_ids(id).send().await.unwrap();
        let failure = answer.failures.unwrap().pop()?;
        Some(failure.failure_code.unwrap().as_str().to_owned())
    }

    /// Sends a hand-written request that the SDK would not send. A refusal is an exception and its message.
    pub async fn ask(&self, operation: &str, request: Value) -> Result<Value, (String, String)> {
        let answer = self
            .http
            .post(self.running.endpoint_url())
            .header("x-amz-target", format!("{TARGET}.{operation}"))
            .header("x-amz-date", "20260101T000000Z")
            .header("authorization", SIGNED)
            .body(request.to_string());
        let answer = answer.send().await.unwrap().bytes().await.unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let text = |member: &str| answer[member].as_str().map(str::to_owned);
        match text("__type") {
            Some(exception) => Err((exception, text("message").unwrap())),
            None => Ok(answer),
        }
    }

    /// The digests of all active images, sorted.
    pub async fn digests(&self, repository: &str) -> Vec<String> {
        let describe = self.ecr.describe_images().repository_name(repository);
        let details = describe.send().await.unwrap().image_details.unwrap();
        let mut digests: Vec<String> = details
            .into_iter()
            .map(|detail| detail.image_digest.unwrap())
            .collect();
        digests.sort();
        digests
    }
}

/// A manifest's exact text.
#[derive(Clone, Debug)]
pub struct Manifest {
    pub text: String,
}

impl Manifest {
    pub fn of(json: Value) -> Self {
        // Indented, so that a registry that rewrites manifests would be noticed.
        Self {
            text: serde_json::to_string_pretty(&json).unwrap(),
        }
    }

    /// An index of these manifests.
    pub fn index(children: &[&Self]) -> Self {
        let children: Vec<Value> = children
            .iter()
            .map(|child| descriptor(OCI_MANIFEST, child.text.as_bytes()))
            .collect();
        Self::of(json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": children }))
    }

    pub fn digest(&self) -> String {
        Digest::of(self.text.as_bytes()).to_string()
    }
}

pub fn descriptor(media_type: &str, bytes: &[u8]) -> Value {
    json!({ "mediaType": media_type, "digest": Digest::of(bytes), "size": bytes.len() })
}

pub fn by_tag(tag: &str) -> ImageIdentifier {
    ImageIdentifier::builder().image_tag(tag).build()
}

pub fn by_digest(digest: impl Into<String>) -> ImageIdentifier {
    ImageIdentifier::builder().image_digest(digest).build()
}

/// A client without retries.
pub fn client(endpoint: &str, access_key: &str) -> aws_sdk_ecr::Client {
    let config = aws_sdk_ecr::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::from_keys(access_key, "secret", None))
        .retry_config(RetryConfig::disabled())
        .build();
    aws_sdk_ecr::Client::from_conf(config)
}

/// The exception's name.
pub fn code<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> String {
    let code = error
        .as_service_error()
        .and_then(|error| error.meta().code());
    code.unwrap_or("no service error").to_owned()
}
