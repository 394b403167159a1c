//! Tested images on their way to production. The release manager promotes them.

use super::super::access;
use super::super::people::{CHECKOUT_DEVELOPER, PAYMENTS_DEVELOPER, STOREFRONT_DEVELOPER};
use super::super::plot::{Crop, Plot};
use crate::registry::MutabilityMode;

/// The repositories.
pub fn plots() -> Vec<Plot> {
    let copies = |of, stage, behind| Crop::Copies { of, stage, behind };
    let prod = |name: &'static str| Plot::new(name).owned("release", "critical");
    let staging = |name: &'static str| Plot::new(name).owned("release", "standard");
    vec![
        prod("prod/storefront/users-api")
            .policy(&access::stage_guarded_for_all(STOREFRONT_DEVELOPER))
            .mutability(MutabilityMode::ImmutableWithExclusion, &["prod*", "latest"])
            .growing(copies("storefront/users-api", "prod", 2)),
        prod("prod/storefront/products-api")
            .policy(&access::stage_guarded_twice(STOREFRONT_DEVELOPER))
            .growing(copies("storefront/products-api", "prod", 3)),
        prod("prod/checkout/orders-api")
            .policy(&access::stage_guarded_by_name(CHECKOUT_DEVELOPER))
            .growing(copies("checkout/orders-api", "prod", 2)),
        prod("prod/payments/payments-api")
            .policy(&access::stage_guarded_by_name(PAYMENTS_DEVELOPER))
            .mutability(MutabilityMode::ImmutableWithExclusion, &["prod"])
            .growing(copies("payments/payments-api", "prod", 1)),
        staging("staging/storefront/users-api")
            .policy(&access::open_stage(STOREFRONT_DEVELOPER))
            .growing(copies("storefront/users-api", "staging", 0)),
        staging("staging/checkout/orders-api")
            .policy(&access::open_stage(CHECKOUT_DEVELOPER))
            .growing(copies("checkout/orders-api", "staging", 0)),
        staging("staging/payments/payments-api")
            .policy(&access::stage_guarded_by_name(PAYMENTS_DEVELOPER))
            .growing(copies("payments/payments-api", "staging", 0)),
    ]
}
