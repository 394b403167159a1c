//! Orders.

use super::super::super::content::Format;
use super::super::access;
use super::super::base::Base;
use super::super::lifecycle::{KEEP_RECENT_BUILDS, NIGHTLY};
use super::super::people::CHECKOUT_DEVELOPER;
use super::super::service::{Service, Trust};
use super::super::spec::{Floating, RepositorySpec};
use super::super::timeline::Cadence;
use super::{ALL_FLOATING, SERVICE, WEEKLY, builds};

const ORDERS_API: Service = Service {
    name: "checkout/orders-api",
    description: "Takes orders and follows them to the door",
    team: "checkout",
    base: Base::Java,
    trust: Trust::Signed,
    ..SERVICE
};
const ORDERS_WORKER: Service = Service {
    name: "checkout/orders-worker",
    description: "Works through the queue of orders",
    port: None,
    format: Format::Docker,
    architectures: &["amd64"],
    trust: Trust::Nothing,
    program_size: 6_000,
    ..ORDERS_API
};

const ORDERS: Cadence = Cadence {
    version: (2, 7),
    first_number: 1204,
    ..WEEKLY
};
/// Built so often that the list of its images has several pages.
const WORKER: Cadence = Cadence {
    builds: 620,
    release_every: 25,
    first_number: 5400,
    version: (0, 9),
    ..WEEKLY
};

/// The repositories.
pub fn specs() -> Vec<RepositorySpec> {
    const WORKER_FLOATING: &[Floating] = &[Floating::Minor, Floating::Latest, Floating::Stages];
    vec![
        RepositorySpec::new("checkout/orders-api")
            .owned("checkout", "critical")
            .policy(&access::owned_by(CHECKOUT_DEVELOPER))
            .lifecycle(KEEP_RECENT_BUILDS)
            .with(builds(ORDERS_API, ORDERS, ALL_FLOATING)),
        RepositorySpec::new("checkout/orders-worker")
            .owned("checkout", "standard")
            .policy(&access::listed_for_storefront())
            .lifecycle(NIGHTLY)
            .with(builds(ORDERS_WORKER, WORKER, WORKER_FLOATING)),
    ]
}
