//! The shared base images of all the retailer's services.

use std::collections::HashMap;
use std::io;

use time::{Duration, OffsetDateTime};

use super::super::content::Layer;

/// The architectures that the retailer runs on.
pub const ARCHITECTURES: [&str; 2] = ["amd64", "arm64"];

/// How many times the base images were rebuilt in the past year.
pub const GENERATIONS: u32 = 4;

/// A base image. Each one except the first is built on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// Only the distribution.
    Debian,
    /// Node.js on the distribution.
    Node,
    /// A Java runtime on the distribution.
    Java,
}

impl Base {
    /// The floating tag of the current major version.
    pub fn floating_tag(self) -> &'static str {
        match self {
            Self::Debian => "12",
            Self::Node => "22",
            Self::Java => "21",
        }
    }

    /// The tag of a single rebuild.
    pub fn version(self, generation: u32) -> String {
        match self {
            Self::Debian => format!("12.{}", 5 + generation),
            Self::Node => format!("22.{}.0", 4 + 3 * generation),
            Self::Java => format!("21.0.{}", 3 + generation),
        }
    }

    /// When a generation was built: one each quarter, the last one three weeks ago.
    pub fn built_at(generation: u32, now: OffsetDateTime) -> OffsetDateTime {
        let quarters = i64::from(GENERATIONS - 1 - generation.min(GENERATIONS - 1));
        now - Duration::days(21 + 91 * quarters)
    }

    /// The generation that a build at that moment used.
    pub fn generation_at(moment: OffsetDateTime, now: OffsetDateTime) -> u32 {
        (0..GENERATIONS)
            .rev()
            .find(|generation| Self::built_at(*generation, now) <= moment)
            .unwrap_or(0)
    }

    fn own_layer(self, generation: u32, architecture: &str) -> io::Result<Layer> {
        let version = self.version(generation);
        let (step, path, size, number) = match self {
            Self::Debian => (
                format!("ADD debian-{version}-{architecture}-rootfs.tar /"),
                "usr/lib/locale/C.utf8/archive",
                1_200_000,
                1,
            ),
            Self::Node => (
                format!("RUN install-node {version} --architecture {architecture}"),
                "usr/local/bin/node",
                1_700_000,
                2,
            ),
            Self::Java => (
                format!("RUN install-java {version} --headless --architecture {architecture}"),
                "opt/java/lib/modules",
                2_300_000,
                3,
            ),
        };
        let seed = number << 32 | u64::from(generation) << 1 | u64::from(architecture == "arm64");
        Layer::of_size(&step, path, size, seed)
    }
}

/// Base layers, created once and shared by all images that use them.
#[derive(Debug, Default)]
pub struct BaseLayers {
    made: HashMap<(Base, u32, &'static str), Layer>,
}

impl BaseLayers {
    /// The layers of a base image, lowest first.
    ///
    /// # Errors
    /// If a layer cannot be packed.
    pub fn of(
        &mut self,
        base: Base,
        generation: u32,
        architecture: &'static str,
    ) -> io::Result<Vec<Layer>> {
        let mut layers = vec![self.layer(Base::Debian, generation, architecture)?];
        if base != Base::Debian {
            layers.push(self.layer(base, generation, architecture)?);
        }
        Ok(layers)
    }

    fn layer(
        &mut self,
        base: Base,
        generation: u32,
        architecture: &'static str,
    ) -> io::Result<Layer> {
        let key = (base, generation, architecture);
        if let Some(layer) = self.made.get(&key) {
            return Ok(layer.clone());
        }
        let layer = base.own_layer(generation, architecture)?;
        self.made.insert(key, layer.clone());
        Ok(layer)
    }
}
