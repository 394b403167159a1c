//! Denied reads: a metric, and one log line a minute for each person.
//!
//! As everywhere, what does not exist and what is not granted count as the same: only the answer's status decides.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use access::PersonId;
use http::StatusCode;

use crate::metrics::DENIED_READS;

/// The shortest time between two log lines about one person.
const EVERY: Duration = Duration::from_secs(60);

/// Counts denied reads.
#[derive(Debug, Clone)]
pub struct Denials {
    counts: Arc<Counts>,
    every: Duration,
}

/// How many reads of each person were denied since the last log line about them.
#[derive(Debug, Default)]
struct Counts(Mutex<HashMap<PersonId, u64>>);

impl Default for Denials {
    fn default() -> Self {
        Self {
            counts: Arc::default(),
            every: EVERY,
        }
    }
}

impl Denials {
    /// Records how a person's read was answered. The first denied read is logged at once, with the path from the
    /// request's span.
    pub fn note(&self, person: &PersonId, status: StatusCode) {
        if !matches!(status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN) {
            return;
        }
        metrics::counter!(DENIED_READS).increment(1);
        {
            let mut counts = self.counts.lock();
            if let Some(count) = counts.get_mut(person) {
                *count += 1;
                return;
            }
            counts.insert(person.clone(), 0);
        }
        log(person, 1);
        let counts = Arc::downgrade(&self.counts);
        tokio::spawn(watch(counts, self.every, person.clone()));
    }
}

impl Counts {
    fn lock(&self) -> MutexGuard<'_, HashMap<PersonId, u64>> {
        // A panic leaves no count half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Logs how many denied reads follow, until a period passes without one.
async fn watch(counts: Weak<Counts>, every: Duration, person: PersonId) {
    loop {
        tokio::time::sleep(every).await;
        let Some(counts) = counts.upgrade() else {
            return;
        };
        let mut counts = counts.lock();
        match counts.get_mut(&person).map(std::mem::take) {
            None | Some(0) => {
                counts.remove(&person);
                return;
            }
            Some(count) => log(&person, count),
        }
    }
}

/// When the server stops, logs the counts so far.
impl Drop for Counts {
    fn drop(&mut self) {
        for (person, count) in self.lock().iter().filter(|(_, count)| **count > 0) {
            log(person, *count);
        }
    }
}

fn log(person: &PersonId, count: u64) {
    tracing::info!(
        person.id = person.as_str(),
        count,
        "A person's reads were denied: the name does not exist, or the person may not see it"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The captured log.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            log.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Log {
        fn counts(&self, person: &str) -> Vec<String> {
            let log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let text = String::from_utf8_lossy(&log).into_owned();
            let lines = text.lines().filter(|line| line.contains(person));
            let count = |line: &str| line.split("count=").nth(1).map(str::to_owned);
            lines.filter_map(count).collect()
        }
    }

    #[tokio::test]
    async fn denied_reads_are_one_log_line_a_minute_for_each_person() {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let _logging = tracing::subscriber::set_default(subscriber);
        let denials = Denials {
            every: Duration::from_millis(100),
            ..Denials::default()
        };
        let [ana, ben] = ["ana", "ben"].map(|name| PersonId::new("tests", name));
        for status in [
            StatusCode::OK,
            StatusCode::SEE_OTHER,
            StatusCode::NOT_MODIFIED,
        ] {
            denials.note(&ana, status);
        }
        assert!(log.counts("ana").is_empty());
        for _ in 0..50 {
            denials.note(&ana, StatusCode::NOT_FOUND);
            denials.note(&ana, StatusCode::FORBIDDEN);
        }
        denials.note(&ben, StatusCode::NOT_FOUND);
        assert_eq!(log.counts("ana"), ["1"]);
        tokio::time::sleep(Duration::from_millis(150)).await;
        assert_eq!(log.counts("ana"), ["1", "99"]);
        // Less than a minute has passed since the last line.
        denials.note(&ana, StatusCode::NOT_FOUND);
        assert_eq!(log.counts("ana"), ["1", "99"]);
        drop(denials);
        assert_eq!(log.counts("ana"), ["1", "99", "1"]);
        assert_eq!(log.counts("ben"), ["1"]);
    }
}
