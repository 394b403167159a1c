//! What a link to an image says of what is about the image, and of when the parts of a page were read.

use std::time::Duration;

use aws_sdk_ecr::types::{ImageIdentifier, ImageTagMutability};
use ecr_local::{Fault, Rule};
use model::{Section, link::LinkState};
use serde_json::json;

use super::*;

const SIGNATURE: &str = "application/vnd.dev.cosign.simplesigning.v1+json";

/// An image, and a signature that says that it is about it.
async fn signed(desk: &mut Desk<'_>) -> (Digest, Digest) {
    let image = desk.world.push(API, "one", "1.0.0").await;
    let config = desk
        .world
        .blob(API, "{}", "application/vnd.oci.empty.v1+json")
        .await;
    let layer = desk.world.blob(API, "the signature", SIGNATURE).await;
    let manifest = "application/vnd.oci.image.manifest.v1+json";
    let signature = json!({
        "schemaVersion": 2, "mediaType": manifest, "artifactType": SIGNATURE,
        "config": config, "layers": [layer],
        "subject": {"mediaType": manifest, "digest": image.as_str(), "size": 1},
    });
    let signature = desk.world.put(API, &signature, None).await;
    desk.restarts().await;
    (image, signature)
}

async fn deletes(desk: &Desk<'_>, digest: &Digest) {
    let image = ImageIdentifier::builder().image_digest(digest.as_str());
    let delete = desk.world.ecr.batch_delete_image().repository_name(API);
    delete.image_ids(image.build()).send().await.unwrap();
}

fn referrers(shared: &Shared) -> usize {
    let SharedView::Image(detail) = &shared.view else {
        unreachable!("{shared:?}")
    };
    detail.referrers.shown().map_or(0, Vec::len)
}

/// Longer than what a link shows may be old.
async fn a_while() {
    tokio::time::sleep(Duration::from_millis(5_100)).await;
}

#[tokio::test]
async fn a_link_shows_the_signatures_of_an_image_as_they_are_when_it_is_opened() {
    let place = Place::sqlite();
    let mut desk = Desk::new(&place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let (image, signature) = signed(&mut desk).await;
    let made = desk.makes(link(LinkScope::Image(image))).await;
    let page = desk.opens(&made).await.unwrap();
    let counts = |page: &SharedPage| {
        let then = referrers(page.frozen.as_ref().unwrap());
        (then, referrers(now(page).unwrap()))
    };
    assert_eq!(counts(&page), (1, 1));
    deletes(&desk, &signature).await;
    a_while().await;
    assert_eq!(counts(&desk.opens(&made).await.unwrap()), (1, 0));
}

#[tokio::test]
async fn a_link_is_as_of_its_oldest_part() {
    let place = Place::sqlite();
    let mut desk = Desk::new(&place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let (image, _) = signed(&mut desk).await;
    let made = desk.makes(link(LinkScope::Image(image))).await;
    let first = desk.opens(&made).await.unwrap();
    a_while().await;
    let stall = Rule::new(Fault::Stall(Duration::from_secs(60))).on("ListImageReferrers");
    desk.world.running.faults().add(stall);
    let page = desk.opens(&made).await.unwrap();
    let images = now(&page).unwrap().view.as_of().unwrap();
    assert!(images > first.read.unwrap());
    assert!(page.read.unwrap() <= first.read.unwrap(), "{:?}", page.read);
}

#[tokio::test]
async fn settings_are_as_of_the_listing_of_the_registry() {
    let place = Place::sqlite();
    let mut desk = Desk::new(&place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    desk.pushes("one", "prod").await;
    let made = desk.makes(link(LinkScope::Repository)).await;
    let put = desk.world.ecr.put_image_tag_mutability();
    let put = put.repository_name(API);
    let put = put.image_tag_mutability(ImageTagMutability::Immutable);
    put.send().await.unwrap();
    a_while().await;
    let page = desk.opens(&made).await.unwrap();
    let SharedView::Repository { detail, .. } = &now(&page).unwrap().view else {
        unreachable!()
    };
    let Section::Shown {
        as_of: Some(settings),
        ..
    } = &detail.settings
    else {
        unreachable!("{:?}", detail.settings)
    };
    assert!(*settings < detail.as_of.unwrap());
}

#[tokio::test]
async fn a_tag_that_moved_says_whether_its_earlier_image_is_still_there() {
    let place = Place::sqlite();
    let mut desk = Desk::new(&place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let before = desk.pushes("one", "prod").await;
    let made = desk.makes(link(to_tag("prod"))).await;
    assert_eq!(desk.opens(&made).await.unwrap().earlier, []);
    desk.pushes("two", "prod").await;
    let last = desk.opens(&made).await.unwrap().earlier.remove(0);
    assert_eq!((&last.digest, last.is_there), (&before, true));
    deletes(&desk, &before).await;
    desk.restarts().await;
    let last = desk.opens(&made).await.unwrap().earlier.remove(0);
    assert_eq!((&last.digest, last.is_there), (&before, false));
}

#[tokio::test]
async fn the_list_says_of_a_link_that_does_not_open_no_more_than_that() {
    let place = Place::sqlite();
    let mut desk = Desk::new(&place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    desk.pushes("one", "prod").await;
    let made = desk.makes(link(to_tag("prod"))).await;
    desk.restarts().await;
    assert_eq!(state(&desk).await, LinkState::Live);
    desk.world.policy(API, &[allow(AUDITOR, &["ecr:*"])]).await;
    desk.restarts().await;
    assert!(desk.opens(&made).await.is_err());
    assert_eq!(state(&desk).await, LinkState::Closed);
    let deleting = desk.world.ecr.delete_repository().repository_name(API);
    deleting.force(true).send().await.unwrap();
    desk.restarts().await;
    assert_eq!(state(&desk).await, LinkState::Closed);
}

/// The state of Ana's only link.
async fn state(desk: &Desk<'_>) -> LinkState {
    let query = model::link::LinkQuery::default();
    let list = desk.gantry.links.list(&desk.ana(), &query).await.unwrap();
    list.page.rows[0].state
}
