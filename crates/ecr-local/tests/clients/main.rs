//! The clients that people really use, against an endpoint that was told nothing about them.
//!
//! skopeo and Python with boto3 must be installed. podman, the AWS CLI and Terraform are used where they are; where
//! they are not, their tests say so and pass without having tested anything.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(
    clippy::panic,
    reason = "a client's failure is shown with its whole output"
)]

mod aws_cli;
mod boto3;
mod oci;
mod podman;
mod skopeo;
mod support;
mod terraform;
