//! Waiting for the store takes no longer when the log is long.

use std::time::{Duration, Instant};

use access::{AccessSettings, Person, PersonId};
use model::Timestamp;
use store::audit::Audit;

use super::entry;
use crate::{stores::*, world::*};

/// More rows than a person can cause in a day with refused changes.
const ROWS: u32 = 100_000;

/// Adds rows about a repository, like those of one person's refused changes. Their hashes are
/// invalid.
async fn fill(place: &Place, repository: &str) {
    let filling = format!(
        "INSERT INTO audit (number, at, event, outcome, person, action, registry, repository, arguments, \
         request, searched, hash) \
         WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {ROWS}) \
         SELECT (SELECT COALESCE(MAX(number), 0) FROM audit) + n, 1795311000, 'write', 'refused', 'tests ben', \
         'ecr:StartLifecyclePolicyPreview', 'retail', '{repository}', '[[\"tag\",\"' || CAST(n AS TEXT) || '\"]]', \
         'r-1', 'tests ben', '0000' FROM counted"
    );
    assert_eq!(place.say(&filling).await, u64::from(ROWS));
}

/// How long it takes to read all rows of a repository once.
async fn reading_all(place: &Place, repository: &str) -> Duration {
    let begun = Instant::now();
    let query = format!(
        "SELECT CAST(COUNT(*) AS TEXT) FROM audit WHERE registry = 'retail' AND repository = '{repository}' \
         AND substr(arguments, 1, 9) = 'something'"
    );
    place.ask(&query).await;
    begun.elapsed()
}

on_each_store! {
    async fn a_long_log_delays_no_one_when_tags_move(place: &Place) {
        let world = World::new().await;
        world.repository("team/api", &[allow(DEVELOPER, &["ecr:*"])]).await;
        let move_all = async |content: &str| {
            for number in 0..60 {
                world.push("team/api", content, &format!("moving-{number}")).await;
            }
        };
        move_all("first").await;
        let access = AccessSettings::default();
        let gantry = world.gantry_storing_in(place.open().await, access).await;
        let (ana, api) = (viewer(&[DEVELOPER]), repository_at("team/api"));
        let query = Default::default();
        repository_images(&gantry, &ana, &api, &query).await.unwrap();
        move_all("second").await;
        // Opening a repository reads images that are older than 15 seconds again.
        let read = Instant::now();
        fill(place, "team/api").await;
        tokio::time::sleep(Duration::from_secs(16).saturating_sub(read.elapsed())).await;
        let patience = 10 * reading_all(place, "team/api").await;
        let store = place.open().await;
        // With PostgreSQL, others can write in the meantime, but not to the log.
        let audit = Audit::new(store.clone());
        let ben = PersonId::new("tests", "ben");
        let person = Person { id: ben.clone(), name: "Ben".to_owned(), groups: Vec::new() };
        store.remember(&person).await.unwrap();
        repository_images(&gantry, &ana, &api, &query).await.unwrap();
        let recorded_moves = format!("SELECT event FROM audit WHERE event = 'tag-moved' AND number > {ROWS}");
        let origin = Default::default();
        let (mut longest, mut moved) = (Duration::ZERO, 0);
        for n in 0..1_000 {
            let begun = Instant::now();
            let (id, ends) = (format!("session-{n}"), Timestamp(i64::from(i32::MAX)));
            let session = store.begin_session(&id, Some(&ben), "{}", ends, &origin);
            session.await.unwrap();
            audit.append(entry("r-2")).await.unwrap();
            longest = longest.max(begun.elapsed());
            moved = place.ask(&recorded_moves).await.len();
            if moved == 51 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(moved, 51);
        assert!(longest < patience, "a caller waited for {longest:?}");
    }
}
