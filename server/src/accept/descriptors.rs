//! The process's limit on open files. Every connection counts against it.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// How many descriptors are reserved for everything else: the store, calls to ECR, files.
const RESERVED: usize = 128;

/// How many connections the process can hold. Raises the process's limit as far as allowed first.
pub(super) fn available() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    // If the system refuses, the limit stays as it is.
    let limit = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => raised.current,
        Err(_) => limit.current,
    };
    let limit = limit.map_or(usize::MAX, |limit| {
        usize::try_from(limit).unwrap_or(usize::MAX)
    });
    limit.saturating_sub(RESERVED).max(1)
}
