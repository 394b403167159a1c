//! Opening a store: which files are accepted, and what is reported if one is not.

use store::{Store, StoreError, StoreUrl};

use crate::stores::*;

on_each_store! {
    async fn acknowledged_data_is_stored_after_a_restart(place: &Place) {
        let store = place.open().await;
        store.begin_session("a", None, "{}", model::Timestamp(i64::MAX), &Default::default()).await.unwrap();
        store.close().await;
        let again = place.open().await;
        assert!(again.session("a", Default::default()).await.unwrap().is_some());
    }

    async fn tokens_of_earlier_versions_are_deleted_at_the_start(place: &Place) {
        let store = place.open().await;
        let ends = model::Timestamp(i64::MAX);
        store.begin_session("a", None, "{}", ends, &Default::default()).await.unwrap();
        store.close().await;
        // The store as the previous version left it.
        for column in ["begun", "network", "browser"] {
            place.say(&format!("ALTER TABLE session DROP COLUMN {column}")).await;
        }
        place.say("DELETE FROM _sqlx_migrations WHERE version = 2").await;
        place.say("UPDATE session SET content = '{\"id_token\":\"eyJhbGciOi\"}'").await;
        let again = place.open().await;
        assert_eq!(place.ask("SELECT content FROM session").await, ["{}"]);
        assert!(again.session("a", Default::default()).await.unwrap().is_some(), "no one is signed out");
    }

    async fn a_command_does_not_change_an_older_schema(place: &Place) {
        place.open().await.close().await;
        place.say("DELETE FROM _sqlx_migrations WHERE version > 1").await;
        let (store, schema) = Store::open_existing(&place.url).await.unwrap();
        assert!(schema.is_older() && schema.found == 1 && schema.known > 1, "{schema:?}");
        store.close().await;
        let applied = place.ask("SELECT description FROM _sqlx_migrations").await;
        assert_eq!(applied.len(), 1);
    }

    async fn a_command_creates_no_tables(place: &Place) {
        place.say("CREATE TABLE bookmarks (url TEXT)").await;
        place.say("DROP TABLE bookmarks").await;
        let error = Store::open_existing(&place.url).await.unwrap_err();
        assert!(matches!(error, StoreError::Empty), "{error:?}");
        place.say("CREATE TABLE session (theirs TEXT)").await;
        let error = Store::open_existing(&place.url).await.unwrap_err();
        assert!(matches!(error, StoreError::Empty | StoreError::Foreign), "{error:?}");
    }

    async fn a_newer_schema_stops_the_start(place: &Place) {
        place.open().await.close().await;
        place.say(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             SELECT 9000, 'from tomorrow', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
        )
        .await;
        let error = Store::open(&place.url).await.unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 9_000, .. }), "{error:?}");
        let to_commands = Store::open_existing(&place.url).await.unwrap_err();
        assert!(matches!(to_commands, StoreError::Newer { found: 9_000, .. }), "{to_commands:?}");
        let message = error.to_string();
        assert!(message.contains("newer version") && message.contains("9000"), "{message}");
    }

    async fn a_changed_migration_stops_the_start(place: &Place) {
        place.open().await.close().await;
        let other = if place.url.is_shared() { "'\\x00'" } else { "x'00'" };
        place.say(&format!("UPDATE _sqlx_migrations SET checksum = {other}")).await;
        for error in [
            Store::open(&place.url).await.unwrap_err(),
            Store::open_existing(&place.url).await.unwrap_err(),
        ] {
            assert!(matches!(error, StoreError::Migrate(_)), "{error:?}");
        }
    }

    async fn tables_of_another_program_are_not_changed(place: &Place) {
        place.say("CREATE TABLE session (theirs TEXT)").await;
        place.say("INSERT INTO session VALUES ('precious')").await;
        let error = Store::open(&place.url).await.unwrap_err();
        assert!(matches!(error, StoreError::Migrate(_) | StoreError::Foreign), "{error:?}");
        assert_eq!(place.ask("SELECT theirs FROM session").await, ["precious"]);
    }

    async fn many_processes_can_open_a_new_store_at_once(place: &Place) {
        let opened = (0..10).map(|_| Store::open(&place.url));
        for store in futures::future::join_all(opened).await {
            store.unwrap();
        }
    }
}

#[tokio::test]
async fn a_file_of_another_program_is_refused_and_not_changed() {
    let place = Place::sqlite();
    place.say("CREATE TABLE bookmarks (url TEXT)").await;
    let error = Store::open(&place.url).await.unwrap_err();
    assert!(matches!(error, StoreError::Foreign), "{error:?}");
    assert!(error.to_string().contains("some other program"));
    assert_eq!(
        place.ask("SELECT name FROM sqlite_master").await,
        ["bookmarks"]
    );
}

#[tokio::test]
async fn a_file_that_is_not_a_store_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gantry.db");
    std::fs::write(&file, "not a database, whatever its name says".repeat(100)).unwrap();
    let error = Store::open(&StoreUrl::file(&file)).await.unwrap_err();
    assert!(error.to_string().contains("not a database"), "{error}");
    let kept = std::fs::read_to_string(&file).unwrap();
    assert!(kept.starts_with("not a database"));
}

#[tokio::test]
async fn a_file_can_have_any_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("50% of?it #1 é.db");
    Store::open(&StoreUrl::file(&file)).await.unwrap();
    assert!(file.exists());
}

/// The complete error message for a store that cannot be opened.
async fn error_messages(url: &str) -> String {
    match url.parse::<StoreUrl>() {
        Ok(place) => {
            let error = Store::open(&place).await.unwrap_err();
            assert!(!error.to_string().contains("timed out"), "{error}");
            let mut messages = format!("{place} {place:?} {error} {error:?}");
            let mut cause: Option<&dyn std::error::Error> = Some(&error);
            while let Some(error) = cause {
                messages.push_str(&error.to_string());
                cause = error.source();
            }
            messages
        }
        Err(error) => format!("{error} {error:?}"),
    }
}

#[tokio::test]
async fn the_password_in_a_url_is_never_shown() {
    let urls = [
        "postgres://gantry:hunter2@127.0.0.1:1/gantry?sslmode=disable",
        "postgres://gantry:hun@ter2@127.0.0.1:1/gantry",
        "postgresql://127.0.0.1:1/gantry?user=gantry&password=hunter2",
        "postgres://gantry:hunter2@[not a host/gantry",
        "mysql://gantry:hunter2@127.0.0.1:1/gantry",
    ];
    for messages in futures::future::join_all(urls.map(error_messages)).await {
        assert!(!messages.contains("ter2"), "{messages}");
    }
    let place: StoreUrl = "postgres://gantry:hunter2@db.example.com/gantry"
        .parse()
        .unwrap();
    assert_eq!(place.to_string(), "postgres://db.example.com/gantry");
}

fn mode_of(path: &std::path::Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions()) & 0o777
}

fn set_mode(path: &std::path::Path, mode: u32) {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
    std::fs::set_permissions(path, mode).unwrap();
}

#[tokio::test]
async fn only_the_owner_can_access_a_new_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gantry.db");
    let by_url = folder.path().join("other.db");
    let url = format!("sqlite://{}", by_url.display()).parse().unwrap();
    for (url, file) in [(StoreUrl::file(&file), file), (url, by_url)] {
        let store = Store::open(&url).await.unwrap();
        let ends = model::Timestamp(i64::MAX);
        let origin = Default::default();
        let begun = store.begin_session("a", None, "{}", ends, &origin).await;
        begun.unwrap();
        for suffix in ["", "-wal", "-shm"] {
            let beside = std::path::PathBuf::from(format!("{}{suffix}", file.display()));
            assert_eq!(mode_of(&beside), 0o600, "{}", beside.display());
        }
    }
}

#[tokio::test]
async fn a_file_that_anyone_can_change_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gantry.db");
    let url = StoreUrl::file(&file);
    Store::open(&url).await.unwrap().close().await;
    set_mode(&file, 0o644);
    Store::open(&url).await.unwrap().close().await;
    assert_eq!(
        mode_of(&file),
        0o644,
        "an existing file only causes a warning"
    );
    set_mode(&file, 0o666);
    let error = Store::open(&url).await.unwrap_err();
    assert!(matches!(error, StoreError::Exposed(_)), "{error:?}");
    assert!(error.to_string().contains("chmod o-w"), "{error}");
    set_mode(&file, 0o600);
    set_mode(folder.path(), 0o777);
    let error = Store::open(&url).await.unwrap_err();
    assert!(matches!(error, StoreError::Exposed(_)), "{error:?}");
}

#[tokio::test]
async fn a_command_creates_no_file_with_any_form_of_url() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mode=rwc.db");
    for query in [
        "",
        "?mode=rwc",
        "?mode=rw",
        "?cache=private&mode=rwc",
        "?mode=%72wc&cache=private",
        "?mode=rw&mode=rwc",
    ] {
        let url: StoreUrl = format!("sqlite://{}{query}", file.display())
            .parse()
            .unwrap();
        let error = Store::open_existing(&url).await.unwrap_err();
        assert!(matches!(error, StoreError::Open(_)), "{query}: {error:?}");
        assert!(!file.exists(), "{query}");
    }
    let url: StoreUrl = format!("sqlite://{}?mode=rw", file.display())
        .parse()
        .unwrap();
    Store::open(&url).await.unwrap_err();
    assert!(!file.exists(), "the name does not matter");
}

#[tokio::test]
async fn no_part_of_a_deleted_secret_remains_in_the_file() {
    const SECRET: &str = "eyJhbGciOiJSUzI1NiJ9-of-nobody";
    let place = Place::sqlite();
    let store = place.open().await;
    let (ends, origin) = (model::Timestamp(i64::MAX), Default::default());
    for session in ["cleared", "deleted"] {
        let content = format!("{{\"id_token\":\"{SECRET}\"}}");
        let begun = store.begin_session(session, None, &content, ends, &origin);
        begun.await.unwrap();
    }
    let folder = || std::fs::read_dir(place.folder()).unwrap();
    let is_in_a_file = || {
        folder().any(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let secret = SECRET.as_bytes();
            bytes.windows(secret.len()).any(|found| found == secret)
        })
    };
    store.close().await;
    assert!(is_in_a_file());
    let store = place.open().await;
    store.end_session("deleted").await.unwrap();
    store.sweep_sessions(Default::default()).await.unwrap();
    store.close().await;
    assert!(!is_in_a_file());
}

fn link(target: &std::path::Path, link: &std::path::Path) {
    std::os::unix::fs::symlink(target, link).unwrap();
}

#[tokio::test]
async fn a_dangling_symbolic_link_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gantry.db");
    for target in ["elsewhere.db", "/nowhere/gantry.db", "gantry.db"] {
        link(std::path::Path::new(target), &file);
        let error = Store::open(&StoreUrl::file(&file)).await.unwrap_err();
        assert!(
            matches!(error, StoreError::Dangling(_)),
            "{target}: {error:?}"
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        std::fs::remove_file(&file).unwrap();
    }
}

#[tokio::test]
async fn the_target_of_a_symbolic_link_is_checked() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (file, target) = (
        folder.path().join("gantry.db"),
        elsewhere.path().join("real.db"),
    );
    let url = StoreUrl::file(&file);
    Store::open(&StoreUrl::file(&target))
        .await
        .unwrap()
        .close()
        .await;
    link(&target, &file);
    Store::open(&url).await.unwrap().close().await;
    let refused = async |what: &std::path::Path, why: &str| {
        let error = Store::open(&url).await.unwrap_err();
        assert!(
            matches!(&error, StoreError::Exposed(path) if path == what),
            "{why}: {error:?}"
        );
    };
    let beside = elsewhere.path().join("real.db-wal");
    std::fs::write(&beside, "").unwrap();
    set_mode(&beside, 0o666);
    refused(&beside, "a file next to the target").await;
    std::fs::remove_file(&beside).unwrap();
    set_mode(elsewhere.path(), 0o777);
    refused(elsewhere.path(), "the target's folder").await;
    set_mode(elsewhere.path(), 0o700);
    set_mode(folder.path(), 0o777);
    refused(folder.path(), "the link's folder").await;
}

#[tokio::test]
async fn a_parent_folder_that_anyone_can_change_is_refused() {
    let shared = tempfile::tempdir().unwrap();
    let folder = shared.path().join("gantry");
    std::fs::create_dir(&folder).unwrap();
    set_mode(&folder, 0o700);
    let url = StoreUrl::file(&folder.join("gantry.db"));
    set_mode(shared.path(), 0o777);
    let error = Store::open(&url).await.unwrap_err();
    assert!(
        matches!(&error, StoreError::Exposed(path) if path == shared.path()),
        "{error:?}"
    );
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    // Like /tmp: others can rename only their own files.
    set_mode(shared.path(), 0o1777);
    Store::open(&url).await.unwrap();
    // But others may have created a file there that SQLite would use as its own.
    let beside = shared.path().join("gantry.db");
    let error = Store::open(&StoreUrl::file(&beside)).await.unwrap_err();
    assert!(matches!(error, StoreError::Exposed(_)), "{error:?}");
    assert!(!beside.exists());
}
