//! Without a grant there is no call for a viewer.

use ecr::EcrClient;
use model::Digest;

async fn manifest(client: &EcrClient, digest: &Digest) {
    let _ = client.manifest(digest).await;
}

fn main() {}
