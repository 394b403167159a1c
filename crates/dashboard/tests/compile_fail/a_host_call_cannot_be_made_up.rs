//! The crawler's right to call ECR is made by the inventory alone.

use ecr::HostCall;

fn main() {
    let _ = HostCall::of_the_inventory();
}
