//! Who opens a repository sees what decides about it, and cannot change that.

use access::policies::{Reading, RepositoryPolicy};
use ecr::inventory::Entry;

fn decided_otherwise(entry: &Entry, reading: Reading<RepositoryPolicy>) {
    entry.policies().put(reading);
}

fn main() {}
