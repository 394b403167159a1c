//! An embedded ECR endpoint: a small, faithful registry on loopback.
//!
//! It implements ECR's wire protocol (awsJson1.1 at `POST /`), the few STS operations that clients need, and the
//! registry's own HTTP API under `/v2/`. A queue in SQS's protocol has the events that EventBridge would send. The SDK, the AWS CLI, Terraform and container clients work with it
//! unchanged. All state is in memory and ends with the process.
//!
//! It differs from the service on purpose:
//!
//! * Requests must be signed for this service and region, but signatures are not verified.
//! * Policies are validated and stored, but not enforced: ecr-local has no identity policies.
//! * Lifecycle policies are evaluated for previews and never expire anything by themselves.
//! * Scans, signatures, previews and restores from the archive complete at once.
//! * Findings are generated from the layers' digests, in the format of basic scanning.
//! * Signatures have the format of the Notary Project, but cannot be verified: there is no key.
//! * Replication and encryption settings are stored and returned; nothing is copied or encrypted.
//! * Every pull is recorded, not only one per day.
//!
//! ```no_run
//! use ecr_local::registry::ErrorKind;
//! use ecr_local::{EcrLocal, Fault, Options, Rule};
//! # async fn demonstrate() -> Result<(), ecr_local::Error> {
//! let running = EcrLocal::spawn(Options::default()).await?;
//! let endpoint_url = running.endpoint_url(); // goes into the SDK's configuration
//! let denied = Rule::new(Fault::Refuse(ErrorKind::AccessDenied));
//! running.faults().add(denied.on("DescribeImages").of("users/api"));
//! # drop(endpoint_url);
//! # Ok(())
//! # }
//! ```
//!
//! [`EcrLocal`] serves until it receives the signal to stop; [`Running`] is for tests and demonstrations.

mod api;
mod events;
pub mod faults;
pub mod lifecycle;
mod oci;
mod options;
pub mod registry;
pub mod scan;
pub mod seed;
mod server;

pub use faults::{Fault, Faults, Rule};
pub use options::{EcrLocalArguments, Options, Seed};
pub use server::{EcrLocal, Endpoint, Error, Running};
