//! Actions on links are recorded in the audit log, or are not done.

use dashboard::Refusal;
use model::link::LinkSelection;

use super::*;

/// The rows of the log.
async fn log(place: &Place) -> Vec<String> {
    let log = place.ask(
        "SELECT event || ' by ' || COALESCE(person, 'nobody') || ' for ' || team || ' as ' || principal || \
         ' by ' || COALESCE(action, 'no action') || ' on ' || registry || ' ' || repository || ' with ' || \
         arguments FROM audit ORDER BY number",
    );
    log.await
}

on_each_store! {
    async fn actions_on_a_link_are_recorded(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        desk.opens(&made).await.unwrap();
        let which = LinkSelection::These(vec![made.row.id.clone()]);
        desk.gantry.links.revoke(&desk.farah(), &request_origin(), &which).await.unwrap();
        // Actions that did not happen are not in the log.
        assert!(is_gone(&desk.opens(&made).await));
        assert_eq!(desk.gantry.links.revoke(&desk.farah(), &request_origin(), &which).await.unwrap(), 0);
        let log: Vec<_> = log(place).await.into_iter().filter(|row| row.starts_with("link-")).collect();
        let (by_whom, by_what) = ("for developers as arn:aws:iam::111122223333:role/developer", "on retail team/api");
        for (row, beginning) in log.iter().zip([
            format!("link-made by tests ana {by_whom} by ecr:DescribeImages {by_what}"),
            format!("link-viewed by nobody {by_whom} by ecr:DescribeImages {by_what}"),
            format!("link-revoked by tests farah {by_whom} by no action {by_what}"),
        ]) {
            assert!(row.starts_with(&beginning), "{row}");
            assert!(row.contains(&made.row.id) && !row.contains(&made.token[8..]), "{row}");
        }
        assert_eq!(log.len(), 3);
        assert!(log[0].contains("prod") && log[0].contains("INC-4711"), "{}", log[0]);
        assert!(log[1].contains("prod") && log[1].contains("tests ana"), "{}", log[1]);
    }

    async fn repeated_views_are_counted_and_recorded_once_a_minute(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        let other = desk.makes(link(LinkScope::Repository)).await;
        let from = |address: &str| RequestOrigin { address: Some(address.parse().unwrap()), ..request_origin() };
        for _ in 0..20 {
            for address in ["203.0.113.77", "203.0.113.78", "2001:db8::1", "2001:db8::2"] {
                open(&desk.gantry, &from(address), &made.token, 1).await.unwrap();
            }
        }
        desk.opens(&other).await.unwrap();
        // An IPv6 network counts as one address.
        for (link, views) in [(&made, 3), (&other, 1)] {
            let count = format!("SELECT CAST(views AS TEXT) FROM link WHERE id = '{}'", link.row.id);
            assert_eq!(place.ask(&count).await, [views.to_string()]);
        }
        let viewed = log(place).await.into_iter().filter(|row| row.starts_with("link-viewed"));
        assert_eq!(viewed.count(), 4);
    }

    async fn opening_one_link_from_very_many_addresses_writes_a_few_rows(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        let other = desk.makes(link(to_tag("prod"))).await;
        for n in 0..200 {
            let address = Some(format!("2001:db8:1:{n:x}::1").parse().unwrap());
            open(&desk.gantry, &RequestOrigin { address, ..request_origin() }, &made.token, 1).await.unwrap();
        }
        desk.opens(&other).await.unwrap();
        // Visitors whose views are only counted do not see a revoked link either.
        let found = desk.gantry.links.find(&made.token).await.unwrap();
        let which = LinkSelection::These(vec![made.row.id.clone()]);
        desk.gantry.links.revoke(&desk.ana(), &request_origin(), &which).await.unwrap();
        assert!(is_gone(&desk.gantry.links.open(&request_origin(), found, 1).await));
        desk.gantry.audit.log().settle().await;
        let count = format!("SELECT CAST(views AS TEXT) FROM link WHERE id = '{}'", made.row.id);
        assert_eq!(place.ask(&count).await, ["60"]);
        let viewed: Vec<_> = log(place).await.into_iter().filter(|row| row.starts_with("link-viewed")).collect();
        let of = |id: &str| viewed.iter().filter(|row| row.contains(id)).count();
        assert_eq!((of(&made.row.id), of(&other.row.id)), (61, 1));
        let repeated: Vec<_> = viewed.iter().filter(|row| row.contains("repeated")).collect();
        assert!(repeated.len() == 1 && repeated[0].contains("140"), "{repeated:?}");
    }

    async fn viewing_very_many_links_of_one_person_writes_a_few_rows(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let mut links = Vec::new();
        for _ in 0..20 {
            links.push(desk.makes(link(to_tag("prod"))).await);
        }
        for n in 0..20 {
            let address = Some(format!("2001:db8:1:{n:x}::1").parse().unwrap());
            for link in &links {
                open(&desk.gantry, &RequestOrigin { address, ..request_origin() }, &link.token, 1).await.unwrap();
            }
        }
        desk.gantry.audit.log().settle().await;
        let viewed: Vec<_> = log(place).await.into_iter().filter(|row| row.starts_with("link-viewed")).collect();
        let (numbers, rows): (Vec<_>, Vec<_>) = viewed.iter().partition(|row| row.contains("repeated"));
        assert_eq!(rows.len(), 300);
        assert_eq!(rows.iter().filter(|row| row.contains("counting")).count(), 1);
        // Further views are counted for each link.
        assert_eq!(numbers.len(), 20);
        for link in &links {
            let of = |rows: &[&String]| rows.iter().filter(|row| row.contains(&link.row.id)).count();
            assert_eq!((of(&rows), of(&numbers)), (15, 1));
        }
        assert!(numbers.iter().all(|row| row.contains("[\"repeated\",\"5\"]")), "{numbers:?}");
        // They wrote nothing else.
        assert_eq!(place.ask("SELECT CAST(SUM(views) AS TEXT) FROM link").await, ["300"]);
    }

    async fn a_link_that_was_revoked_since_it_was_found_does_not_open(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        desk.opens(&made).await.unwrap();
        let found = desk.gantry.links.find(&made.token).await.unwrap();
        let which = LinkSelection::These(vec![made.row.id.clone()]);
        desk.gantry.links.revoke(&desk.ana(), &request_origin(), &which).await.unwrap();
        assert!(is_gone(&desk.gantry.links.open(&request_origin(), found, 1).await));
    }

    async fn revocations_are_recorded_whenever_the_caller_leaves(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        for _ in 0..30 {
            desk.makes(link(to_tag("prod"))).await;
        }
        let everything = LinkSelection::Maker(desk.ana().id.as_str().to_owned());
        for patience in [0, 1, 2, 5, 10, 1_000] {
            let (farah, request_origin) = (desk.farah(), request_origin());
            let revoking = desk.gantry.links.revoke(&farah, &request_origin, &everything);
            let _ = tokio::time::timeout(std::time::Duration::from_millis(patience), revoking).await;
            // Both are counted in one statement, because a running action may finish in between.
            let counts = place
                .ask(
                    "SELECT CAST((SELECT COUNT(*) FROM link WHERE revoked IS NOT NULL) - \
                     (SELECT COUNT(*) FROM audit WHERE event = 'link-revoked') AS TEXT)",
                )
                .await;
            assert_eq!(counts, ["0"], "left after {patience} ms");
        }
        assert_eq!(place.ask("SELECT id FROM link WHERE revoked IS NULL").await, Vec::<String>::new());
    }

    async fn a_link_and_its_row_are_both_stored_or_neither_whenever_the_caller_leaves(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let ana = desk.ana();
        for patience in (0..40).chain([1_000]) {
            let making = desk.tries(&ana, link(to_tag("prod")));
            let _ = tokio::time::timeout(std::time::Duration::from_millis(patience), making).await;
            // Both are counted in one statement, because a running action may finish in between.
            let counts = place
                .ask(
                    "SELECT CAST((SELECT COUNT(*) FROM link) - \
                     (SELECT COUNT(*) FROM audit WHERE event = 'link-made') AS TEXT)",
                )
                .await;
            assert_eq!(counts, ["0"], "left after {patience} ms");
        }
        assert!(!place.ask("SELECT id FROM link").await.is_empty());
    }

    async fn actions_that_cannot_be_recorded_are_not_done(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        place.say("ALTER TABLE audit RENAME TO elsewhere").await;
        assert!(matches!(desk.opens(&made).await, Err(Closed::Store(_))));
        let another = desk.tries(&desk.ana(), link(to_tag("prod"))).await;
        assert!(matches!(another, Err(Unmade::Store(_))));
        assert_eq!(place.ask("SELECT id FROM link").await, [made.row.id]);
    }

    async fn only_the_creator_sees_a_new_link(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        let other = desk.makes(link(to_tag("prod"))).await;
        let (ana, id) = (desk.ana(), &*made.row.id);
        for (token, opens) in [
            (Some(&*made.token), true),
            (Some(&other.token), false),
            (Some(&made.token[..39]), false),
            (Some(""), false),
            (None, false),
        ] {
            let (row, is_its_own) = desk.gantry.links.own(&ana, id, token).await.unwrap();
            assert_eq!((row.id.as_str(), is_its_own), (id, opens), "{token:?}");
        }
        for (who, id) in [(desk.ben(), id), (desk.farah(), id), (ana, "nothing0")] {
            let answer = desk.gantry.links.own(&who, id, Some(&made.token)).await;
            assert_eq!(answer.err(), Some(Refusal::NotFound));
        }
    }

    async fn only_the_permitted_links_are_listed_before_revoking(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.push(desk.makes(link(to_tag("prod"))).await.row.id);
        }
        let ended = LinkSelection::These(vec![ids[2].clone()]);
        desk.gantry.links.revoke(&desk.ana(), &request_origin(), &ended).await.unwrap();
        let asked: Vec<_> = ids.iter().cloned().chain([ids[0].clone(), "nothing0".to_owned()]).collect();
        for (who, count) in [(desk.ana(), 2), (desk.farah(), 2), (desk.ben(), 0)] {
            let (rows, _) = desk.gantry.links.revocable(&who, &asked).await.unwrap();
            assert_eq!(rows.len(), count, "{}", who.name);
        }
    }
}
