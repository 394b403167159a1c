//! Without a grant there is no call for a viewer.

use model::Digest;
use registry::Port;

async fn findings(port: &Port, digest: &Digest) {
    let _ = port.findings(digest).await;
}

fn main() {}
