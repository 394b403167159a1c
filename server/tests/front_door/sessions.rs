//! Viewing and ending sessions: people's own, and for administrators everyone's.

use std::process::{Command, Output};

use access::PersonId;
use reqwest::{Method, StatusCode, header};
use store::{Store, StoreUrl};
use tempfile::TempDir;

use crate::browser::{Dashboard, Person};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

async fn page(person: &Person, path: &str) -> String {
    let answer = person.get(path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.text().await.unwrap()
}

async fn is_signed_in(person: &Person) -> bool {
    person.get("/repositories").await.status() == StatusCode::OK
}

/// The values of the buttons with a name.
fn values<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!("name=\"{name}\" value=\"");
    let buttons = page.split(&start).skip(1);
    buttons
        .map(|rest| rest.split('"').next().unwrap())
        .collect()
}

pub fn led_to(answer: &reqwest::Response) -> &str {
    answer.headers()[header::LOCATION].to_str().unwrap()
}

/// A dashboard whose store can be inspected, and the configuration that names the store.
async fn with_store(more: &str) -> (Dashboard, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = store_of(&folder);
    let config = folder.path().join("gantry.toml");
    std::fs::write(&config, &store).unwrap();
    let dashboard = Dashboard::with(&format!("{more}\n{store}")).await;
    (dashboard.ready().await, folder)
}

pub fn store_of(folder: &TempDir) -> String {
    let file = folder.path().join("gantry.db");
    format!("[store]\nurl = \"sqlite://{}\"", file.display())
}

pub async fn ask(folder: &TempDir, query: &'static str) -> Vec<String> {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}", folder.path().join("gantry.db").display());
    let mut connection = <sqlx::AnyConnection as sqlx::Connection>::connect(&url)
        .await
        .unwrap();
    let answer = sqlx::query_scalar(query).fetch_all(&mut connection).await;
    answer.unwrap()
}

/// A store with a session of each of these people, and the configuration that names it.
async fn kept(people: &[PersonId], more: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let url = StoreUrl::file(&folder.path().join("gantry.db"));
    let store = Store::open(&url).await.unwrap();
    for (number, id) in people.iter().enumerate() {
        let (id, name, groups) = (id.clone(), format!("Person {number}"), Vec::new());
        let person = access::Person { id, name, groups };
        store.remember(&person).await.unwrap();
        let (session, ends) = (number.to_string(), model::Timestamp(i64::MAX));
        let origin = Default::default();
        let begun = store.begin_session(&session, Some(&person.id), "{}", ends, &origin);
        begun.await.unwrap();
    }
    store.close().await;
    let config = folder.path().join("gantry.toml");
    std::fs::write(&config, format!("{more}\n{}", store_of(&folder))).unwrap();
    let config = config.to_str().unwrap().to_owned();
    (folder, config)
}

#[tokio::test]
async fn people_see_and_end_only_their_own_sessions() {
    let (dashboard, folder) = with_store("").await;
    let (here, there) = (dashboard.person("ana").await, dashboard.person("ana").await);
    let ben = dashboard.person("ben").await;
    let mut firefox = dashboard.stranger();
    let signing_in = firefox
        .request(Method::POST, "/sign-in")
        .header(header::ORIGIN, &firefox.url)
        .header("sec-fetch-site", "same-origin")
        .header(header::USER_AGENT, FIREFOX)
        .form(&[("persona", "ana")])
        .send()
        .await
        .unwrap();
    firefox.cookie = crate::browser::session_cookie(&signing_in);
    let seen = page(&here, "/sessions").await;
    assert!(
        seen.contains("3 sessions") && seen.contains("Firefox, Linux"),
        "{seen}"
    );
    assert!(seen.contains("127.0.0.0/24") && !seen.contains("127.0.0.1/"));
    assert_eq!(seen.matches("This session").count(), 1);
    let others = values(&seen, "only");
    assert_eq!(others.len(), 2, "the current session has no button");

    // Another person cannot end any of them.
    let answer = ben.post("/sessions/end", &[("only", others[0])]).await;
    assert_eq!(led_to(&answer), "/sessions?ended=0");
    assert!(is_signed_in(&there).await && is_signed_in(&firefox).await);

    let answer = here.post("/sessions/end", &[("only", others[0])]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(led_to(&answer), "/sessions?ended=1");
    let left = [is_signed_in(&there).await, is_signed_in(&firefox).await];
    assert_eq!(left.iter().filter(|left| **left).count(), 1);
    let notice = here.follow(&answer).await.text().await.unwrap();
    assert!(notice.contains("1 session was ended"), "{notice}");

    let question = page(&here, "/sessions/end?others=true").await;
    assert!(
        question.contains("You are about to end 1 session of yours"),
        "{question}"
    );
    assert_eq!(values(&question, "others"), ["true"]);
    here.post("/sessions/end", &[("others", "true")]).await;
    assert!(is_signed_in(&here).await && is_signed_in(&ben).await);
    assert!(!is_signed_in(&there).await && !is_signed_in(&firefox).await);
    let alone = page(&here, "/sessions").await;
    assert!(alone.contains("1 session") && !alone.contains("/sessions/end?others"));
    let nothing = page(&here, "/sessions/end?others=true").await;
    assert!(nothing.contains("There is no session to end"), "{nothing}");
    let everywhere = values(&alone, "everywhere");
    assert_eq!(everywhere.len(), 2, "in the account menu and on the page");

    let rows = ask(
        &folder,
        "SELECT arguments FROM audit WHERE event = 'sessions-ended'",
    )
    .await;
    let row = r#"[["of","demo ana"],["sessions","1"]]"#;
    assert_eq!(rows, [row, row]);
}

#[tokio::test]
async fn administrators_can_end_all_sessions_and_others_have_no_such_page() {
    let dashboard = Dashboard::start().await.ready().await;
    let (ana, ben) = (dashboard.person("ana").await, dashboard.person("ben").await);
    let again = dashboard.person("ana").await;
    let absent = ana.get("/sessions/nothing").await;
    let hidden = ana.get("/sessions/people").await;
    assert_eq!(hidden.status(), absent.status());
    assert_eq!(hidden.status(), StatusCode::NOT_FOUND);
    let (hidden, absent) = (hidden.text().await.unwrap(), absent.text().await.unwrap());
    assert!(
        !hidden.contains("Ben") && absent.contains("Not found") == hidden.contains("Not found")
    );
    let answer = ana.post("/sessions/end", &[("person", "demo ben")]).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(is_signed_in(&ben).await);

    let farah = dashboard.person("farah").await;
    let people = page(&farah, "/sessions/people").await;
    assert_eq!(
        people.matches("/sessions/end?person=").count(),
        3,
        "{people}"
    );
    let found = page(&farah, "/sessions/people?q=ana").await;
    assert_eq!(
        found.matches("/sessions/end?person=demo+ana").count(),
        1,
        "{found}"
    );
    let asked = "/sessions/end?person=demo+ana&return=%2Fsessions%2Fpeople%3Fq%3Dana";
    let question = page(&farah, asked).await;
    assert!(
        question.contains("You are about to end 2 sessions of Ana"),
        "{question}"
    );
    assert_eq!(values(&question, "person"), ["demo ana"]);
    let back = values(&question, "return");
    assert_eq!(back.last(), Some(&"/sessions/people?q=ana"));
    assert!(is_signed_in(&ana).await, "the question ends none");
    for path in [asked, "/sessions/end?person=demo+ben", "/sessions/end"] {
        assert_eq!(
            ben.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert!(found.contains("1 of 3 people"), "{found}");
    let ended = [("person", "demo ana"), ("return", "/sessions/people?q=ana")];
    let answer = farah.post("/sessions/end", &ended).await;
    assert_eq!(led_to(&answer), "/sessions/people?q=ana&ended=2");
    assert!(!is_signed_in(&ana).await && !is_signed_in(&again).await);
    assert!(is_signed_in(&ben).await && is_signed_in(&farah).await);
    let audit = page(&farah, "/audit?event=sessions-ended").await;
    assert!(
        audit.contains("Farah") && audit.contains("demo ana"),
        "{audit}"
    );
}

fn gantry(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
    let command = command.args(arguments).env_remove("GANTRY_CONFIG");
    command.output().unwrap()
}

fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_and_ended_on_the_command_line_while_gantry_runs() {
    let (dashboard, folder) = with_store("").await;
    let (ana, ben) = (dashboard.person("ana").await, dashboard.person("ben").await);
    let config = folder.path().join("gantry.toml");
    let config = config.to_str().unwrap();
    let listed = printed(&gantry(&["sessions", "list", "--config", config]));
    assert!(
        listed.contains("demo ana") && listed.contains("demo ben"),
        "{listed}"
    );
    let unnamed = gantry(&["sessions", "end", "--config", config]);
    assert!(!unnamed.status.success(), "the person must be named");
    let end = ["sessions", "end", "--config", config];
    let one = printed(&gantry(&[&end[..], &["--person", "demo ana"]].concat()));
    assert!(one.contains("1 session was ended"), "{one}");
    assert!(!is_signed_in(&ana).await && is_signed_in(&ben).await);
    let all = printed(&gantry(&[&end[..], &["--all"]].concat()));
    assert!(all.contains("1 session was ended"), "{all}");
    assert!(!is_signed_in(&ben).await);
    let rows = ask(
        &folder,
        "SELECT arguments FROM audit WHERE event = 'sessions-ended'",
    )
    .await;
    assert!(
        rows[0].contains("gantry sessions end") && rows.len() == 2,
        "{rows:?}"
    );
    let chain = printed(&gantry(&["audit", "verify", "--config", config]));
    assert!(chain.contains("the audit log is whole"), "{chain}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_with_hidden_characters_is_ended_as_it_is_listed() {
    let hiding = PersonId::new("https://idp.example.com", "ana\u{202e}\u{7}nimda\\u{41}");
    let (_folder, config) = kept(&[hiding], "").await;
    let listed = printed(&gantry(&["sessions", "list", "--config", &config]));
    let id = listed.split('\t').next().unwrap();
    assert_eq!(
        id,
        r"https://idp.example.com ana\u{202e}\u{7}nimda\u{5c}u{41}"
    );
    let end = ["sessions", "end", "--config", &config, "--person", id];
    let ended = printed(&gantry(&end));
    assert!(ended.contains("1 session was ended"), "{ended}");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_another_provider_are_not_listed() {
    let people = ["https://idp.example.com", "https://idp.example.com.evil"];
    let people = people.map(|issuer| PersonId::new(issuer, "ana"));
    let sign_in = "[server]\npublic_url = \"https://gantry.example.com\"\n[sign_in.oidc]\n\
                   issuer = \"https://idp.example.com\"\nclient_id = \"gantry\"";
    let (_folder, config) = kept(&people, sign_in).await;
    let listed = printed(&gantry(&["sessions", "list", "--config", &config]));
    assert_eq!(listed.lines().count(), 1, "{listed}");
    assert!(
        listed.starts_with("https://idp.example.com ana\t"),
        "{listed}"
    );
    let all = ["sessions", "end", "--config", &config, "--all"];
    let ended = printed(&gantry(&all));
    assert!(ended.contains("2 sessions were ended"), "{ended}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_works_with_the_store_of_the_previous_release() {
    let (folder, config) = kept(&[PersonId::new("demo", "ana")], "").await;
    ask(
        &folder,
        "DELETE FROM _sqlx_migrations WHERE version > 1 RETURNING description",
    )
    .await;
    let is_older = "the store has the schema of an older version (1; this version uses";
    for (command, says) in [
        (&["sessions", "list"][..], "demo ana\t"),
        (&["audit", "verify"], "the audit log is whole"),
        (&["sessions", "end", "--all"], "1 session was ended"),
        (&["audit", "verify"], "1 rows hold together"),
    ] {
        let said = printed(&gantry(&[command, &["--config", &config]].concat()));
        assert!(said.contains(is_older) && said.contains(says), "{said}");
    }
    let applied = ask(&folder, "SELECT description FROM _sqlx_migrations").await;
    assert_eq!(applied.len(), 1, "a command changed the tables");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_creates_no_store() {
    let (folder, config) = kept(&[], "").await;
    std::fs::remove_file(folder.path().join("gantry.db")).unwrap();
    let store = format!(
        "[store]\nurl = \"sqlite://{}?cache=private&mode=rwc\"",
        folder.path().join("gantry.db").display()
    );
    for store in [store, store_of(&folder)] {
        std::fs::write(&config, store).unwrap();
        for command in [["sessions", "list"], ["audit", "verify"]] {
            let output = gantry(&[&command[..], &["--config", &config]].concat());
            assert!(!output.status.success(), "{output:?}");
            let left = std::fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(left, 1, "a command created a store");
        }
    }
}
