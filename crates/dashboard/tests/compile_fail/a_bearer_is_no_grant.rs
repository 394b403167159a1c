//! Naming a team and a principal grants nothing: the gate decides.

use access::{Grant, acts::DescribeImages};
use model::link::LinkBearer;

fn granted(bearer: LinkBearer) -> Grant<DescribeImages> {
    bearer.into()
}

fn main() {}
