//! The log contains requested changes and observed changes.

use std::time::Duration;

use access::{AccessSettings, RequestOrigin, Viewer};
use dashboard::{Gantry, Refusal};
use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::audit::{AuditRow, Event, Outcome, Word};
use serde_json::json;
use store::audit::Entry;

use super::{found, over, seen};
use crate::{stores::*, world::*};

const PREVIEW: &str = "ecr:StartLifecyclePolicyPreview";

/// Asks for a preview of a repository's lifecycle policy.
async fn preview(gantry: &Gantry, ana: &Viewer, repository: &str) -> Result<(), Refusal> {
    gantry
        .lifecycle
        .start_preview(ana, &request_origin("r-1"), &repository_at(repository))
        .await
}

/// The log, oldest first.
async fn log_rows(gantry: &Gantry) -> Vec<AuditRow> {
    let mut rows = found(gantry, &Default::default()).await.rows;
    rows.reverse();
    rows
}

/// A repository with these statements and a lifecycle policy.
async fn world(statements: &[serde_json::Value]) -> World {
    let world = World::new().await;
    world.repository("team/api", statements).await;
    let rule = json!({"rulePriority": 1, "action": {"type": "expire"}, "selection": {
        "tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 5}});
    let put = world.ecr.put_lifecycle_policy().repository_name("team/api");
    let text = json!({"rules": [rule]}).to_string();
    put.lifecycle_policy_text(text).send().await.unwrap();
    world
}

fn named(sid: &str, mut statement: serde_json::Value) -> serde_json::Value {
    statement["Sid"] = sid.into();
    statement
}

on_each_store! {
    async fn a_write_is_recorded_before_and_after_it_is_made(place: &Place) {
        let world = world(&[named("Everything", allow(DEVELOPER, &["ecr:*"]))]).await;
        let gantry = world
            .gantry_storing_in(place.open().await, AccessSettings::default())
            .await;
        let ana = viewer(&[DEVELOPER]);
        preview(&gantry, &ana, "team/api").await.unwrap();
        let refused = Rule::new(Fault::Refuse(ErrorKind::AccessDenied));
        world
            .running
            .faults()
            .add(refused.on("StartLifecyclePolicyPreview"));
        preview(&gantry, &ana, "team/api").await.unwrap_err();
        let rows = log_rows(&gantry).await;
        let outcomes: Vec<_> = rows.iter().map(|row| row.outcome.clone()).collect();
        let (begun, done, failed) = (Outcome::Begun, Outcome::Done, Outcome::Failed);
        assert_eq!(outcomes, [begun, done, begun, failed].map(Word::Known));
        for row in &rows {
            let said = [
                &row.person,
                &row.person_name,
                &row.team,
                &row.principal,
                &row.address,
                &row.action,
                &row.registry,
                &row.repository,
                &row.statement,
            ];
            let said = said.map(|text| text.as_deref().unwrap_or("nothing"));
            let expected = [
                "tests ana",
                "Ana",
                "developers",
                DEVELOPER,
                "192.0.2.7",
                PREVIEW,
                "retail",
                "team/api",
                "Everything",
            ];
            assert_eq!(
                (&row.event, said, &*row.request),
                (&Word::Known(Event::Write), expected, "r-1")
            );
        }
        let why = ("problem".to_owned(), "host-denied".to_owned());
        assert_eq!(rows[3].arguments, [why]);
    }

    async fn the_result_of_a_write_is_recorded_even_if_the_caller_leaves(place: &Place) {
        let world = world(&[allow(DEVELOPER, &["ecr:*"])]).await;
        let gantry = world
            .gantry_storing_in(place.open().await, AccessSettings::default())
            .await;
        let ana = viewer(&[DEVELOPER]);
        let slow = Rule::new(Fault::Stall(Duration::from_millis(300)));
        world.running.faults().add(slow.on("StartLifecyclePolicyPreview"));
        for patience in [0, 1, 20, 100] {
            let asked = preview(&gantry, &ana, "team/api");
            let left = tokio::time::timeout(Duration::from_millis(patience), asked).await;
            assert!(left.is_err(), "it took less than {patience} ms");
        }
        let mut outcomes = Vec::new();
        for _ in 0..100 {
            outcomes = log_rows(&gantry).await.into_iter().map(|row| row.outcome).collect();
            let of = |outcome| outcomes.iter().filter(|it| **it == Word::Known(outcome)).count();
            if of(Outcome::Begun) > 0 && of(Outcome::Begun) == of(Outcome::Done) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        unreachable!("a write was started and has no result: {outcomes:?}");
    }

    async fn a_refused_write_is_recorded_with_the_deciding_statement(place: &Place) {
        let sees = allow(DEVELOPER, &["ecr:DescribeImages"]);
        let world = world(&[sees, named("NoPreviews", deny("*", &[PREVIEW]))]).await;
        let gantry = world
            .gantry_storing_in(place.open().await, AccessSettings::default())
            .await;
        let ana = viewer(&[DEVELOPER]);
        let withheld = preview(&gantry, &ana, "team/api").await.unwrap_err();
        assert!(matches!(withheld, Refusal::Withheld(_)), "{withheld:?}");
        let stranger = viewer(&[AUDITOR]);
        for nothing in ["team/api", "team/nothing"] {
            let absent = preview(&gantry, &stranger, nothing).await.unwrap_err();
            assert_eq!(absent, Refusal::NotFound);
        }
        let rows = log_rows(&gantry).await;
        let said: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    &row.outcome,
                    row.repository.as_deref(),
                    row.statement.as_deref(),
                )
            })
            .collect();
        let refused = &Word::Known(Outcome::Refused);
        let expected = [
            (refused, Some("team/api"), Some("NoPreviews")),
            (refused, Some("team/api"), None),
            (refused, Some("team/nothing"), None),
        ];
        assert_eq!(said, expected);
        assert!(
            rows.iter()
                .all(|row| row.action.as_deref() == Some(PREVIEW))
        );
    }

    async fn equal_refusals_become_a_few_rows_and_a_count(place: &Place) {
        let world = world(&[allow(DEVELOPER, &["ecr:DescribeImages"])]).await;
        let gantry = world
            .gantry_storing_in(place.open().await, AccessSettings::default())
            .await;
        let ana = viewer(&[DEVELOPER]);
        let ask = |repository: &'static str| preview(&gantry, &ana, repository);
        for _ in 0..100 {
            ask("team/api").await.unwrap_err();
        }
        ask("team/nothing").await.unwrap_err();
        futures::future::join_all((0..50).map(|_| ask("team/other"))).await;
        gantry.audit.log().settle().await;
        gantry.audit.log().settle().await;
        let said = |repository: &str, rows: &[AuditRow]| -> Vec<Vec<(String, String)>> {
            let of = |row: &&AuditRow| row.repository.as_deref() == Some(repository);
            let rows = rows.iter().filter(of);
            rows.map(|row| row.arguments.clone()).collect()
        };
        let argument = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        let rows = log_rows(&gantry).await;
        let api = said("team/api", &rows);
        let counting = argument("counting", "true");
        assert_eq!(api, [vec![], counting.clone(), argument("repeated", "98")]);
        assert_eq!(said("team/nothing", &rows), [vec![]], "a single refusal is one row");
        let other = said("team/other", &rows);
        assert_eq!(other.len(), 3, "{other:?}");
        assert_eq!(other[2], argument("repeated", "48"));
        for row in &rows {
            assert_eq!(row.outcome, Word::Known(Outcome::Refused));
            assert_eq!(row.person.as_deref(), Some("tests ana"));
        }
        let verified = gantry.audit.log().verify(None).await.unwrap();
        assert_eq!(verified.broken, None);
        // After the count is stored, the next refusals start again with rows.
        ask("team/api").await.unwrap_err();
        let rows = log_rows(&gantry).await;
        assert_eq!(said("team/api", &rows).len(), 4);
    }

    async fn anonymous_refusals_from_many_addresses_become_a_few_rows(place: &Place) {
        let gantry = over(place.open().await).await;
        for n in 0..100 {
            let address = Some(format!("2001:db8:{n:x}::1").parse().unwrap());
            let request_origin = RequestOrigin { address, ..request_origin("r-1") };
            let mut refused = Entry::new(Event::SignIn, Outcome::Refused, &request_origin);
            refused.arguments.push(("problem", "expired".to_owned()));
            gantry.audit.log().append(refused).await.unwrap();
        }
        gantry.audit.log().settle().await;
        let rows = log_rows(&gantry).await;
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[2].arguments[1], ("repeated".to_owned(), "98".to_owned()));
    }

    async fn views_of_one_creators_links_become_a_few_rows_and_a_count_for_each_link(place: &Place) {
        let gantry = over(place.open().await).await;
        let viewed = |maker: &str, link: u32, network: u32| {
            let address = Some(format!("2001:db8:1:{network:x}::1").parse().unwrap());
            let mut viewed = Entry::new(Event::LinkViewed, Outcome::Done, &RequestOrigin { address, ..request_origin("r-1") });
            viewed.arguments.extend([("link", link.to_string()), ("maker", maker.to_owned())]);
            gantry.audit.log().append(viewed)
        };
        for network in 0..60 {
            futures::future::join_all((0..100).map(|link| viewed("tests ana", link, network))).await;
        }
        // Views of links of other creators are recorded as usual.
        viewed("tests ben", 100, 0).await.unwrap();
        viewed("tests ben", 100, 1).await.unwrap();
        gantry.audit.log().settle().await;
        let of = async |maker: &str| {
            place.ask(&format!("SELECT arguments FROM audit WHERE arguments LIKE '%tests {maker}%'")).await
        };
        let rows = of("ana").await;
        let numbers = rows.iter().filter(|row| row.contains("repeated"));
        assert_eq!((rows.len(), numbers.count()), (300 + 100, 100));
        assert_eq!(rows.iter().filter(|row| row.contains("counting")).count(), 1);
        let counted = rows.iter().filter(|row| row.contains("\"repeated\",\"57\""));
        assert_eq!(counted.count(), 100, "three views of each link are rows");
        assert_eq!(of("ben").await.len(), 2);
    }

    async fn a_refusal_that_could_not_be_recorded_is_tried_again(place: &Place) {
        let world = world(&[allow(DEVELOPER, &["ecr:DescribeImages"])]).await;
        let gantry = world
            .gantry_storing_in(place.open().await, AccessSettings::default())
            .await;
        let ana = viewer(&[DEVELOPER]);
        for rows in [1, 2] {
            place.say("ALTER TABLE audit RENAME TO away").await;
            for _ in 0..3 {
                preview(&gantry, &ana, "team/api").await.unwrap_err();
            }
            place.say("ALTER TABLE away RENAME TO audit").await;
            preview(&gantry, &ana, "team/api").await.unwrap_err();
            assert_eq!(log_rows(&gantry).await.len(), rows);
        }
    }

    async fn a_count_is_recorded_even_if_the_row_before_it_was_not(place: &Place) {
        let gantry = over(place.open().await).await;
        let refused = || {
            let refused = Entry::new(Event::Write, Outcome::Refused, &request_origin("r-1"));
            gantry.audit.log().append(refused)
        };
        refused().await.unwrap();
        place.say("ALTER TABLE audit RENAME TO away").await;
        // The second entry waits for the store while the others are counted.
        let answers = futures::future::join_all((0..50).map(|_| refused())).await;
        place.say("ALTER TABLE away RENAME TO audit").await;
        let counted = answers.iter().filter(|answer| answer.is_ok()).count();
        assert!(counted > 0, "{answers:?}");
        gantry.audit.log().settle().await;
        let rows = log_rows(&gantry).await;
        let repeated = vec![("repeated".to_owned(), counted.to_string())];
        assert_eq!(rows.iter().map(|row| &row.arguments).collect::<Vec<_>>(), [&vec![], &repeated]);
    }

    async fn refusals_are_recorded_even_if_the_caller_leaves(place: &Place) {
        let gantry = over(place.open().await).await;
        for _ in 0..3 {
            let refused = Entry::new(Event::Write, Outcome::Refused, &request_origin("r-1"));
            let mut appending = Box::pin(gantry.audit.log().append(refused));
            let _ = futures::poll!(&mut appending);
            drop(appending);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        gantry.audit.log().settle().await;
        let rows = log_rows(&gantry).await;
        let arguments: Vec<_> = rows.iter().flat_map(|row| row.arguments.clone()).collect();
        let expected = [("counting", "true"), ("repeated", "1")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!((rows.len(), &*arguments), (3, &expected[..]));
    }

    async fn a_write_that_cannot_be_recorded_is_not_made(place: &Place) {
        let world = world(&[allow(DEVELOPER, &["ecr:*"])]).await;
        let gantry = world
            .gantry_storing_in(place.open().await, AccessSettings::default())
            .await;
        let ana = viewer(&[DEVELOPER]);
        place.say("ALTER TABLE audit RENAME TO away").await;
        let refusal = preview(&gantry, &ana, "team/api").await.unwrap_err();
        assert_eq!(refusal, Refusal::Store);
        let asked = world.ecr.get_lifecycle_policy_preview();
        let asked = asked.repository_name("team/api").send().await;
        assert!(asked.is_err(), "no preview was started: {asked:?}");
    }

    async fn changes_in_a_registry_are_recorded_once_for_all_replicas(place: &Place) {
        let world = world(&[allow(DEVELOPER, &["ecr:*"])]).await;
        let first = world.push("team/api", "first", "prod").await;
        let access = AccessSettings {
            policy_max_age: Duration::from_secs(1),
            ..AccessSettings::default()
        };
        let ana = viewer(&[DEVELOPER]);
        let mut replicas = Vec::new();
        for _ in 0..2 {
            let store = place.open().await;
            replicas.push(world.gantry_storing_in(store, access.clone()).await);
        }
        let (api, prod) = (repository_at("team/api"), tag("prod"));
        let read = |wanted: model::Digest| {
            let (replicas, ana, api, prod) = (&replicas, &ana, &api, &prod);
            async move {
                for gantry in replicas {
                    for _ in 0..60 {
                        let page = gantry.images.tag(ana, api, prod);
                        if page.await.is_ok_and(|page| page.image.digest == wanted) {
                            break;
                        }
                        tokio::time::sleep(Duration::from_millis(400)).await;
                    }
                }
            }
        };
        read(first.clone()).await;
        world
            .policy(
                "team/api",
                &[allow(DEVELOPER, &["ecr:*"]), allow(AUDITOR, &["ecr:*"])],
            )
            .await;
        let second = world.push("team/api", "second", "prod").await;
        read(second.clone()).await;
        let gantry = &replicas[0];
        let changed = seen(gantry, Event::PolicyChanged, 1).await;
        // Long enough for both replicas to see the change.
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(
            seen(gantry, Event::PolicyChanged, 2).await,
            changed,
            "recorded once"
        );
        let [(before, old), (after, new)] = &changed[0].arguments[..] else {
            unreachable!("{changed:?}")
        };
        assert_eq!((&**before, &**after), ("before", "after"));
        assert!(old.starts_with("sha256:") && new.starts_with("sha256:") && old != new);
        let moved = seen(gantry, Event::TagMoved, 2).await;
        assert_eq!(moved.len(), 1, "recorded once: {moved:?}");
        let expected = [
            ("tag", "prod"),
            ("from", first.as_str()),
            ("to", second.as_str()),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(moved[0].arguments, expected);
        assert_eq!(
            (&moved[0].person, moved[0].repository.as_deref()),
            (&None, Some("team/api"))
        );
    }

    async fn thousands_of_moving_tags_do_not_fill_the_log(place: &Place) {
        let world = world(&[allow(DEVELOPER, &["ecr:*"])]).await;
        let move_all = async |content: &str| {
            for number in 0..60 {
                let tag = format!("moving-{number}");
                world.push("team/api", content, &tag).await;
            }
        };
        move_all("first").await;
        let access = AccessSettings::default();
        let gantry = world.gantry_storing_in(place.open().await, access).await;
        let (ana, api) = (viewer(&[DEVELOPER]), repository_at("team/api"));
        let query = Default::default();
        repository_images(&gantry, &ana, &api, &query).await.unwrap();
        move_all("second").await;
        // Opening a repository reads images that are older than 15 seconds again.
        tokio::time::sleep(Duration::from_secs(16)).await;
        repository_images(&gantry, &ana, &api, &query).await.unwrap();
        let moved = seen(&gantry, Event::TagMoved, 51).await;
        assert_eq!(moved.len(), 51);
        let more = [("more".to_owned(), "10".to_owned())];
        assert_eq!(moved.iter().filter(|row| row.arguments == more).count(), 1);
    }
}
