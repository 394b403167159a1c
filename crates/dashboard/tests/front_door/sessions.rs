//! Sessions and people, with each kind of store.

use std::time::Duration;

use access::{Person, PersonId};
use model::{
    Timestamp,
    audit::{Event, Outcome},
};
use store::{EndSessions, MAX_SESSIONS, SessionTimes, audit::Entry};

use crate::{stores::*, world::request_origin, written::Written};

const LONG: Timestamp = Timestamp(i64::MAX);

fn ana(groups: &[&str]) -> Person {
    Person {
        id: PersonId::new("https://id.example.com", "ana"),
        name: "Ana".into(),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
    }
}

fn times() -> SessionTimes {
    SessionTimes::default()
}

on_each_store! {
    async fn a_session_uses_the_groups_of_the_last_sign_in(place: &Place) {
        let store = place.open().await;
        store.remember(&ana(&["storefront"])).await.unwrap();
        let id = ana(&[]).id;
        store.begin_session("a", Some(&id), "{}", LONG, &Default::default()).await.unwrap();
        let person = store.session("a", times()).await.unwrap().unwrap().person;
        assert_eq!(person, Some(ana(&["storefront"])));
        // Another sign-in has other groups: this session uses them too.
        store.remember(&ana(&["checkout", "支付"])).await.unwrap();
        let person = store.session("a", times()).await.unwrap().unwrap().person;
        assert_eq!(person, Some(ana(&["checkout", "支付"])));
        let (known, seen) = store.person(&id).await.unwrap().unwrap();
        assert_eq!(known, ana(&["checkout", "支付"]));
        assert!(seen.0 > 1_700_000_000);
        assert_eq!(store.person(&PersonId::new("x", "y")).await.unwrap(), None);
    }

    async fn a_session_ends_when_it_is_not_used(place: &Place) {
        let store = place.open().await;
        store.begin_session("a", None, "{}", LONG, &Default::default()).await.unwrap();
        assert!(store.session("a", times()).await.unwrap().is_some());
        let idle = i64::try_from(times().idle.as_secs()).unwrap();
        place.say(&format!("UPDATE session SET used = used - {} WHERE id = 'a'", idle - 60)).await;
        assert!(store.session("a", times()).await.unwrap().is_some());
        // That was a use: the idle time starts again.
        place.say(&format!("UPDATE session SET used = used - {} WHERE id = 'a'", idle - 60)).await;
        assert!(store.session("a", times()).await.unwrap().is_some());
        place.say(&format!("UPDATE session SET used = used - {idle} WHERE id = 'a'")).await;
        assert_eq!(store.session("a", times()).await.unwrap(), None);
        assert_eq!(store.sweep_sessions(times()).await.unwrap(), 1);
    }

    async fn a_session_ends_even_if_it_is_used(place: &Place) {
        let store = place.open().await;
        let ended = Timestamp(1_000_000);
        store.begin_session("a", None, "{}", ended, &Default::default()).await.unwrap();
        store.begin_session("b", None, "{}", LONG, &Default::default()).await.unwrap();
        assert_eq!(store.session("a", times()).await.unwrap(), None);
        assert_eq!(store.sweep_sessions(times()).await.unwrap(), 1);
        assert!(store.session("b", times()).await.unwrap().is_some());
    }

    async fn an_ended_session_stays_ended(place: &Place) {
        let store = place.open().await;
        store.begin_session("a", None, "{}", LONG, &Default::default()).await.unwrap();
        store.change_session("a", r#"{"nonce":"x"}"#).await.unwrap();
        let content = store.session("a", times()).await.unwrap().unwrap().content;
        assert_eq!(content, r#"{"nonce":"x"}"#);
        store.end_session("a").await.unwrap();
        // A request that was running when the session ended stores its content.
        store.change_session("a", r#"{"nonce":"y"}"#).await.unwrap();
        assert_eq!(store.session("a", times()).await.unwrap(), None);
        assert_eq!(place.ask("SELECT id FROM session").await, Vec::<String>::new());
    }

    async fn changing_a_session_does_not_change_its_end(place: &Place) {
        let store = place.open().await;
        store.remember(&ana(&["storefront"])).await.unwrap();
        store.begin_session("a", Some(&ana(&[]).id), "{}", LONG, &Default::default()).await.unwrap();
        store.change_session("a", r#"{"attempts":[]}"#).await.unwrap();
        let row = store.session("a", times()).await.unwrap().unwrap();
        assert_eq!((row.ends, row.person), (LONG, Some(ana(&["storefront"]))));
    }

    async fn signing_out_everywhere_ends_all_of_a_persons_sessions(place: &Place) {
        let store = place.open().await;
        let ben = Person { id: PersonId::new("https://id.example.com", "ben"), ..ana(&[]) };
        for person in [&ana(&[]), &ben] {
            store.remember(person).await.unwrap();
        }
        for (session, person) in [("a", &ana(&[])), ("b", &ana(&[])), ("c", &ben)] {
            store.begin_session(session, Some(&person.id), "{}", LONG, &Default::default()).await.unwrap();
        }
        let entry = Entry::new(Event::SignOut, Outcome::Done, &request_origin("r"));
        assert_eq!(store.end_recorded(EndSessions::Person(&ana(&[]).id), entry).await.unwrap(), 2);
        for (session, goes_on) in [("a", false), ("b", false), ("c", true)] {
            assert_eq!(store.session(session, times()).await.unwrap().is_some(), goes_on);
        }
    }

    async fn processes_over_one_store_share_its_sessions(place: &Place) {
        let (one, other) = (place.open().await, place.open().await);
        one.begin_session("a", None, "{}", LONG, &Default::default()).await.unwrap();
        assert!(other.session("a", times()).await.unwrap().is_some());
        other.end_session("a").await.unwrap();
        assert_eq!(one.session("a", times()).await.unwrap(), None);
    }

    async fn a_short_idle_time_also_applies(place: &Place) {
        let store = place.open().await;
        let brief = SessionTimes { idle: Duration::from_secs(50), ..times() };
        store.begin_session("a", None, "{}", LONG, &Default::default()).await.unwrap();
        // A use after forty seconds is stored at once, although a minute has not passed.
        place.say("UPDATE session SET used = used - 40 WHERE id = 'a'").await;
        assert!(store.session("a", brief).await.unwrap().is_some());
        place.say("UPDATE session SET used = used - 40 WHERE id = 'a'").await;
        assert!(store.session("a", brief).await.unwrap().is_some());
    }

    async fn sessions_are_ended_and_recorded_together(place: &Place) {
        let store = place.open().await;
        let ben = Person { id: PersonId::new("https://id.example.com", "ben"), name: "Ben".into(), groups: vec![] };
        for person in [&ana(&[]), &ben] {
            store.remember(person).await.unwrap();
        }
        let begin = async || {
            for (session, person) in [("a", Some(&ana(&[]).id)), ("b", Some(&ana(&[]).id)), ("c", Some(&ben.id)), ("d", None)] {
                store.begin_session(session, person, "{}", LONG, &Default::default()).await.unwrap();
            }
        };
        let left = async || place.ask("SELECT id FROM session ORDER BY id").await;
        begin().await;
        let one = EndSessions::One(&ben.id, "a");
        assert_eq!(store.end_sessions_by_command(one).await.unwrap(), 0, "another person's");
        assert_eq!(place.ask("SELECT event FROM audit").await, Vec::<String>::new());
        assert_eq!(store.end_sessions_by_command(EndSessions::Person(&ana(&[]).id)).await.unwrap(), 2);
        assert_eq!(left().await, ["c", "d"]);
        assert_eq!(place.ask("SELECT arguments FROM audit").await, [
            r#"[["by","gantry sessions end"],["of","https://id.example.com ana"],["sessions","2"]]"#,
        ]);
        store.end_session("c").await.unwrap();
        store.end_session("d").await.unwrap();
        begin().await;
        assert_eq!(store.end_sessions_by_command(EndSessions::All).await.unwrap(), 3);
        assert_eq!(left().await, ["d"], "the session of an unfinished sign-in has no owner");
        assert_eq!(place.ask("SELECT event FROM audit").await.len(), 3, "one row per person");
        begin_again(&store).await;
        place.say("ALTER TABLE audit RENAME TO gone").await;
        store.end_sessions_by_command(EndSessions::All).await.unwrap_err();
        assert_eq!(left().await, ["a", "d"]);
    }

    async fn people_with_sessions_are_listed_with_their_number(place: &Place) {
        let store = place.open().await;
        store.remember(&ana(&[])).await.unwrap();
        for session in ["a", "b", "ended", "idle"] {
            store.begin_session(session, Some(&ana(&[]).id), "{}", LONG, &Default::default()).await.unwrap();
        }
        store.begin_session("d", None, "{}", LONG, &Default::default()).await.unwrap();
        place.say("UPDATE session SET ends = 1 WHERE id = 'ended'").await;
        place.say("UPDATE session SET used = 1 WHERE id = 'idle'").await;
        let people = store.signed_in(times(), None).await.unwrap();
        assert_eq!(people.len(), 1);
        assert_eq!((people[0].name.as_str(), people[0].sessions), ("Ana", 2));
        let of = async |issuer: &str| store.signed_in(times(), Some(issuer)).await.unwrap().len();
        assert_eq!(of("https://id.example.com").await, 1);
        assert_eq!(of("https://other.example.com").await, 0, "people of another provider are not listed");
    }

    async fn one_session_too_many_ends_the_least_recently_used_one(place: &Place) {
        let store = place.open().await;
        let ben = Person { id: PersonId::new("https://id.example.com", "ben"), ..ana(&[]) };
        for person in [&ana(&[]), &ben] {
            store.remember(person).await.unwrap();
        }
        let begin = async |session: &str, person: &PersonId| {
            store.begin_session(session, Some(person), "{}", LONG, &Default::default()).await.unwrap();
        };
        begin("ben", &ben.id).await;
        for number in 0..MAX_SESSIONS.get() {
            begin(&format!("{number:02}"), &ana(&[]).id).await;
        }
        // The sessions were used in this order, one per minute, and session 1 just now.
        place.say("UPDATE session SET used = used - 60 * (60 - CAST(id AS BIGINT)) WHERE id <> 'ben'").await;
        place.say("UPDATE session SET used = used + 60 * 60 WHERE id = '00'").await;
        let left = async || place.ask("SELECT id FROM session WHERE person LIKE '% ana' ORDER BY id").await;
        assert_eq!(left().await.len(), 50);
        begin("new", &ana(&[]).id).await;
        let now = left().await;
        assert_eq!(now.len(), 50);
        for (session, goes_on) in [("00", true), ("01", false), ("02", true), ("new", true)] {
            assert_eq!(now.iter().any(|left| left == session), goes_on, "{session}");
        }
        assert!(store.session("ben", times()).await.unwrap().is_some());
    }

    async fn the_maximum_number_of_sessions_per_person_can_be_raised(place: &Place) {
        let store = place.open().await.with_most_sessions(60.try_into().unwrap());
        store.remember(&ana(&[])).await.unwrap();
        for number in 0..61 {
            let session = format!("{number:02}");
            store.begin_session(&session, Some(&ana(&[]).id), "{}", LONG, &Default::default()).await.unwrap();
            place.say("UPDATE session SET used = used - 60").await;
        }
        assert_eq!(store.sweep_sessions(times()).await.unwrap(), 0);
        let left = place.ask("SELECT id FROM session ORDER BY id").await;
        assert_eq!((left.len(), left[0].as_str()), (60, "01"));
    }

    async fn concurrent_sign_ins_do_not_exceed_the_maximum_number_of_sessions(place: &Place) {
        let (one, other) = (place.open().await, place.open().await);
        one.remember(&ana(&[])).await.unwrap();
        let begin = |number: u32| {
            let store = if number.is_multiple_of(2) { one.clone() } else { other.clone() };
            async move {
                let (session, id) = (number.to_string(), ana(&[]).id);
                store.begin_session(&session, Some(&id), "{}", LONG, &Default::default()).await.unwrap();
            }
        };
        futures::future::join_all((0..50).map(begin)).await;
        for wave in 1..10 {
            futures::future::join_all((0..16).map(|number| begin(wave * 100 + number))).await;
            assert_eq!(place.ask("SELECT id FROM session").await.len(), 50, "wave {wave}");
        }
    }

    async fn sessions_of_another_release_count_towards_the_maximum(place: &Place) {
        let store = place.open().await;
        store.remember(&ana(&[])).await.unwrap();
        store.begin_session("on the way", None, "{}", LONG, &Default::default()).await.unwrap();
        for number in 0..60 {
            place.say(&format!(
                "INSERT INTO session (id, person, content, used, ends) SELECT '{number}', id, '{{}}', seen + {number}, \
                 seen + 9999 FROM person",
            )).await;
        }
        assert_eq!(store.sweep_sessions(times()).await.unwrap(), 10);
        let left = place.ask("SELECT id FROM session WHERE id IN ('9', '10', '59', 'on the way') ORDER BY id").await;
        assert_eq!(left, ["10", "59", "on the way"]);
    }

    async fn secrets_of_the_first_release_are_cleared_while_it_still_runs(place: &Place) {
        let store = place.open().await;
        let kept = r#"{"sign_ins":[{"salt":"s","return_to":"/a?b=\"id_token\":","begun":1}]}"#;
        for (session, content) in [
            ("token", r#"{"sign_ins":[],"id_token":"eyJhbGciOi"}"#),
            ("secrets", r#"{"attempts":[{"verifier":"v-1"}]}"#),
            ("kept", kept),
        ] {
            store.begin_session(session, None, content, LONG, &Default::default()).await.unwrap();
        }
        assert_eq!(store.sweep_sessions(times()).await.unwrap(), 0, "no one is signed out");
        let contents = place.ask("SELECT content FROM session ORDER BY id").await;
        assert_eq!(contents, [kept, "{}", "{}"]);
    }
}

/// Others can write in between, however many sessions there are.
#[tokio::test]
async fn very_many_sessions_are_swept_a_few_at_a_time() {
    Place::sqlite()
        .run(async |place| {
            let store = place.open().await;
            store.remember(&ana(&[])).await.unwrap();
            for (count, person, content, ends) in [
                (5_000, "NULL", "{}", 1),
                (5_000, "(SELECT id FROM person)", "{}", 4_000_000_000_u32),
                (5_000, "NULL", r#"{"id_token":"e"}"#, 4_000_000_000),
            ] {
                let fill = format!(
                    "INSERT INTO session (id, person, content, used, ends) \
                     WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {count}) \
                     SELECT hex(randomblob(32)), {person}, '{content}', 3000000000 + n, {ends} FROM counted"
                );
                assert_eq!(place.say(&fill).await, count);
            }
            let written = Written::from_now(place).await;
            assert_eq!(store.sweep_sessions(times()).await.unwrap(), 9_950);
            let left = place.ask("SELECT content FROM session").await;
            assert_eq!((left.len(), left.iter().all(|content| content == "{}")), (5_050, true));
            let most = written.pages().into_iter().max().unwrap();
            assert!(most < 200, "{most} pages in one transaction");
        })
        .await;
}

async fn begin_again(store: &store::Store) {
    let (id, origin) = (ana(&[]).id, Default::default());
    let begun = store.begin_session("a", Some(&id), "{}", LONG, &origin);
    begun.await.unwrap();
}
