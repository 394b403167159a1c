//! A grant to see tags does not show manifests.

use access::{Grant, PersonId, acts::ListImages};
use ecr::Inventory;
use model::Digest;

async fn manifest(
    inventory: &Inventory,
    grant: &Grant<ListImages>,
    digest: &Digest,
    person: &PersonId,
) {
    let _ = inventory.manifest(grant, digest, person).await;
}

fn main() {}
