#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;
use time::macros::datetime;

use super::*;
use crate::lifecycle::Policy;
use crate::registry::{
    Content, Digest, Home, Image, ImageStatus, Images, LifecyclePolicy, MutabilityMode, Reference,
};
use crate::scan::Outcome;

const NOW: OffsetDateTime = datetime!(2026-03-02 09:00 UTC);

fn seeded(which: Seed, seed_rng: u64) -> Registry {
    let registry = Registry::new(Home {
        account: "111122223333".to_owned(),
        region: "eu-central-1".to_owned(),
        host: "registry.test".to_owned(),
    });
    let options = Options {
        seed: which,
        seed_rng,
        ..Options::default()
    };
    seed(&registry, &options, NOW).unwrap();
    registry
}

/// The demo's registry, created once for all tests that only read it.
fn demo() -> &'static Registry {
    static DEMO: LazyLock<Registry> = LazyLock::new(|| seeded(Seed::Demo, 1));
    &DEMO
}

fn digests(registry: &Registry, repository: &str) -> BTreeSet<Digest> {
    let look = |images: &Images| Ok(images.iter().map(|image| image.digest).collect());
    registry.read_images(repository, look).unwrap()
}

fn policy(registry: &Registry, repository: &str) -> Option<String> {
    let policy = registry.read(repository, |settings| Ok(settings.policy.clone()));
    policy.unwrap()
}

fn mode(registry: &Registry, repository: &str) -> MutabilityMode {
    let mode = registry.read(repository, |settings| Ok(settings.mutability.mode()));
    mode.unwrap()
}

fn content(registry: &Registry, repository: &str, blob: &Digest) -> Content {
    let look = |images: &Images| images.find_blob(blob).cloned();
    registry.read_images(repository, look).unwrap()
}

/// The descriptors in some members of a manifest: digests and stated sizes.
fn descriptors(manifest: &[u8], members: &[&str]) -> Vec<(Digest, u64)> {
    let manifest: Value = serde_json::from_slice(manifest).unwrap();
    let in_member = |member: &&str| match &manifest[*member] {
        Value::Array(list) => list.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    };
    let read = |descriptor: Value| {
        let digest = descriptor["digest"].as_str().unwrap().parse().unwrap();
        (digest, descriptor["size"].as_u64().unwrap())
    };
    members.iter().flat_map(in_member).map(read).collect()
}

fn find(registry: &Registry, repository: &str, digest: Digest) -> Image {
    let reference = Reference::Digest(digest);
    let look = |images: &Images| images.find(&reference).cloned();
    registry.read_images(repository, look).unwrap()
}

#[test]
fn everything_in_the_demo_verifies() {
    let registry = demo();
    let mut manifests = 0;
    let mut verified = BTreeSet::new();
    for repository in registry.repositories() {
        let name = &repository.name;
        // Its sizes are wrong on purpose.
        let is_hostile = name == "suspicious/upload";
        for digest in digests(registry, name) {
            let image = find(registry, name, digest);
            assert_eq!(Digest::of(&image.bytes), digest);
            for (blob, size) in descriptors(&image.bytes, &["config", "layers"]) {
                let content = content(registry, name, &blob);
                assert!(!verified.insert(blob) || content.digest() == blob);
                assert!(is_hostile || content.size() == size, "{name} {digest}");
            }
            for (other, size) in descriptors(&image.bytes, &["manifests", "subject"]) {
                assert_eq!(find(registry, name, other).bytes.len() as u64, size);
            }
            manifests += 1;
        }
    }
    assert!(manifests > 2_000, "{manifests}");
}

#[test]
fn the_demo_has_everything_that_the_pages_must_handle() {
    let registry = demo();
    assert!(digests(registry, "sandbox/empty").is_empty());
    assert!(digests(registry, "checkout/orders-worker").len() > 600);
    assert_eq!(policy(registry, "sandbox/hello"), None);
    let old = policy(registry, "archive/old-shop").unwrap();
    assert!(old.contains("AROAEXAMPLE"));
    let of_registry = registry.account().policy.clone().unwrap();
    assert!(of_registry.contains("Deny"));
    let modes: BTreeSet<String> = registry
        .repositories()
        .iter()
        .map(|repository| format!("{:?}", mode(registry, &repository.name)))
        .collect();
    assert_eq!(modes.len(), 4, "{modes:?}");
    assert_eq!(
        mode(registry, "payments/payments-api"),
        MutabilityMode::Immutable
    );
}

#[test]
fn scans_have_every_outcome() {
    let registry = demo();
    let outcomes = |repository: &str| -> BTreeSet<String> {
        let look = |images: &Images| {
            Ok(images
                .iter()
                .map(|image| format!("{:?}", Outcome::of(image)))
                .collect())
        };
        registry.read_images(repository, look).unwrap()
    };
    let expect = |words: &[&str]| -> BTreeSet<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    };
    // Images, their attestations, and the indexes over both.
    let service = outcomes("storefront/users-api");
    assert_eq!(
        service,
        expect(&["Some(Complete)", "Some(Unsupported)", "None"])
    );
    assert!(outcomes("suspicious/upload").contains("Some(Failed)"));
    assert_eq!(outcomes("legacy/warehouse"), expect(&["None"]));
}

#[test]
fn floating_tags_point_at_recent_releases_and_unique_ones_stay() {
    let registry = demo();
    let image = |tag: &str| {
        let reference = Reference::Tag(tag.to_owned());
        registry
            .image_by_reference("storefront/users-api", &reference)
            .unwrap()
    };
    let (prod, staging, latest) = (image("prod"), image("staging"), image("latest"));
    assert!(prod.pushed_at < staging.pushed_at);
    assert_eq!(staging.digest, latest.digest);
    assert!(prod.tags.iter().any(|tag| tag.contains("-build.")));
    assert!(prod.pulled_at > Some(prod.pushed_at));
    let referrers = registry.read_images("storefront/users-api", |images| {
        Ok(images.referrers(&prod.digest).count())
    });
    assert_eq!(referrers, Ok(3));
}

#[test]
fn nothing_happens_in_the_future_or_before_its_repository_exists() {
    let registry = demo();
    let now = NOW.unix_timestamp();
    let mut archived = 0;
    for repository in registry.repositories() {
        registry
            .read_images(&repository.name, |images| {
                for image in images.iter() {
                    assert!(
                        image.pushed_at > repository.created_at,
                        "{} {:?}",
                        repository.name,
                        image.tags
                    );
                    assert!(
                        image.pushed_at.seconds() <= now,
                        "{} {:?}",
                        repository.name,
                        image.tags
                    );
                    assert!(
                        image.pulled_at.is_none_or(|pulled| pulled.seconds() <= now),
                        "{}",
                        repository.name
                    );
                    let is_archived = image.status == ImageStatus::Archived;
                    assert!(!is_archived || repository.name == "legacy/warehouse");
                    archived += usize::from(is_archived);
                }
                Ok(())
            })
            .unwrap();
    }
    assert!(archived > 0, "something is in the archive");
}

#[test]
fn an_evaluated_lifecycle_policy_has_removed_its_images() {
    let registry = demo();
    let mut evaluated = 0;
    for repository in registry.repositories() {
        let policy = registry.read(&repository.name, |settings| Ok(settings.lifecycle.clone()));
        let Some(LifecyclePolicy {
            text,
            last_evaluated_at: Some(at),
        }) = policy.unwrap()
        else {
            continue;
        };
        evaluated += 1;
        let rules = Policy::parse(&text).unwrap();
        let left = |images: &Images| Ok(rules.evaluate(images, at));
        let left = registry.read_images(&repository.name, left).unwrap();
        assert_eq!(left, [], "{}", repository.name);
    }
    assert!(evaluated > 0);
}

#[test]
fn an_index_lists_an_image_for_windows_with_its_version() {
    let registry = demo();
    let latest = Reference::Tag("latest".to_owned());
    let index = registry
        .image_by_reference("storefront/till", &latest)
        .unwrap();
    let index: Value = serde_json::from_slice(&index.bytes).unwrap();
    let platforms: Vec<_> = index["manifests"].as_array().unwrap().iter().collect();
    let named = |name: &str| {
        platforms
            .iter()
            .filter(|it| it["platform"]["os"] == name)
            .count()
    };
    assert_eq!((named("linux"), named("windows")), (1, 1));
    assert_eq!(platforms[1]["platform"]["os.version"], "10.0.20348.2762");
}

#[test]
fn the_same_number_makes_the_same_registry() {
    let users = |seed_rng| digests(&seeded(Seed::Demo, seed_rng), "storefront/users-api");
    assert_eq!(users(5), users(5));
    assert_ne!(users(5), users(6));
}

#[test]
fn the_large_registry_is_generated_repository_by_repository() {
    let registry = seeded(Seed::Large, 1);
    let repositories = registry.repositories();
    assert_eq!(repositories.len(), 5_000);
    let granted = repositories.iter().filter(|repository| {
        policy(&registry, &repository.name)
            .unwrap()
            .contains("storefront")
    });
    assert_eq!(granted.count(), 1_000);

    let name = &repositories[4_321].name;
    let images = digests(&registry, name);
    assert_eq!(images.len(), 1_000);
    assert!(images.is_disjoint(&digests(&registry, &repositories[17].name)));
    let scanned = registry
        .read_images(name, |images| {
            Ok(images.iter().filter_map(Outcome::of).count())
        })
        .unwrap();
    assert!((600..900).contains(&scanned), "{scanned}");
    let latest = registry
        .image_by_reference(name, &Reference::Tag("latest".to_owned()))
        .unwrap();
    for (part, size) in descriptors(&latest.bytes, &["config", "layers"]) {
        let content = content(&registry, name, &part);
        assert_eq!((content.digest(), content.size()), (part, size));
    }
}

#[test]
fn a_large_repository_is_the_same_each_time() {
    let images = |seed| digests(&seeded(Seed::Large, seed), "domain-007/service-0360");
    assert_eq!(images(3), images(3));
    assert_ne!(images(3), images(4));
}

#[test]
fn the_carriers_registry_is_small_and_shares_names_with_the_retailers() {
    let partner = seeded(Seed::Partner, 1);
    let names: Vec<_> = partner
        .repositories()
        .into_iter()
        .map(|it| it.name.clone())
        .collect();
    assert!(names.len() < 10, "{names:?}");
    let shared: Vec<_> = names
        .iter()
        .filter(|name| demo().repositories().iter().any(|it| it.name == **name))
        .collect();
    assert_eq!(shared, ["base/node", "storefront/users-api"]);
    for name in &names {
        assert!(!digests(&partner, name).is_empty(), "{name}");
    }
}
