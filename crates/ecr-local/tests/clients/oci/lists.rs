use ecr_local::registry::{Digest, Reference};
use serde_json::{Value, json};

use super::{Oci, header};
use crate::support::{demo, tags};

#[tokio::test(flavor = "multi_thread")]
async fn referrers_are_filtered_by_their_type() {
    let endpoint = demo().await;
    let oci = Oci::of(&endpoint).await;
    let prod = Reference::Tag("prod".to_owned());
    let image = endpoint
        .registry()
        .image_by_reference("storefront/users-api", &prod)
        .unwrap();
    let path = format!("/v2/storefront/users-api/referrers/{}", image.digest);

    let all: Value = oci.get(&path).await.json().await.unwrap();
    assert_eq!(all["manifests"].as_array().unwrap().len(), 3);
    let boms = oci
        .get(&format!("{path}?artifactType=application/spdx%2Bjson"))
        .await;
    assert_eq!(header(&boms, "oci-filters-applied"), "artifactType");
    let boms: Value = boms.json().await.unwrap();
    assert_eq!(boms["manifests"].as_array().unwrap().len(), 1);
    assert_eq!(
        boms["manifests"][0]["artifactType"],
        "application/spdx+json"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_without_referrers_has_an_empty_list() {
    let endpoint = demo().await;
    let oci = Oci::of(&endpoint).await;
    let path = format!(
        "/v2/storefront/users-api/referrers/{}",
        Digest::of(b"nothing")
    );
    let nothing: Value = oci.get(&path).await.json().await.unwrap();
    assert_eq!(nothing["manifests"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_paged_up_to_the_last_page() {
    let endpoint = demo().await;
    let oci = Oci::of(&endpoint).await;
    let mut path = "/v2/storefront/products-api/tags/list?n=7".to_owned();
    let mut seen: Vec<String> = Vec::new();
    loop {
        let response = oci.get(&path).await;
        let link = response
            .headers()
            .contains_key("link")
            .then(|| header(&response, "link"));
        let page: Value = response.json().await.unwrap();
        let tags = page["tags"].as_array().unwrap();
        assert!((1..=7).contains(&tags.len()));
        seen.extend(tags.iter().map(|tag| tag.as_str().unwrap().to_owned()));
        let Some(link) = link else { break };
        path = link
            .trim_start_matches('<')
            .split('>')
            .next()
            .unwrap()
            .to_owned();
    }
    assert_eq!(seen, tags(&endpoint, "storefront/products-api"));
}
