//! How many calls per second each operation may make.
//!
//! AWS publishes no quota for most read operations of ECR, so the rate is found by trying: it grows
//! while ECR answers, halves when ECR throttles, and recovers slowly. Calls that a person waits for
//! have their own share, which background work never uses.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use model::{Problem, RegistryAlias};

use super::Priority;

/// Calls per second at the start.
const FIRST_RATE: f64 = 200.0;

/// The lowest and the highest rate, in calls per second.
const LOWEST_RATE: f64 = 2.0;
const HIGHEST_RATE: f64 = 1_000.0;

/// How much the rate grows in one second of answers, after ECR has throttled once.
const RECOVERY: f64 = 2.0;

/// Throttled answers count once in this time, because many calls run at once.
const ONE_SLOWDOWN: Duration = Duration::from_secs(1);

/// The share of the rate for interactive calls. The rest is for background calls.
const INTERACTIVE_SHARE: f64 = 0.25;

/// The budgets of one registry: one per operation.
#[derive(Debug)]
pub(super) struct Budgets {
    registry: RegistryAlias,
    of: Mutex<HashMap<&'static str, Budget>>,
}

#[derive(Debug)]
struct Budget {
    rate: f64,
    slowed: Option<Instant>,
    interactive: Share,
    background: Share,
}

/// A token bucket that holds one second of calls.
#[derive(Debug)]
struct Share {
    tokens: f64,
    filled: Instant,
}

impl Budgets {
    pub(super) fn new(registry: RegistryAlias) -> Self {
        Self {
            registry,
            of: Mutex::default(),
        }
    }

    /// Waits until a call may be made.
    pub(super) async fn turn(&self, operation: &'static str, priority: Priority) {
        while let Err(wait) = self.take(operation, priority) {
            tokio::time::sleep(wait).await;
        }
    }

    /// Counts an answer and adjusts the rate.
    pub(super) fn answered(
        &self,
        operation: &'static str,
        priority: Priority,
        problem: Option<Problem>,
    ) {
        let rate = self.with(operation, |budget| {
            budget.learn(problem == Some(Problem::Throttled), Instant::now());
            budget.rate
        });
        let registry = self.registry.to_string();
        let priority = match priority {
            Priority::Interactive => "interactive",
            Priority::Background => "background",
        };
        let outcome = problem.map_or("answered", Problem::as_str);
        metrics::counter!("gantry_ecr_calls_total", "registry" => registry.clone(), "operation" => operation, "priority" => priority, "outcome" => outcome)
            .increment(1);
        metrics::gauge!("gantry_ecr_budget", "registry" => registry, "operation" => operation)
            .set(rate);
    }

    fn take(&self, operation: &'static str, priority: Priority) -> Result<(), Duration> {
        self.with(operation, |budget| budget.take(priority, Instant::now()))
    }

    fn with<T>(&self, operation: &'static str, use_it: impl FnOnce(&mut Budget) -> T) -> T {
        let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        use_it(
            of.entry(operation)
                .or_insert_with(|| Budget::new(Instant::now())),
        )
    }
}

impl Budget {
    fn new(now: Instant) -> Self {
        let full = |share: f64| Share {
            tokens: FIRST_RATE * share,
            filled: now,
        };
        Self {
            rate: FIRST_RATE,
            slowed: None,
            interactive: full(INTERACTIVE_SHARE),
            background: full(1.0 - INTERACTIVE_SHARE),
        }
    }

    fn take(&mut self, priority: Priority, now: Instant) -> Result<(), Duration> {
        let (share, part) = match priority {
            Priority::Interactive => (&mut self.interactive, INTERACTIVE_SHARE),
            Priority::Background => (&mut self.background, 1.0 - INTERACTIVE_SHARE),
        };
        let rate = self.rate * part;
        let since = now.saturating_duration_since(share.filled).as_secs_f64();
        share.tokens = since.mul_add(rate, share.tokens).min(rate.max(1.0));
        share.filled = now;
        if share.tokens >= 1.0 {
            share.tokens -= 1.0;
            return Ok(());
        }
        Err(Duration::from_secs_f64((1.0 - share.tokens) / rate))
    }

    fn learn(&mut self, slow_down: bool, now: Instant) {
        if !slow_down {
            // The rate doubles each second until ECR throttles, and then grows slowly.
            let gain = self.slowed.map_or(1.0, |_| RECOVERY / self.rate);
            self.rate = (self.rate + gain).min(HIGHEST_RATE);
        } else if self
            .slowed
            .is_none_or(|at| now.saturating_duration_since(at) >= ONE_SLOWDOWN)
        {
            self.rate = (self.rate / 2.0).max(LOWEST_RATE);
            self.slowed = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many calls are allowed within this many seconds, if one is asked for every millisecond.
    fn allowed(budget: &mut Budget, priority: Priority, from: Instant, seconds: u32) -> u32 {
        let moments = (0..seconds * 1_000).map(|ms| from + Duration::from_millis(ms.into()));
        moments.fold(0, |count, now| {
            let mut count = count;
            while budget.take(priority, now).is_ok() {
                count += 1;
            }
            count
        })
    }

    #[test]
    fn throttling_halves_the_rate_once_a_second_and_answers_restore_it() {
        let start = Instant::now();
        let mut budget = Budget::new(start);
        for _ in 0..50 {
            budget.learn(true, start);
        }
        assert!((budget.rate - FIRST_RATE / 2.0).abs() < 0.01);
        budget.learn(true, start + ONE_SLOWDOWN);
        assert!((budget.rate - FIRST_RATE / 4.0).abs() < 0.01);
        let slowed = budget.rate;
        for _ in 0..100 {
            budget.learn(false, start + ONE_SLOWDOWN);
        }
        assert!(budget.rate > slowed && budget.rate < slowed * 2.0);
        for second in 0..100 {
            budget.learn(true, start + ONE_SLOWDOWN * (second + 2));
        }
        assert!(budget.rate >= LOWEST_RATE, "never nothing");
    }

    #[test]
    fn background_calls_never_use_the_interactive_share() {
        let start = Instant::now();
        let mut budget = Budget::new(start);
        let background = allowed(&mut budget, Priority::Background, start, 2);
        let interactive = allowed(&mut budget, Priority::Interactive, start, 2);
        assert!((400..=460).contains(&background), "{background}");
        assert!((140..=160).contains(&interactive), "{interactive}");
    }

    #[test]
    fn the_rate_grows_up_to_a_limit() {
        let start = Instant::now();
        let mut budget = Budget::new(start);
        for _ in 0..5_000 {
            budget.learn(false, start);
        }
        assert!((budget.rate - HIGHEST_RATE).abs() < 0.01);
    }
}
