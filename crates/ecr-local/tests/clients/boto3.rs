//! boto3, with a Python script that pushes, moves, lists and deletes like a pipeline.

use ecr_local::registry::Reference;

use super::support::{client, empty, succeed};

#[tokio::test(flavor = "multi_thread")]
async fn a_python_pipeline_succeeds() {
    let endpoint = empty().await;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/pipeline.py");
    let printed = succeed(client("python3", &endpoint).arg(script)).await;

    // The script's results, as seen by the registry.
    let registry = endpoint.registry();
    let prod = registry
        .image_by_reference("shop/api", &Reference::Tag("prod".to_owned()))
        .unwrap();
    assert_eq!(printed.trim(), prod.digest.to_string());
    let tags = registry.read("shop/api", |settings| Ok(settings.tags.clone()));
    assert_eq!(tags.unwrap()["team"], "shop");
}
