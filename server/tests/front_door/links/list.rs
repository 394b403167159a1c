//! The list of links, and revoking them.

use super::*;

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
