//! Payments: encrypted with a separate key, reviewed by an auditor.

use super::super::access;
use super::super::base::Base;
use super::super::service::{Service, Trust};
use super::super::spec::{Floating, RepositorySpec};
use super::super::timeline::Cadence;
use super::{ALL_FLOATING, SERVICE, WEEKLY, builds};
use crate::registry::MutabilityMode;

/// The key for everything related to payments.
const KEY: &str = "arn:aws:kms:eu-central-1:111122223333:key/6f1d2c3b-4a59-4e68-9777-8695a4b3c2d1";

const PAYMENTS_API: Service = Service {
    name: "payments/payments-api",
    description: "Charges cards and gives money back",
    team: "payments",
    base: Base::Java,
    trust: Trust::Signed,
    ..SERVICE
};
const LEDGER: Service = Service {
    name: "payments/ledger",
    description: "Keeps the books",
    base: Base::Debian,
    ..PAYMENTS_API
};
const FRAUD_MODEL: Service = Service {
    name: "payments/fraud-model",
    description: "Scores a payment before it is taken",
    trust: Trust::Nothing,
    ..LEDGER
};

const PAYMENTS: Cadence = Cadence {
    version: (3, 1),
    first_number: 411,
    ..WEEKLY
};
const FORTNIGHTLY: Cadence = Cadence {
    builds: 24,
    newest_days: 8.0,
    ..WEEKLY
};
const RARELY: Cadence = Cadence {
    builds: 9,
    newest_days: 30.0,
    ..WEEKLY
};

/// The repositories.
pub fn specs() -> Vec<RepositorySpec> {
    let audited = access::audited();
    vec![
        RepositorySpec::new("payments/payments-api")
            .owned("payments", "critical")
            .encrypted(KEY)
            .policy(&audited)
            .mutability(MutabilityMode::Immutable, &[])
            .with(builds(PAYMENTS_API, PAYMENTS, &[])),
        RepositorySpec::new("payments/ledger")
            .owned("payments", "critical")
            .encrypted(KEY)
            .policy(&audited)
            .with(builds(LEDGER, FORTNIGHTLY, ALL_FLOATING)),
        RepositorySpec::new("payments/fraud-model")
            .owned("payments", "standard")
            .policy(&access::office_only())
            .with(builds(FRAUD_MODEL, RARELY, &[Floating::Latest])),
    ]
}
