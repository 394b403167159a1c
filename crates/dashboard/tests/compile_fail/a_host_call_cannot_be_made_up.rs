//! The crawler's right to call ECR is made in the wiring alone.

use registry::HostCall;

fn main() {
    let _ = HostCall::wire();
}
