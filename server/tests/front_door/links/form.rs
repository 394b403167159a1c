//! The form that creates a link, and what it keeps.

use super::*;

#[tokio::test]
async fn an_invalid_form_is_returned_as_it_was() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let form = [
        ("registry", "retail"),
        ("name", REPOSITORY),
        ("moment", "frozen"),
        ("expiry", "date"),
        ("until", "2020-01-01T00:00"),
        ("note", "<b>INC-4711</b>"),
        ("accounts", "on"),
    ];
    let answer = ana.post("/links/new", &form).await;
    assert!(led_to(&answer).contains("problem=wrong"));
    assert!(!led_to(&answer).contains("4711"), "no input is in a URL");
    let page = ana.follow(&answer).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    for kept in [
        "No link was created",
        "Choose a time at least an hour",
        "value=\"2020-01-01T00:00\"",
        "&lt;b&gt;INC-4711&lt;/b&gt;",
        CHECKED_ACCOUNTS,
    ] {
        assert!(page.contains(kept), "{kept}");
    }
    assert!(!page.contains("/s/"), "no link");
    assert!(ids(&ana, "/links").await.is_empty());
}

#[tokio::test]
async fn a_links_address_is_shown_only_to_the_browser_that_created_it() {
    let dashboard = Dashboard::start().await.ready().await;
    let (ana, ben) = (dashboard.person("ana").await, dashboard.person("ben").await);
    let form = |note| {
        [
            ("registry", "retail"),
            ("name", REPOSITORY),
            ("moment", "both"),
            ("expiry", "day"),
            ("note", note),
        ]
    };
    let (one, two) = (
        ana.post("/links/new", &form("INC-1")).await,
        ana.post("/links/new", &form("INC-2")).await,
    );
    let kept = [cookies(&one), cookies(&two)].concat();
    assert_eq!(kept.len(), 2, "one cookie each: {kept:?}");
    for (answer, note) in [(&one, "INC-1"), (&two, "INC-2"), (&one, "INC-1")] {
        let path = led_to(answer);
        let set = answer.headers()[header::SET_COOKIE].to_str().unwrap();
        let (_, token) = set
            .split(['=', ';'])
            .nth(1)
            .unwrap()
            .split_once('.')
            .unwrap();
        assert_eq!(token.len(), 40);
        assert!(
            !path.contains(&token[8..]),
            "the token is in no URL: {path}"
        );
        for attribute in [
            "HttpOnly",
            "SameSite=Lax",
            "Path=/links/made/",
            "Max-Age=300",
        ] {
            assert!(set.contains(attribute), "{attribute}: {set}");
        }
        // Every request carries both tabs' cookies, and each page shows its own link, as often as it is loaded.
        let page = ana.get_with(path, &kept).await.text().await.unwrap();
        assert!(
            page.contains(&format!("/s/{token}")) && page.contains(note),
            "{page}"
        );
        let tokens = page.matches("/s/").count();
        assert_eq!(
            page.matches(&format!("/s/{token}")).count(),
            tokens,
            "no other link"
        );
    }
    // Later, and in another browser, the page says that the address can no longer be shown.
    let later = ana.get(led_to(&one)).await;
    assert_eq!(later.status(), StatusCode::OK);
    let later = later.text().await.unwrap();
    assert!(
        later.contains("The address cannot be shown again") && !later.contains("/s/"),
        "{later}"
    );
    // A cookie of another link, or a forged one, shows nothing.
    let id = led_to(&one).trim_start_matches("/links/made/");
    let (own, others) = (
        kept[0].split_once('=').unwrap().1,
        kept[1].split_once('=').unwrap().1,
    );
    let (_, token) = own.split_once('.').unwrap();
    let unsealed = format!(".{token}");
    for value in [others, "x", "", token, &unsealed, &own.to_uppercase()] {
        let forged = ana
            .get_with(led_to(&one), &[format!("gantry_link_{id}={value}")])
            .await;
        assert!(!forged.text().await.unwrap().contains("/s/"), "{value}");
    }
    // It does not outlive the session: she signed out and in again.
    let again = dashboard.person("ana").await;
    let page = again
        .get_with(led_to(&one), &kept)
        .await
        .text()
        .await
        .unwrap();
    assert!(
        page.contains("The address cannot be shown again") && !page.contains("/s/"),
        "{page}"
    );
    // The next person who signs in with this browser does not see it.
    assert_eq!(
        ben.get_with(led_to(&one), &kept).await.status(),
        StatusCode::NOT_FOUND
    );
    let signed_out = dashboard.stranger().get_with(led_to(&one), &kept).await;
    assert!(led_to(&signed_out).starts_with("/sign-in?return="));
    assert_eq!(
        ids(&ana, "/links").await.len(),
        2,
        "viewing created no other link"
    );
    // After the link is revoked, its address is no longer shown.
    ana.post("/links/revoke", &[("id", id)]).await;
    let revoked = ana
        .get_with(led_to(&one), &kept)
        .await
        .text()
        .await
        .unwrap();
    assert!(!revoked.contains("/s/"), "{revoked}");
}

#[tokio::test]
async fn input_from_before_the_session_ended_is_restored_after_the_sign_in() {
    let dashboard = Dashboard::start().await.ready().await;
    let gone = dashboard.person("ana").await;
    gone.post("/sign-out", &[]).await;
    let form = [
        ("registry", "retail"),
        ("name", REPOSITORY),
        ("tag", "latest"),
        ("moment", "frozen"),
        ("expiry", "day"),
        ("note", "INC-4711 & 事故"),
        ("accounts", "on"),
    ];
    let answer = gone.post("/links/new", &form).await;
    let (kept, sign_in) = (cookies(&answer), led_to(&answer).to_owned());
    assert!(!sign_in.contains("4711"), "no input is in a URL: {sign_in}");
    // The sign-in page carries the return path in a hidden field.
    let page = gone.get(&sign_in).await.text().await.unwrap();
    // The menu's form comes before it.
    let field = page.split("name=\"return\" value=\"").last().unwrap();
    let back = field.split('"').next().unwrap().replace("&amp;", "&");
    let mut ana = dashboard.stranger();
    let signed_in = ana
        .post("/sign-in", &[("persona", "ana"), ("return", &back)])
        .await;
    ana.cookie = crate::browser::session_cookie(&signed_in);
    assert_eq!(led_to(&signed_in), back);
    let page = ana.get_with(&back, &kept).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    for part in [
        "Your session ended before you sent the form",
        "value=\"INC-4711 &amp; 事故\"",
        "value=\"frozen\" checked",
        "value=\"day\" checked",
        "name=\"tag\" value=\"latest\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(
        !page.contains(CHECKED_ACCOUNTS),
        "the person who signs in chooses what the link shows: {page}"
    );
    assert!(
        ids(&ana, "/links").await.is_empty(),
        "nothing was sent in between"
    );
    // It belongs to this form: the form for another target is empty.
    let other = back
        .replace("tag=latest", "tag=1.0.0")
        .replace(REPOSITORY, "base/debian");
    let other = ana
        .get_with(
            &other.replace("storefront%2Fusers-api", "base%2Fdebian"),
            &kept,
        )
        .await;
    assert!(!other.text().await.unwrap().contains("4711"));
    // A forged ID matches no cookie.
    let forged = [
        ("registry", "retail"),
        ("name", REPOSITORY),
        ("expiry", "never"),
        ("draft", "x=1; Path=/"),
    ];
    let forged = ana.post("/links/new", &forged).await;
    assert!(
        !format!("{:?}", forged.headers()).contains("x=1"),
        "{forged:?}"
    );
    // Submitting the form deletes the saved input.
    let draft = page.split("name=\"draft\" value=\"").nth(1).unwrap();
    let draft = draft.split('"').next().unwrap();
    let form = [&form[..], &[("draft", draft)]].concat();
    let made = ana.post("/links/new", &form).await;
    let ended = format!("gantry_typed_{draft}=; Path=/links/new; Max-Age=0");
    let mut set = made.headers().get_all(header::SET_COOKIE).iter();
    assert!(
        set.any(|it| it.to_str().unwrap().starts_with(&ended)),
        "{made:?}"
    );
}

#[tokio::test]
async fn input_of_one_session_fills_no_form_of_another() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let form = [
        ("registry", "retail"),
        ("name", REPOSITORY),
        ("moment", "frozen"),
        ("expiry", "never"),
        ("note", "INC-0815"),
        ("accounts", "on"),
    ];
    let answer = ana.post("/links/new", &form).await;
    let (kept, again) = (cookies(&answer), led_to(&answer).to_owned());
    let own = ana.get_with(&again, &kept).await.text().await.unwrap();
    assert!(
        own.contains("INC-0815") && own.contains(CHECKED_ACCOUNTS),
        "{own}"
    );
    // She signed out and in again, and another person uses the same browser.
    for id in ["ana", "chao"] {
        let next = dashboard.person(id).await;
        let page = next.get_with(&again, &kept).await.text().await.unwrap();
        assert!(
            page.contains("name=\"note\"") && !page.contains("0815"),
            "{id}: {page}"
        );
        assert!(!page.contains(CHECKED_ACCOUNTS), "{id}: {page}");
    }
    // A planted cookie does not choose what a link shows either.
    let typed = kept.iter().find(|cookie| cookie.contains("typed"));
    let (name, value) = typed.unwrap().split_once('=').unwrap();
    let (mark, typed) = value.split_once('.').unwrap();
    for mark in ["", "00", &mark.to_uppercase()] {
        let planted = format!("{name}={mark}.{typed}&environment=on");
        let page = ana.get_with(&again, &[planted]).await.text().await.unwrap();
        assert!(page.contains("name=\"note\""), "{page}");
        assert!(!page.contains(CHECKED_ACCOUNTS), "{mark}: {page}");
    }
}

#[tokio::test]
async fn only_content_with_an_environment_offers_to_show_it() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let offers = async |query: &str| {
        let page = ana
            .get(&format!(
                "/links/new?registry=retail&name={REPOSITORY}{query}"
            ))
            .await;
        page.text().await.unwrap().contains("name=\"environment\"")
    };
    let digests_on = async |path: &str| -> Vec<String> {
        let page = ana.get(path).await.text().await.unwrap();
        let links = page.split("/images/retail/").skip(1);
        links.map(|rest| rest[..71].to_owned()).collect()
    };
    let index = digests_on("/tags/retail/latest/storefront/users-api").await;
    let index = index.first().unwrap();
    let on_index = digests_on(&format!("/images/retail/{index}/{REPOSITORY}")).await;
    let platform = on_index.iter().find(|digest| *digest != index).unwrap();
    assert!(!offers("").await, "a repository has no environment");
    assert!(
        !offers("&tag=latest").await,
        "a tag's page has no environment"
    );
    assert!(
        !offers(&format!("&digest={index}")).await,
        "an index has no environment"
    );
    assert!(offers(&format!("&digest={platform}")).await);
}
