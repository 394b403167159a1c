//! People who try to get in.

use std::time::Duration;

use reqwest::{Method, StatusCode, header};

use crate::browser::{Dashboard, Person};

const DIGEST: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

/// Every page of the router, as an example path.
fn pages() -> Vec<String> {
    leptos_axum::generate_route_list(app::App)
        .iter()
        .map(|route| {
            route
                .path()
                .replace("{registry}", "retail")
                .replace("{tag}", "latest")
                .replace("{digest}", DIGEST)
                .replace("{*name}", "storefront/users-api")
                .replace("{id}", "AAAAAAAA")
        })
        .chain(["/", "/audit/export.csv", "/audit/export.jsonl"].map(str::to_owned))
        .collect()
}

/// Every server function, with valid arguments.
fn functions() -> Vec<(Method, String)> {
    leptos::server_fn::axum::server_fn_paths()
        .map(|(path, method)| {
            let arguments = "registry=retail&name=storefront/users-api&text=users";
            let path = match method {
                Method::GET => format!("{path}?{arguments}"),
                _ => path.to_owned(),
            };
            (method, path)
        })
        .collect()
}

/// Every form that changes something, with valid fields.
const FORMS: [(&str, &[(&str, &str)]); 7] = [
    ("/sign-in", &[("persona", "ben")]),
    ("/sign-out", &[("everywhere", "true")]),
    ("/preferences", &[("theme", "dark")]),
    (
        "/links/new",
        &[
            ("registry", "retail"),
            ("name", "storefront/users-api"),
            ("moment", "both"),
            ("expiry", "two-weeks"),
            ("note", "forged"),
        ],
    ),
    ("/links/revoke", &[("maker", "demo ana")]),
    (
        "/lifecycle/preview",
        &[("registry", "retail"), ("name", "storefront/users-api")],
    ),
    ("/sessions/end", &[("others", "true")]),
];

/// Opens every page and function as a person who must get nowhere.
async fn gets_nowhere(person: &Person, who: &str) {
    for page in pages() {
        let answer = person.get(&page).await;
        if page.starts_with("/sign-in") {
            assert!(answer.status().is_success(), "{who} opens {page}");
            continue;
        }
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{who} opens {page}");
        let led_to = answer.headers()[header::LOCATION].to_str().unwrap();
        assert!(led_to.starts_with("/sign-in?return="), "{who} opens {page}");
    }
    for (method, function) in functions() {
        let answer = match method {
            Method::GET => person.get(&function).await,
            _ => {
                let fields = [("registry", "retail"), ("name", "storefront/users-api")];
                person.post(&function, &fields).await
            }
        };
        let status = answer.status();
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{who} calls {function}");
    }
}

#[tokio::test]
async fn without_a_valid_session_no_page_and_no_function_answers() {
    let dashboard = Dashboard::with("[sign_in]\nidle = \"2s\"")
        .await
        .ready()
        .await;
    assert!(
        pages().len() >= 12 && functions().len() >= 3,
        "the lists are not empty"
    );
    let mut intruder = dashboard.stranger();
    gets_nowhere(&intruder, "a stranger").await;
    for forged in ["AAAAAAAAAAAAAAAAAAAAAA", "x", "", "%00", "../../gantry.db"] {
        intruder.cookie = format!("gantry_session={forged}");
        gets_nowhere(&intruder, "a person with a forged cookie").await;
    }
    let signed_out = dashboard.person("ana").await;
    signed_out.post("/sign-out", &[]).await;
    gets_nowhere(&signed_out, "a person who signed out").await;
    let idle = dashboard.person("ana").await;
    assert_eq!(idle.get("/repositories").await.status(), StatusCode::OK);
    tokio::time::sleep(Duration::from_secs(3)).await;
    gets_nowhere(&idle, "a person who was away too long").await;
}

#[tokio::test]
async fn no_change_is_made_from_another_or_an_unknown_site() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let sources: [&[(&str, &str)]; 5] = [
        &[
            ("origin", "https://evil.example"),
            ("sec-fetch-site", "cross-site"),
        ],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "same-site")],
        &[],
    ];
    for (path, fields) in FORMS {
        for headers in sources {
            let mut request = ana.request(Method::POST, path).form(fields);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = request.send().await.unwrap();
            assert_eq!(
                answer.status(),
                StatusCode::FORBIDDEN,
                "{path} from {headers:?}"
            );
            assert!(answer.headers().get(header::SET_COOKIE).is_none(), "{path}");
        }
    }
    let links = ana.get("/links").await;
    assert_eq!(links.status(), StatusCode::OK, "still signed in");
    assert!(
        !links.text().await.unwrap().contains("forged"),
        "and no link was created"
    );
}

#[tokio::test]
async fn every_form_is_answered_with_a_redirect() {
    // Otherwise a reload would send the form again, and going forward would fail.
    let routes = include_str!("../../src/router.rs")
        .matches(", post(")
        .count();
    let own = FORMS.iter().filter(|(path, _)| !path.starts_with("/api/"));
    assert_eq!(
        own.clone().count(),
        routes,
        "every POST route is in the list"
    );
    let dashboard = Dashboard::start().await.ready().await;
    for (path, whole) in own {
        let ana = dashboard.person("ana").await;
        for person in [&ana, &dashboard.stranger()] {
            for fields in [*whole, &whole[..whole.len() - 1]] {
                let answer = person.post(path, fields).await;
                let status = answer.status();
                // Input that no form of Gantry sends is refused.
                let nonsense = fields.len() < whole.len() && status.is_client_error();
                assert!(
                    status == StatusCode::SEE_OTHER || nonsense,
                    "{path} {fields:?}: {status}"
                );
                if status == StatusCode::SEE_OTHER {
                    let led_to = answer.headers()[header::LOCATION].to_str().unwrap();
                    assert!(
                        led_to.starts_with('/') && led_to != *path,
                        "{path} to {led_to}"
                    );
                }
            }
        }
    }
    let farah = dashboard.person("farah").await;
    for (path, fields) in [
        ("/links/revoke", ("team", "storefront")),
        ("/links/revoke", ("id", "nothing0")),
        ("/sessions/end", ("person", "demo ana")),
        ("/sessions/end", ("only", "nothing")),
    ] {
        let answer = farah.post(path, &[fields]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path} {fields:?}");
    }
}

#[tokio::test]
async fn no_form_takes_a_body_that_is_too_large_or_invalid() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let form = "application/x-www-form-urlencoded";
    let bodies: [(&str, Vec<u8>); 6] = [
        (
            form,
            b"note=".iter().copied().chain([b'x'; 100_000]).collect(),
        ),
        (form, vec![0xff, 0xfe, b'=', 0xc0]),
        (form, b"%zz=%&&&===&registry[]=retail".to_vec()),
        ("application/json", b"{\"registry\": \"retail\"".to_vec()),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n".to_vec()),
        ("text/plain", Vec::new()),
    ];
    for (path, _) in FORMS {
        // These two require no fields, so invalid input has no effect.
        if ["/sign-out", "/preferences"].contains(&path) {
            continue;
        }
        for (kind, body) in &bodies {
            let request = ana
                .request(Method::POST, path)
                .header(header::ORIGIN, &ana.url);
            let request = request.header("sec-fetch-site", "same-origin");
            let request = request.header(header::CONTENT_TYPE, *kind);
            let answer = request.body(body.clone()).send().await.unwrap();
            let status = answer.status();
            // A form that names no link means that none was selected.
            let names_none = path == "/links/revoke" && status == StatusCode::SEE_OTHER;
            assert!(
                status.is_client_error() || names_none,
                "{path} with {kind}: {status}"
            );
            if body.len() > 65_536 {
                assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            }
        }
    }
    assert_eq!(ana.get("/repositories").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn no_name_or_path_adds_a_header_or_leads_to_another_site() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let injections = [
        "%0d%0aset-cookie:%20stolen=1",
        "%0aset-cookie:%20stolen=1",
        "x%0d%0a%0d%0a<script>alert(1)</script>",
        "//evil.example",
        "/%5cevil.example",
        "https://evil.example",
        "%E5%98%8A%E5%98%8Dset-cookie:%20stolen=1",
    ];
    for injection in injections {
        for path in [
            format!("/tags/retail/{injection}/storefront/users-api"),
            format!("/tags/retail/latest/{injection}"),
            format!("/repositories/{injection}/storefront/users-api"),
            format!("/images/retail/{injection}/storefront/users-api"),
            format!("/policies/retail/{injection}"),
            format!("/links/new?registry=retail&name={injection}&tag={injection}"),
            format!("/links?q={injection}&maker={injection}&team={injection}"),
            format!("/links/revoke?maker={injection}&return={injection}"),
            format!("/sign-in?return={injection}&problem={injection}"),
            format!("/sessions/people?q={injection}&ended={injection}"),
            format!("/audit?q={injection}"),
            format!("/s/{injection}"),
            format!("/{injection}"),
        ] {
            for person in [&ana, &dashboard.stranger()] {
                let answer = person.get(&path).await;
                assert!(answer.status().as_u16() < 500, "{path}");
                let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
                let stolen = cookies.filter(|it| it.to_str().unwrap().contains("stolen"));
                assert_eq!(stolen.count(), 0, "{path}");
                if let Some(led_to) = answer.headers().get(header::LOCATION) {
                    let led_to = led_to.to_str().unwrap();
                    let is_local = led_to.starts_with('/') && !led_to.starts_with("//");
                    assert!(
                        is_local && !led_to.starts_with("/\\"),
                        "{path} leads to {led_to}"
                    );
                }
                let body = answer.text().await.unwrap();
                assert!(!body.contains("<script>alert"), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn no_page_can_be_framed() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let paths = pages().into_iter().chain(["/s/nothing".to_owned()]);
    for path in paths {
        let answer = ana.get(&path).await;
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.headers()["x-frame-options"], "DENY", "{path}");
    }
}

#[tokio::test]
async fn a_thousand_guesses_open_nothing_and_shut_no_one_out() {
    // With the default limits, and not those of the demo.
    let dashboard = Dashboard::with("[limits]").await.ready().await;
    let ana = dashboard.person("ana").await;
    let (_, fields) = FORMS[3];
    let link = ana.share(fields).await;
    let (mut refused, mut limited) = (0, 0);
    let stranger = dashboard.stranger();
    for number in 0..1_000 {
        // The correct ID with a different secret each time. The guesser also claims to be a different client each
        // time.
        let guess = format!("{}{number:032}", &link[..11]);
        let request = stranger.request(Method::GET, &guess);
        let request = request.header("x-forwarded-for", format!("198.51.100.{}", number % 256));
        let answer = request.send().await.unwrap();
        match answer.status() {
            StatusCode::NOT_FOUND => refused += 1,
            StatusCode::TOO_MANY_REQUESTS => {
                assert!(answer.headers().contains_key(header::RETRY_AFTER));
                limited += 1;
            }
            other => unreachable!("guess {number}: {other}"),
        }
    }
    assert_eq!(refused + limited, 1_000);
    assert!((30..200).contains(&refused), "{refused}");
    assert_eq!(
        stranger.get(&link).await.status(),
        StatusCode::OK,
        "the link still opens"
    );
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_of_that_person() {
    let dashboard = Dashboard::start().await.ready().await;
    let (here, there) = (dashboard.person("ana").await, dashboard.person("ana").await);
    let other = dashboard.person("ben").await;
    here.post("/sign-out", &[("everywhere", "true")]).await;
    assert_eq!(
        here.get("/repositories").await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        there.get("/repositories").await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(other.get("/repositories").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn over_https_the_cookie_is_limited_to_this_host() {
    let secure = Dashboard::with("[server]\npublic_url = \"https://gantry.example.com\"").await;
    let form = [("persona", "ana")];
    let answer = secure.stranger().post("/sign-in", &form).await;
    // A browser that opens this server directly is on a different origin from the public one.
    let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
    let cookies: Vec<_> = cookies.map(|cookie| cookie.to_str().unwrap()).collect();
    let session = cookies
        .iter()
        .find(|it| it.starts_with("__Host-gantry_session="));
    let session = session.unwrap();
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(session.contains(part), "{session}");
    }
    assert!(!session.contains("Domain"), "{session}");
}

#[tokio::test]
async fn a_person_from_another_provider_is_not_known_to_this_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!(
        "[store]\nurl = \"sqlite://{}/gantry.db\"",
        folder.path().display()
    );
    let demo = Dashboard::with(&store).await.ready().await;
    let farah = demo.person("farah").await;
    assert_eq!(farah.get("/audit").await.status(), StatusCode::OK);
    let (_, fields) = FORMS[3];
    let ana = demo.person("ana").await;
    let link = ana.share(fields).await;
    assert_eq!(demo.stranger().get(&link).await.status(), StatusCode::OK);
    let sign_in = "[server]\npublic_url = \"http://127.0.0.1:1\"\n[sign_in.oidc]\n\
                   issuer = \"http://127.0.0.1:1\"\nclient_id = \"gantry\"";
    let other = Dashboard::configured(&format!("{sign_in}\n{store}"))
        .await
        .ready()
        .await;
    let mut there = other.stranger();
    there.cookie = farah.cookie;
    gets_nowhere(&there, "a person of another provider").await;
    assert_eq!(there.get(&link).await.status(), StatusCode::NOT_FOUND);
}
