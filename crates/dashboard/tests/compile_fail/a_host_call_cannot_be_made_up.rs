//! Only the inventory can create the crawler's right to call ECR.

use ecr::HostCall;

fn main() {
    let _ = HostCall::of_the_inventory();
}
