//! An embedded ECR endpoint: a small, faithful registry on loopback.
//!
//! It speaks ECR's wire protocol (awsJson1.1 at `POST /`), the few STS operations that clients make
//! on the way, and the registry's own HTTP API under `/v2/`. The SDK, the AWS CLI, Terraform and
//! container clients work against it unchanged. State lives in memory and ends with the process.
//!
//! Where it differs from the service, it does so on purpose:
//!
//! * Requests must be signed for this service and region, but signatures are not verified.
//! * Policies are checked and kept, not enforced: it knows nobody's identity policies.
//! * Lifecycle policies are evaluated for previews and never expire anything by themselves.
//! * Scans, signatures and previews are done at once, and so is the way back from the archive.
//! * Findings are made up from the layers' digests, in the shape of basic scanning.
//! * Signatures have the form of the Notary Project's, and nobody can verify them: there is no key.
//! * Replication and encryption settings are kept and shown; nothing is copied or encrypted.
//! * Every pull is recorded, not one a day.
//!
//! ```no_run
//! use ecr_local::registry::ErrorKind;
//! use ecr_local::{EcrLocal, Fault, Options, Rule};
//!
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
//! [`EcrLocal`] serves until it is told to stop; [`Running`] is for tests and demonstrations.

mod api;
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
