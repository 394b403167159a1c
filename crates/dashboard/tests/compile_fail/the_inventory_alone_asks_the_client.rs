//! What the client gets for a viewer goes through the inventory, which looks whether the grant is for a repository that it
//! has. Nobody else asks the client, with a grant or without.

use access::{Grant, acts::BatchGetImage};
use ecr::EcrClient;
use model::Digest;

async fn manifest(client: &EcrClient, grant: &Grant<BatchGetImage>, digest: &Digest) {
    let _ = client.manifest(grant, digest).await;
}

fn main() {}
