//! Old rows are cut off, and the remaining chain is intact.

use model::Timestamp;
use store::audit::{Audit, Broken, Head};

use super::{entry, fill, found, over};
use crate::stores::*;

const ALL: Timestamp = Timestamp(i64::MAX);

/// A log with this many rows.
async fn filled(place: &Place, rows: u64) -> Audit {
    let audit = Audit::new(place.open().await);
    fill(&audit, rows).await;
    audit
}

on_each_store! {
    async fn old_rows_are_cut_off_at_the_start(place: &Place) {
        let audit = filled(place, 9).await;
        assert_eq!(
            audit.cut(Timestamp(0)).await.unwrap(),
            0,
            "no row is that old"
        );
        assert_eq!(audit.cut(ALL).await.unwrap(), 8);
        fill(&audit, 3).await;
        let verified = audit.verify(None).await.unwrap();
        assert_eq!(verified.broken, None);
        let page = found(&over(place.open().await).await, &Default::default()).await;
        assert_eq!(page.cut, verified.cut.as_ref().map(|cut| cut.number));
        assert_eq!(
            page.rows.last().map(|row| row.number),
            verified.first,
            "the page shows the first remaining row"
        );
        // And again, from a start that is a checkpoint.
        assert!(audit.cut(ALL).await.unwrap() > 0);
        assert_eq!(audit.verify(None).await.unwrap().broken, None);
    }

    async fn the_newest_row_is_never_cut_off(place: &Place) {
        let audit = filled(place, 1).await;
        assert_eq!(audit.cut(ALL).await.unwrap(), 0);
        let verified = audit.verify(None).await.unwrap();
        assert_eq!(
            (verified.rows, verified.cut, verified.broken),
            (1, None, None)
        );
    }

    async fn a_checkpoint_without_a_recorded_cut_is_reported(place: &Place) {
        let audit = filled(place, 9).await;
        place
            .say("INSERT INTO audit_checkpoint SELECT number, hash, at FROM audit WHERE number = 4")
            .await;
        place.say("DELETE FROM audit WHERE number <= 4").await;
        let verified = audit.verify(None).await.unwrap();
        assert_eq!(verified.broken, Some(Broken::Unvouched(4)));
        // A row with another text, or about another checkpoint, does not help.
        audit.append(entry("audit-cut")).await.unwrap();
        let verified = audit.verify(None).await.unwrap();
        assert_eq!(verified.broken, Some(Broken::Unvouched(4)));
    }

    async fn a_row_that_was_noted_and_cut_off_cannot_be_compared(place: &Place) {
        let audit = filled(place, 9).await;
        let early = Head {
            number: 2,
            hash: "ab".repeat(32),
        };
        let last = audit.verify(None).await.unwrap().head.unwrap();
        audit.cut(ALL).await.unwrap();
        let broken = audit.verify(Some(&early)).await.unwrap().broken;
        assert_eq!(broken, Some(Broken::NotedIsCut(2)));
        let verified = audit.verify(Some(&last)).await.unwrap();
        assert!(
            matches!(verified.broken, None | Some(Broken::NotedIsCut(9))),
            "{verified:?}"
        );
    }
}
