//! Names that tools and people use, and what each suggests.

#![expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]

use super::*;

fn guess(name: &str) -> TagKind {
    TagKind::by_name(&name.parse().unwrap())
}

fn all(names: &[&str], expected: TagKind) {
    for name in names {
        assert_eq!(guess(name), expected, "{name}");
    }
}

#[test]
fn full_versions_are_unique() {
    all(
        &[
            "1.4.2",
            "v1.4.2",
            "0.0.1",
            "10.20.30",
            "1.2.3.4",
            "v2.0.13-rc.1",
            "v2.0.0-rc1",
            "3.13.0rc1",
            "3.13.0a7",
            "1.0.0-alpha.0.7",
            "1.0.0-beta",
            "6.0.0-preview.7",
            "4.3.0.Final",
            "2.7.18-M1",
            "1.4.2-build.831",
            "1.7.1-build.823",
            "release-1.4.2",
            "release-v1.4.2",
            "1.4.2-alpine",
            "1.4.2-alpine3.19",
            "3.12.1-slim-bookworm",
            "17.0.9-jre",
            "1.4.2-amd64",
            "1.4.2_linux_arm64",
            "2026.11.1",
            "24.04.1",
            "1-4-2",
        ],
        TagKind::LooksUnique,
    );
}

#[test]
fn commits_are_unique() {
    all(
        &[
            "3f9a1c2",
            "bdefe2ed",
            "abcdef1",
            "4f2a91bc",
            "9fceb02d0ae598e95dc970b74767f19372d61af8",
            "9fceb02d0a",
            "sha-3f9a1c2",
            "sha-abcdefa",
            "sha-9fceb02d0ae598e95dc970b74767f19372d61af8",
            "git-3f9a1c2",
            "main-4f2a91bc",
            "master-3f9a1c2-1698765432",
            "develop-1f2e3d4",
            "feature-login-4f2a91bc",
            "feature-JIRA-12345-add-cart-4f2a91bc",
            "dependabot-npm_and_yarn-lodash-4.17.21-4f2a91bc",
            "pr-123-3f9a1c2",
            "1.4.2-4f2a91bc",
            "1.4-4f2a91bc",
            "v1.4.2-12-g3f9a1c2",
            "v1.4.2-rc.1-3-g9fceb02d0ae5",
            "v0.0.0-20231218153000-9fceb02d0ae5",
            "latest-3f9a1c2",
            "550e8400-e29b-41d4-a716-446655440000",
            "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
        ],
        TagKind::LooksUnique,
    );
}

#[test]
fn days_and_build_numbers_are_unique() {
    all(
        &[
            "20261122",
            "2026-11-22",
            "2026.11.22",
            "2026-1-2",
            "20261122-1530",
            "20261122T153000Z",
            "2026-11-22T15-30-00",
            "v20261122",
            "nightly-20261122",
            "nightly-2026-11-22",
            "stable-2026-01-15",
            "bookworm-20231218-slim",
            "edge-20240315",
            "1698765432",
            "12345",
            "1234567",
            "build-831",
            "build.831",
            "build831",
            "main-build-831",
            "main-1698765432",
            "develop-12345",
        ],
        TagKind::LooksUnique,
    );
}

#[test]
fn channels_stages_and_short_versions_float() {
    all(
        &[
            "latest",
            "prod",
            "production",
            "staging",
            "stage",
            "dev",
            "qa",
            "uat",
            "main",
            "master",
            "develop",
            "trunk",
            "edge",
            "nightly",
            "canary",
            "lts",
            "stable",
            "unstable",
            "next",
            "current",
            "release",
            "Latest",
            "1",
            "v1",
            "17",
            "1.4",
            "v1.4",
            "22.04",
            "3.19",
            "1.x",
            "1.4.x",
            "1.4-alpine",
            "8-jre",
            "17-jdk-slim",
            "20-alpine3.19",
            "lts-alpine",
            "latest-arm64",
            "latest-alpine3.19",
            "main-latest",
            "1.4-latest",
            "1.4.2-SNAPSHOT",
            "1.4.2-latest",
            "ubuntu-22.04",
            "release-1.4",
            "nightly-slim",
            "pr-123",
            "pr123",
            "mr-7",
            "pull-42",
        ],
        TagKind::LooksFloating,
    );
}

#[test]
fn a_weak_guess_is_unknown() {
    all(
        &[
            "feature-JIRA-12345-add-cart",
            "feature-JIRA-12345",
            "JIRA-12345",
            "feature-login",
            "feature-1.4.2",
            "feature-20261122",
            "fix-login-2",
            "hotfix-1.4.3",
            "bugfix-123456",
            "feature-1234567",
            "issue-12345678",
            "dependabot-npm_and_yarn-lodash-4.17.21",
            "renovate-lodash-4.x",
            "users-anna-test",
            "facade",
            "deadbeef",
            "defaced",
            "decade2020",
            "release-2024",
            "2026",
            "2026.11",
            "831",
            "v831",
            "1.831",
            "main-831",
            "python3.12",
            "users-api",
            "users-api-1.4.2",
            "1.4.2-JIRA-12345",
            "1.4.2-my-branch",
            "1.4.2-dev",
            "1.4.2-dirty",
            "v1.4.2-12-g3f9a1c2-dirty",
            "amd64",
            "arm64",
            "slim",
            "x86_64",
            "prod-eu-west-1",
            "demo-for-anna",
            "_",
            "rc",
            "rc1",
            "test-login",
            "sha256-b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
            "sha256-b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9.sig",
            "sha256-b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9.att",
        ],
        TagKind::Unknown,
    );
}

/// Numbers from a seed (xorshift): the same in every run.
fn numbers(seed: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(seed), |x| {
        let x = x ^ (x << 13);
        let x = x ^ (x >> 7);
        Some(x ^ (x << 17))
    })
}

#[test]
fn every_commit_id_with_a_digit_is_unique_and_none_without_is() {
    for number in numbers(0x9e37_79b9_7f4a_7c15).take(20_000) {
        let whole = format!("{number:016x}");
        for length in [7, 8] {
            let id = &whole[..length];
            let has_digit = id.bytes().any(|byte| byte.is_ascii_digit());
            assert_eq!(guess(id) == TagKind::LooksUnique, has_digit, "{id}");
            assert_eq!(guess(&format!("sha-{id}")), TagKind::LooksUnique, "{id}");
        }
    }
}

#[test]
fn a_branch_name_alone_is_unknown() {
    let words = [
        "add",
        "cart",
        "login",
        "JIRA-12345",
        "OPS-7",
        "2",
        "v2",
        "1.4.2",
        "20261122",
    ];
    for number in numbers(42).take(5_000) {
        let word = |shift: u32| words[((number >> shift) % words.len() as u64) as usize];
        for branch in ["feature", "fix", "dependabot", "renovate", "chore"] {
            let name = format!("{branch}-{}-{}-{}", word(8), word(24), word(40));
            assert_eq!(guess(&name), TagKind::Unknown, "{name}");
        }
    }
}

#[test]
fn any_name_can_be_guessed_without_a_panic() {
    // Every byte that a tag can contain, at each place of short names.
    const LETTERS: &[u8] = b"a1fgvxAZ09._-";
    for number in numbers(7).take(50_000) {
        let length = (number % 9 + 1) as u32;
        let name: String = (0..length)
            .map(|at| LETTERS[((number >> (at * 4 + 4)) % LETTERS.len() as u64) as usize] as char)
            .collect();
        if let Ok(tag) = name.parse::<Tag>() {
            let kind = TagKind::by_name(&tag);
            assert!(!matches!(kind, TagKind::Locked | TagKind::Moved), "{name}");
            assert!(!(kind.is_unique() && kind.is_floating()), "{name}");
        }
    }
}
