//! Who opens a repository sees what decides about it, and cannot change that.

use access::policies::{Reading, RepositoryPolicy};
use ecr::inventory::RepositoryState;

fn decided_otherwise(entry: &RepositoryState, reading: Reading<RepositoryPolicy>) {
    entry.policies().put(reading);
}

fn main() {}
