use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::cache::Eviction;
use super::upload::Upload;
use super::{EcrError, ErrorKind, Generator, Images, Mutability, Timestamp};
use crate::lifecycle::Preview;

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

/// The parts of a repository that can change.
#[derive(Debug)]
pub(super) struct State {
    pub(super) mutability: Mutability,
    pub(super) scan_on_push: bool,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) policy: Option<String>,
    pub(super) lifecycle: Option<LifecyclePolicy>,
    pub(super) preview: Option<Preview>,
    pub(super) uploads: HashMap<String, Upload>,
    pub(super) is_deleted: bool,
    images: Option<Images>,
    generator: Option<Arc<dyn Generator>>,
    is_written: bool,
}

/// A lifecycle policy as it was sent. ecr-local never runs it: seeds set `last_evaluated_at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LifecyclePolicy {
    pub(super) text: String,
    pub(super) last_evaluated_at: Option<Timestamp>,
}

impl Repository {
    pub(super) fn new(account: &str, new: NewRepository) -> Self {
        let state = State {
            mutability: new.mutability,
            scan_on_push: new.scan_on_push,
            tags: new.tags,
            policy: None,
            lifecycle: None,
            preview: None,
            uploads: HashMap::new(),
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

    /// The images of a locked repository, generated now if necessary. The boolean says whether they were generated.
    pub(super) fn fill<'a>(
        &self,
        state: &'a mut State,
    ) -> Result<(&'a mut Images, bool), EcrError> {
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
        let images = state.images.insert(made);
        Ok((images, is_new))
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
