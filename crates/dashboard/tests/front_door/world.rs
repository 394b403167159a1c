//! A registry, a Gantry that reads it, and helpers for the tests.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use access::{AccessSettings, Actor, Identity, PersonId, RequestOrigin, Team, Viewer};
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_sdk_ecr::{
    Client,
    config::{BehaviorVersion, Region},
    primitives::Blob,
};
use dashboard::{Closed, Gantry, Refusal, Settings};
use ecr::{InventorySettings, RegistrySettings};
use ecr_local::{EcrLocal, Options, Running};
use model::{
    Digest, Page, RegistryAlias, RepositoryAt, Tag, image::ImageRow, link::SharedPage,
    query::ImageQuery, repository::RepositoryDetail,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use store::{Store, StoreUrl};
use tempfile::TempDir;

pub const DEVELOPER: &str = "arn:aws:iam::111122223333:role/developer";
pub const AUDITOR: &str = "arn:aws:iam::111122223333:role/auditor";
pub const ACCOUNT: &str = "arn:aws:iam::111122223333:root";

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";

/// A registry that tests push to and that Gantry reads.
pub struct World {
    pub running: Running,
    pub ecr: Client,
    data_dir: TempDir,
    stores: AtomicU32,
}

impl World {
    pub async fn new() -> Self {
        Self::of("111122223333", "eu-central-1").await
    }

    /// The registry of an account in a region.
    pub async fn of(account: &str, region: &str) -> Self {
        let options = Options {
            account: account.to_owned(),
            region: region.to_owned(),
            ..Options::default()
        };
        let running = EcrLocal::spawn(options).await.unwrap();
        let config = aws_sdk_ecr::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .endpoint_url(running.endpoint_url())
            .credentials_provider(credentials());
        let ecr = Client::from_conf(config.build());
        // The registry policy applies to every request only after the account setting is changed.
        let scope = ecr.put_account_setting().name("REGISTRY_POLICY_SCOPE");
        scope.value("V2").send().await.unwrap();
        // Gantry's own role, as the endpoint sees it: its readings do not count as pulls.
        let exclusion = ecr.register_pull_time_update_exclusion();
        let host = format!("arn:aws:iam::{account}:role/host");
        exclusion.principal_arn(host).send().await.unwrap();
        Self {
            running,
            ecr,
            data_dir: tempfile::tempdir().unwrap(),
            stores: AtomicU32::new(0),
        }
    }

    /// Creates a repository with these statements as its policy.
    pub async fn repository(&self, name: &str, statements: &[Value]) {
        self.ecr
            .create_repository()
            .repository_name(name)
            .send()
            .await
            .unwrap();
        if !statements.is_empty() {
            self.policy(name, statements).await;
        }
    }

    pub async fn policy(&self, name: &str, statements: &[Value]) {
        let text = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
        let set = self
            .ecr
            .set_repository_policy()
            .repository_name(name)
            .policy_text(text);
        set.force(true).send().await.unwrap();
    }

    /// Pushes a small image with a tag.
    pub async fn push(&self, repository: &str, content: &str, tag: &str) -> Digest {
        let config = json!({"os": "linux", "architecture": "amd64", "config": {"Env": [format!("CONTENT={content}")]}});
        self.push_with(repository, &config.to_string(), tag).await
    }

    /// Pushes an image with this config and a tag.
    pub async fn push_with(&self, repository: &str, config: &str, tag: &str) -> Digest {
        let manifest = json!({
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": self.blob(repository, config, CONFIG).await,
            "layers": [self.blob(repository, "the files", "application/vnd.oci.image.layer.v1.tar").await],
        });
        self.put(repository, &manifest, Some(tag)).await
    }

    /// Stores a manifest. Its parts must exist.
    pub async fn put(&self, repository: &str, manifest: &Value, tag: Option<&str>) -> Digest {
        let text = manifest.to_string();
        let put = self
            .ecr
            .put_image()
            .repository_name(repository)
            .image_manifest(&text);
        put.set_image_tag(tag.map(str::to_owned))
            .send()
            .await
            .unwrap();
        digest(&text)
    }

    /// Uploads a blob, and returns its descriptor.
    pub async fn blob(&self, repository: &str, content: &str, media_type: &str) -> Value {
        let digest = digest(content);
        let begun = self
            .ecr
            .initiate_layer_upload()
            .repository_name(repository)
            .send()
            .await
            .unwrap();
        let id = begun.upload_id.unwrap();
        let part = self
            .ecr
            .upload_layer_part()
            .repository_name(repository)
            .upload_id(&id);
        let part = part
            .part_first_byte(0)
            .part_last_byte(i64::try_from(content.len()).unwrap() - 1);
        part.layer_part_blob(Blob::new(content))
            .send()
            .await
            .unwrap();
        let complete = self
            .ecr
            .complete_layer_upload()
            .repository_name(repository)
            .upload_id(&id);
        // The same layer may have been pushed before.
        let _ = complete.layer_digests(digest.as_str()).send().await;
        json!({"mediaType": media_type, "digest": digest.as_str(), "size": content.len()})
    }

    /// A Gantry that reads this registry, after its first listing.
    pub async fn gantry(&self) -> Gantry {
        self.gantry_with(AccessSettings::default()).await
    }

    pub async fn gantry_with(&self, access: AccessSettings) -> Gantry {
        listed_once(self.unlisted(access).await).await
    }

    /// A Gantry with these inventory settings.
    pub async fn gantry_holding(&self, inventory: InventorySettings) -> Gantry {
        let settings = Settings {
            inventory,
            ..self.settings(AccessSettings::default())
        };
        let gantry = Gantry::start(settings, self.store().await).await;
        listed_once(gantry.unwrap()).await
    }

    /// A Gantry whose configuration has the teams of a viewer.
    pub async fn gantry_for(&self, viewer: &Viewer) -> Gantry {
        self.gantry_over(self.store().await, &viewer.teams).await
    }

    /// A Gantry whose configuration has these teams, with a store that can be shared.
    pub async fn gantry_over(&self, store: Store, teams: &[Arc<Team>]) -> Gantry {
        listed_once(self.unlisted_over(store, teams).await).await
    }

    /// The same Gantry, right after its start.
    pub async fn unlisted_over(&self, store: Store, teams: &[Arc<Team>]) -> Gantry {
        let settings = self.settings_for(AccessSettings::default(), teams);
        Gantry::start(settings, store).await.unwrap()
    }

    /// A Gantry whose configuration says that the registry belongs to another account.
    pub async fn of_account(&self, registry_id: &str) -> Gantry {
        let mut settings = self.settings(AccessSettings::default());
        for registry in &mut settings.registries {
            registry.registry_id = Some(registry_id.to_owned());
        }
        Gantry::start(settings, self.store().await).await.unwrap()
    }

    /// A Gantry right after its start.
    pub async fn unlisted(&self, access: AccessSettings) -> Gantry {
        Gantry::start(self.settings(access), self.store().await)
            .await
            .unwrap()
    }

    /// A Gantry with a store that can be shared.
    pub async fn gantry_storing_in(&self, store: Store, access: AccessSettings) -> Gantry {
        let gantry = Gantry::start(self.settings(access), store).await;
        listed_once(gantry.unwrap()).await
    }

    /// A new store for each Gantry.
    pub async fn store(&self) -> Store {
        let number = self.stores.fetch_add(1, Ordering::Relaxed);
        let file = self.data_dir.path().join(format!("{number}.db"));
        Store::open(&StoreUrl::file(&file)).await.unwrap()
    }

    /// The settings of a Gantry whose configuration has these teams.
    pub fn settings_for(&self, access: AccessSettings, teams: &[Arc<Team>]) -> Settings {
        Settings {
            teams: teams.to_vec(),
            ..self.settings(access)
        }
    }

    /// This registry in a configuration.
    pub fn registry(&self, alias: &str) -> RegistrySettings {
        RegistrySettings {
            alias: alias.parse().unwrap(),
            region: self.running.registry().home().region.clone(),
            registry_id: None,
            role_arn: None,
            endpoint_url: Some(self.running.endpoint_url()),
        }
    }

    /// A Gantry that reads this registry and others, right after its start.
    pub async fn unlisted_beside(
        &self,
        others: Vec<RegistrySettings>,
        access: AccessSettings,
    ) -> Gantry {
        let mut settings = self.settings(access);
        settings.registries.extend(others);
        Gantry::start(settings, self.store().await).await.unwrap()
    }

    fn settings(&self, access: AccessSettings) -> Settings {
        Settings {
            registries: vec![self.registry(alias().as_str())],
            access,
            credentials: Some(credentials()),
            ..Settings::default()
        }
    }
}

/// Waits until the first listing is complete.
pub async fn listed_once(gantry: Gantry) -> Gantry {
    for _ in 0..500 {
        let status = gantry.catalog.status();
        if status.iter().all(|registry| registry.settled) {
            return gantry;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    unreachable!(
        "the registry was never listed: {:?}",
        gantry.catalog.status()
    )
}

fn credentials() -> SharedCredentialsProvider {
    SharedCredentialsProvider::new(Credentials::new(
        "AKIDEXAMPLE",
        "secret",
        None,
        None,
        "the tests",
    ))
}

/// A statement.
pub fn statement(effect: &str, principal: &str, actions: &[&str]) -> Value {
    let principal = if principal == "*" {
        json!("*")
    } else {
        json!({"AWS": principal})
    };
    json!({"Effect": effect, "Principal": principal, "Action": actions})
}

/// A statement that allows a principal these actions.
pub fn allow(principal: &str, actions: &[&str]) -> Value {
    statement("Allow", principal, actions)
}

/// A statement that denies a principal these actions.
pub fn deny(principal: &str, actions: &[&str]) -> Value {
    statement("Deny", principal, actions)
}

/// A person in one team that acts as these principals.
pub fn viewer(principals: &[&str]) -> Viewer {
    in_team(principals, Identity::None)
}

pub fn in_team(principals: &[&str], identity: Identity) -> Viewer {
    let actors = principals
        .iter()
        .map(|arn| Actor::new(arn.parse().unwrap(), [], None).unwrap());
    let team = Team {
        name: "developers".parse().unwrap(),
        groups: vec!["developers".to_owned()],
        actors: actors.collect(),
        identity,
    };
    Viewer {
        id: PersonId::new("tests", "ana"),
        name: "Ana".into(),
        teams: vec![Arc::new(team)],
        admin: false,
    }
}

/// A request with this ID.
pub fn request_origin(request: &str) -> RequestOrigin {
    RequestOrigin {
        address: "192.0.2.7".parse().ok(),
        request: request.into(),
    }
}

/// The head of a repository's page.
pub async fn repository_detail(
    gantry: &Gantry,
    viewer: &Viewer,
    repository: &RepositoryAt,
) -> Result<RepositoryDetail, Refusal> {
    let query = ImageQuery::default();
    let page = gantry.repositories.page(viewer, repository, &query);
    page.await.map(|page| page.detail)
}

/// The images of a repository's page that a query asks for.
pub async fn repository_images(
    gantry: &Gantry,
    viewer: &Viewer,
    repository: &RepositoryAt,
    query: &ImageQuery,
) -> Result<Page<ImageRow>, Refusal> {
    let page = gantry.repositories.page(viewer, repository, query);
    page.await.map(|page| page.images)
}

/// Opens a link by its token, as its URL does.
pub async fn open(
    gantry: &Gantry,
    request_origin: &RequestOrigin,
    token: &str,
    page: u32,
) -> Result<SharedPage, Closed> {
    let found = gantry.links.find(token).await?;
    gantry.links.open(request_origin, found, page).await
}

/// An administrator in no team.
pub fn admin() -> Viewer {
    Viewer {
        id: PersonId::new("tests", "farah"),
        name: "Farah".into(),
        teams: Vec::new(),
        admin: true,
    }
}

pub fn alias() -> RegistryAlias {
    "retail".parse().unwrap()
}

/// A repository of the registry.
pub fn repository_at(name: &str) -> RepositoryAt {
    RepositoryAt {
        registry: alias(),
        name: name.parse().unwrap(),
    }
}

pub fn tag(text: &str) -> Tag {
    text.parse().unwrap()
}

pub fn digest(content: &str) -> Digest {
    let hex: String = Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("sha256:{hex}").parse().unwrap()
}

/// The names in the list of repositories.
pub async fn listed(gantry: &Gantry, viewer: &Viewer) -> Vec<String> {
    let list = gantry.repositories.list(viewer, &Default::default()).await;
    list.page
        .rows
        .iter()
        .map(|row| row.repository.name.to_string())
        .collect()
}
