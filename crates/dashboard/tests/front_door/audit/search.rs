//! Administrators find the rows that they search for.

use dashboard::Refusal;
use model::{
    Timestamp,
    audit::{AuditQuery, Event, Outcome, Word},
};
use store::audit::Audit;

use super::{entry, found, over, rows};
use crate::{stores::*, world::viewer};

on_each_store! {
    async fn a_search_text_is_matched_literally(place: &Place) {
        let audit = Audit::new(place.open().await);
        let names = ["Ana_Ü", "ANA ü", "100%", "10!0", "back\\slash", "quo'te\"d"];
        for (number, name) in names.iter().enumerate() {
            let mut named = entry(&format!("r{number}"));
            named.person = Some((access::PersonId::new("tests", "x"), (*name).to_owned()));
            audit.append(named).await.unwrap();
        }
        let gantry = over(place.open().await).await;
        let looked_for = [
            ("ana", "01"),
            ("ANA_", "0"),
            ("Ü", "01"),
            ("ü ana", "01"),
            ("%", "2"),
            ("_", "0"),
            ("!", "3"),
            ("\\", "4"),
            ("'", "5"),
            ("\"", "5"),
            ("\0", ""),
            ("r1", "1"),
            ("PROD", "012345"),
            ("192.0.2.7", "012345"),
            ("ana nobody", ""),
        ];
        for (text, expected) in looked_for {
            let query = AuditQuery {
                text: text.to_owned(),
                ..AuditQuery::default()
            };
            let rows = found(&gantry, &query).await.rows;
            let mut requests: Vec<_> = rows.iter().map(|row| &row.request[1..]).collect();
            requests.reverse();
            assert_eq!(requests.concat(), expected, "{text}");
        }
    }

    async fn rows_are_found_by_event_outcome_and_time(place: &Place) {
        let audit = Audit::new(place.open().await);
        for (event, outcome) in [
            (Event::SignIn, Outcome::Done),
            (Event::SignIn, Outcome::Refused),
            (Event::LinkMade, Outcome::Done),
        ] {
            let entry = store::audit::Entry {
                event,
                outcome,
                ..entry("r")
            };
            audit.append(entry).await.unwrap();
        }
        let gantry = over(place.open().await).await;
        let at = rows(&gantry).await[0].at;
        let count = |query: AuditQuery| {
            let gantry = &gantry;
            async move { found(gantry, &query).await.rows.len() }
        };
        let any = AuditQuery::default;
        let event = Some(Event::SignIn);
        assert_eq!(count(AuditQuery { event, ..any() }).await, 2);
        let outcome = Some(Outcome::Done);
        assert_eq!(count(AuditQuery { outcome, ..any() }).await, 2);
        assert_eq!(
            count(AuditQuery {
                event,
                outcome,
                ..any()
            })
            .await,
            1
        );
        let (since, after) = (Some(at), Some(at.plus_days(1)));
        assert_eq!(count(AuditQuery { since, ..any() }).await, 3);
        assert_eq!(
            count(AuditQuery {
                since: after,
                ..any()
            })
            .await,
            0
        );
        assert_eq!(
            count(AuditQuery {
                until: after,
                ..any()
            })
            .await,
            3
        );
        assert_eq!(
            count(AuditQuery {
                until: since,
                ..any()
            })
            .await,
            0
        );
        let never = Some(Timestamp(i64::MIN));
        assert_eq!(
            count(AuditQuery {
                until: never,
                ..any()
            })
            .await,
            0
        );
    }

    async fn unknown_words_of_a_newer_version_are_shown_unchanged(place: &Place) {
        let audit = Audit::new(place.open().await);
        for request in ["older", "newer"] {
            audit.append(entry(request)).await.unwrap();
        }
        place
            .say("UPDATE audit SET event = 'tag-signed', outcome = 'put-off' WHERE request = 'newer'")
            .await;
        let page = found(&over(place.open().await).await, &AuditQuery::default()).await;
        let shown: Vec<_> = page
            .rows
            .iter()
            .map(|row| (&*row.request, row.event.clone(), row.outcome.clone()))
            .collect();
        let expected = [
            ("newer", Word::Other("tag-signed".to_owned()), Word::Other("put-off".to_owned())),
            ("older", Word::Known(Event::Write), Word::Known(Outcome::Done)),
        ];
        assert_eq!(shown, expected);
    }

    async fn an_unreadable_row_does_not_hide_others(place: &Place) {
        let audit = Audit::new(place.open().await);
        for request in ["r1", "r2", "r3"] {
            audit.append(entry(request)).await.unwrap();
        }
        place.say("UPDATE audit SET arguments = 'nonsense' WHERE number = 2").await;
        // No row of the log has this number.
        place
            .say(
                "INSERT INTO audit SELECT -1, at, event, outcome, person, person_name, team, principal, address, \
                 action, registry, repository, arguments, statement, request, searched, hash FROM audit \
                 WHERE number = 1",
            )
            .await;
        let gantry = over(place.open().await).await;
        let page = found(&gantry, &AuditQuery::default()).await;
        let shown = page.rows.iter().map(|row| (row.number, &*row.request, row.unreadable.join(" ")));
        assert!(shown.eq([
            (3, "r3", String::new()),
            (2, "r2", "arguments".to_owned()),
            (1, "r1", String::new()),
        ]), "{:?}", page.rows);
        assert!(page.rows[1].arguments.is_empty());
        let exported = rows(&gantry).await;
        assert_eq!(exported.len(), 3);
        assert_eq!(exported[1].unreadable, ["arguments"]);
    }

    async fn a_long_log_is_shown_page_by_page(place: &Place) {
        let audit = Audit::new(place.open().await);
        let appends = (0..1_230).map(|_| audit.append(entry("r")));
        for appended in futures::future::join_all(appends).await {
            appended.unwrap();
        }
        let gantry = over(place.open().await).await;
        let (mut query, mut numbers) = (AuditQuery::default(), Vec::new());
        loop {
            let page = found(&gantry, &query).await;
            assert!(page.rows.len() <= 100);
            numbers.extend(page.rows.iter().map(|row| row.number));
            query.before = page.older;
            if page.older.is_none() {
                break;
            }
        }
        let newest_first: Vec<u64> = (1..=1_230).rev().collect();
        assert_eq!(numbers, newest_first);
        let exported: Vec<_> = rows(&gantry).await.iter().map(|row| row.number).collect();
        assert_eq!(exported, (1..=1_230).collect::<Vec<u64>>());
    }

    async fn only_administrators_can_read_the_log(place: &Place) {
        let gantry = over(place.open().await).await;
        let ana = viewer(&[crate::world::DEVELOPER]);
        let page = gantry.audit.page(&ana, &AuditQuery::default()).await;
        assert_eq!(page.unwrap_err(), Refusal::NotFound);
        let export = gantry.audit.export(&ana, AuditQuery::default()).await;
        assert_eq!(export.unwrap_err(), Refusal::NotFound);
    }
}

/// SQLite stores any type of value in any column.
#[tokio::test]
async fn a_row_with_an_unexpected_type_does_not_hide_others() {
    let place = Place::sqlite();
    let audit = Audit::new(place.open().await);
    for request in ["r1", "r2"] {
        audit.append(entry(request)).await.unwrap();
    }
    let wrong = "UPDATE audit SET at = 'noon', address = x'ff', searched = x'ff' WHERE number = 2";
    place.say(wrong).await;
    let page = found(&over(place.open().await).await, &AuditQuery::default()).await;
    assert_eq!(page.rows.len(), 2);
    assert_eq!(page.rows[0].unreadable, ["searched", "at", "address"]);
    assert_eq!(page.rows[0].request, "r2");
}
