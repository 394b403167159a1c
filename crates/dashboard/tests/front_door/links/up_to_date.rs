//! A link saves the state at its creation, or shows the time of older data.

use std::time::{Duration, Instant};

use dashboard::Refusal;
use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::Section;

use super::*;

/// A registry whose `prod` has moved since this Gantry read it: from the first of these images to
/// the second.
async fn moved_since_it_was_read(place: &Place) -> (Desk<'_>, Digest, Digest) {
    let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let before = desk.pushes("one", "prod").await;
    let (api, prod) = (repository_at(API), tag("prod"));
    let shown = desk.gantry.images.tag(&desk.ana(), &api, &prod).await;
    assert_eq!(shown.unwrap().image.digest, before);
    let after = desk.world.push(API, "two", "prod").await;
    a_moment().await;
    (desk, before, after)
}

/// Waits as long as a reading counts as new.
async fn a_moment() {
    tokio::time::sleep(Duration::from_millis(2_100)).await;
}

/// The saved digest, and the time of the data if it is older than the link.
fn kept(page: &SharedPage) -> (&Digest, Option<Timestamp>) {
    let frozen = page.frozen.as_ref().unwrap();
    (digest_of(frozen), frozen.seen_at)
}

fn calls(desk: &Desk<'_>) -> u64 {
    desk.world.running.faults().calls().values().sum()
}

on_each_store! {
    async fn a_link_saves_the_state_at_its_creation(place: &Place) {
        let (desk, _, after) = moved_since_it_was_read(place).await;
        let made = desk.makes(link(to_tag("prod"))).await;
        assert_eq!(kept(&desk.opens(&made).await.unwrap()), (&after, None));
        let newest = desk.world.push(API, "three", "prod").await;
        a_moment().await;
        let made = desk.makes(link(LinkScope::Repository)).await;
        let frozen = desk.opens(&made).await.unwrap().frozen.unwrap();
        let SharedView::Repository { images, .. } = frozen.view else { unreachable!() };
        assert!(images.rows.iter().any(|row| row.digest == newest), "{:?}", images.rows);
        assert_eq!(frozen.seen_at, None);
        // An image that Gantry has never read can be shared right after it was pushed.
        let pushed = desk.world.push(API, "four", "4.0.0").await;
        a_moment().await;
        let made = desk.makes(link(LinkScope::Image(pushed.clone()))).await;
        assert_eq!(kept(&desk.opens(&made).await.unwrap()), (&pushed, None));
    }

    async fn a_link_that_could_not_be_read_again_shows_the_time_of_its_data(place: &Place) {
        let (desk, before, after) = moved_since_it_was_read(place).await;
        for kind in [ErrorKind::Throttling, ErrorKind::Server] {
            let fault = Rule::new(Fault::Refuse(kind)).on("DescribeImages");
            desk.world.running.faults().add(fault);
            for scope in [to_tag("prod"), LinkScope::Repository] {
                let made = desk.makes(link(scope)).await;
                let page = desk.opens(&made).await.unwrap();
                let (digest, seen_at) = kept(&page);
                assert_eq!(digest, &before);
                assert!(seen_at.unwrap() <= page.made, "{seen_at:?}");
            }
            desk.world.running.faults().clear();
        }
        // A failed reading is not tried again at once.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        let made = desk.makes(link(to_tag("prod"))).await;
        assert_eq!(kept(&desk.opens(&made).await.unwrap()), (&after, None));
    }

    async fn policies_that_cannot_be_read_again_decide_until_they_are_too_old(place: &Place) {
        let (desk, _, after) = moved_since_it_was_read(place).await;
        let fault = Rule::new(Fault::Refuse(ErrorKind::Throttling)).on("GetRepositoryPolicy");
        desk.world.running.faults().add(fault);
        let made = desk.makes(link(to_tag("prod"))).await;
        assert_eq!(kept(&desk.opens(&made).await.unwrap()), (&after, None));
    }
}

#[tokio::test]
async fn creating_a_link_does_not_wait_long_if_ecr_does_not_answer() {
    let place = Place::sqlite();
    let (desk, before, _) = moved_since_it_was_read(&place).await;
    let stall = Rule::new(Fault::Stall(Duration::from_secs(60))).on("DescribeImages");
    desk.world.running.faults().add(stall);
    let began = Instant::now();
    let made = desk.makes(link(to_tag("prod"))).await;
    assert!(began.elapsed() < Duration::from_secs(12));
    let page = desk.opens(&made).await.unwrap();
    assert_eq!(kept(&page).0, &before);
    assert!(kept(&page).1.is_some());
}

fn listings(desk: &Desk<'_>) -> u64 {
    let calls = desk.world.running.faults().calls();
    calls.get("DescribeImages").copied().unwrap_or_default()
}

/// A link to `prod`, which moved after the link was created, and the digest it points at now.
/// Gantry's reading is too old.
async fn idle(place: &Place) -> (Desk<'_>, MadeLink, Digest) {
    let (desk, ..) = moved_since_it_was_read(place).await;
    let made = desk.makes(link(to_tag("prod"))).await;
    let now = desk.world.push(API, "three", "prod").await;
    tokio::time::sleep(Duration::from_millis(5_100)).await;
    (desk, made, now)
}

fn shown_now(page: &SharedPage) -> &Digest {
    let Some(SharedNow::There(shared)) = &page.live else {
        unreachable!("{:?}", page.live)
    };
    digest_of(shared)
}

#[tokio::test]
async fn an_idle_link_shows_the_current_state_and_many_visitors_cause_one_reading() {
    let place = Place::sqlite();
    let (desk, made, now) = idle(&place).await;
    let before = listings(&desk);
    let opening = || desk.opens(&made);
    let pages = tokio::join!(opening(), opening(), opening(), opening(), opening());
    for page in [pages.0, pages.1, pages.2, pages.3, pages.4] {
        let page = page.unwrap();
        assert_eq!(shown_now(&page), &now);
        assert!(page.now.seconds_since(page.read.unwrap()) <= 5);
    }
    assert_eq!(listings(&desk), before + 1);
}

#[tokio::test]
async fn a_link_whose_grant_has_ended_reads_no_images() {
    let place = Place::sqlite();
    let (desk, made, _) = idle(&place).await;
    desk.world.policy(API, &[allow(AUDITOR, &["ecr:*"])]).await;
    let before = listings(&desk);
    let opening = || desk.opens(&made);
    let pages = tokio::join!(opening(), opening(), opening());
    for page in [pages.0, pages.1, pages.2] {
        assert!(matches!(page, Err(Closed::Gone)), "{page:?}");
    }
    assert_eq!(listings(&desk), before);
}

#[tokio::test]
async fn a_link_reads_no_images_by_a_policy_that_cannot_be_read() {
    let place = Place::sqlite();
    let (desk, made, now) = idle(&place).await;
    // Older than what a page of a person has read again in the background.
    tokio::time::sleep(Duration::from_secs(11)).await;
    let fault = Rule::new(Fault::Refuse(ErrorKind::Throttling)).on("GetRepositoryPolicy");
    desk.world.running.faults().add(fault);
    let before = listings(&desk);
    let page = desk.opens(&made).await.unwrap();
    assert_ne!(shown_now(&page), &now, "what was known is shown");
    assert_eq!(listings(&desk), before);
}

#[tokio::test]
async fn a_repository_that_takes_long_to_read_is_read_again_less_often() {
    let place = Place::sqlite();
    let (desk, made, now) = idle(&place).await;
    let slow = Rule::new(Fault::Stall(Duration::from_secs(2))).on("DescribeImages");
    desk.world.running.faults().add(slow);
    assert_eq!(shown_now(&desk.opens(&made).await.unwrap()), &now);
    let before = listings(&desk);
    tokio::time::sleep(Duration::from_millis(5_100)).await;
    desk.opens(&made).await.unwrap();
    assert_eq!(listings(&desk), before);
}

#[tokio::test]
async fn a_link_shows_the_last_reading_if_a_newer_one_does_not_arrive_in_time() {
    let place = Place::sqlite();
    let (desk, made, now) = idle(&place).await;
    let stall = Rule::new(Fault::Stall(Duration::from_secs(60))).on("DescribeImages");
    desk.world.running.faults().add(stall);
    let began = Instant::now();
    let page = desk.opens(&made).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(12));
    assert_ne!(shown_now(&page), &now);
    assert!(page.now.seconds_since(page.read.unwrap()) >= 5);
}

#[tokio::test]
async fn a_grant_that_was_just_revoked_creates_no_link() {
    let place = Place::sqlite();
    let (desk, ..) = moved_since_it_was_read(&place).await;
    desk.world.policy(API, &[allow(AUDITOR, &["ecr:*"])]).await;
    let before = desk.world.running.faults().calls();
    let answer = desk.tries(&desk.ana(), link(to_tag("prod"))).await;
    assert!(
        matches!(answer, Err(Unmade::Refused(Refusal::NotFound))),
        "{answer:?}"
    );
    let after = desk.world.running.faults().calls();
    assert_eq!(after["DescribeImages"], before["DescribeImages"]);
}

#[tokio::test]
async fn a_viewer_without_a_grant_causes_no_call_and_does_not_wait() {
    let place = Place::sqlite();
    let looks_at_the_policy = allow(CHECKOUT, &["ecr:GetRepositoryPolicy"]);
    let statements = [allow(DEVELOPER, &["ecr:*"]), looks_at_the_policy];
    let mut desk = Desk::new(&place, &statements).await;
    desk.pushes("one", "prod").await;
    desk.world
        .repository("team/hidden", &[allow(AUDITOR, &["ecr:*"])])
        .await;
    desk.restarts().await;
    let stall = Rule::new(Fault::Stall(Duration::from_secs(60)));
    desk.world.running.faults().add(stall);
    let (before, began) = (calls(&desk), Instant::now());
    let by_checkout = || NewLink {
        bearer: bearer("checkout", CHECKOUT),
        ..link(to_tag("prod"))
    };
    let of = |repository: &str| {
        let mut new = by_checkout();
        new.target.repository = repository_at(repository);
        new
    };
    for new in [
        by_checkout(),
        of("team/hidden"),
        of("team/absent"),
        link(to_tag("prod")),
    ] {
        let answer = desk.tries(&desk.ben(), new).await;
        assert!(matches!(answer, Err(Unmade::Refused(_))), "{answer:?}");
    }
    assert_eq!(calls(&desk), before);
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn links_that_are_created_at_the_same_time_share_one_listing() {
    let place = Place::sqlite();
    let (desk, _, after) = moved_since_it_was_read(&place).await;
    let listings = || desk.world.running.faults().calls()["DescribeImages"];
    let before = listings();
    let made = (0..10).map(|_| desk.makes(link(to_tag("prod"))));
    for made in futures::future::join_all(made).await {
        assert_eq!(kept(&desk.opens(&made).await.unwrap()), (&after, None));
    }
    assert_eq!(listings() - before, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_nothing_whose_grant_ended_while_it_waited() {
    let place = Place::sqlite();
    let mut desk = Desk::new(&place, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let image = desk.pushes("one", "prod").await;
    let made = desk
        .makes(NewLink {
            moment: LinkMoment::Live,
            ..link(LinkScope::Image(image))
        })
        .await;
    // What the link's creation has read is too old for its visitor.
    tokio::time::sleep(Duration::from_millis(5_100)).await;
    let faults = desk.world.running.faults();
    let stall = Rule::new(Fault::Stall(Duration::from_secs(3))).on("ListImageReferrers");
    faults.add(stall.times(1));
    let referrers = || faults.calls().get("ListImageReferrers").copied();
    let before = referrers();
    let revoking = async {
        while referrers() == before {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        let less = [allow(DEVELOPER, &["ecr:ListImages"])];
        desk.world.policy(API, &less).await;
        let (ana, origin) = (desk.ana(), request_origin());
        let api = repository_at(API);
        let lifecycle = &desk.gantry.lifecycle;
        let preview = lifecycle.start_preview(&ana, &origin, &api);
        assert!(preview.await.is_err(), "a change reads the policy first");
    };
    let (page, ()) = tokio::join!(desk.opens(&made), revoking);
    let page = page.unwrap();
    let Some(SharedView::Image(detail)) = now(&page).map(|shared| &shared.view) else {
        unreachable!("{:?}", page.live)
    };
    assert!(matches!(detail.config, Section::Withheld { .. }));
    assert!(matches!(detail.findings, Section::Withheld { .. }));
    assert_eq!(detail.image.facts, None);
}
