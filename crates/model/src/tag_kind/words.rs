//! Words in tags, in lower case and sorted.

/// Names of branches that people work on. Such a tag moves with its branch, or was created once: it is not possible
/// to tell.
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

/// Words for the variant or base of an image, without their numbers (`alpine3`).
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

/// Words for releases and pre-releases, without their numbers (`rc1`).
pub(super) const RELEASES: &[&str] = &[
    "a", "alpha", "b", "beta", "build", "final", "ga", "m", "p", "post", "pre", "preview", "r",
    "rc", "rev", "sp",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_is_sorted() {
        for words in [BRANCHES, CHANNELS, VARIANTS, RELEASES] {
            assert!(words.is_sorted(), "{words:?}");
        }
    }
}
