//! The roles in the demo's policies. The retailer's roles are in the account 111122223333, whatever account the
//! options give to the registry.

/// Develops users and products.
pub const STOREFRONT_DEVELOPER: &str = "arn:aws:iam::111122223333:role/storefront-developer";
/// Develops orders.
pub const CHECKOUT_DEVELOPER: &str = "arn:aws:iam::111122223333:role/checkout-developer";
/// Develops payments.
pub const PAYMENTS_DEVELOPER: &str = "arn:aws:iam::111122223333:role/payments-developer";
/// Reviews the findings and policies of payments. Must not pull what it reviews.
pub const PAYMENTS_AUDITOR: &str = "arn:aws:iam::111122223333:role/payments-auditor";
/// Promotes tested images to staging and production.
pub const RELEASE_MANAGER: &str = "arn:aws:iam::111122223333:role/release-manager";
/// The carrier's staff, in the carrier's account.
pub const LOGISTICS_READER: &str = "arn:aws:iam::444455556666:role/logistics-reader";
/// The carrier's whole account.
pub const LOGISTICS_ACCOUNT: &str = "arn:aws:iam::444455556666:root";
/// The organisation that both accounts belong to.
pub const ORGANIZATION: &str = "o-a1b2c3d4e5";
/// The registry's own account: delegation to its identity policies.
pub const OWN_ACCOUNT: &str = "arn:aws:iam::111122223333:root";
/// What IAM leaves in a policy after the named role is deleted.
pub const DELETED_ROLE: &str = "AROAEXAMPLEIDOLDSHOP1";

/// Every role of the retailer's own teams.
pub const EVERY_TEAM: [&str; 5] = [
    STOREFRONT_DEVELOPER,
    CHECKOUT_DEVELOPER,
    PAYMENTS_DEVELOPER,
    PAYMENTS_AUDITOR,
    RELEASE_MANAGER,
];
