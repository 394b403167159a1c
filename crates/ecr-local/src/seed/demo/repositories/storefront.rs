//! Users and products.

use super::super::super::content::Format;
use super::super::access;
use super::super::base::Base;
use super::super::lifecycle::KEEP_RECENT_BUILDS;
use super::super::people::STOREFRONT_DEVELOPER;
use super::super::service::{Service, Trust};
use super::super::spec::{Floating, RepositorySpec};
use super::super::timeline::Cadence;
use super::{ALL_FLOATING, SERVICE, WEEKLY, builds};
use crate::registry::MutabilityMode;

const USERS_API: Service = Service {
    name: "storefront/users-api",
    description: "Accounts, addresses and sessions of the shop's users",
    team: "storefront",
    trust: Trust::Signed,
    ..SERVICE
};
const USERS_WEB: Service = Service {
    name: "storefront/users-web",
    description: "The pages behind \"my account\"",
    port: Some(3000),
    ..USERS_API
};
const PRODUCTS_API: Service = Service {
    name: "storefront/products-api",
    description: "The catalogue: products, prices and pictures",
    base: Base::Java,
    ..USERS_API
};
const PRODUCTS_SEARCH: Service = Service {
    name: "storefront/products-search",
    description: "Finds products by what people type",
    base: Base::Java,
    format: Format::Docker,
    trust: Trust::Nothing,
    ..USERS_API
};

const PRODUCTS: Cadence = Cadence {
    version: (4, 0),
    first_number: 2310,
    ..WEEKLY
};
const SEARCH: Cadence = Cadence {
    builds: 28,
    newest_days: 3.0,
    ..WEEKLY
};

/// The repositories.
pub fn specs() -> Vec<RepositorySpec> {
    let owned = access::owned_by(STOREFRONT_DEVELOPER);
    vec![
        RepositorySpec::new("storefront/users-api")
            .owned("storefront", "critical")
            .policy(&owned)
            .lifecycle(KEEP_RECENT_BUILDS)
            .mutability(MutabilityMode::MutableWithExclusion, &["*-build.*"])
            .with(builds(USERS_API, WEEKLY, ALL_FLOATING)),
        RepositorySpec::new("storefront/users-web")
            .owned("storefront", "standard")
            .policy(&owned)
            .mutability(MutabilityMode::ImmutableWithExclusion, &["latest*"])
            .with(builds(USERS_WEB, WEEKLY, &[Floating::Latest])),
        RepositorySpec::new("storefront/products-api")
            .owned("storefront", "critical")
            .policy(&access::shown_to_checkout())
            .lifecycle(KEEP_RECENT_BUILDS)
            .with(builds(PRODUCTS_API, PRODUCTS, ALL_FLOATING)),
        RepositorySpec::new("storefront/products-search")
            .owned("storefront", "standard")
            .policy(&access::shown_to_checkout())
            .with(builds(PRODUCTS_SEARCH, SEARCH, ALL_FLOATING)),
    ]
}
