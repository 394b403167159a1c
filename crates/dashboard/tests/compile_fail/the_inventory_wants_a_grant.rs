//! Without a grant, the inventory shows nothing.

use access::PersonId;
use ecr::Inventory;
use model::Digest;

async fn manifest(inventory: &Inventory, digest: &Digest, person: &PersonId) {
    let _ = inventory.manifest(digest, person).await;
}

fn main() {}
