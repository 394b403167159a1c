//! When the demo's images were built: versions, build numbers and commits over time.

use std::fmt;

use rand::Rng as _;
use rand_chacha::ChaCha8Rng;
use time::{Duration, OffsetDateTime};

/// How often a repository is built, and in which period.
#[derive(Clone, Copy, Debug)]
pub struct Cadence {
    /// The total number of builds.
    pub builds: u32,
    /// The first build's age in days.
    pub oldest_days: f64,
    /// The last build's age in days.
    pub newest_days: f64,
    /// The first build's version: major and minor.
    pub version: (u32, u32),
    /// The first build's number.
    pub first_number: u32,
    /// After how many builds there is a release. The others are builds of the main branch.
    pub release_every: u32,
}

/// The version of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Increases with a breaking change.
    pub major: u32,
    /// Increases with a new feature.
    pub minor: u32,
    /// Increases with a fix.
    pub patch: u32,
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// One build.
#[derive(Clone, Debug)]
pub struct Build {
    /// The number, increasing without gaps.
    pub number: u32,
    /// The version that is built, or that it will become.
    pub version: Version,
    /// The commit, 40 hexadecimal digits.
    pub commit: String,
    /// When it was built and pushed, UTC.
    pub built_at: OffsetDateTime,
    /// Whether it was released, or only built from the main branch.
    pub released: bool,
}

impl Build {
    /// The first digits of the commit, as people quote it.
    pub fn short_commit(&self) -> &str {
        self.commit.get(..8).unwrap_or(&self.commit)
    }

    /// A unique tag: version and build number.
    pub fn unique_tag(&self) -> String {
        format!("{}-build.{}", self.version, self.number)
    }

    /// The floating tag for the fixes of one minor version.
    pub fn minor_tag(&self) -> String {
        format!("{}.{}", self.version.major, self.version.minor)
    }
}

impl Cadence {
    /// All builds, oldest first. Builds become more frequent towards the present, as in an active project.
    pub fn builds(&self, now: OffsetDateTime, random: &mut ChaCha8Rng) -> Vec<Build> {
        let mut version = Version {
            major: self.version.0,
            minor: self.version.1,
            patch: 0,
        };
        let mut builds = Vec::new();
        for position in 0..self.builds {
            let released = (position + 1) % self.release_every == 0;
            builds.push(Build {
                number: self.first_number + position,
                version,
                commit: commit(random),
                built_at: now - self.age(position, random),
                released,
            });
            if released {
                version = next_version(version, random);
            }
        }
        builds
    }

    fn age(&self, position: u32, random: &mut ChaCha8Rng) -> Duration {
        let jitter: f64 = random.random_range(0.0..0.8);
        let passed = (f64::from(position) + jitter) / f64::from(self.builds);
        let days =
            self.newest_days + (self.oldest_days - self.newest_days) * (1.0 - passed).powf(1.2);
        Duration::seconds_f64(days * 86_400.0)
    }
}

fn next_version(version: Version, random: &mut ChaCha8Rng) -> Version {
    if random.random_bool(0.35) {
        Version {
            minor: version.minor + 1,
            patch: 0,
            ..version
        }
    } else {
        Version {
            patch: version.patch + 1,
            ..version
        }
    }
}

fn commit(random: &mut ChaCha8Rng) -> String {
    let bytes: [u8; 20] = random.random();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    const WEEKLY: Cadence = Cadence {
        builds: 52,
        oldest_days: 365.0,
        newest_days: 0.5,
        version: (1, 0),
        first_number: 100,
        release_every: 4,
    };

    fn builds(seed: u64) -> Vec<Build> {
        WEEKLY.builds(
            OffsetDateTime::UNIX_EPOCH,
            &mut ChaCha8Rng::seed_from_u64(seed),
        )
    }

    #[test]
    fn builds_follow_each_other_up_to_the_present() {
        let builds = builds(1);
        assert!(builds.is_sorted_by_key(|build| build.built_at));
        assert!(
            builds
                .iter()
                .all(|build| build.built_at < OffsetDateTime::UNIX_EPOCH)
        );
        assert_eq!(builds.iter().filter(|build| build.released).count(), 13);
    }

    #[test]
    fn the_same_seed_gives_the_same_builds() {
        let commits = |seed| {
            builds(seed)
                .into_iter()
                .map(|build| build.commit)
                .collect::<Vec<_>>()
        };
        assert_eq!(commits(7), commits(7));
        assert_ne!(commits(7), commits(8));
    }
}
