//! Words that tags are made of, in small letters and sorted.

/// Words of branches that people work on. Such a tag moves with its branch, or was made once: nobody can tell.
pub(super) const BRANCHES: &[&str] = &[
    "bug",
    "bugfix",
    "bump",
    "chore",
    "ci",
    "dependabot",
    "docs",
    "feat",
    "feature",
    "features",
    "fix",
    "hotfix",
    "issue",
    "perf",
    "refactor",
    "renovate",
    "revert",
    "spike",
    "task",
    "ticket",
    "upgrade",
    "user",
    "users",
    "wip",
];

/// Names that are moved to newer images: channels, stages, and the branches that images are built from.
pub(super) const CHANNELS: &[&str] = &[
    "acc",
    "canary",
    "current",
    "dev",
    "develop",
    "development",
    "edge",
    "green",
    "head",
    "insiders",
    "int",
    "integration",
    "latest",
    "live",
    "lts",
    "main",
    "mainline",
    "master",
    "newest",
    "next",
    "nightly",
    "pre",
    "preprod",
    "preview",
    "prod",
    "production",
    "qa",
    "release",
    "rolling",
    "snapshot",
    "stable",
    "stage",
    "staging",
    "test",
    "testing",
    "trunk",
    "uat",
    "unstable",
    "weekly",
];

/// Words that say for what or on what an image is built, without their numbers (`alpine3`).
pub(super) const VARIANTS: &[&str] = &[
    "al",
    "alpine",
    "amazonlinux",
    "amd",
    "apache",
    "arm",
    "armhf",
    "armv",
    "bookworm",
    "bullseye",
    "buster",
    "cli",
    "cpu",
    "cuda",
    "debian",
    "distroless",
    "fips",
    "focal",
    "fpm",
    "full",
    "glibc",
    "gpu",
    "jammy",
    "jdk",
    "jre",
    "linux",
    "ltsc",
    "minimal",
    "musl",
    "nanoserver",
    "noble",
    "nonroot",
    "openjdk",
    "ppc",
    "rootless",
    "runtime",
    "sdk",
    "slim",
    "temurin",
    "trixie",
    "ubi",
    "ubuntu",
    "windows",
    "windowsservercore",
];

/// Words of releases and what comes before them, without their numbers (`rc1`).
pub(super) const RELEASES: &[&str] = &[
    "a", "alpha", "b", "beta", "build", "final", "ga", "m", "p", "post", "pre", "preview", "r",
    "rc", "rev", "sp",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_can_be_searched_by_halves() {
        for words in [BRANCHES, CHANNELS, VARIANTS, RELEASES] {
            assert!(words.is_sorted(), "{words:?}");
        }
    }
}
