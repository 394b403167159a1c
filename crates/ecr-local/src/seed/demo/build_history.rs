//! Creates a repository's content: builds over the year, the tags that moved with them, and pulls.

use std::collections::HashMap;

use rand::Rng as _;
use rand_chacha::ChaCha8Rng;
use time::{Duration, OffsetDateTime};

use super::super::SeedError;
use super::super::content::{Chart, Child, Format, Recipe, chart, index};
use super::base::{ARCHITECTURES, Base, BaseLayers, GENERATIONS};
use super::seeder::Seeder;
use super::service::{Product, Service};
use super::spec::{Floating, RepositoryContent, RepositorySpec};
use super::suspicious;
use super::till;
use super::timeline::{Build, Cadence};

/// The age from which images are archived in a repository without pulls.
const ARCHIVED_AFTER: Duration = Duration::days(700);

/// A release that other repositories copy.
struct Release {
    build: Build,
    product: Product,
}

/// State that is passed on from one repository to the next.
pub struct BuildHistory {
    now: OffsetDateTime,
    random: ChaCha8Rng,
    bases: BaseLayers,
    releases: HashMap<&'static str, Vec<Release>>,
}

impl BuildHistory {
    /// A build history that ends now.
    pub fn new(now: OffsetDateTime, random: ChaCha8Rng) -> Self {
        Self {
            now,
            random,
            bases: BaseLayers::default(),
            releases: HashMap::new(),
        }
    }

    /// Fills a repository as its spec says.
    ///
    /// # Errors
    /// If the registry refuses a push, or a layer cannot be packed.
    pub fn fill(
        &mut self,
        spec: &RepositorySpec,
        seeder: &mut Seeder<'_>,
    ) -> Result<(), SeedError> {
        match &spec.content {
            RepositoryContent::Nothing => Ok(()),
            RepositoryContent::BaseImages(base) => self.fill_base(*base, seeder),
            RepositoryContent::Builds {
                service,
                cadence,
                floating,
                pulled,
            } => self.fill_builds(service, cadence, floating, *pulled, seeder),
            RepositoryContent::Copies { of, stage, behind } => {
                self.fill_copies(of, stage, *behind, seeder)
            }
            RepositoryContent::Charts { name, versions } => {
                self.fill_charts(name, *versions, seeder)
            }
            RepositoryContent::Tills => self.fill_tills(seeder),
            RepositoryContent::Hostile => self.fill_hostile(seeder),
        }
    }

    fn fill_base(&mut self, base: Base, seeder: &mut Seeder<'_>) -> Result<(), SeedError> {
        for generation in 0..GENERATIONS {
            let built_at = Base::built_at(generation, self.now);
            let mut images = Vec::new();
            for architecture in ARCHITECTURES {
                let layers = self.bases.of(base, generation, architecture)?;
                let image = Recipe::new(Format::Oci, architecture, built_at, layers).build();
                seeder.push(&image.package, built_at)?;
                images.push(image);
            }
            let entries: Vec<Child<'_>> = images.iter().map(Child::Platform).collect();
            let index = index(Format::Oci, &entries).into();
            let tags = [
                base.version(generation),
                base.floating_tag().to_owned(),
                "latest".to_owned(),
            ];
            seeder.push_tagged(&index, &tags, built_at)?;
            let last_pull = if generation + 1 == GENERATIONS {
                self.now - Duration::hours(3)
            } else {
                built_at + Duration::days(95)
            };
            seeder.pulled(index.manifest.digest(), last_pull)?;
        }
        Ok(())
    }

    fn fill_builds(
        &mut self,
        service: &Service,
        cadence: &Cadence,
        floating: &[Floating],
        is_pulled: bool,
        seeder: &mut Seeder<'_>,
    ) -> Result<(), SeedError> {
        let mut releases = Vec::new();
        for build in cadence.builds(self.now, &mut self.random) {
            let product = service.build(&build, self.now, &mut self.bases, &mut self.random)?;
            push(&product, &tags(&build, floating), build.built_at, seeder)?;
            if is_pulled {
                self.pull_some(&build, &product, seeder)?;
            } else if self.now - build.built_at > ARCHIVED_AFTER {
                seeder.archive(product.top.manifest.digest(), self.now - Duration::days(33))?;
            }
            if build.released {
                releases.push(Release { build, product });
            }
        }
        if floating.contains(&Floating::Stages) {
            self.move_stages(&releases, is_pulled, seeder)?;
        }
        self.releases.insert(service.name, releases);
        Ok(())
    }

    /// Every release was pulled for a while; half of the other builds were never pulled.
    fn pull_some(
        &mut self,
        build: &Build,
        product: &Product,
        seeder: &Seeder<'_>,
    ) -> Result<(), SeedError> {
        let wanted_days = match build.released {
            true => self.random.random_range(4..30),
            false if self.random.random_bool(0.5) => 1,
            false => return Ok(()),
        };
        let last_pull =
            (build.built_at + Duration::days(wanted_days)).min(self.now - Duration::hours(1));
        pull(product, last_pull.max(build.built_at), seeder)
    }

    fn move_stages(
        &self,
        releases: &[Release],
        is_pulled: bool,
        seeder: &mut Seeder<'_>,
    ) -> Result<(), SeedError> {
        for (stage, behind, hours) in [("staging", 0, 20), ("prod", 2, 2)] {
            let Some(release) = releases.iter().rev().nth(behind) else {
                continue;
            };
            let top = &release.product.top;
            seeder.push_tagged(top, &[stage.to_owned()], release.build.built_at)?;
            if !is_pulled {
                continue;
            }
            pull(&release.product, self.now - Duration::hours(hours), seeder)?;
            // Deployed images are scanned again, because vulnerabilities are found after the build.
            let platform = release.product.children.first().unwrap_or(top);
            let scanned = self.now - Duration::hours(hours + 4);
            seeder.scanned(platform.manifest.digest(), scanned)?;
        }
        Ok(())
    }

    fn fill_copies(
        &self,
        of: &str,
        stage: &str,
        behind: usize,
        seeder: &mut Seeder<'_>,
    ) -> Result<(), SeedError> {
        let releases = self.releases.get(of).map_or(&[][..], Vec::as_slice);
        let arrived = releases.len().saturating_sub(behind);
        for release in releases.iter().take(arrived) {
            let copied_at = (release.build.built_at + Duration::hours(30))
                .min(self.now - Duration::minutes(25));
            let tags = [release.build.unique_tag(), stage.to_owned()];
            push(&release.product, &tags, copied_at, seeder)?;
            pull(&release.product, copied_at + Duration::minutes(9), seeder)?;
        }
        if let Some(current) = arrived.checked_sub(1).and_then(|last| releases.get(last)) {
            pull(&current.product, self.now - Duration::minutes(14), seeder)?;
        }
        Ok(())
    }

    fn fill_charts(
        &self,
        name: &str,
        versions: u32,
        seeder: &mut Seeder<'_>,
    ) -> Result<(), SeedError> {
        for number in 0..versions {
            let created = self.now - Duration::days(i64::from(versions - number) * 19);
            let version = format!("0.{}.{}", number / 4 + 1, number % 4);
            let package = chart(Chart {
                name,
                version: &version,
                application_version: &format!("1.{number}.0"),
                created,
            })?;
            seeder.push_tagged(&package, &[version], created)?;
        }
        Ok(())
    }

    fn fill_tills(&self, seeder: &mut Seeder<'_>) -> Result<(), SeedError> {
        for release in till::releases(self.now)? {
            for image in &release.images {
                seeder.push(image, release.built_at)?;
            }
            seeder.push_tagged(&release.index, &release.tags, release.built_at)?;
        }
        Ok(())
    }

    fn fill_hostile(&self, seeder: &mut Seeder<'_>) -> Result<(), SeedError> {
        for upload in suspicious::uploads(self.now)? {
            seeder.push_tagged(
                &upload.package,
                &[upload.tag.to_owned()],
                self.now - Duration::days(12),
            )?;
        }
        Ok(())
    }
}

fn push(
    product: &Product,
    tags: &[String],
    pushed: OffsetDateTime,
    seeder: &mut Seeder<'_>,
) -> Result<(), SeedError> {
    for child in &product.children {
        seeder.push(child, pushed)?;
    }
    seeder.push_tagged(&product.top, tags, pushed)?;
    product
        .referrers
        .iter()
        .try_for_each(|referrer| seeder.push(referrer, pushed))
}

/// A client that pulls an index also pulls the image of one platform: here always the first one.
fn pull(product: &Product, when: OffsetDateTime, seeder: &Seeder<'_>) -> Result<(), SeedError> {
    if let Some(image) = product.children.first() {
        seeder.pulled(image.manifest.digest(), when)?;
    }
    seeder.pulled(product.top.manifest.digest(), when)
}

/// The tags of a build.
fn tags(build: &Build, floating: &[Floating]) -> Vec<String> {
    let has = |kind| floating.contains(&kind);
    if !build.released {
        return if has(Floating::Main) && build.number % 2 == 1 {
            vec!["main".to_owned()]
        } else {
            vec![build.unique_tag(), build.short_commit().to_owned()]
        };
    }
    let mut tags = vec![
        build.unique_tag(),
        build.version.to_string(),
        build.short_commit().to_owned(),
    ];
    if has(Floating::Minor) {
        tags.push(build.minor_tag());
    }
    if has(Floating::Latest) {
        tags.push("latest".to_owned());
    }
    tags
}
