//! The retailer's repositories, namespace by namespace: who owns them, what is in them, who may see them.

use super::super::content::Format;
use super::access;
use super::base::{ARCHITECTURES, Base};
use super::lifecycle::{KEEP_RECENT_BUILDS, NIGHTLY, UNTAGGED_AFTER_A_DAY};
use super::people::{CHECKOUT_DEVELOPER, PAYMENTS_DEVELOPER, STOREFRONT_DEVELOPER};
use super::plot::{Crop, Plot, Stable};
use super::service::{Service, Trust};
use super::timeline::Cadence;
use crate::registry::MutabilityMode;

/// The key of everything that has to do with money.
const PAYMENTS_KEY: &str =
    "arn:aws:kms:eu-central-1:111122223333:key/6f1d2c3b-4a59-4e68-9777-8695a4b3c2d1";

/// Every tag that moves.
const ALL_STABLE: &[Stable] = &[Stable::Main, Stable::Minor, Stable::Latest, Stable::Stages];

/// A project that is built about once a week.
const WEEKLY: Cadence = Cadence {
    builds: 44,
    oldest_days: 362.0,
    newest_days: 0.2,
    version: (1, 2),
    first_number: 788,
    release_every: 3,
};

/// A service with two architectures and nothing laid beside its images.
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

/// All repositories; what is copied from comes before its copies.
pub fn all() -> Vec<Plot> {
    [
        base(),
        storefront(),
        checkout(),
        payments(),
        stages(),
        charts(),
        shared_with_others(),
        curiosities(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn base() -> Vec<Plot> {
    [
        ("base/debian", Base::Debian),
        ("base/node", Base::Node),
        ("base/java", Base::Java),
    ]
    .into_iter()
    .map(|(name, base)| {
        Plot::new(name)
            .owned("platform", "critical")
            .policy(&access::shared_base())
            .lifecycle(UNTAGGED_AFTER_A_DAY)
            .growing(Crop::BaseImages(base))
    })
    .collect()
}

fn storefront() -> Vec<Plot> {
    let users_api = Service {
        name: "storefront/users-api",
        description: "Accounts, addresses and sessions of the shop's users",
        team: "storefront",
        trust: Trust::Signed,
        ..SERVICE
    };
    let users_web = Service {
        name: "storefront/users-web",
        description: "The pages behind \"my account\"",
        port: Some(3000),
        ..users_api
    };
    let products_api = Service {
        name: "storefront/products-api",
        description: "The catalogue: products, prices and pictures",
        base: Base::Java,
        ..users_api
    };
    let products_search = Service {
        name: "storefront/products-search",
        description: "Finds products by what people type",
        base: Base::Java,
        format: Format::Docker,
        trust: Trust::Nothing,
        ..users_api
    };
    let owned = access::owned_by(STOREFRONT_DEVELOPER);
    vec![
        Plot::new("storefront/users-api")
            .owned("storefront", "critical")
            .policy(&owned)
            .lifecycle(KEEP_RECENT_BUILDS)
            .mutability(MutabilityMode::MutableWithExclusion, &["*-build.*"])
            .growing(builds(users_api, WEEKLY, ALL_STABLE)),
        Plot::new("storefront/users-web")
            .owned("storefront", "standard")
            .policy(&owned)
            .mutability(MutabilityMode::ImmutableWithExclusion, &["latest*"])
            .growing(builds(users_web, WEEKLY, &[Stable::Latest])),
        Plot::new("storefront/products-api")
            .owned("storefront", "critical")
            .policy(&access::shown_to_checkout())
            .lifecycle(KEEP_RECENT_BUILDS)
            .growing(builds(
                products_api,
                Cadence {
                    version: (4, 0),
                    first_number: 2310,
                    ..WEEKLY
                },
                ALL_STABLE,
            )),
        Plot::new("storefront/products-search")
            .owned("storefront", "standard")
            .policy(&access::shown_to_checkout())
            .growing(builds(
                products_search,
                Cadence {
                    builds: 28,
                    newest_days: 3.0,
                    ..WEEKLY
                },
                ALL_STABLE,
            )),
    ]
}

fn checkout() -> Vec<Plot> {
    let orders_api = Service {
        name: "checkout/orders-api",
        description: "Takes orders and follows them to the door",
        team: "checkout",
        base: Base::Java,
        trust: Trust::Signed,
        ..SERVICE
    };
    let orders_worker = Service {
        name: "checkout/orders-worker",
        description: "Works through the queue of orders",
        port: None,
        format: Format::Docker,
        architectures: &["amd64"],
        trust: Trust::Nothing,
        program_size: 6_000,
        ..orders_api
    };
    let nightly = Cadence {
        builds: 620,
        release_every: 25,
        first_number: 5400,
        version: (0, 9),
        ..WEEKLY
    };
    vec![
        Plot::new("checkout/orders-api")
            .owned("checkout", "critical")
            .policy(&access::owned_by(CHECKOUT_DEVELOPER))
            .lifecycle(KEEP_RECENT_BUILDS)
            .growing(builds(
                orders_api,
                Cadence {
                    version: (2, 7),
                    first_number: 1204,
                    ..WEEKLY
                },
                ALL_STABLE,
            )),
        Plot::new("checkout/orders-worker")
            .owned("checkout", "standard")
            .policy(&access::listed_for_storefront())
            .lifecycle(NIGHTLY)
            .growing(builds(
                orders_worker,
                nightly,
                &[Stable::Minor, Stable::Latest, Stable::Stages],
            )),
    ]
}

fn payments() -> Vec<Plot> {
    let payments_api = Service {
        name: "payments/payments-api",
        description: "Charges cards and gives money back",
        team: "payments",
        base: Base::Java,
        trust: Trust::Signed,
        ..SERVICE
    };
    let ledger = Service {
        name: "payments/ledger",
        description: "Keeps the books",
        base: Base::Debian,
        ..payments_api
    };
    let audited = access::audited();
    vec![
        Plot::new("payments/payments-api")
            .owned("payments", "critical")
            .encrypted(PAYMENTS_KEY)
            .policy(&audited)
            .mutability(MutabilityMode::Immutable, &[])
            .growing(builds(
                payments_api,
                Cadence {
                    version: (3, 1),
                    first_number: 411,
                    ..WEEKLY
                },
                &[],
            )),
        Plot::new("payments/ledger")
            .owned("payments", "critical")
            .encrypted(PAYMENTS_KEY)
            .policy(&audited)
            .growing(builds(
                ledger,
                Cadence {
                    builds: 24,
                    newest_days: 8.0,
                    ..WEEKLY
                },
                ALL_STABLE,
            )),
        Plot::new("payments/fraud-model")
            .owned("payments", "standard")
            .policy(&access::office_only())
            .growing(builds(
                Service {
                    name: "payments/fraud-model",
                    description: "Scores a payment before it is taken",
                    trust: Trust::Nothing,
                    ..ledger
                },
                Cadence {
                    builds: 9,
                    newest_days: 30.0,
                    ..WEEKLY
                },
                &[Stable::Latest],
            )),
    ]
}

fn stages() -> Vec<Plot> {
    let copies = |of, stage, behind| Crop::Copies { of, stage, behind };
    let prod = |name: &'static str| Plot::new(name).owned("release", "critical");
    let staging = |name: &'static str| Plot::new(name).owned("release", "standard");
    vec![
        prod("prod/storefront/users-api")
            .policy(&access::stage_guarded_for_all(STOREFRONT_DEVELOPER))
            .mutability(MutabilityMode::ImmutableWithExclusion, &["prod*", "latest"])
            .growing(copies("storefront/users-api", "prod", 2)),
        prod("prod/storefront/products-api")
            .policy(&access::stage_guarded_for_all(STOREFRONT_DEVELOPER))
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

fn charts() -> Vec<Plot> {
    let chart = |name, versions| Crop::Charts { name, versions };
    vec![
        Plot::new("charts/storefront")
            .owned("storefront", "standard")
            .policy(&access::owned_by(STOREFRONT_DEVELOPER))
            .mutability(MutabilityMode::Immutable, &[])
            .unscanned()
            .growing(chart("storefront", 18)),
        Plot::new("charts/checkout")
            .owned("checkout", "standard")
            .policy(&access::owned_by(CHECKOUT_DEVELOPER))
            .unscanned()
            .growing(chart("checkout", 11)),
    ]
}

fn shared_with_others() -> Vec<Plot> {
    let labels = small(
        "partner/shipping-labels",
        "Prints what is glued to a parcel",
        "logistics",
    );
    let dispatch = small(
        "partner/dispatch",
        "Tells the carrier what to fetch",
        "logistics",
    );
    let banner = small(
        "public/banner",
        "The banner that partners show",
        "storefront",
    );
    vec![
        Plot::new("partner/shipping-labels")
            .owned("logistics", "standard")
            .policy(&access::carrier_account())
            .growing(few(labels, 6, 12.0)),
        Plot::new("partner/dispatch")
            .owned("logistics", "standard")
            .policy(&access::carrier_role())
            .growing(few(dispatch, 10, 4.0)),
        Plot::new("public/banner")
            .owned("storefront", "public")
            .policy(&access::public())
            .growing(few(banner, 5, 20.0)),
    ]
}

fn curiosities() -> Vec<Plot> {
    let warehouse = Service {
        format: Format::Docker,
        ..small(
            "legacy/warehouse",
            "Counts what is on the shelves",
            "logistics",
        )
    };
    let old_shop = small("archive/old-shop", "The shop before this one", "nobody");
    let runner = small("tools/ci-runner", "Runs the pipelines", "platform");
    let conditional = small(
        "tools/conditional",
        "A tool for those inside the network",
        "platform",
    );
    let console = small(
        "tools/console",
        "What platform people debug with",
        "platform",
    );
    let hello = small("sandbox/hello", "Somebody's first image", "nobody");
    let long_ago = Cadence {
        builds: 14,
        oldest_days: 900.0,
        newest_days: 410.0,
        ..WEEKLY
    };
    vec![
        Plot::new("legacy/warehouse")
            .aged(905)
            .unscanned()
            .policy(&access::owned_by(STOREFRONT_DEVELOPER))
            .growing(Crop::Builds {
                service: warehouse,
                cadence: long_ago,
                stable: ALL_STABLE,
                pulled: false,
            }),
        Plot::new("archive/old-shop")
            .aged(1300)
            .policy(&access::deleted_role())
            .growing(few(old_shop, 4, 340.0)),
        Plot::new("tools/ci-runner")
            .owned("platform", "critical")
            .policy(&access::pull_only())
            .growing(few(runner, 12, 1.5)),
        Plot::new("tools/conditional")
            .owned("platform", "standard")
            .policy(&access::through_endpoint())
            .growing(few(conditional, 5, 9.0)),
        Plot::new("tools/console")
            .policy(&access::own_account())
            .growing(few(console, 3, 60.0)),
        Plot::new("sandbox/hello")
            .unscanned()
            .growing(few(hello, 2, 100.0)),
        Plot::new("sandbox/empty").policy(&access::owned_by(STOREFRONT_DEVELOPER)),
        Plot::new("sandbox/handwritten")
            .policy_text(access::odd_but_valid())
            .growing(few(
                Service {
                    name: "sandbox/handwritten",
                    ..hello
                },
                3,
                45.0,
            )),
        Plot::new("suspicious/upload")
            .policy(&access::owned_by(STOREFRONT_DEVELOPER))
            .aged(40)
            .growing(Crop::Hostile),
    ]
}

fn builds(service: Service, cadence: Cadence, stable: &'static [Stable]) -> Crop {
    Crop::Builds {
        service,
        cadence,
        stable,
        pulled: true,
    }
}

/// A service that hardly changes.
fn few(service: Service, builds: u32, newest_days: f64) -> Crop {
    let cadence = Cadence {
        builds,
        newest_days,
        release_every: 2,
        first_number: 1,
        ..WEEKLY
    };
    Crop::Builds {
        service,
        cadence,
        stable: &[Stable::Latest, Stable::Minor],
        pulled: true,
    }
}

fn small(name: &'static str, description: &'static str, team: &'static str) -> Service {
    Service {
        name,
        description,
        team,
        base: Base::Debian,
        architectures: &["amd64"],
        trust: Trust::Nothing,
        ..SERVICE
    }
}
