//! Repositories that do not belong to one of the three teams: partners, tools, and leftovers.

use super::super::super::content::Format;
use super::super::access;
use super::super::base::Base;
use super::super::people::STOREFRONT_DEVELOPER;
use super::super::policy::Policy;
use super::super::service::{Service, Trust};
use super::super::spec::{Floating, RepositoryContent, RepositorySpec};
use super::super::timeline::Cadence;
use super::{ALL_FLOATING, SERVICE, WEEKLY};

/// A small program for one architecture.
const SMALL: Service = Service {
    base: Base::Debian,
    architectures: &["amd64"],
    trust: Trust::Nothing,
    ..SERVICE
};

/// What the carrier and everyone else can see.
pub fn shared_with_others() -> Vec<RepositorySpec> {
    let labels = SMALL.called(
        "partner/shipping-labels",
        "Prints what is glued to a parcel",
    );
    let dispatch = SMALL.called("partner/dispatch", "Tells the carrier what to fetch");
    let banner = SMALL.called("public/banner", "The banner that partners show");
    vec![
        spec(labels, &access::carrier_account(), (6, 12.0)).owned("logistics", "standard"),
        spec(dispatch, &access::carrier_role(), (10, 4.0)).owned("logistics", "standard"),
        spec(banner, &access::public(), (5, 20.0)).owned("storefront", "public"),
    ]
}

/// Tools, each granted in a different way.
pub fn machines() -> Vec<RepositorySpec> {
    let runner = SMALL.called("tools/ci-runner", "Runs the pipelines");
    let conditional = SMALL.called("tools/conditional", "A tool for those inside the network");
    let console = SMALL.called("tools/console", "What platform people debug with");
    vec![
        spec(runner, &access::pull_only(), (12, 1.5)).owned("platform", "critical"),
        spec(conditional, &access::through_endpoint(), (5, 9.0)).owned("platform", "standard"),
        spec(console, &access::own_account(), (3, 60.0)),
    ]
}

/// What runs in the shops, where not everything is Linux.
pub fn tills() -> Vec<RepositorySpec> {
    vec![
        RepositorySpec::new("storefront/till")
            .owned("storefront", "critical")
            .policy(&access::owned_by(STOREFRONT_DEVELOPER))
            .unscanned()
            .with(RepositoryContent::Tills),
    ]
}

/// Leftovers, experiments and malicious content.
pub fn curiosities() -> Vec<RepositorySpec> {
    let old_shop = SMALL.called("archive/old-shop", "The shop before this one");
    let hello = SMALL.called("sandbox/hello", "A first image");
    let handwritten = hello.called("sandbox/handwritten", "A second image");
    let owned = access::owned_by(STOREFRONT_DEVELOPER);
    vec![
        RepositorySpec::new("legacy/warehouse")
            .aged(905)
            .unscanned()
            .policy(&owned)
            .with(warehouse()),
        spec(old_shop, &access::deleted_role(), (4, 340.0)).aged(1300),
        RepositorySpec::new("sandbox/hello")
            .unscanned()
            .with(few(hello, 2, 100.0)),
        RepositorySpec::new("sandbox/empty").policy(&owned),
        RepositorySpec::new("sandbox/handwritten")
            .policy_text(access::odd_but_valid())
            .with(few(handwritten, 3, 45.0)),
        RepositorySpec::new("suspicious/upload")
            .policy(&owned)
            .aged(40)
            .with(RepositoryContent::Hostile),
    ]
}

/// Built for years, abandoned more than a year ago, and never pulled since pulls are recorded.
fn warehouse() -> RepositoryContent {
    RepositoryContent::Builds {
        service: Service {
            format: Format::Docker,
            ..SMALL.called("legacy/warehouse", "Counts what is on the shelves")
        },
        cadence: Cadence {
            builds: 14,
            oldest_days: 900.0,
            newest_days: 410.0,
            ..WEEKLY
        },
        floating: ALL_FLOATING,
        pulled: false,
    }
}

/// A repository for a service, with the number of builds and the age of the newest in days.
fn spec(service: Service, policy: &Policy, (builds, newest_days): (u32, f64)) -> RepositorySpec {
    RepositorySpec::new(service.name)
        .policy(policy)
        .with(few(service, builds, newest_days))
}

/// A service that rarely changes.
fn few(service: Service, builds: u32, newest_days: f64) -> RepositoryContent {
    let cadence = Cadence {
        builds,
        newest_days,
        release_every: 2,
        first_number: 1,
        ..WEEKLY
    };
    super::builds(service, cadence, &[Floating::Latest, Floating::Minor])
}
