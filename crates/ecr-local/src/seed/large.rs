//! A registry of the size of a large company's: 5,000 repositories of 1,000 images each.
//!
//! Five million images do not fit into memory, so each repository has a generator that creates its images when they
//! are read. They are real images: each has its own config and manifest, over a few layers that the whole registry
//! shares, and all of it can be verified.

use std::io;
use std::sync::Arc;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use time::{Duration, OffsetDateTime};

use super::content::{Format, Layer, Recipe};
use super::demo::{PULL, Policy, RELEASE_MANAGER, SEE, STOREFRONT_DEVELOPER, Statement};
use super::{SeedError, owner_of};
use crate::registry::{
    Content, EcrError, Generator, Images, Mutability, NewRepository, PutImage, Registry, Timestamp,
};

/// How many repositories there are.
pub const REPOSITORIES: u32 = 5_000;
/// How many images each repository contains.
pub const IMAGES: u32 = 1_000;
/// How many repositories share a namespace.
const NAMESPACE: u32 = 50;
/// One namespace in five belongs to the storefront team.
const STOREFRONT_SHARE: u32 = 5;
/// The number of different program layers.
const PROGRAMS: u64 = 16;

/// The data that all repositories share.
#[derive(Debug)]
struct Shared {
    base: Layer,
    programs: Vec<Layer>,
    now: OffsetDateTime,
    random_seed: u64,
}

/// Generates one repository's images.
#[derive(Debug)]
struct Builds {
    shared: Arc<Shared>,
    repository: u32,
}

/// Creates all repositories, without images yet.
///
/// # Errors
/// If the registry refuses a repository, or a layer cannot be packed.
pub fn seed(registry: &Registry, now: OffsetDateTime, random_seed: u64) -> Result<(), SeedError> {
    let shared = Arc::new(Shared::new(now, random_seed)?);
    let everybody = policy_text(true)?;
    let release_only = policy_text(false)?;
    let owner = owner_of(registry);
    for number in 0..REPOSITORIES {
        let name = name(number);
        let created_at = now - Duration::days(400 + i64::from(number % 700));
        registry.create_repository(NewRepository {
            created_at: Some(Timestamp::from_seconds(created_at.unix_timestamp())),
            name: name.clone(),
            ..NewRepository::default()
        })?;
        let is_storefront = (number / NAMESPACE).is_multiple_of(STOREFRONT_SHARE);
        let text = if is_storefront {
            &everybody
        } else {
            &release_only
        };
        registry.set_repository_policy(&name, text, true, &owner)?;
        let builds = Builds {
            shared: Arc::clone(&shared),
            repository: number,
        };
        registry.attach_generator(&name, Arc::new(builds))?;
    }
    Ok(())
}

/// The name of a repository: namespaces of [`NAMESPACE`] services each.
fn name(number: u32) -> String {
    format!("domain-{:03}/service-{number:04}", number / NAMESPACE)
}

fn policy_text(is_storefront: bool) -> Result<String, serde_json::Error> {
    let mut statements = vec![Statement::allow(
        "ReleaseReads",
        &[RELEASE_MANAGER],
        &[SEE, PULL],
    )];
    if is_storefront {
        statements.push(Statement::allow(
            "StorefrontReads",
            &[STOREFRONT_DEVELOPER],
            &[SEE, PULL],
        ));
    }
    Policy::new(statements).text()
}

impl Shared {
    fn new(now: OffsetDateTime, random_seed: u64) -> io::Result<Self> {
        let program = |number| {
            Layer::of_size(
                "COPY server /srv/",
                "srv/bin/server",
                24_000,
                random_seed ^ number,
            )
        };
        Ok(Self {
            base: Layer::of_size(
                "ADD rootfs.tar /",
                "usr/lib/locale/archive",
                1_500_000,
                random_seed,
            )?,
            programs: (1..=PROGRAMS).map(program).collect::<io::Result<_>>()?,
            now,
            random_seed,
        })
    }
}

impl Builds {
    /// Each repository has its own random stream, so that the order of reading does not matter.
    fn random(&self) -> ChaCha8Rng {
        let mut random = ChaCha8Rng::seed_from_u64(self.shared.random_seed);
        random.set_stream(u64::from(self.repository) + 1);
        random
    }

    fn put_one(
        &self,
        images: &mut Images,
        number: u32,
        random: &mut ChaCha8Rng,
    ) -> Result<(), EcrError> {
        let Shared {
            base,
            programs,
            now,
            ..
        } = &*self.shared;
        let age = Duration::minutes(i64::from(IMAGES - number) * 520 + random.random_range(0..500));
        let built_at = *now - age;
        let program = &programs[random.random_range(0..programs.len())];
        let mut recipe = Recipe::new(
            Format::Oci,
            "amd64",
            built_at,
            vec![base.clone(), program.clone()],
        );
        let commit: u64 = random.random();
        recipe.entrypoint = vec!["/srv/bin/server".to_owned()];
        recipe.env.push(format!("COMMIT={commit:016x}"));
        let package = recipe.build().package;
        for blob in package.blobs {
            images.insert_known_blob(blob.digest, Content::Bytes(blob.bytes));
        }
        let pushed_at = Timestamp::from_seconds(built_at.unix_timestamp());
        let digest = images.put(
            PutImage {
                manifest: package.manifest.blob.bytes,
                tag: tag(number, commit),
                pushed_at: Some(pushed_at),
                ..PutImage::default()
            },
            &Mutability::default(),
        )?;
        // Three in four were scanned when they were pushed.
        if random.random_bool(0.75) {
            images.set_scanned_at(&digest, pushed_at);
        }
        if random.random_bool(0.4) {
            images.set_pulled_at(
                &digest,
                Timestamp::from_seconds((built_at + age / 2_i32).unix_timestamp()),
            );
        }
        Ok(())
    }
}

/// The last image has the floating tag, one in five has none, and all others have a unique one.
fn tag(number: u32, commit: u64) -> Option<String> {
    if number + 1 == IMAGES {
        Some("latest".to_owned())
    } else if number % 5 == 3 {
        None
    } else {
        Some(format!(
            "1.{}.{}-{:08x}",
            number / 50,
            number % 50,
            commit >> 32
        ))
    }
}

impl Generator for Builds {
    fn fill(&self, images: &mut Images) -> Result<(), EcrError> {
        let mut random = self.random();
        (0..IMAGES).try_for_each(|number| self.put_one(images, number, &mut random))
    }
}
