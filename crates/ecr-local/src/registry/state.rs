use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::cache::GeneratedCache;
use super::login::Session;
use super::names::check_repository_name;
use super::repository::{check_tags, not_found};
use super::seal::Seal;
use super::{
    Account, Content, Digest, EcrError, ErrorKind, EventQueue, Generator, Image, Images,
    NewRepository, Reference, Repository, RepositorySettings, Timestamp,
};

/// The name of the queue of the registry's own events.
pub const QUEUE: &str = "gantry-events";

/// The identity of a registry: the parts of its ARNs and URIs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The account, twelve digits.
    pub account: String,
    /// The region.
    pub region: String,
    /// The host, with its port, that clients use.
    pub host: String,
}

/// One account's registry in one region.
#[derive(Debug)]
pub struct Registry {
    home: Home,
    repositories: RwLock<BTreeMap<String, Arc<Repository>>>,
    account: Mutex<Account>,
    sessions: Mutex<BTreeMap<String, Session>>,
    cache: GeneratedCache,
    events: EventQueue,
    pub(super) seal: Seal,
}

impl Registry {
    /// An empty registry.
    #[must_use]
    pub fn new(home: Home) -> Self {
        Self {
            home,
            repositories: RwLock::default(),
            account: Mutex::default(),
            sessions: Mutex::default(),
            cache: GeneratedCache::default(),
            events: EventQueue::default(),
            seal: Seal::new(),
        }
    }

    /// The identity of this registry.
    #[must_use]
    pub const fn home(&self) -> &Home {
        &self.home
    }

    /// The queue of what happens in the registry.
    #[must_use]
    pub const fn events(&self) -> &EventQueue {
        &self.events
    }

    /// The URL of that queue.
    #[must_use]
    pub fn queue_url(&self) -> String {
        let Home { account, host, .. } = &self.home;
        format!("http://{host}/{account}/{QUEUE}")
    }

    /// The ARN of the repository with this name, in the region's partition.
    #[must_use]
    pub fn repository_arn(&self, name: &str) -> String {
        let Home {
            account, region, ..
        } = &self.home;
        format!(
            "arn:{}:ecr:{region}:{account}:repository/{name}",
            self.partition()
        )
    }

    /// The name in a repository's ARN, if the ARN belongs to this registry.
    ///
    /// # Errors
    /// `InvalidParameterException` if it is not such an ARN.
    pub fn name_in_arn<'a>(&self, arn: &'a str) -> Result<&'a str, EcrError> {
        arn.strip_prefix(self.repository_arn("").as_str())
            .filter(|name| !name.is_empty())
            .ok_or_else(|| {
                EcrError::new(
                    ErrorKind::InvalidParameter,
                    format!("Invalid parameter at 'resourceArn': '{arn}' is no repository of this registry"),
                )
            })
    }

    /// `aws`, `aws-cn` or `aws-us-gov`.
    #[must_use]
    pub fn partition(&self) -> &'static str {
        match self.home.region.split('-').next() {
            Some("cn") => "aws-cn",
            Some("us") if self.home.region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        }
    }

    /// The host and the name that clients push to and pull from.
    #[must_use]
    pub fn repository_uri(&self, name: &str) -> String {
        format!("{}/{name}", self.home.host)
    }

    /// Creates a repository and returns it.
    ///
    /// # Errors
    /// `InvalidParameterException` for its name, `RepositoryAlreadyExistsException`, and the errors of resource tags.
    pub fn create_repository(&self, new: NewRepository) -> Result<Arc<Repository>, EcrError> {
        check_repository_name(&new.name)?;
        check_tags(&new.tags)?;
        let mut repositories = self
            .repositories
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if repositories.contains_key(&new.name) {
            return Err(EcrError::new(
                ErrorKind::RepositoryAlreadyExists,
                format!(
                    "The repository with name '{}' already exists in the registry with id '{}'",
                    new.name, self.home.account
                ),
            ));
        }
        let repository = Arc::new(Repository::new(&self.home.account, new));
        repositories.insert(repository.name.clone(), Arc::clone(&repository));
        Ok(repository)
    }

    /// The repository with this name.
    ///
    /// # Errors
    /// `InvalidParameterException` for an invalid name, or else `RepositoryNotFoundException`.
    pub fn repository(&self, name: &str) -> Result<Arc<Repository>, EcrError> {
        check_repository_name(name)?;
        let repositories = self
            .repositories
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        repositories
            .get(name)
            .cloned()
            .ok_or_else(|| not_found(&self.home.account, name))
    }

    /// All repositories, sorted by name.
    #[must_use]
    pub fn repositories(&self) -> Vec<Arc<Repository>> {
        let repositories = self
            .repositories
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        repositories.values().cloned().collect()
    }

    /// Deletes a repository; with `force` also one that contains images.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `RepositoryNotEmptyException`.
    pub fn delete_repository(&self, name: &str, force: bool) -> Result<Arc<Repository>, EcrError> {
        let mut repositories = self
            .repositories
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let repository = repositories
            .get(name)
            .cloned()
            .ok_or_else(|| not_found(&self.home.account, name))?;
        let mut state = repository.lock()?;
        if !force && !repository.fill(&mut state)?.images.is_empty() {
            return Err(EcrError::new(
                ErrorKind::RepositoryNotEmpty,
                format!(
                    "The repository with name '{name}' in registry with id '{}' cannot be deleted because it still contains images",
                    self.home.account
                ),
            ));
        }
        state.is_deleted = true;
        drop(state);
        repositories.remove(name);
        Ok(repository)
    }

    /// Has a generator create a repository's images when they are next read.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn attach_generator(
        &self,
        name: &str,
        generator: Arc<dyn Generator>,
    ) -> Result<(), EcrError> {
        self.repository(name)?.lock()?.attach(generator);
        Ok(())
    }

    /// Reads or changes the data of the registry as a whole. Keep it short: there is only one lock.
    pub fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The access keys that AssumeRole has issued, with their sessions.
    pub(crate) fn sessions(&self) -> MutexGuard<'_, BTreeMap<String, Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `look` on a repository's settings, policies and uploads.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, and those of `look`.
    pub fn read<Answer>(
        &self,
        name: &str,
        look: impl FnOnce(&RepositorySettings) -> Result<Answer, EcrError>,
    ) -> Result<Answer, EcrError> {
        self.change(name, |settings| look(settings))
    }

    /// Runs `change` on a repository's settings, policies and uploads.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, and those of `change`.
    pub fn change<Answer>(
        &self,
        name: &str,
        change: impl FnOnce(&mut RepositorySettings) -> Result<Answer, EcrError>,
    ) -> Result<Answer, EcrError> {
        change(&mut self.repository(name)?.lock()?.settings)
    }

    /// Runs `look` on the images of a repository.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, an error of a generator, and those of `look`.
    pub fn read_images<Answer>(
        &self,
        name: &str,
        look: impl FnOnce(&Images) -> Result<Answer, EcrError>,
    ) -> Result<Answer, EcrError> {
        self.visit_images(name, |images| look(images))
    }

    /// Like [`Registry::read_images`], for records on images that can be lost again.
    fn visit_images<Answer>(
        &self,
        name: &str,
        look: impl FnOnce(&mut Images) -> Result<Answer, EcrError>,
    ) -> Result<Answer, EcrError> {
        let repository = self.repository(name)?;
        let mut state = repository.lock()?;
        let filled = repository.fill(&mut state)?;
        let (is_new, count) = (filled.is_new, filled.images.len());
        let answer = look(filled.images);
        drop(state);
        if is_new {
            self.cache.admit(repository, count);
        }
        answer
    }

    /// Runs `change` on a repository's images, which stay in memory from now on.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, an error of a generator, and those of `change`.
    pub fn change_images<Answer>(
        &self,
        name: &str,
        change: impl FnOnce(&mut Images) -> Result<Answer, EcrError>,
    ) -> Result<Answer, EcrError> {
        self.change_with_settings(name, |images, _| change(images))
    }

    /// [`Registry::change_images`], for changes that depend on the repository's settings.
    pub(super) fn change_with_settings<Answer>(
        &self,
        name: &str,
        change: impl FnOnce(&mut Images, &RepositorySettings) -> Result<Answer, EcrError>,
    ) -> Result<Answer, EcrError> {
        let repository = self.repository(name)?;
        let mut state = repository.lock()?;
        state.mark_written();
        let filled = repository.fill(&mut state)?;
        change(filled.images, filled.settings)
    }

    /// The image that a tag or digest names, if it can be pulled.
    ///
    /// # Errors
    /// Those of [`Images::find_active`].
    pub fn image_by_reference(
        &self,
        repository: &str,
        reference: &Reference,
    ) -> Result<Image, EcrError> {
        self.read_images(repository, |images| images.find_active(reference).cloned())
    }

    /// Stores a blob and returns its digest, which is computed before anything is locked.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn insert_blob(
        &self,
        repository: &str,
        content: impl Into<Content>,
    ) -> Result<Digest, EcrError> {
        let content = content.into();
        let digest = content.digest();
        self.change_images(repository, |images| {
            images.insert_known_blob(digest, content);
            Ok(digest)
        })
    }

    /// Records a pull at that moment. In a generated repository without writes, the record may be lost when memory is
    /// needed.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn set_pulled_at(
        &self,
        repository: &str,
        digest: &Digest,
        at: Timestamp,
    ) -> Result<(), EcrError> {
        self.visit_images(repository, |images| {
            images.set_pulled_at(digest, at);
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_in_the_partition_of_the_region() {
        for (region, partition) in [
            ("eu-central-1", "aws"),
            ("us-east-1", "aws"),
            ("us-gov-west-1", "aws-us-gov"),
            ("cn-north-1", "aws-cn"),
        ] {
            let registry = Registry::new(Home {
                account: "111122223333".to_owned(),
                region: region.to_owned(),
                host: "localhost:5000".to_owned(),
            });
            let expected =
                format!("arn:{partition}:ecr:{region}:111122223333:repository/users/api");
            assert_eq!(registry.repository_arn("users/api"), expected);
        }
    }
}
