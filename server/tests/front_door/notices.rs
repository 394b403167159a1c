//! Notices are trusted only from Gantry's own redirects.

use reqwest::Response;

use crate::browser::{Dashboard, Person, cookies};

const REPOSITORY: &str = "storefront/users-api";

const FORM: &str = "/links/new?registry=retail&name=storefront%2Fusers-api&tag=prod";

/// The text of a person's page at a URL, with these cookies in addition to the session's.
async fn said(person: &Person, url: &str, kept: &[String]) -> String {
    person.get_with(url, kept).await.text().await.unwrap()
}

fn led_to(answer: &Response) -> String {
    let led_to = &answer.headers()[reqwest::header::LOCATION];
    led_to.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_url_from_another_person_shows_no_notice() {
    let dashboard = Dashboard::start().await.ready().await;
    let farah = dashboard.person("farah").await;
    let ana = dashboard.person("ana").await;
    for (person, url, notice) in [
        (&ana, "/sessions?ended=12".to_owned(), "12 sessions"),
        (
            &farah,
            "/sessions/people?ended=12".to_owned(),
            "12 sessions",
        ),
        (&ana, "/links?revoked=12".to_owned(), "12 links were"),
        (
            &ana,
            format!("/lifecycle/retail/{REPOSITORY}?preview=started"),
            "The preview has started",
        ),
        (
            &ana,
            format!("/lifecycle/retail/{REPOSITORY}?preview=failed"),
            "Nothing was changed",
        ),
        (
            &ana,
            format!("{FORM}&problem=too-many"),
            "No link was created",
        ),
        (
            &ana,
            format!("{FORM}&problem=session"),
            "Your session ended",
        ),
    ] {
        let page = said(person, &url, &[]).await;
        assert!(page.contains("<h1") && !page.contains(notice), "{url}");
    }
}

#[tokio::test]
async fn a_notice_is_shown_only_where_it_was_left() {
    let dashboard = Dashboard::start().await.ready().await;
    let (ana, other) = (dashboard.person("ana").await, dashboard.person("ana").await);
    let answer = ana.post("/sessions/end", &[("others", "true")]).await;
    let kept = cookies(&answer);
    assert_eq!(led_to(&answer), "/sessions?ended=1");
    // Reloading the page shows it again, and ends nothing.
    for _ in 0..2 {
        let page = said(&ana, "/sessions?ended=1", &kept).await;
        assert!(page.contains("1 session was ended"), "{page}");
    }
    for elsewhere in [
        "/sessions?ended=12",
        "/sessions",
        "/links?revoked=1",
        "/sessions?ended=1&x=1",
    ] {
        let page = said(&ana, elsewhere, &kept).await;
        assert!(
            !page.contains("was ended") && !page.contains("were ended"),
            "{elsewhere}"
        );
        assert!(
            !page.contains("was revoked") && !page.contains("were revoked"),
            "{elsewhere}"
        );
    }
    assert!(
        other.get("/sessions").await.status().is_redirection(),
        "its session was ended"
    );
    let set = answer.headers()[reqwest::header::SET_COOKIE]
        .to_str()
        .unwrap();
    assert!(
        set.contains("HttpOnly") && set.contains("SameSite=Lax"),
        "{set}"
    );
}

#[tokio::test]
async fn a_forms_return_path_adds_no_notice() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    for (back, made_up) in [
        ("/sessions?ended=12", "12 sessions"),
        ("/links?revoked=12", "12 links"),
    ] {
        let form = [("id", "nothing0"), ("return", back)];
        let answer = ana.post("/links/revoke", &form).await;
        assert_eq!(led_to(&answer), format!("{back}&revoked=0"));
        let page = ana.follow(&answer).await.text().await.unwrap();
        assert!(page.contains("<h1") && !page.contains(made_up), "{back}");
    }
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_is_reported_after_the_sign_in() {
    let dashboard = Dashboard::start().await.ready().await;
    let form = [
        ("registry", "retail"),
        ("name", REPOSITORY),
        ("tag", "prod"),
        ("note", "INC-4711"),
    ];
    let answer = dashboard.stranger().post("/links/new", &form).await;
    let back = app::paths::return_of(&led_to(&answer));
    let ana = dashboard.person("ana").await;
    let page = said(&ana, &back, &cookies(&answer)).await;
    assert!(
        page.contains("Your session ended") && page.contains("INC-4711"),
        "{page}"
    );
}
