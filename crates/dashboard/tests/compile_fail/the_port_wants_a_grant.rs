//! Without a grant there is no call for a viewer.

use ecr::Port;
use model::Digest;

async fn manifest(port: &Port, digest: &Digest) {
    let _ = port.manifest(digest).await;
}

fn main() {}
