//! Without a grant there is no call for a viewer.

use model::Digest;
use registry::Port;

async fn manifest(port: &Port, digest: &Digest) {
    let _ = port.manifest(digest).await;
}

fn main() {}
