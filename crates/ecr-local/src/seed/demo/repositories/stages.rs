//! Tested images on their way to production. The release manager promotes them.

use super::super::access;
use super::super::people::{CHECKOUT_DEVELOPER, PAYMENTS_DEVELOPER, STOREFRONT_DEVELOPER};
use super::super::spec::{RepositoryContent, RepositorySpec};
use crate::registry::MutabilityMode;

/// The repositories.
pub fn specs() -> Vec<RepositorySpec> {
    let copies = |of, stage, behind| RepositoryContent::Copies { of, stage, behind };
    let prod = |name: &'static str| RepositorySpec::new(name).owned("release", "critical");
    let staging = |name: &'static str| RepositorySpec::new(name).owned("release", "standard");
    vec![
        prod("prod/storefront/users-api")
            .policy(&access::stage_guarded_for_all(STOREFRONT_DEVELOPER))
            .mutability(MutabilityMode::ImmutableWithExclusion, &["prod*", "latest"])
            .with(copies("storefront/users-api", "prod", 2)),
        prod("prod/storefront/products-api")
            .policy(&access::stage_guarded_twice(STOREFRONT_DEVELOPER))
            .with(copies("storefront/products-api", "prod", 3)),
        prod("prod/checkout/orders-api")
            .policy(&access::stage_guarded_by_name(CHECKOUT_DEVELOPER))
            .with(copies("checkout/orders-api", "prod", 2)),
        prod("prod/payments/payments-api")
            .policy(&access::stage_guarded_by_name(PAYMENTS_DEVELOPER))
            .mutability(MutabilityMode::ImmutableWithExclusion, &["prod"])
            .with(copies("payments/payments-api", "prod", 1)),
        staging("staging/storefront/users-api")
            .policy(&access::open_stage(STOREFRONT_DEVELOPER))
            .with(copies("storefront/users-api", "staging", 0)),
        staging("staging/checkout/orders-api")
            .policy(&access::open_stage(CHECKOUT_DEVELOPER))
            .with(copies("checkout/orders-api", "staging", 0)),
        staging("staging/payments/payments-api")
            .policy(&access::stage_guarded_by_name(PAYMENTS_DEVELOPER))
            .with(copies("payments/payments-api", "staging", 0)),
    ]
}
