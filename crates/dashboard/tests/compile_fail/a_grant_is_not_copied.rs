//! A grant is only for the current request. It cannot be copied for a later one.

use access::{Grant, acts::DescribeImages};

fn kept(grant: &Grant<DescribeImages>) -> Grant<DescribeImages> {
    grant.clone()
}

fn main() {}
