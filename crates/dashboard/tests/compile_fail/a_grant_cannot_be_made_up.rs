//! Only the gate can create grants, because their fields are private.

use access::{Grant, acts::DescribeImages};

fn made_up(grant: &Grant<DescribeImages>) -> Grant<DescribeImages> {
    Grant {
        through: grant.through().clone(),
        repository: "retail/payments/ledger".parse().unwrap(),
        policy: grant.policy(),
        act: std::marker::PhantomData,
    }
}

fn main() {}
