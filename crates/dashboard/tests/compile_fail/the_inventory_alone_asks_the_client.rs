//! Only the inventory calls the client for a viewer, after it has checked that it has the
//! repository of the grant. Other code cannot call the client, with or without a grant.

use access::{Grant, acts::BatchGetImage};
use ecr::EcrClient;
use model::Digest;

async fn manifest(client: &EcrClient, grant: &Grant<BatchGetImage>, digest: &Digest) {
    let _ = client.manifest(grant, digest).await;
}

fn main() {}
