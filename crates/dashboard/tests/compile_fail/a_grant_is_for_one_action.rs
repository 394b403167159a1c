//! A grant to see tags does not show manifests.

use access::{Grant, acts::ListImages};
use ecr::EcrClient;
use model::Digest;

async fn manifest(client: &EcrClient, grant: &Grant<ListImages>, digest: &Digest) {
    let _ = client.manifest(grant, digest).await;
}

fn main() {}
