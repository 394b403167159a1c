//! Code that opens a repository can read its policies but cannot change them.

use access::policies::{Reading, RepositoryPolicy};
use ecr::inventory::RepositoryState;

fn decided_otherwise(entry: &RepositoryState, reading: Reading<RepositoryPolicy>) {
    entry.policies().put(reading);
}

fn main() {}
