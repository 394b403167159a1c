use super::*;

const NOW: Timestamp = Timestamp(1_795_311_000);

fn bearer(team: &str) -> LinkBearer {
    LinkBearer {
        team: team.parse().unwrap(),
        principal: format!("arn:aws:iam::111122223333:role/{team}")
            .parse()
            .unwrap(),
    }
}

fn choices(bearers: &[&str]) -> LinkChoices {
    let target = [("registry", "retail"), ("name", "a/b")];
    LinkChoices {
        target: paths::read_target(&mut target.iter().copied()).unwrap(),
        bearers: bearers.iter().map(|team| bearer(team)).collect(),
        live: 0,
        longest: lifetime::LONGEST,
        may_show: LinkShows {
            environment: true,
            accounts: true,
        },
        now: NOW,
    }
}

#[test]
fn the_default_form_compares_then_and_now_for_two_weeks_and_hides_what_it_can() {
    let link = LinkForm::default().read(&choices(&["storefront"])).unwrap();
    assert_eq!(link.moment, LinkMoment::Both);
    assert_eq!(link.expires.seconds_since(NOW), 14 * 24 * 60 * 60);
    assert_eq!(link.shows, LinkShows::default());
    assert_eq!(link.bearer, bearer("storefront"));
}

#[test]
fn all_errors_are_reported_together() {
    let form = LinkForm {
        moment: "yesterday".into(),
        expiry: "date".into(),
        until: "soon".into(),
        note: "x".repeat(NOTE_LENGTH + 1),
        bearer: "another team".into(),
        ..LinkForm::default()
    };
    let wrong = form.read(&choices(&["storefront", "checkout"]));
    assert_eq!(
        wrong,
        Err(vec![
            FieldError::Moment,
            FieldError::Date,
            FieldError::Note,
            FieldError::Bearer
        ])
    );
}

#[test]
fn a_draft_survives_encoding_as_one_text() {
    let form = LinkForm {
        registry: "retail".into(),
        name: "a/b".into(),
        tag: Some("prod".into()),
        moment: "frozen".into(),
        expiry: "date".into(),
        until: "2026-11-30T18:00".into(),
        note: "事故 \"4711\"; a=b&c, \u{202e}".into(),
        accounts: Some("on".into()),
        bearer: bearer_word(&bearer("storefront")),
        draft: Some("0b1c".into()),
        ..LinkForm::default()
    };
    let typed = form.typed();
    let allowed = |c: char| c.is_ascii_graphic() && !"\",;\\".contains(c);
    assert!(
        typed.chars().all(allowed),
        "a cookie allows these characters: {typed}"
    );
    assert_eq!(LinkForm::retyped(&typed, "0b1c".into()), form);
    assert_eq!(
        form.read(&choices(&["storefront"])),
        Err(vec![FieldError::Note])
    );
}

#[test]
fn a_date_is_in_utc_and_within_ninety_days() {
    let until = |until: &str| {
        let form = LinkForm {
            expiry: "date".into(),
            until: until.into(),
            ..LinkForm::default()
        };
        let link = form.read(&choices(&["storefront"]));
        link.map(|link| link.expires.rfc3339())
    };
    assert_eq!(
        until("2026-11-30T18:00").as_deref(),
        Ok("2026-11-30T18:00:00Z")
    );
    for late in ["2026-11-22T02:00", "2025-11-30T18:00", "2027-11-30T18:00"] {
        assert_eq!(until(late), Err(vec![FieldError::Expiry]), "{late}");
    }
}

#[test]
fn a_date_beside_another_choice_is_never_ignored() {
    let form = |until: &str| LinkForm {
        until: until.into(),
        ..LinkForm::default()
    };
    let choices = choices(&["storefront"]);
    for until in ["2026-11-30T18:00", "soon"] {
        assert_eq!(
            form(until).read(&choices),
            Err(vec![FieldError::DateNotChosen]),
            "{until}"
        );
    }
    assert!(form(" ").read(&choices).is_ok());
}

#[test]
fn only_configured_choices_are_accepted() {
    let week = LinkChoices {
        longest: 7 * 24 * 60 * 60,
        may_show: LinkShows::default(),
        ..choices(&["storefront"])
    };
    let offered: Vec<_> = Expiry::within(week.longest).map(Expiry::as_str).collect();
    assert_eq!(offered, ["hour", "day", "longest", "date"]);
    assert_eq!(Expiry::chosen("two-weeks", week.longest), Expiry::Longest);
    let hour: Vec<_> = Expiry::within(lifetime::SHORTEST).collect();
    assert_eq!(hour, [Expiry::Longest, Expiry::Date]);
    let form = LinkForm {
        environment: Some("on".into()),
        ..LinkForm::default()
    };
    assert_eq!(
        form.read(&week),
        Err(vec![FieldError::Expiry, FieldError::Shows])
    );
    let form = LinkForm {
        expiry: "longest".into(),
        ..LinkForm::default()
    };
    let link = form.read(&week).unwrap();
    assert_eq!(link.expires.seconds_since(NOW), week.longest);
}

#[test]
fn a_maker_with_several_teams_must_choose_one() {
    let choices = choices(&["storefront", "checkout"]);
    let form = LinkForm {
        bearer: bearer_word(&choices.bearers[1]),
        ..LinkForm::default()
    };
    assert_eq!(form.read(&choices).unwrap().bearer, bearer("checkout"));
}
