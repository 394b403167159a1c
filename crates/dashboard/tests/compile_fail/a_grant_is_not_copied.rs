//! A grant is for the request at hand: it cannot be kept for the next one by copying it.

use access::{Grant, acts::DescribeImages};

fn kept(grant: &Grant<DescribeImages>) -> Grant<DescribeImages> {
    grant.clone()
}

fn main() {}
