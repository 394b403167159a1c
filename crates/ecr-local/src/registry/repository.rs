use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::cache::Eviction;
use super::upload::Uploads;
use super::{
    EcrError, ErrorKind, Generator, Images, LifecyclePolicy, LifecyclePreview, Mutability,
    Timestamp,
};

/// AWS's limit of tags on a resource.
const MAX_TAGS: usize = 50;

/// The encryption of a repository (`encryptionConfiguration`). It is only shown; nothing is encrypted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Encryption {
    /// `AES256`, `KMS` or `KMS_DSSE`.
    pub encryption_type: String,
    /// The key's ARN, for the two types that use a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key: Option<String>,
}

impl Default for Encryption {
    fn default() -> Self {
        Self {
            encryption_type: "AES256".to_owned(),
            kms_key: None,
        }
    }
}

/// A repository to create. Only the name is required.
#[derive(Clone, Debug, Default)]
pub struct NewRepository {
    /// The name: 2 to 256 characters, segments between slashes.
    pub name: String,
    /// Whether tags can move.
    pub mutability: Mutability,
    /// Whether every push starts a scan.
    pub scan_on_push: bool,
    /// How it is encrypted.
    pub encryption: Encryption,
    /// Its resource tags.
    pub tags: BTreeMap<String, String>,
    /// When it was created. None means now.
    pub created_at: Option<Timestamp>,
}

/// One repository behind its own lock.
#[derive(Debug)]
pub struct Repository {
    /// Its name, unique in the registry.
    pub name: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// How it is encrypted; fixed at creation.
    pub encryption: Encryption,
    pub(super) account: String,
    state: Mutex<State>,
}

/// What operations change in a repository, in addition to its images.
#[derive(Debug)]
pub struct RepositorySettings {
    /// Whether tags can move.
    pub mutability: Mutability,
    /// Whether every push starts a scan. The registry's rules can start one too.
    pub scan_on_push: bool,
    /// The repository policy as it was sent.
    pub policy: Option<String>,
    /// The lifecycle policy.
    pub lifecycle: Option<LifecyclePolicy>,
    /// The result of the last lifecycle preview.
    pub preview: Option<LifecyclePreview>,
    /// The resource tags.
    pub tags: BTreeMap<String, String>,
    pub(crate) uploads: Uploads,
}

impl RepositorySettings {
    /// Adds resource tags, and replaces those with the same keys.
    ///
    /// # Errors
    /// `InvalidTagParameterException`, `TooManyTagsException`.
    pub(crate) fn add_tags(&mut self, new: BTreeMap<String, String>) -> Result<(), EcrError> {
        let mut tags = self.tags.clone();
        tags.extend(new);
        check_tags(&tags)?;
        self.tags = tags;
        Ok(())
    }
}

/// Refuses resource tags that AWS would refuse.
pub(super) fn check_tags(tags: &BTreeMap<String, String>) -> Result<(), EcrError> {
    for (key, value) in tags {
        let is_long = key.is_empty() || key.chars().count() > 128 || value.chars().count() > 256;
        if is_long || key.starts_with("aws:") {
            return Err(EcrError::new(
                ErrorKind::InvalidTagParameter,
                "A tag has a key of 1 to 128 characters that does not begin with aws:, and a value of at most 256",
            ));
        }
    }
    if tags.len() > MAX_TAGS {
        return Err(EcrError::new(
            ErrorKind::TooManyTags,
            format!("A repository holds at most {MAX_TAGS} tags"),
        ));
    }
    Ok(())
}

/// The parts of a repository that can change.
#[derive(Debug)]
pub(super) struct State {
    pub(super) settings: RepositorySettings,
    pub(super) is_deleted: bool,
    images: Option<Images>,
    generator: Option<Arc<dyn Generator>>,
    is_written: bool,
}

/// A locked repository whose images are in memory.
pub(super) struct Filled<'a> {
    pub(super) images: &'a mut Images,
    pub(super) settings: &'a RepositorySettings,
    /// Whether the images were generated now.
    pub(super) is_new: bool,
}

impl Repository {
    pub(super) fn new(account: &str, new: NewRepository) -> Self {
        let state = State {
            settings: RepositorySettings {
                mutability: new.mutability,
                scan_on_push: new.scan_on_push,
                policy: None,
                lifecycle: None,
                preview: None,
                tags: new.tags,
                uploads: Uploads::default(),
            },
            is_deleted: false,
            images: Some(Images::new(account, &new.name)),
            generator: None,
            is_written: false,
        };
        Self {
            name: new.name,
            created_at: new.created_at.unwrap_or_else(Timestamp::now),
            encryption: new.encryption,
            account: account.to_owned(),
            state: Mutex::new(state),
        }
    }

    /// Locks the repository.
    ///
    /// # Errors
    /// `RepositoryNotFoundException` if it was deleted between finding and locking it.
    pub(super) fn lock(&self) -> Result<MutexGuard<'_, State>, EcrError> {
        // A panic in another request leaves the values complete: every change is made at the end of its function.
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_deleted {
            return Err(not_found(&self.account, &self.name));
        }
        Ok(state)
    }

    /// Drops the images if a generator can create them again and there were no writes.
    pub(super) fn evict(&self) -> Eviction {
        let Ok(mut state) = self.state.try_lock() else {
            return Eviction::Busy;
        };
        if state.generator.is_some() && !state.is_written {
            state.images = None;
        }
        Eviction::Settled
    }

    /// Generates the images of a locked repository, if necessary.
    pub(super) fn fill<'a>(&self, state: &'a mut State) -> Result<Filled<'a>, EcrError> {
        let is_new = state.images.is_none();
        let made = match (state.images.take(), &state.generator) {
            (Some(images), _) => images,
            (None, generator) => {
                let mut images = Images::new(&self.account, &self.name);
                if let Some(generator) = generator {
                    generator.fill(&mut images).map_err(generator_failed)?;
                }
                images
            }
        };
        Ok(Filled {
            images: state.images.insert(made),
            settings: &state.settings,
            is_new,
        })
    }
}

impl State {
    /// Attaches a generator. The current images are dropped.
    pub(super) fn attach(&mut self, generator: Arc<dyn Generator>) {
        self.images = None;
        self.generator = Some(generator);
        self.is_written = false;
    }

    /// Keeps the images permanently, because they are being changed.
    pub(super) fn mark_written(&mut self) {
        self.is_written = true;
    }
}

fn generator_failed(error: EcrError) -> EcrError {
    EcrError::new(ErrorKind::Server, format!("The generator failed: {error}"))
}

/// ECR's error for a repository that does not exist.
pub(crate) fn not_found(account: &str, name: &str) -> EcrError {
    EcrError::new(
        ErrorKind::RepositoryNotFound,
        format!(
            "The repository with name '{name}' does not exist in the registry with id '{account}'"
        ),
    )
}
