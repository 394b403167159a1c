//! The carrier's own registry: small, in another account and region, and with two repositories that have the same
//! names as the retailer's.

use super::super::access;
use super::super::base::Base;
use super::super::people::{CHECKOUT_DEVELOPER, STOREFRONT_DEVELOPER};
use super::super::service::{Service, Trust};
use super::super::spec::{Floating, RepositoryContent, RepositorySpec};
use super::super::timeline::Cadence;
use super::{SERVICE, WEEKLY, builds};

const TRACKING: Service = Service {
    name: "logistics/tracking-api",
    description: "Tells where a parcel is",
    team: "logistics",
    ..SERVICE
};

/// The repositories.
pub fn specs() -> Vec<RepositorySpec> {
    let plain = Service {
        architectures: &["amd64"],
        trust: Trust::Nothing,
        ..TRACKING
    };
    let labels = plain.called("logistics/labels", "Prints labels in the carrier's depots");
    let users = plain.called("storefront/users-api", "The carrier's build of users");
    vec![
        RepositorySpec::new("base/node")
            .owned("logistics", "standard")
            .policy(&access::carriers_own(&[
                STOREFRONT_DEVELOPER,
                CHECKOUT_DEVELOPER,
            ]))
            .with(RepositoryContent::BaseImages(Base::Node)),
        spec(TRACKING, &[STOREFRONT_DEVELOPER], (6, 2.0)),
        spec(labels, &[], (4, 30.0)),
        spec(users, &[STOREFRONT_DEVELOPER], (3, 7.0)),
    ]
}

/// A service that these roles of the retailer read, with the number of builds and the age of the newest in days.
fn spec(service: Service, readers: &[&str], (count, newest_days): (u32, f64)) -> RepositorySpec {
    let cadence = Cadence {
        builds: count,
        newest_days,
        release_every: 2,
        first_number: 1,
        ..WEEKLY
    };
    RepositorySpec::new(service.name)
        .owned("logistics", "standard")
        .policy(&access::carriers_own(readers))
        .with(builds(
            service,
            cadence,
            &[Floating::Latest, Floating::Minor],
        ))
}
