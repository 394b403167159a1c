//! The chain is intact, and the verification finds where it is not.

use std::collections::HashSet;

use store::audit::{Audit, Broken, Head, Verified};

use super::{entry, fill, over, rows};
use crate::stores::*;

on_each_store! {
    async fn the_chain_is_intact_after_two_replicas_append_at_once(place: &Place) {
        let replicas = [
            Audit::new(place.open().await),
            Audit::new(place.open().await),
        ];
        let appends = (0..200).map(|number| {
            let audit = replicas[number % 2].clone();
            tokio::spawn(async move { audit.append(entry(&number.to_string())).await })
        });
        for append in appends.collect::<Vec<_>>() {
            append.await.unwrap().unwrap();
        }
        let verified = replicas[0].verify(None).await.unwrap();
        assert_eq!((verified.broken, verified.rows), (None, 200));
        let rows = rows(&over(place.open().await).await).await;
        let requests: HashSet<_> = rows.iter().map(|row| row.request.as_str()).collect();
        assert_eq!(requests.len(), 200, "each of them only once");
    }

    async fn the_chain_is_intact_while_others_append_and_cut(place: &Place) {
        let audit = Audit::new(place.open().await);
        let other = Audit::new(place.open().await);
        fill(&audit, 20).await;
        let busy = tokio::spawn(async move {
            for number in 0..40 {
                other.append(entry(&number.to_string())).await.unwrap();
                if number % 10 == 9 {
                    other.cut(model::Timestamp(i64::MAX)).await.unwrap();
                }
            }
        });
        while !busy.is_finished() {
            assert_eq!(audit.verify(None).await.unwrap().broken, None);
        }
        busy.await.unwrap();
    }

    async fn later_changes_are_found_and_reported(place: &Place) {
        // Moves a row to another number, so that two rows can be swapped.
        let swap = "UPDATE audit SET number = -5 WHERE number = 5; \
                    UPDATE audit SET number = 5 WHERE number = 6; \
                    UPDATE audit SET number = 6 WHERE number = -5";
        let copy = "INSERT INTO audit SELECT number - 9, at, event, outcome, person, person_name, team, \
                    principal, address, action, registry, repository, arguments, statement, request, \
                    searched, hash FROM audit WHERE number = 8";
        let add = "INSERT INTO audit SELECT number + 1, at, event, outcome, person, person_name, team, \
                   principal, address, action, registry, repository, arguments, statement, request, \
                   searched, hash FROM audit WHERE number = 9";
        let deeds = [
            (
                "UPDATE audit SET outcome = 'refused' WHERE number = 4",
                Broken::Altered(4),
            ),
            (
                "UPDATE audit SET at = at + 1 WHERE number = 1",
                Broken::Altered(1),
            ),
            (
                "UPDATE audit SET person = '' WHERE number = 7",
                Broken::Altered(7),
            ),
            (
                "UPDATE audit SET arguments = '[[\"tag\",\"dev\"]]' WHERE number = 3",
                Broken::Altered(3),
            ),
            (
                "UPDATE audit SET arguments = 'nonsense' WHERE number = 3",
                Broken::Unreadable(3, "arguments"),
            ),
            (
                "UPDATE audit SET hash = 'ff' WHERE number = 9",
                Broken::Altered(9),
            ),
            ("DELETE FROM audit WHERE number = 5", Broken::Missing(5)),
            ("DELETE FROM audit WHERE number < 3", Broken::Missing(1)),
            (swap, Broken::Altered(5)),
            (copy, Broken::BeforeTheStart(0)),
            (add, Broken::Altered(10)),
        ];
        let audit = Audit::new(place.open().await);
        fill(&audit, 9).await;
        let whole = audit.verify(None).await.unwrap();
        assert_eq!((whole.broken, whole.rows, whole.first), (None, 9, Some(1)));
        place
            .say("CREATE TABLE copied AS SELECT * FROM audit")
            .await;
        for (deed, broken) in deeds {
            for statement in deed.split(';') {
                place.say(statement).await;
            }
            let verified = audit.verify(None).await.unwrap();
            assert_eq!(verified.broken, Some(broken), "{deed}");
            place.say("DELETE FROM audit").await;
            place
                .say("INSERT INTO audit SELECT * FROM copied")
                .await;
            assert_eq!(audit.verify(None).await.unwrap(), whole);
        }
    }

    async fn a_row_hidden_from_searches_is_reported_separately(place: &Place) {
        let audit = Audit::new(place.open().await);
        fill(&audit, 9).await;
        assert_eq!(audit.verify(None).await.unwrap().unsearchable, None);
        for number in [8, 5] {
            place.say(&format!("UPDATE audit SET searched = '' WHERE number = {number}")).await;
        }
        let verified = audit.verify(None).await.unwrap();
        assert_eq!((verified.broken, verified.rows), (None, 9));
        assert_eq!(verified.unsearchable, Some(5));
    }

    /// A version built with older Unicode tables does not convert upper-case letters that it does
    /// not know. A newer version may find the end of a word at another place.
    async fn rows_written_with_other_unicode_tables_are_intact(place: &Place) {
        let audit = Audit::new(place.open().await);
        let mut named = entry("r1");
        named.person = Some((access::PersonId::new("tests", "x"), "ÉVA ΟΔΟΣ Ꭰ".to_owned()));
        audit.append(named).await.unwrap();
        let searched = place.ask("SELECT searched FROM audit").await.remove(0);
        assert!(searched.contains("éva οδος"), "{searched}");
        for other in [searched.replace('é', "É"), searched.replace('ς', "σ")] {
            assert_ne!(other, searched);
            place.say(&format!("UPDATE audit SET searched = '{other}'")).await;
            let verified = audit.verify(None).await.unwrap();
            assert_eq!((verified.broken, verified.unsearchable), (None, None), "{other}");
        }
    }

    async fn rows_removed_from_the_end_are_found_with_a_noted_row(place: &Place) {
        let audit = Audit::new(place.open().await);
        fill(&audit, 9).await;
        let Verified { head, .. } = audit.verify(None).await.unwrap();
        let noted: Head = head.unwrap().to_string().parse().unwrap();
        fill(&audit, 2).await;
        let verify = || async { audit.verify(Some(&noted)).await.unwrap().broken };
        assert_eq!(verify().await, None, "the log has grown since");
        place.say("DELETE FROM audit WHERE number > 8").await;
        assert_eq!(audit.verify(None).await.unwrap().broken, None);
        assert_eq!(verify().await, Some(Broken::EndGone(9)));
        fill(&audit, 3).await;
        assert_eq!(audit.verify(None).await.unwrap().broken, None);
        assert_eq!(verify().await, Some(Broken::WrittenAnew(9)));
    }

    async fn an_empty_log_is_intact(place: &Place) {
        let audit = Audit::new(place.open().await);
        let verified = audit.verify(None).await.unwrap();
        assert_eq!(
            (verified.rows, verified.head, verified.broken),
            (0, None, None)
        );
        let noted: Head = format!("1:{}", "a".repeat(64)).parse().unwrap();
        let verified = audit.verify(Some(&noted)).await.unwrap();
        assert_eq!(verified.broken, Some(Broken::EndGone(1)));
    }

    async fn a_text_that_a_database_cannot_store_does_not_affect_other_rows(place: &Place) {
        let audit = Audit::new(place.open().await);
        let mut hostile = entry("nul\0");
        hostile.statement = Some("\0%_'; DROP TABLE audit; --".to_owned());
        let (beside, among) = futures::join!(audit.append(entry("r1")), audit.append(hostile));
        beside.unwrap();
        among.unwrap();
        let verified = audit.verify(None).await.unwrap();
        assert_eq!((verified.rows, verified.broken), (2, None));
    }

    async fn all_waiting_callers_fail_if_the_store_does_not_answer(place: &Place) {
        let audit = Audit::new(place.open().await);
        fill(&audit, 1).await;
        place.say("ALTER TABLE audit RENAME TO away").await;
        let entries = ["a", "b", "c"].map(entry);
        let appended = futures::future::join_all(entries.map(|entry| audit.append(entry))).await;
        assert!(appended.iter().all(Result::is_err), "{appended:?}");
        place.say("ALTER TABLE away RENAME TO audit").await;
        audit.append(entry("d")).await.unwrap();
        let verified = audit.verify(None).await.unwrap();
        assert_eq!((verified.rows, verified.broken), (2, None));
    }
}
