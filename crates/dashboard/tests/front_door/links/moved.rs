//! What a link to a tag shows about changes since it was created.

use std::time::Duration;

use aws_sdk_ecr::types::ImageIdentifier;
use model::image::{TagHistory, TagSince};

use super::*;

/// A Gantry reads the repository now. A reading of the last two seconds counts as new.
async fn looks(desk: &Desk<'_>) {
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    desk.makes(link(LinkScope::Repository)).await;
}

async fn deletes(desk: &Desk<'_>, tags: &[&str]) {
    let images = tags
        .iter()
        .map(|tag| ImageIdentifier::builder().image_tag(*tag).build());
    let delete = desk.world.ecr.batch_delete_image().repository_name(API);
    delete
        .set_image_ids(Some(images.collect()))
        .send()
        .await
        .unwrap();
    looks(desk).await;
}

async fn pushes(desk: &Desk<'_>, content: &str) -> Digest {
    let digest = desk.world.push(API, content, "prod").await;
    looks(desk).await;
    digest
}

/// A link to `prod`, and the image that it points at, which also has a version tag.
async fn to_prod(desk: &mut Desk<'_>) -> (MadeLink, Digest) {
    desk.world.push(API, "one", "1.0.0").await;
    let then = desk.pushes("one", "prod").await;
    (desk.makes(link(to_tag("prod"))).await, then)
}

fn images(history: &TagHistory) -> Vec<(&Digest, bool)> {
    let seen = history.seen.iter();
    seen.map(|it| (&it.digest, it.gone.is_some())).collect()
}

#[tokio::test]
async fn a_tag_that_was_deleted_and_pushed_again_keeps_its_history() {
    let place = Place::sqlite();
    let mut desk = Desk::new(&place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let (made, then) = to_prod(&mut desk).await;
    deletes(&desk, &["prod"]).await;
    let page = desk.opens(&made).await.unwrap();
    assert_eq!(images(&page.tag_history().unwrap()), [(&then, true)]);
    let [last] = &page.earlier[..] else {
        unreachable!("{:?}", page.earlier)
    };
    assert_eq!(
        (&last.digest, last.is_there),
        (&then, true),
        "`1.0.0` still exists"
    );
    let now = pushes(&desk, "two").await;
    let page = desk.opens(&made).await.unwrap();
    let history = page.tag_history().unwrap();
    assert_eq!(images(&history), [(&now, false), (&then, true)]);
    let [after, before] = &history.seen[..] else {
        unreachable!()
    };
    let times = [
        before.first_seen,
        before.last_seen.unwrap(),
        before.gone.unwrap(),
        after.first_seen,
    ];
    assert!(
        times.is_sorted() && after.first_seen > before.gone.unwrap(),
        "{times:?}"
    );
    let Some(TagSince::Moved { times: 1, latest }) = page.tag_since() else {
        unreachable!("{:?}", page.tag_since())
    };
    assert_eq!(
        (latest.gone, latest.first_seen),
        (before.gone, after.first_seen)
    );
    // The page of the tag shows the same.
    let detail = desk
        .gantry
        .images
        .tag(&desk.ana(), &repository_at(API), &tag("prod"))
        .await;
    assert_eq!(detail.unwrap().history(), history);
}

#[tokio::test]
async fn a_tag_that_moved_and_came_back_is_shown_as_returned() {
    let place = Place::sqlite();
    let mut desk = Desk::new(&place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let (made, then) = to_prod(&mut desk).await;
    let page = desk.opens(&made).await.unwrap();
    assert_eq!(page.tag_since(), Some(TagSince::Stayed));
    let mut others = Vec::new();
    for scope in [LinkScope::Repository, LinkScope::Image(then.clone())] {
        let made = desk.makes(link(scope)).await;
        assert_eq!(desk.opens(&made).await.unwrap().returned.count, 0);
        others.push(made);
    }
    let elsewhere = pushes(&desk, "two").await;
    assert_eq!(pushes(&desk, "one").await, then);
    let page = desk.opens(&made).await.unwrap();
    let Some(TagSince::Returned {
        elsewhere: seen,
        left,
        back,
    }) = page.tag_since()
    else {
        unreachable!("{:?}", page.tag_since())
    };
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].digest, elsewhere);
    assert!(seen[0].first_seen > page.made && back.first_seen > seen[0].first_seen);
    assert_eq!(left.first_seen, seen[0].first_seen);
    assert!(left.last_seen.unwrap() < left.first_seen);
    // Links to the repository and to the image also show it.
    for made in others {
        let page = desk.opens(&made).await.unwrap();
        let [returned] = &page.returned.first[..] else {
            unreachable!("{:?}", page.returned)
        };
        assert_eq!(returned.tag, tag("prod"));
        assert_eq!(returned.elsewhere[0].digest, elsewhere);
        assert_eq!((returned.left, returned.back), (left, back));
    }
    // A link that was created after that does not show it.
    let later = desk.makes(link(to_tag("prod"))).await;
    let later = desk.opens(&later).await.unwrap();
    assert_eq!(later.tag_since(), Some(TagSince::Stayed));
}

#[tokio::test]
async fn a_process_that_starts_later_continues_the_history_of_the_link() {
    let place = Place::sqlite();
    let mut desk = Desk::new(&place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let (made, then) = to_prod(&mut desk).await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let now = desk.pushes("two", "prod").await;
    let page = desk.opens(&made).await.unwrap();
    let history = page.tag_history().unwrap();
    assert_eq!(images(&history), [(&now, false), (&then, false)]);
    let read = page.frozen.as_ref().unwrap().view.as_of();
    assert_eq!(
        history.seen[1].last_seen, read,
        "no later reading is invented"
    );
    assert!(matches!(
        page.tag_since(),
        Some(TagSince::Moved { times: 1, .. })
    ));
    let image = ImageIdentifier::builder().image_tag("prod").build();
    let delete = desk.world.ecr.batch_delete_image().repository_name(API);
    delete.image_ids(image).send().await.unwrap();
    desk.restarts().await;
    let page = desk.opens(&made).await.unwrap();
    assert_eq!(images(&page.tag_history().unwrap()), [(&then, true)]);
    assert_eq!(page.tag_history().unwrap().seen[0].gone, page.read);
}
