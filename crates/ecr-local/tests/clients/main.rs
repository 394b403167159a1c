//! Real clients, against an endpoint without any preparation for them.
//!
//! skopeo and Python with boto3 must be installed. podman, the AWS CLI and Terraform are used if they are installed.
//! If not, their tests report that and pass without testing anything.
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
