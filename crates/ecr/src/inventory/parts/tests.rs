use std::sync::{
    LazyLock,
    atomic::{AtomicU32, Ordering},
};

use access::{
    PersonId,
    policies::{PolicyWriter, Reading},
};
use arc_swap::ArcSwap;

use super::*;
use crate::inventory::turns::Turns;

/// All test keys use the same repository, like the sections of one page.
static REPOSITORY: LazyLock<PolicyWriter> = LazyLock::new(|| {
    let never_read = Arc::new(ArcSwap::from_pointee(Reading::never()));
    PolicyWriter::new("main/team/api".parse().unwrap(), never_read)
});

fn key<T: Part>(number: u8) -> PartKey {
    let digest = format!("sha256:{}", format!("{number:02x}").repeat(32));
    PartKey {
        kind: TypeId::of::<T>(),
        repository: REPOSITORY.incarnation(),
        digest: digest.parse().ok(),
    }
}

async fn at_once() -> Result<Turn, Problem> {
    Turns::new().take(&PersonId::new("tests", "ana")).await
}

#[tokio::test]
async fn sections_share_one_budget_of_bytes() {
    let parts = Parts::new();
    for number in 0..40 {
        let read = async { Ok("x".repeat(4 * 1024 * 1024)) };
        parts
            .once(key::<String>(number), at_once(), read)
            .await
            .unwrap();
    }
    parts.kept.run_pending_tasks().await;
    assert!(parts.held_bytes() <= MAX_HELD, "{parts:?}");
}

#[tokio::test]
async fn an_old_section_is_shown_at_once_and_read_again_once_in_the_background() {
    let parts = Arc::new(Parts::new());
    let reads = Arc::new(AtomicU32::new(0));
    let first = async { Ok(1_u32) };
    let unused = || (at_once(), async { Err(Problem::Unexpected) });
    let limit = Duration::ZERO;
    parts
        .recent(key::<u32>(0), limit, at_once(), first, unused)
        .await
        .unwrap();
    for _ in 0..20 {
        let reads = Arc::clone(&reads);
        let read = async move {
            reads.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(50)).await;
            Ok(2_u32)
        };
        let refresh = || (at_once(), read);
        let known = parts.recent(
            key::<u32>(0),
            limit,
            at_once(),
            std::future::pending(),
            refresh,
        );
        assert_eq!(*known.await.unwrap().known.value, 1, "no caller waits");
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(reads.load(Ordering::Relaxed), 1, "one call for all");
    let known = parts.recent(
        key::<u32>(0),
        limit,
        at_once(),
        std::future::pending(),
        unused,
    );
    assert_eq!(*known.await.unwrap().known.value, 2);
}

#[tokio::test]
async fn a_person_without_a_turn_keeps_no_one_else_from_reading_a_section_again() {
    let parts = Arc::new(Parts::new());
    let limit = Duration::ZERO;
    let first = async { Ok(1_u32) };
    let without_a_turn = || (std::future::pending(), async { Ok(3_u32) });
    let known = parts.recent(key::<u32>(0), limit, at_once(), first, without_a_turn);
    known.await.unwrap();
    let unused = std::future::pending();
    let waiting = parts.recent(key::<u32>(0), limit, at_once(), unused, without_a_turn);
    let waiting = waiting.await.unwrap();
    let (unused, again) = (std::future::pending(), || (at_once(), async { Ok(2_u32) }));
    let read = parts.recent(key::<u32>(0), limit, at_once(), unused, again);
    let read = read.await.unwrap();
    assert_eq!((*waiting.known.value, *read.known.value), (1, 1));
    read.reading.unwrap().await.unwrap();
    assert!(!waiting.reading.unwrap().is_finished());
    let (unused, again) = (std::future::pending(), || (at_once(), async { Ok(4_u32) }));
    let known = parts.recent(key::<u32>(0), limit, at_once(), unused, again);
    assert_eq!(*known.await.unwrap().known.value, 2);
}

#[tokio::test]
async fn what_cannot_be_read_again_stays_with_the_reason() {
    let parts = Arc::new(Parts::new());
    let first = async { Ok(1_u32) };
    let fails = || (at_once(), async { Err::<u32, _>(Problem::Throttled) });
    parts
        .recent(key::<u32>(0), Duration::ZERO, at_once(), first, fails)
        .await
        .unwrap();
    for problem in [None, Some(Problem::Throttled)] {
        let known = parts.recent(
            key::<u32>(0),
            Duration::ZERO,
            at_once(),
            std::future::pending(),
            fails,
        );
        let known = known.await.unwrap().known;
        assert_eq!((*known.value, known.problem), (1, problem));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
