//! A person who signs in and is in no team reads why, and the operator finds the reason in the log.

use std::sync::{Arc, Mutex};

use reqwest::{Method, header};
use serde_json::{Value, json};
use tracing::subscriber::DefaultGuard;

use super::provider::Provider;
use crate::browser::Dashboard;

/// The log of everything on this thread.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    pub fn start() -> (Self, DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// The lines about people in no team.
    pub fn about_teams(&self) -> Vec<String> {
        let log = self.text();
        let lines = log.lines().filter(|line| line.contains("is in no team"));
        lines.map(str::to_owned).collect()
    }
}

/// A provider, a dashboard and its log.
struct World {
    log: Log,
    _logging: DefaultGuard,
    provider: Provider,
    dashboard: Dashboard,
}

impl World {
    async fn start() -> Self {
        let (log, logging) = Log::start();
        let provider = Provider::start("").await;
        Self {
            dashboard: provider.dashboard("").await,
            log,
            _logging: logging,
            provider,
        }
    }

    /// Signs in with these claims. Returns the page and the one log line.
    async fn told_of(&self, claims: Value) -> (String, String) {
        let before = self.log.about_teams().len();
        self.provider.says().claims = claims;
        let page = self.provider.repositories(&self.dashboard).await;
        assert!(page.contains("You are in no team"), "{page}");
        let lines = self.log.about_teams();
        assert_eq!(lines.len(), before + 1, "{lines:?}");
        (page, lines[before].clone())
    }
}

#[tokio::test]
async fn the_configured_and_the_received_claims_are_named_without_values() {
    let world = World::start().await;
    let (page, line) = world
        .told_of(json!({
            "name": "Ana Ibáñez", "email": "ana@example.com", "memberOf": ["a-group"],
            "realm_access": {"roles": ["a-role"]},
        }))
        .await;
    assert!(
        page.contains("does not have it") && page.contains("groups_claim"),
        "{page}"
    );
    for name in [
        "email",
        "memberOf",
        "[&quot;realm_access&quot;, &quot;roles&quot;]",
    ] {
        let shown = [name.to_owned(), name.replace("&quot;", "\"")];
        let shown = shown
            .iter()
            .any(|name| page.contains(&format!("<code>{name}</code>")));
        assert!(shown, "{name}: {page}");
    }
    assert!(line.contains("sign_in.groups_claim=\"groups\""), "{line}");
    assert!(
        line.contains("memberOf") && line.contains("realm_access"),
        "{line}"
    );
    for value in ["ana@example.com", "a-group", "a-role"] {
        assert!(
            !page.contains(value) && !line.contains(value),
            "{value}: {line}"
        );
    }
}

#[tokio::test]
async fn too_many_groups_for_a_token_is_named_as_the_reason() {
    let world = World::start().await;
    let source = json!({"endpoint": "https://graph.microsoft.com/v1.0/users/1/getMemberObjects"});
    let overage = json!({
        "_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": source},
    });
    for claims in [
        overage,
        json!({"hasgroups": true}),
        json!({"hasgroups": "true"}),
    ] {
        let (page, line) = world.told_of(claims).await;
        assert!(page.contains("You are in too many groups"), "{page}");
        assert!(page.contains("assigned to Gantry"), "{page}");
        assert!(
            line.contains("too many groups") && line.contains("assigned"),
            "{line}"
        );
        assert!(!line.contains("graph.microsoft.com"), "{line}");
    }
}

#[tokio::test]
async fn groups_without_a_team_differ_from_no_groups() {
    let world = World::start().await;
    let (page, line) = world.told_of(json!({"groups": ["wind-tunnel"]})).await;
    assert!(
        page.contains("None of your sign-in groups belongs to a team"),
        "{page}"
    );
    assert!(page.contains("<code>wind-tunnel</code>"), "{page}");
    assert!(
        !line.contains("wind-tunnel") && line.contains("[[team]]"),
        "{line}"
    );
    let (page, line) = world.told_of(json!({"groups": []})).await;
    assert!(page.contains("its claim groups is empty"), "{page}");
    assert!(line.contains("is empty"), "{line}");
    let (page, line) = world.told_of(json!({"groups": {"a": true}})).await;
    assert!(page.contains("does not contain a list of names"), "{page}");
    assert!(
        line.contains("neither a list of texts nor one text"),
        "{line}"
    );
}

#[tokio::test]
async fn names_of_claims_cannot_hide_or_forge_anything() {
    let world = World::start().await;
    let long = "x".repeat(5_000);
    let (page, line) = world
        .told_of(json!({
            "<script>alert(1)</script>": 1, "line\nbreak": 1, "gro\u{202e}spu": 1, long.clone(): 1,
            "\u{1b}[31mred": 1,
        }))
        .await;
    assert!(!page.contains("<script>alert"), "{page}");
    for text in [&page, &line] {
        assert!(
            !text.contains('\u{202e}') && !text.contains('\u{1b}'),
            "{text}"
        );
        assert!(!text.contains(&"x".repeat(100)), "{text}");
    }
    assert!(page.contains("\\u202e"), "{page}");
    let (page, _) = world
        .told_of(
            (0..500)
                .map(|number| (format!("claim-{number}"), json!(1)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        )
        .await;
    assert!(page.matches("claim-").count() <= 60, "{page}");
    // The ID token has seven standard claims.
    assert!(page.contains("and 447 more"), "{page}");
}

#[tokio::test]
async fn team_members_and_administrators_cause_no_log_line() {
    let (log, _logging) = Log::start();
    let provider = Provider::start("").await;
    let dashboard = provider.dashboard("").await;
    for group in ["storefront", "platform-admins"] {
        provider.says().claims = json!({"groups": [group]});
        provider.repositories(&dashboard).await;
    }
    assert_eq!(log.about_teams(), Vec::<String>::new());
}

#[tokio::test]
async fn the_page_is_also_in_chinese_and_my_access_says_the_same() {
    let provider = Provider::start("").await;
    let dashboard = provider.dashboard("").await;
    let (person, _) = provider.sign_in(&dashboard).await;
    for path in ["/repositories", "/access"] {
        let request = person.request(Method::GET, path);
        let request = request.header(header::ACCEPT_LANGUAGE, "zh-CN");
        let page = request.send().await.unwrap().text().await.unwrap();
        assert!(page.contains("Gantry 从声明 groups 中读取组"), "{page}");
        assert!(page.contains("<code>nonce</code>"), "{page}");
    }
}
