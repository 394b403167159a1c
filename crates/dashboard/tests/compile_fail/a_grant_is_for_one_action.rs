//! A grant to see tags does not show manifests.

use access::{Grant, acts::ListImages};
use ecr::Port;
use model::Digest;

async fn manifest(port: &Port, grant: &Grant<ListImages>, digest: &Digest) {
    let _ = port.manifest(grant, digest).await;
}

fn main() {}
