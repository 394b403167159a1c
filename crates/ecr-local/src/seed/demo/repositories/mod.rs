//! The retailer's repositories, one file per namespace: their owners, content and access.

mod carrier;
mod checkout;
mod others;
mod payments;
mod stages;
mod storefront;

use super::super::content::Format;
use super::access;
use super::base::{ARCHITECTURES, Base};
use super::lifecycle::UNTAGGED_AFTER_A_DAY;
use super::people::{CHECKOUT_DEVELOPER, STOREFRONT_DEVELOPER};
use super::service::{Service, Trust};
use super::spec::{Floating, RepositoryContent, RepositorySpec};
use super::timeline::Cadence;
use crate::registry::MutabilityMode;

/// Every floating tag.
const ALL_FLOATING: &[Floating] = &[
    Floating::Main,
    Floating::Minor,
    Floating::Latest,
    Floating::Stages,
];

/// A project that is built about once a week.
const WEEKLY: Cadence = Cadence {
    builds: 44,
    oldest_days: 362.0,
    newest_days: 0.2,
    version: (1, 2),
    first_number: 788,
    release_every: 3,
};

/// A service with two architectures and no additional artifacts.
const SERVICE: Service = Service {
    name: "",
    description: "",
    team: "",
    base: Base::Node,
    port: Some(8080),
    format: Format::Oci,
    architectures: &ARCHITECTURES,
    trust: Trust::Attested,
    program_size: 30_000,
};

/// All repositories. Sources come before their copies.
pub fn all() -> Vec<RepositorySpec> {
    [
        base(),
        storefront::specs(),
        checkout::specs(),
        payments::specs(),
        stages::specs(),
        charts(),
        others::shared_with_others(),
        others::machines(),
        others::curiosities(),
        others::tills(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The repositories in the carrier's own registry.
pub fn carriers() -> Vec<RepositorySpec> {
    carrier::specs()
}

fn base() -> Vec<RepositorySpec> {
    [
        ("base/debian", Base::Debian),
        ("base/node", Base::Node),
        ("base/java", Base::Java),
    ]
    .into_iter()
    .map(|(name, base)| {
        RepositorySpec::new(name)
            .owned("platform", "critical")
            .policy(&access::shared_base())
            .tidied_by(UNTAGGED_AFTER_A_DAY)
            .with(RepositoryContent::BaseImages(base))
    })
    .collect()
}

fn charts() -> Vec<RepositorySpec> {
    let chart = |name, versions| RepositoryContent::Charts { name, versions };
    vec![
        RepositorySpec::new("charts/storefront")
            .owned("storefront", "standard")
            .policy(&access::owned_by(STOREFRONT_DEVELOPER))
            .mutability(MutabilityMode::Immutable, &[])
            .unscanned()
            .with(chart("storefront", 18)),
        RepositorySpec::new("charts/checkout")
            .owned("checkout", "standard")
            .policy(&access::owned_by(CHECKOUT_DEVELOPER))
            .unscanned()
            .with(chart("checkout", 11)),
    ]
}

/// Builds that are pulled.
fn builds(service: Service, cadence: Cadence, floating: &'static [Floating]) -> RepositoryContent {
    RepositoryContent::Builds {
        service,
        cadence,
        floating,
        pulled: true,
    }
}
