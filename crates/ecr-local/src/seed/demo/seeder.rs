//! Adds the story's content to the registry in the same way as a client's push.

use std::collections::HashMap;

use time::{Duration, OffsetDateTime};

use super::super::SeedError;
use super::super::content::{Blob, Package};
use super::spec::RepositorySpec;
use crate::lifecycle;
use crate::registry::{
    Caller, Content, Digest, Encryption, ErrorKind, Images, Mutability, NewRepository, PutImage,
    Reference, Registry, Timestamp,
};

/// Fills repositories one after the other.
pub struct Seeder<'a> {
    registry: &'a Registry,
    repository: &'static str,
    /// For every blob, a repository that has it. Others mount it from there, as clients do.
    homes: HashMap<Digest, &'static str>,
}

impl<'a> Seeder<'a> {
    /// For an empty registry.
    pub fn new(registry: &'a Registry) -> Self {
        Self {
            registry,
            repository: "",
            homes: HashMap::new(),
        }
    }

    /// Creates a repository with its settings and policies. Later pushes go to it.
    ///
    /// # Errors
    /// If the registry refuses one of them.
    pub fn open(
        &mut self,
        spec: &RepositorySpec,
        owner: &Caller,
        now: OffsetDateTime,
    ) -> Result<(), SeedError> {
        let (mode, filters) = spec.mutability;
        let filters = filters.iter().map(|&filter| filter.to_owned()).collect();
        self.registry.create_repository(NewRepository {
            name: spec.name.to_owned(),
            created_at: Some(moment(now - Duration::days(spec.age_days))),
            mutability: Mutability::new(mode, filters)?,
            scan_on_push: spec.scan_on_push,
            tags: spec
                .tags
                .iter()
                .map(|&(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
            encryption: spec.key.map_or_else(Encryption::default, |key| Encryption {
                encryption_type: "KMS".to_owned(),
                kms_key: Some(key.to_owned()),
            }),
        })?;
        if let Some(text) = &spec.policy {
            self.registry
                .set_repository_policy(spec.name, text, true, owner)?;
        }
        if let Some(text) = spec.lifecycle {
            lifecycle::set_policy(self.registry, spec.name, text)?;
        }
        if spec.lifecycle_evaluated {
            let at = moment(now - Duration::hours(7));
            self.registry.change(spec.name, |settings| {
                if let Some(policy) = &mut settings.lifecycle {
                    policy.last_evaluated_at = Some(at);
                }
                Ok(())
            })?;
        }
        self.repository = spec.name;
        Ok(())
    }

    /// Pushes a package without a tag.
    ///
    /// # Errors
    /// If the registry refuses it.
    pub fn push(&mut self, package: &Package, pushed: OffsetDateTime) -> Result<(), SeedError> {
        self.put(package, None, pushed)
    }

    /// Pushes a package under tags.
    ///
    /// # Errors
    /// If the registry refuses it.
    pub fn push_tagged(
        &mut self,
        package: &Package,
        tags: &[String],
        pushed: OffsetDateTime,
    ) -> Result<(), SeedError> {
        tags.iter()
            .try_for_each(|tag| self.put(package, Some(tag.clone()), pushed))
    }

    /// Records when an image was last pulled.
    ///
    /// # Errors
    /// If the repository does not exist.
    pub fn pulled(&self, image: Digest, when: OffsetDateTime) -> Result<(), SeedError> {
        Ok(self
            .registry
            .set_pulled_at(self.repository, &image, moment(when))?)
    }

    /// Records when an image was last scanned.
    ///
    /// # Errors
    /// If it cannot be scanned.
    pub fn scanned(&self, image: Digest, when: OffsetDateTime) -> Result<(), SeedError> {
        let image = Reference::Digest(image);
        Ok(self
            .registry
            .change_images(self.repository, |images| images.scan(&image, moment(when)))?)
    }

    /// Moves an image into the archive.
    ///
    /// # Errors
    /// If the image does not exist.
    pub fn archive(&self, image: Digest, when: OffsetDateTime) -> Result<(), SeedError> {
        let image = Reference::Digest(image);
        Ok(self.registry.change_images(self.repository, |images| {
            images.set_archived(&image, true, moment(when))?;
            Ok(())
        })?)
    }

    fn put(
        &mut self,
        package: &Package,
        tag: Option<String>,
        pushed: OffsetDateTime,
    ) -> Result<(), SeedError> {
        package.blobs.iter().try_for_each(|blob| self.store(blob))?;
        let put = self.registry.put_image(
            self.repository,
            PutImage {
                manifest: package.manifest.blob.bytes.clone(),
                media_type: Some(package.manifest.media_type.to_owned()),
                tag,
                digest: Some(package.manifest.digest()),
                pushed_at: Some(moment(pushed)),
            },
        );
        match put {
            // The same artifact can belong to two builds.
            Err(error) if error.kind != ErrorKind::ImageAlreadyExists => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn store(&mut self, blob: &Blob) -> Result<(), SeedError> {
        let has_blob = |images: &Images| Ok(images.blob(&blob.digest).is_some());
        if self.registry.read_images(self.repository, has_blob)? {
            return Ok(());
        }
        if let Some(home) = self.homes.get(&blob.digest)
            && self
                .registry
                .mount_blob(home, self.repository, &blob.digest)?
        {
            return Ok(());
        }
        self.registry
            .insert_blob(self.repository, Content::Bytes(blob.bytes.clone()))?;
        self.homes.insert(blob.digest, self.repository);
        Ok(())
    }
}

/// The time in the registry's type.
pub fn moment(time: OffsetDateTime) -> Timestamp {
    Timestamp::from_seconds(time.unix_timestamp())
}
