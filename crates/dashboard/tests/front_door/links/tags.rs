//! A link to a repository shows which tags differ, as far as that is known.

use aws_sdk_ecr::types::ImageIdentifier;
use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::{
    image::Reference,
    link::{TagDifferences, TagPoint, TagsSince},
};

use super::*;

/// Content that a link saved before it contained tags.
const WITHOUT_TAGS: &str =
    include_str!("../../../../store/tests/golden/frozen/v2/repository.jsonl");

fn differences(page: &SharedPage) -> &TagDifferences {
    match &page.tags {
        Some(TagsSince::Compared(differences)) => differences,
        other => unreachable!("{other:?}"),
    }
}

/// Each difference as a line: `prod: 1.0.0 -> 1.0.1`.
fn said(page: &SharedPage) -> Vec<String> {
    let point = |point: &Option<TagPoint>| match point {
        Some(TagPoint {
            version_tag: Some(version),
            ..
        }) => version.to_string(),
        Some(_) => "an image".to_owned(),
        None => "none".to_owned(),
    };
    let changes = differences(page).changes.iter();
    changes
        .map(|it| format!("{}: {} -> {}", it.tag, point(&it.then), point(&it.now)))
        .collect()
}

async fn untag(desk: &mut Desk<'_>, tag: &str) {
    let image = ImageIdentifier::builder().image_tag(tag).build();
    let delete = desk.world.ecr.batch_delete_image();
    let delete = delete.repository_name(API).image_ids(image);
    delete.send().await.unwrap();
    desk.restarts().await;
}

on_each_store! {
    async fn a_link_to_a_repository_shows_which_tags_differ(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        for (content, tag) in [("one", "1.0.0"), ("one", "prod"), ("two", "1.0.1"), ("three", "0.9.0")] {
            desk.world.push(API, content, tag).await;
        }
        desk.restarts().await;
        let made = desk.makes(link(LinkScope::Repository)).await;
        let page = desk.opens(&made).await.unwrap();
        assert_eq!(said(&page), Vec::<String>::new());
        assert_eq!(differences(&page).compared, 4);
        let now = desk.pushes("two", "prod").await;
        untag(&mut desk, "0.9.0").await;
        let page = desk.opens(&made).await.unwrap();
        assert_eq!(said(&page), ["prod: 1.0.0 -> 1.0.1", "0.9.0: an image -> none"]);
        assert_eq!(differences(&page).changes[0].now.as_ref().unwrap().digest, now);
        assert!(page.frozen.unwrap().tags.is_none(), "the saved tags for the comparison are not sent");
    }

    async fn a_link_reports_what_cannot_be_compared(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(LinkScope::Repository)).await;
        for (moment, scope) in [
            (LinkMoment::Frozen, LinkScope::Repository),
            (LinkMoment::Live, LinkScope::Repository),
            (LinkMoment::Both, to_tag("prod")),
        ] {
            let other = desk.makes(NewLink { moment, ..link(scope) }).await;
            assert_eq!(desk.opens(&other).await.unwrap().tags, None, "there is only one list");
        }
        let older = WITHOUT_TAGS.lines().next().unwrap();
        let kept = place.ask(&format!("SELECT content FROM link_kept WHERE link = '{}'", made.row.id)).await.remove(0);
        place.say(&format!("UPDATE link_kept SET content = '{}' WHERE link = '{}'", older.replace('\'', "''"), made.row.id)).await;
        assert_eq!(desk.opens(&made).await.unwrap().tags, Some(TagsSince::NotKept));
        place.say(&format!("UPDATE link_kept SET content = '{}' WHERE link = '{}'", kept.replace('\'', "''"), made.row.id)).await;
        let refuse = Rule::new(Fault::Refuse(ErrorKind::AccessDenied)).on("DescribeImages");
        desk.world.running.faults().add(refuse);
        desk.restarts().await;
        assert_eq!(desk.opens(&made).await.unwrap().tags, Some(TagsSince::NotRead));
    }

    async fn tags_are_compared_only_for_bearers_who_may_list_them(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let (then, tag) = (desk.pushes("one", "prod").await, "prod");
        let made = desk.makes(link(LinkScope::Repository)).await;
        let now = desk.pushes("two", tag).await;
        for (actions, may) in [
            (&["ecr:DescribeImages"][..], true),
            (&["ecr:ListImages"], true),
            (&["ecr:BatchGetImage", "ecr:GetRepositoryPolicy", "ecr:DescribeRepositories"], false),
        ] {
            desk.world.policy(API, &[allow(DEVELOPER, actions)]).await;
            desk.restarts().await;
            let page = desk.opens(&made).await;
            assert_eq!(page.is_ok(), may, "{actions:?}");
            if let Ok(page) = page {
                let change = &differences(&page).changes[0];
                assert_eq!(change.then.as_ref().map(|it| &it.digest), Some(&then));
                assert_eq!(change.now.as_ref().map(|it| &it.digest), Some(&now));
            }
        }
    }

    async fn saved_tags_reveal_no_settings_and_no_account(place: &Place) {
        let home = "111122223333";
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let version = format!("1.0.{home}");
        desk.world.push(API, "one", home).await;
        desk.world.push(API, "one", &version).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(LinkScope::Repository)).await;
        let kept = place.ask("SELECT content FROM link_kept").await.remove(0);
        let kept: Value = serde_json::from_str(&kept).unwrap();
        for at in kept["tags"]["tags"].as_array().unwrap() {
            let fields: Vec<_> = at.as_object().unwrap().keys().collect();
            assert_eq!(fields, ["digest", "tag"]);
        }
        desk.pushes("two", home).await;
        desk.pushes("two", "prod").await;
        let page = desk.opens(&made).await.unwrap();
        let changed: Vec<_> = differences(&page).changes.iter().map(|it| it.tag.as_str()).collect();
        assert_eq!(changed.len(), 2, "{changed:?}");
        assert!(changed.contains(&home), "a tag is never hidden, whatever it looks like");
        let then = differences(&page).changes[0].then.as_ref().unwrap();
        assert_eq!(then.version_tag.as_ref().map(|tag| tag.as_str()), Some(&*version));
    }

    async fn images_that_are_counted_differently_are_not_compared(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(LinkScope::Repository)).await;
        assert!(desk.opens(&made).await.unwrap().is_counted_alike);
        for lost in ["ecr:BatchGetImage", "ecr:DescribeImages"] {
            desk.world.policy(API, &[allow(DEVELOPER, &["ecr:*"]), deny("*", &[lost])]).await;
            desk.restarts().await;
            assert!(!desk.opens(&made).await.unwrap().is_counted_alike, "{lost}");
        }
        desk.world.policy(API, &[allow(DEVELOPER, &["ecr:*"]), deny("*", &["ecr:GetDownloadUrlForLayer"])]).await;
        desk.restarts().await;
        assert!(desk.opens(&made).await.unwrap().is_counted_alike);
    }
}

#[tokio::test]
async fn a_deleted_tag_is_dated_by_the_readings_around_it() {
    let place = Place::sqlite();
    let mut desk = Desk::new(&place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let digest = desk.pushes("one", "prod").await;
    let made = desk.makes(link(to_tag("prod"))).await;
    desk.opens(&made).await.unwrap();
    let image = ImageIdentifier::builder().image_tag("prod").build();
    let delete = desk.world.ecr.batch_delete_image();
    let delete = delete.repository_name(API).image_ids(image);
    delete.send().await.unwrap();
    // The same process reads again, once its data is old enough.
    let mut page = desk.opens(&made).await.unwrap();
    for _ in 0..400 {
        if matches!(page.live, Some(SharedNow::Gone(_))) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        page = desk.opens(&made).await.unwrap();
    }
    let Some(SharedNow::Gone(Some(gone))) = page.live else {
        unreachable!("{:?}", page.live)
    };
    assert_eq!(gone.digest, digest);
    assert!(gone.last_seen < gone.gone_since && gone.gone_since <= page.now);
    // The tag's own page shows the same to viewers who may list tags.
    let wanted = || Reference::Tag(tag("prod"));
    let missing = desk
        .gantry
        .images
        .missing(&desk.ana(), &repository_at(API), wanted())
        .await;
    assert_eq!(missing.unwrap().gone, Some(gone));
    let missing = desk
        .gantry
        .images
        .missing(&desk.ben(), &repository_at(API), wanted())
        .await;
    assert!(missing.is_err());
}
