//! Share links over HTTP: who can create them, what they open, and what they do not open.

use reqwest::{Method, Response, StatusCode, header};

use crate::browser::{Dashboard, Person, cookies};

const REPOSITORY: &str = "storefront/users-api";

/// The form's box that lets a link show account IDs, ticked.
const CHECKED_ACCOUNTS: &str = "name=\"accounts\" value=\"on\" checked";

/// Creates a link to the target in the fields, and returns its path.
async fn share(person: &Person, target: &[(&str, &str)]) -> String {
    let usual = [
        ("registry", "retail"),
        ("moment", "both"),
        ("expiry", "two-weeks"),
        ("note", "INC-4711"),
    ];
    let asked = |(name, _): &&(&str, &str)| target.iter().any(|(chosen, _)| chosen == name);
    let usual = usual.iter().filter(|field| !asked(field));
    let form: Vec<_> = usual.chain(target).copied().collect();
    person.share(&form).await
}

async fn share_tag(person: &Person) -> String {
    share(person, &[("name", REPOSITORY), ("tag", "latest")]).await
}

fn led_to(answer: &Response) -> &str {
    answer.headers()[header::LOCATION].to_str().unwrap()
}

/// The IDs of the links that a person's list offers to revoke.
pub async fn ids(person: &Person, list: &str) -> Vec<String> {
    let page = person.get(list).await.text().await.unwrap();
    let offers = page.split("name=\"only\" value=\"").skip(1);
    offers
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_link_opens_for_anyone_who_has_it_and_runs_no_script() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let link = share_tag(&ana).await;
    let answer = dashboard.stranger().get(&link).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.headers().get(header::SET_COOKIE).is_none());
    for (name, value) in [
        ("referrer-policy", "no-referrer"),
        ("x-robots-tag", "noindex, nofollow"),
        ("cache-control", "private, no-store"),
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'none'; \
             frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ),
    ] {
        assert_eq!(answer.headers()[name], value);
    }
    let page = answer.text().await.unwrap();
    for part in ["INC-4711", "Ana", "did not see it elsewhere", "noindex"] {
        assert!(page.contains(part), "{part}");
    }
    let open = "href=\"/tags/retail/latest/storefront/users-api\" rel=\"noreferrer\"";
    assert_eq!(
        (page.matches("<a ").count(), page.matches(open).count()),
        (1, 1)
    );
    for element in ["<script", "<form", "<button", " style=\"", "111122223333"] {
        assert!(!page.contains(element), "{element}");
    }
}

#[tokio::test]
async fn a_links_page_leads_only_to_its_own_pages() {
    let dashboard = Dashboard::start().await.ready().await;
    let ben = dashboard.person("ben").await;
    let link = share(
        &ben,
        &[("name", "checkout/orders-worker"), ("moment", "live")],
    )
    .await;
    let stranger = dashboard.stranger();
    for page in [
        "",
        "?page=2",
        "?page=0",
        "?page=99999999999999999999",
        "?page=x",
    ] {
        let answer = stranger.get(&format!("{link}{page}")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{page}");
        let body = answer.text().await.unwrap();
        let ways = body.split("href=\"").skip(1);
        for way in ways.map(|rest| rest.split('"').next().unwrap()) {
            let known = ["?page=", "/pkg/", "/favicon.svg", "#icon-"];
            let same = "/repositories/retail/checkout/orders-worker";
            assert!(
                way == same || known.iter().any(|it| way.starts_with(it)),
                "{way}"
            );
        }
    }
}

#[tokio::test]
async fn a_link_shows_settings_only_with_a_grant_for_them() {
    let dashboard = Dashboard::start().await.ready().await;
    for (id, may) in [("ben", true), ("ana", false)] {
        let person = dashboard.person(id).await;
        let link = share(&person, &[("name", "checkout/orders-worker")]).await;
        let page = dashboard.stranger().get(&link).await.text().await.unwrap();
        // Snapshot and live state, which are equal and shown once.
        let withheld = page.matches("ecr:DescribeRepositories is not granted");
        assert_eq!(withheld.count(), if may { 0 } else { 1 }, "{id}");
        assert_eq!(page.contains("Tag mutability"), may, "{id}");
    }
}

#[tokio::test]
async fn a_links_token_opens_nothing_else() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let link = share_tag(&ana).await;
    let token = link.trim_start_matches("/s/").to_owned();
    let mut stranger = dashboard.stranger();
    stranger.cookie = format!("gantry_session={token}");
    for path in [
        "/repositories",
        "/links",
        "/tags/retail/latest/storefront/users-api",
    ] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        assert!(
            answer.headers()[header::LOCATION]
                .to_str()
                .unwrap()
                .starts_with("/sign-in")
        );
    }
    for function in [
        "/api/repositories",
        "/api/images?registry=retail&name=storefront/users-api",
        "/api/search?text=users",
    ] {
        let answer = stranger.get(function).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{function}");
    }
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = stranger
            .request(method.clone(), &link)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
}

#[tokio::test]
async fn links_that_do_not_open_look_the_same() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let link = share_tag(&ana).await;
    let id = ids(&ana, "/links").await.pop().unwrap();
    let answer = ana
        .post(
            "/links/revoke",
            &[("only", &id), ("return", "/links?ended=on")],
        )
        .await;
    assert_eq!(
        answer.headers()[header::LOCATION],
        "/links?ended=on&revoked=1"
    );
    let stranger = dashboard.stranger();
    let mut pages = Vec::new();
    let other = format!("{}x", &link[..link.len() - 1]);
    for gone in [&*link, &other, "/s/x", "/s/a/b", "/s/%00%ff", "/s/..%2f"] {
        let answer = stranger.get(gone).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{gone}");
        assert_eq!(answer.headers()["x-robots-tag"], "noindex, nofollow");
        pages.push(answer.text().await.unwrap());
    }
    assert!(pages.iter().all(|page| *page == pages[0]));
}

#[tokio::test]
async fn only_people_who_see_the_content_can_create_a_link() {
    let dashboard = Dashboard::start().await.ready().await;
    let form = [
        ("registry", "retail"),
        ("name", "payments/payments-api"),
        ("moment", "both"),
        ("expiry", "day"),
    ];
    // A policy reviewer knows the name, and sees nothing else of it.
    for (stranger_to_it, status) in [
        ("ana", StatusCode::NOT_FOUND),
        ("gus", StatusCode::NOT_FOUND),
        ("farah", StatusCode::FORBIDDEN),
    ] {
        let person = dashboard.person(stranger_to_it).await;
        let page = person
            .get("/links/new?registry=retail&name=payments/payments-api")
            .await;
        assert_eq!(page.status(), status, "{stranger_to_it}");
        let made = person.post("/links/new", &form).await;
        assert_eq!(made.status(), StatusCode::SEE_OTHER, "{stranger_to_it}");
        let page = person.follow(&made).await;
        assert_eq!(page.status(), status, "{stranger_to_it}");
    }
    let signed_out = dashboard.stranger().post("/links/new", &form).await;
    assert!(led_to(&signed_out).starts_with("/sign-in?return="));
    let ana = dashboard.person("ana").await;
    for name in ["a\"><script>", "a/b\r\nset-cookie: x=y", "../../etc", ""] {
        let answer = ana
            .post("/links/new", &[("registry", "retail"), ("name", name)])
            .await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{name}");
        assert!(answer.headers().get(header::SET_COOKIE).is_none());
    }
}

#[tokio::test]
async fn links_cannot_be_created_or_revoked_from_another_site() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let link = share_tag(&ana).await;
    let id = ids(&ana, "/links").await.pop().unwrap();
    for path in ["/links/new", "/links/revoke"] {
        let forged = ana
            .request(Method::POST, path)
            .header(header::ORIGIN, "https://evil.example")
            .header("sec-fetch-site", "cross-site")
            .form(&[("registry", "retail"), ("name", REPOSITORY), ("only", &id)])
            .send()
            .await
            .unwrap();
        assert_eq!(forged.status(), StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(ids(&ana, "/links").await.len(), 1);
    let opened = dashboard.stranger().get(&link).await;
    assert_eq!(opened.status(), StatusCode::OK);
}

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
async fn people_list_their_own_links_and_administrators_list_all() {
    let dashboard = Dashboard::start().await.ready().await;
    let (ana, ben, farah) = (
        dashboard.person("ana").await,
        dashboard.person("ben").await,
        dashboard.person("farah").await,
    );
    let link = share_tag(&ana).await;
    let token = link.trim_start_matches("/s/");
    let list = ana.get("/links").await.text().await.unwrap();
    assert!(list.contains("INC-4711") && !list.contains(token), "hashed");
    let repository = ana.get("/repositories/retail/storefront/users-api").await;
    assert!(repository.text().await.unwrap().contains("1 live"));
    assert!(ids(&ben, "/links?everybody=on").await.is_empty());
    let id = ids(&ana, "/links").await.pop().unwrap();
    let question = ben.get(&format!("/links/revoke?id={id}")).await;
    assert!(
        question
            .text()
            .await
            .unwrap()
            .contains("There is nothing to revoke")
    );
    let answer = ben.post("/links/revoke", &[("id", &id)]).await;
    assert_eq!(answer.headers()[header::LOCATION], "/links?revoked=0");
    for person in [&ana, &ben] {
        let page = person.get("/links/revoke?maker=demo%20ana").await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND);
    }
    let page = farah
        .get("/links/revoke?maker=demo%20ana")
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("1 link, created by Ana"), "{page}");
    assert!(page.contains("INC-4711") && page.contains(&id), "{page}");
    let answer = farah.post("/links/revoke", &[("maker", "demo ana")]).await;
    assert_eq!(answer.headers()[header::LOCATION], "/links?revoked=1");
    let gone = dashboard.stranger().get(&link).await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_head_request_counts_no_view_and_reveals_nothing() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let link = share_tag(&ana).await;
    let stranger = dashboard.stranger();
    let mut statuses = Vec::new();
    for path in [&*link, "/s/none"] {
        let answer = stranger.request(Method::HEAD, path).send().await.unwrap();
        statuses.push(answer.status());
    }
    assert_eq!(statuses[0], statuses[1]);
    assert!(
        ana.get("/links")
            .await
            .text()
            .await
            .unwrap()
            .contains("not yet")
    );
    stranger.get(&link).await;
    assert!(
        !ana.get("/links")
            .await
            .text()
            .await
            .unwrap()
            .contains("not yet")
    );
}

#[tokio::test]
async fn disabled_links_leave_no_trace() {
    let dashboard = Dashboard::with("[links]\nenabled = false")
        .await
        .ready()
        .await;
    for id in ["ana", "farah"] {
        let person = dashboard.person(id).await;
        for path in [
            "/links",
            "/links?everybody=on",
            "/links/new?registry=retail&name=storefront/users-api",
            "/links/revoke?maker=demo+ana",
        ] {
            let answer = person.get(path).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path} for {id}");
        }
        let repository = "/repositories/retail/storefront/users-api";
        for path in ["/repositories", repository] {
            let page = person.get(path).await.text().await.unwrap();
            assert!(
                !page.contains("\"/links") && !page.to_lowercase().contains("share links"),
                "{path}"
            );
        }
        for (path, form) in [
            (
                "/links/new",
                vec![("registry", "retail"), ("name", "storefront/users-api")],
            ),
            ("/links/revoke", vec![("maker", "demo ana")]),
        ] {
            let mut answer = person.post(path, &form).await;
            if answer.status() == StatusCode::SEE_OTHER {
                answer = person.follow(&answer).await;
            }
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path} for {id}");
        }
    }
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
async fn revoking_asks_first_and_names_what_ends() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    for note in ["INC-1", "INC-2", "INC-3"] {
        share(&ana, &[("name", REPOSITORY), ("note", note)]).await;
    }
    let offered = ids(&ana, "/links").await;
    let named = |which: usize| format!("<code>{}</code>", offered[which]);
    let list = ana.get("/links").await.text().await.unwrap();
    assert!(
        !list.contains("method=\"post\" action=\"/links/revoke\""),
        "the list itself revokes nothing"
    );
    let query = format!(
        "id={}&id={}&return=%2Flinks%3Fended%3Don",
        offered[0], offered[1]
    );
    let question = ana
        .get(&format!("/links/revoke?{query}"))
        .await
        .text()
        .await
        .unwrap();
    for part in [
        "You are about to revoke 2 links",
        "cannot be undone",
        &named(0),
        &named(1),
        "Revoke 2 links",
    ] {
        assert!(question.contains(part), "{part}: {question}");
    }
    assert!(!question.contains(&named(2)), "{question}");
    assert_eq!(
        ids(&ana, "/links").await.len(),
        3,
        "the question revokes none"
    );
    let one = ana
        .get(&format!("/links/revoke?{query}&only={}", offered[2]))
        .await
        .text()
        .await
        .unwrap();
    assert!(
        one.contains("You are about to revoke 1 link:") && !one.contains(&named(0)),
        "{one}"
    );
    for path in ["/links/revoke", "/links/revoke?return=%2Flinks%3Fq%3DINC"] {
        let none = ana.get(path).await.text().await.unwrap();
        assert!(
            none.contains("Select at least one link") && none.contains("No link was revoked"),
            "{none}"
        );
    }
    let none = ana
        .post("/links/revoke", &[("return", "/links?q=INC")])
        .await;
    assert_eq!(led_to(&none), "/links/revoke?return=%2Flinks%3Fq%3DINC");
    // The form never leads to another site, whatever the URL says.
    for elsewhere in [
        "https%3A%2F%2Fevil.example",
        "javascript%3Aalert(1)",
        "%2F%2Fevil.example",
    ] {
        for path in [
            format!("/links/revoke?return={elsewhere}"),
            format!("/links/revoke?id={}&return={elsewhere}", offered[0]),
        ] {
            let page = ana.get(&path).await.text().await.unwrap();
            assert!(
                !page.contains("href=\"javascript")
                    && !page.contains("href=\"//")
                    && !page.contains("href=\"https://evil"),
                "{path}"
            );
        }
    }
    // The person signed out in the meantime: the question is asked again after the sign-in.
    let signed_out = dashboard
        .stranger()
        .post(
            "/links/revoke",
            &[("id", &offered[0]), ("return", "/links")],
        )
        .await;
    let asked = format!(
        "/sign-in?return=%2Flinks%2Frevoke%3Fid%3D{}%26return%3D%252Flinks&problem=ended",
        offered[0]
    );
    assert_eq!(led_to(&signed_out), asked);
}

#[tokio::test]
async fn the_list_and_the_audit_log_name_a_link_the_same_way() {
    let dashboard = Dashboard::start().await.ready().await;
    let (ana, farah) = (
        dashboard.person("ana").await,
        dashboard.person("farah").await,
    );
    share_tag(&ana).await;
    let id = ids(&ana, "/links").await.remove(0);
    let list = ana.get("/links").await.text().await.unwrap();
    assert!(list.contains(&format!("<code>{id}</code>")), "{list}");
    let to_list = format!("/links?q={id}&everybody=on&ended=on");
    let audit = farah
        .get("/audit?event=link-made")
        .await
        .text()
        .await
        .unwrap();
    assert!(audit.contains(&to_list.replace('&', "&amp;")), "{audit}");
    let found = farah.get(&to_list).await.text().await.unwrap();
    assert!(
        found.contains("1 of 1 links") || found.contains("1 link"),
        "{found}"
    );
    assert!(
        found.contains(&format!("href=\"/audit?q={id}\"")),
        "{found}"
    );
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
