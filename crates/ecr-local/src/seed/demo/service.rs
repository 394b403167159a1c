//! The content of a build of one of the retailer's services.

use std::collections::BTreeMap;
use std::io;

use rand::Rng as _;
use rand_chacha::ChaCha8Rng;
use time::OffsetDateTime;

use super::super::content::{
    Child, Format, Image, Layer, Package, Recipe, attestation, buildkit_attestation, index,
    signature, software_bill_of_materials, timestamp,
};
use super::base::{Base, BaseLayers};
use super::timeline::Build;

/// The additional artifacts of a service's images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// Nothing.
    Nothing,
    /// An attestation in each index.
    Attested,
    /// The same, and for releases a signature, a bill of materials and an attestation that refer to the index.
    Signed,
}

/// A program that is built repeatedly.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The name of its repository and of its source.
    pub name: &'static str,
    /// Its purpose, in a sentence.
    pub description: &'static str,
    /// The team that owns it.
    pub team: &'static str,
    /// Its base image.
    pub base: Base,
    /// The port that it listens on. A worker has none.
    pub port: Option<u16>,
    /// The manifest format.
    pub format: Format,
    /// One architecture gives a plain image, several give an index.
    pub architectures: &'static [&'static str],
    /// The additional artifacts of the images.
    pub trust: Trust,
    /// The size of the layer that each build adds, in bytes.
    pub program_size: usize,
}

/// The manifests of one build, in the order in which they must be pushed.
#[derive(Clone, Debug)]
pub struct Product {
    /// The manifests that an index points at. Empty for a plain image.
    pub children: Vec<Package>,
    /// The manifest that gets the tags.
    pub top: Package,
    /// The artifacts that refer to `top`.
    pub referrers: Vec<Package>,
}

impl Service {
    /// The same kind of program with another name and purpose.
    pub const fn called(self, name: &'static str, description: &'static str) -> Self {
        Self {
            name,
            description,
            ..self
        }
    }

    /// Builds all manifests of one build.
    ///
    /// # Errors
    /// If a layer cannot be packed.
    pub fn build(
        &self,
        build: &Build,
        now: OffsetDateTime,
        bases: &mut BaseLayers,
        random: &mut ChaCha8Rng,
    ) -> io::Result<Product> {
        let generation = Base::generation_at(build.built_at, now);
        let mut images = Vec::new();
        for architecture in self.architectures {
            let mut layers = bases.of(self.base, generation, architecture)?;
            layers.extend(self.own_layers(build, architecture, random)?);
            images.push(self.image(build, architecture, layers));
        }
        let mut product = self.bind(build, images);
        if self.trust == Trust::Signed && build.released {
            product.referrers = self.referrers(build, &product.top);
        }
        Ok(product)
    }

    fn own_layers(
        &self,
        build: &Build,
        architecture: &str,
        random: &mut ChaCha8Rng,
    ) -> io::Result<[Layer; 2]> {
        // Dependencies change only with the minor version, so that the builds in between share them.
        let minor = build.minor_tag();
        let dependencies = format!("{} {minor} {architecture}\n", self.name).repeat(400);
        let dependencies = Layer::of_files(
            "RUN install-dependencies --locked",
            &[("srv/dependencies/manifest.txt", dependencies.as_bytes())],
        )?;
        let program = Layer::of_size(
            "COPY build/ /srv/",
            "srv/bin/server",
            random.random_range(self.program_size / 2..=self.program_size),
            random.random(),
        )?;
        Ok([dependencies, program])
    }

    fn image(&self, build: &Build, architecture: &'static str, layers: Vec<Layer>) -> Image {
        let mut recipe = Recipe::new(self.format, architecture, build.built_at, layers);
        recipe.entrypoint = self.entrypoint();
        recipe.env.extend(self.env(build));
        recipe.labels = self.labels(build);
        recipe.user = "10001:10001".to_owned();
        recipe.port = self.port;
        recipe.annotations = BTreeMap::from([
            (
                "org.opencontainers.image.revision".to_owned(),
                build.commit.clone(),
            ),
            (
                "org.opencontainers.image.version".to_owned(),
                build.version.to_string(),
            ),
        ]);
        recipe.build()
    }

    fn entrypoint(&self) -> Vec<String> {
        let command: &[&str] = match self.base {
            Base::Debian => &["/srv/bin/server"],
            Base::Node => &["node", "--enable-source-maps", "/srv/bin/server"],
            Base::Java => &["java", "-XX:MaxRAMPercentage=75", "-jar", "/srv/bin/server"],
        };
        command.iter().map(|&word| word.to_owned()).collect()
    }

    fn env(&self, build: &Build) -> Vec<String> {
        let mut env = vec![
            "TZ=UTC".to_owned(),
            format!("SERVICE_NAME={}", self.name),
            format!("SERVICE_VERSION={}", build.version),
        ];
        if self.team == "checkout" {
            // A common mistake, which a page that shows the environment must expect.
            env.push("DATABASE_PASSWORD=not-a-real-secret-but-it-looks-like-one".to_owned());
        }
        env
    }

    fn labels(&self, build: &Build) -> BTreeMap<String, String> {
        [
            ("title", self.name.to_owned()),
            ("description", self.description.to_owned()),
            ("vendor", "Retailer".to_owned()),
            (
                "source",
                format!("https://git.retailer.example/{}", self.name),
            ),
            ("revision", build.commit.clone()),
            ("version", build.version.to_string()),
            ("created", timestamp(build.built_at)),
        ]
        .into_iter()
        .map(|(key, value)| (format!("org.opencontainers.image.{key}"), value))
        .collect()
    }

    fn bind(&self, build: &Build, mut images: Vec<Image>) -> Product {
        if images.len() == 1
            && let Some(image) = images.pop()
        {
            return Product {
                children: Vec::new(),
                top: image.package,
                referrers: Vec::new(),
            };
        }
        let attestations: Vec<Package> = if self.trust >= Trust::Attested {
            let attest = |image: &Image| {
                buildkit_attestation(
                    &image.package.manifest,
                    self.name,
                    &build.commit,
                    build.built_at,
                )
            };
            images.iter().map(attest).collect()
        } else {
            Vec::new()
        };
        let mut entries: Vec<Child<'_>> = images.iter().map(Child::Platform).collect();
        entries.extend(
            images
                .iter()
                .zip(&attestations)
                .map(|(image, attestation)| Child::Attestation {
                    manifest: &attestation.manifest,
                    image,
                }),
        );
        let top = index(self.format, &entries).into();
        let mut children: Vec<Package> = images.into_iter().map(|image| image.package).collect();
        children.extend(attestations);
        Product {
            children,
            top,
            referrers: Vec::new(),
        }
    }

    fn referrers(&self, build: &Build, top: &Package) -> Vec<Package> {
        let subject = &top.manifest;
        let version = build.version.to_string();
        let base_version = self.base.version(0);
        let packages = [
            (self.name, version.as_str()),
            ("openssl", "3.0.15-1"),
            ("zlib1g", "1:1.2.13.dfsg-1"),
            ("libc6", "2.36-9"),
            (
                match self.base {
                    Base::Debian => "base-files",
                    Base::Node => "nodejs",
                    Base::Java => "java-runtime-headless",
                },
                base_version.as_str(),
            ),
        ];
        vec![
            signature(subject, self.name, build.built_at),
            software_bill_of_materials(subject, self.name, &packages, build.built_at),
            attestation(subject, self.name, &build.commit, build.built_at),
        ]
    }
}
