//! Deliberate faults: slow, throttled, failing and refused answers, which can be changed while serving.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rand::Rng as _;

use crate::Options;
use crate::registry::{EcrError, ErrorKind};

/// What happens instead of, or before, the normal answer to a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The answer is this exception.
    Refuse(ErrorKind),
    /// The request waits this long and is then answered normally.
    Stall(Duration),
}

/// Which requests have a fault. `None` matches all.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The operation, as in `X-Amz-Target`: `DescribeImages`.
    pub operation: Option<String>,
    /// The repository in the request.
    pub repository: Option<String>,
    /// The fault.
    pub fault: Fault,
    /// For how many requests the rule applies before it ends.
    pub times: Option<u32>,
}

impl Rule {
    /// A rule for every request, without an end.
    #[must_use]
    pub const fn new(fault: Fault) -> Self {
        Self {
            operation: None,
            repository: None,
            fault,
            times: None,
        }
    }

    /// Limits the rule to one operation.
    #[must_use]
    pub fn on(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// Limits the rule to one repository.
    #[must_use]
    pub fn of(mut self, repository: &str) -> Self {
        self.repository = Some(repository.to_owned());
        self
    }

    /// Ends the rule after this many requests.
    #[must_use]
    pub const fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    fn concerns(&self, operation: &str, repository: Option<&str>) -> bool {
        self.operation
            .as_deref()
            .is_none_or(|only| only == operation)
            && (self.repository.is_none() || self.repository.as_deref() == repository)
            && self.times != Some(0)
    }
}

/// The current faults. All methods can be called while the endpoint serves.
#[derive(Debug)]
pub struct Faults {
    plan: Mutex<Plan>,
    calls: Mutex<BTreeMap<String, u64>>,
}

#[derive(Debug)]
struct Plan {
    latency: Option<Duration>,
    fail: Option<f64>,
    bucket: Option<Bucket>,
    rules: Vec<Rule>,
}

impl Faults {
    /// The faults from the options.
    #[must_use]
    pub fn new(options: &Options) -> Self {
        Self {
            plan: Mutex::new(Plan {
                latency: options.latency,
                fail: options.fail,
                bucket: options.throttle.map(Bucket::new),
                rules: Vec::new(),
            }),
            calls: Mutex::default(),
        }
    }

    /// How many requests each operation has received so far, including those with a fault.
    #[must_use]
    pub fn calls(&self) -> BTreeMap<String, u64> {
        self.counted().clone()
    }

    fn counted(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the delay of every answer.
    pub fn set_latency(&self, latency: Option<Duration>) {
        self.plan().latency = latency;
    }

    /// Answers this share of requests, from 0 to 1, with a `ServerException`.
    pub fn set_fail(&self, share: Option<f64>) {
        self.plan().fail = share;
    }

    /// Answers requests above this rate per second with a `ThrottlingException`.
    pub fn set_throttle(&self, rate: Option<f64>) {
        self.plan().bucket = rate.map(Bucket::new);
    }

    /// Adds a rule. If several rules match a request, the first one applies.
    pub fn add(&self, rule: Rule) {
        self.plan().rules.push(rule);
    }

    /// Removes all rules. Latency, rate and share are kept.
    pub fn clear(&self) {
        self.plan().rules.clear();
    }

    /// How long a request must wait, and the error that it is refused with, if any.
    pub(crate) fn meet(
        &self,
        operation: &str,
        repository: Option<&str>,
    ) -> (Duration, Result<(), EcrError>) {
        *self.counted().entry(operation.to_owned()).or_default() += 1;
        let mut plan = self.plan();
        let latency = plan.latency.unwrap_or_default();
        match plan.rule(operation, repository) {
            Some(Fault::Stall(stall)) => return (latency + stall, Ok(())),
            Some(Fault::Refuse(kind)) => return (latency, Err(refusal(kind, operation))),
            None => {}
        }
        if plan
            .bucket
            .as_mut()
            .is_some_and(|bucket| !bucket.take(Instant::now()))
        {
            return (latency, Err(refusal(ErrorKind::Throttling, operation)));
        }
        if plan
            .fail
            .is_some_and(|share| rand::rng().random_bool(share.clamp(0.0, 1.0)))
        {
            return (latency, Err(refusal(ErrorKind::Server, operation)));
        }
        (latency, Ok(()))
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Plan {
    fn rule(&mut self, operation: &str, repository: Option<&str>) -> Option<Fault> {
        let rule = self
            .rules
            .iter_mut()
            .find(|rule| rule.concerns(operation, repository))?;
        if let Some(times) = &mut rule.times {
            *times -= 1;
        }
        Some(rule.fault.clone())
    }
}

fn refusal(kind: ErrorKind, operation: &str) -> EcrError {
    let message = match kind {
        ErrorKind::Throttling => "Rate exceeded".to_owned(),
        ErrorKind::ExpiredToken => {
            "The security token included in the request is expired".to_owned()
        }
        ErrorKind::AccessDenied => format!("User is not authorized to perform: ecr:{operation}"),
        _ => "The service could not answer this request".to_owned(),
    };
    EcrError::new(kind, message)
}

/// A token bucket that holds the requests of one second, and at least one.
#[derive(Debug)]
struct Bucket {
    rate: f64,
    tokens: f64,
    filled_at: Instant,
}

impl Bucket {
    fn new(rate: f64) -> Self {
        Self {
            rate,
            tokens: rate.max(1.0),
            filled_at: Instant::now(),
        }
    }

    fn take(&mut self, now: Instant) -> bool {
        let gained = now.duration_since(self.filled_at).as_secs_f64() * self.rate;
        self.tokens = (self.tokens + gained).min(self.rate.max(1.0));
        self.filled_at = now;
        let is_free = self.tokens >= 1.0;
        if is_free {
            self.tokens -= 1.0;
        }
        is_free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_refills_at_its_rate() {
        let mut bucket = Bucket::new(2.0);
        let start = Instant::now();
        bucket.filled_at = start;
        assert!(bucket.take(start) && bucket.take(start) && !bucket.take(start));
        let later = start + Duration::from_millis(500);
        assert!(bucket.take(later) && !bucket.take(later));
    }

    #[test]
    fn a_rule_applies_to_its_operation_and_repository_a_limited_number_of_times() {
        let faults = Faults::new(&Options::default());
        faults.add(
            Rule::new(Fault::Refuse(ErrorKind::AccessDenied))
                .on("DescribeImages")
                .of("users")
                .times(1),
        );
        let refused = |operation, repository| faults.meet(operation, Some(repository)).1.is_err();
        assert!(!refused("ListImages", "users") && !refused("DescribeImages", "orders"));
        assert!(refused("DescribeImages", "users"));
        assert!(!refused("DescribeImages", "users"));
    }
}
