//! Who may create which link.

use dashboard::Refusal;
use model::{Action, Visibility, link::NOTE_LENGTH};

use super::*;

fn refusal(answer: Result<MadeLink, Unmade>) -> Option<Refusal> {
    match answer {
        Err(Unmade::Refused(refusal)) => Some(refusal),
        _ => None,
    }
}

on_each_store! {
    async fn a_link_can_only_use_a_grant_of_its_creator(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"]), allow(CHECKOUT, &["ecr:ListImages"])]).await;
        desk.pushes("one", "prod").await;
        // With another team's principal, with one's own principal under another team's name, and
        // with an unknown principal.
        for taken in [
            bearer("developers", DEVELOPER),
            bearer("checkout", DEVELOPER),
            bearer("developers", CHECKOUT),
            bearer("checkout", "arn:aws:iam::111122223333:role/nobody"),
        ] {
            let new = NewLink { bearer: taken, ..link(to_tag("prod")) };
            assert_eq!(refusal(desk.tries(&desk.ben(), new).await), Some(Refusal::NotFound));
        }
        let own = NewLink { bearer: bearer("checkout", CHECKOUT), ..link(to_tag("prod")) };
        let made = desk.tries(&desk.ben(), own).await.unwrap();
        let page = desk.opens(&made).await.unwrap();
        let SharedView::Tag(detail) = &page.frozen.as_ref().unwrap().view else { unreachable!() };
        assert_eq!(detail.image.facts, None, "only tags and digests are granted");
        assert_eq!(place.ask("SELECT team FROM link").await, ["checkout"]);
    }

    async fn an_administrators_review_cannot_share_images(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let digest = desk.pushes("one", "prod").await;
        for scope in [LinkScope::Repository, to_tag("prod"), LinkScope::Image(digest)] {
            let choices = desk.gantry.links.choices(&desk.farah(), &link(scope.clone()).target).await;
            assert_eq!(choices.err(), Some(Refusal::Withheld(Action::DescribeImages)));
            assert_eq!(refusal(desk.tries(&desk.farah(), link(scope)).await), Some(Refusal::NotFound));
        }
    }

    async fn a_link_uses_one_principal_and_no_other_of_its_team(place: &Place) {
        let mut desk = Desk::new(place, &[allow(AUDITOR, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        // Ana sees the repository as the auditor, not as the developer.
        let target = link(to_tag("prod")).target;
        let choices = desk.gantry.links.choices(&desk.ana(), &target).await.unwrap();
        assert_eq!(choices.bearers, [bearer("developers", AUDITOR)]);
        let refused = refusal(desk.tries(&desk.ana(), link(to_tag("prod"))).await);
        assert_eq!(refused, Some(Refusal::NotFound));
        desk.makes(NewLink { bearer: bearer("developers", AUDITOR), ..link(to_tag("prod")) }).await;
    }

    async fn content_of_another_principal_of_the_creator_is_not_saved(place: &Place) {
        let mut desk = Desk::new(place, &[
            allow(DEVELOPER, &["ecr:ListImages"]), allow(AUDITOR, &["ecr:*"]),
        ]).await;
        let digest = desk.pushes("planted", "prod").await;
        let own = desk.gantry.images.image(&desk.ana(), &repository_at(API), &digest).await.unwrap();
        assert!(own.config.shown().is_some() && own.image.facts.is_some(), "her page combines all of her grants");
        let shows = LinkShows { environment: true, accounts: true };
        let made = desk.makes(NewLink { shows, ..link(LinkScope::Image(digest)) }).await;
        let page = desk.opens(&made).await.unwrap();
        for shared in [page.frozen.as_ref().unwrap(), now(&page).unwrap()] {
            let SharedView::Image(detail) = &shared.view else { unreachable!() };
            assert!(detail.config.shown().is_none() && detail.image.facts.is_none());
        }
        assert!(!place.ask("SELECT content FROM link_kept").await[0].contains("planted"));
        let repository = desk.makes(link(LinkScope::Repository)).await;
        let page = desk.opens(&repository).await.unwrap();
        let SharedView::Repository { detail, .. } = &page.frozen.as_ref().unwrap().view else { unreachable!() };
        assert_eq!(detail.visibility, Visibility::Tags);
    }

    async fn a_link_to_a_missing_target_cannot_be_created(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.world.repository("team/other", &[allow(CHECKOUT, &["ecr:*"])]).await;
        desk.world.push("team/other", "one", "prod").await;
        desk.pushes("one", "prod").await;
        let desk = Desk { gantry: desk.another(&desk.teams).await, ..desk };
        let elsewhere = |repository: &str| {
            let mut new = link(to_tag("prod"));
            new.target.repository = repository_at(repository);
            new
        };
        for moment in LinkMoment::ALL {
            for new in [
                elsewhere("team/other"), elsewhere("team/absent"), link(to_tag("absent")),
                link(LinkScope::Image(digest("absent"))),
            ] {
                let new = NewLink { moment, ..new };
                let choices = desk.gantry.links.choices(&desk.ana(), &new.target).await;
                assert_eq!(choices.err(), Some(Refusal::NotFound));
                assert_eq!(refusal(desk.tries(&desk.ana(), new).await), Some(Refusal::NotFound));
            }
        }
        assert_eq!(place.ask("SELECT id FROM link").await, Vec::<String>::new());
    }

    async fn notes_and_expiry_times_are_limited(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        for note in ["x".repeat(NOTE_LENGTH + 1), "two\nlines".to_owned(), "\u{1b}[31mred".to_owned()] {
            let answer = desk.tries(&desk.ana(), NewLink { note, ..link(to_tag("prod")) }).await;
            assert!(matches!(answer, Err(Unmade::Note)));
        }
        for hours in [-1, 0, 90 * 24 + 1, i64::from(i32::MAX)] {
            let expires = in_hours(hours);
            let answer = desk.tries(&desk.ana(), NewLink { expires, ..link(to_tag("prod")) }).await;
            assert!(matches!(answer, Err(Unmade::Expiry)), "{hours}");
        }
        for expires in [Timestamp(i64::MAX), Timestamp(i64::MIN)] {
            let answer = desk.tries(&desk.ana(), NewLink { expires, ..link(to_tag("prod")) }).await;
            assert!(matches!(answer, Err(Unmade::Expiry)));
        }
        let note = "事故 4711 ".repeat(20).trim().to_owned();
        for hours in [1, 14 * 24, 90 * 24] {
            let new = NewLink { note: note.clone(), expires: in_hours(hours), ..link(to_tag("prod")) };
            assert_eq!(desk.makes(new).await.row.note, note);
        }
    }

    async fn a_token_is_shown_only_once(place: &Place) {
        let mut desk = Desk::new(place, &[allow(DEVELOPER, &["ecr:*"])]).await;
        desk.pushes("one", "prod").await;
        let made = desk.makes(link(to_tag("prod"))).await;
        assert_eq!(made.token.len(), 40);
        let list = desk.gantry.links.list(&desk.ana(), &Default::default()).await.unwrap();
        let page = desk.opens(&made).await.unwrap();
        let said = format!("{made:?} {list:?} {page:?}");
        assert!(!said.contains(&made.token[8..]), "{said}");
    }
}
