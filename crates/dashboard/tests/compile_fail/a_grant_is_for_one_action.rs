//! A grant to see tags does not show manifests.

use model::Digest;
use registry::{
    Port,
    gate::{Grant, acts::ListImages},
};

async fn manifest(port: &Port, grant: &Grant<ListImages>, digest: &Digest) {
    let _ = port.manifest(grant, digest).await;
}

fn main() {}
