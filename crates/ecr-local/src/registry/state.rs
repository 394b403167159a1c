use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::cache::GeneratedCache;
use super::login::Session;
use super::names::check_repository_name;
use super::repository::{State, not_found};
use super::repository_operations::check_tags;
use super::seal::Seal;
use super::{
    Account, EcrError, ErrorKind, Generator, Images, Mutability, NewRepository, Repository,
};

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
            seal: Seal::new(),
        }
    }

    /// The identity of this registry.
    #[must_use]
    pub const fn home(&self) -> &Home {
        &self.home
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
        if !force && !repository.fill(&mut state)?.0.is_empty() {
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
    pub(super) fn visit_images<Answer>(
        &self,
        name: &str,
        look: impl FnOnce(&mut Images) -> Result<Answer, EcrError>,
    ) -> Result<Answer, EcrError> {
        let repository = self.repository(name)?;
        let mut state = repository.lock()?;
        let (images, is_new) = repository.fill(&mut state)?;
        let count = images.len();
        let answer = look(images);
        drop(state);
        if is_new {
            self.cache.admit(repository, count);
        }
        answer
    }

    /// Runs `change` on a repository's images, which stay in memory from now on.
    pub(crate) fn change_images<Answer>(
        &self,
        name: &str,
        change: impl FnOnce(&mut Images, &Mutability) -> Result<Answer, EcrError>,
    ) -> Result<Answer, EcrError> {
        let repository = self.repository(name)?;
        let mut state = repository.lock()?;
        state.mark_written();
        let mutability = state.mutability.clone();
        let (images, _) = repository.fill(&mut state)?;
        change(images, &mutability)
    }

    /// Runs `act` on a repository's settings, policies and uploads.
    pub(super) fn with<Answer>(
        &self,
        name: &str,
        act: impl FnOnce(&mut State) -> Result<Answer, EcrError>,
    ) -> Result<Answer, EcrError> {
        act(&mut *self.repository(name)?.lock()?)
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
