//! Writes: recorded before they are done, and how they ended.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use model::{Problem, audit::Outcome};
use store::audit::{Audit, Entry};

use crate::Refusal;

/// Does something that was granted, and records it: that it was begun, before it is, and afterwards how it ended.
/// From the first row to the last it is a task of its own: whoever asked may leave, and neither stops it nor keeps
/// its end out of the log.
///
/// # Errors
/// [`Refusal::Store`] where it cannot be recorded that it was begun: then it is not done. [`Refusal::Problem`] where
/// it failed.
pub(crate) async fn recorded<T: Send + 'static>(
    audit: &Audit,
    granted: Entry,
    act: impl Future<Output = Result<T, Problem>> + Send + 'static,
) -> Result<T, Refusal> {
    let audit = audit.clone();
    let writing = tokio::spawn(async move {
        let row = |outcome| Entry {
            outcome,
            ..granted.clone()
        };
        audit.append(row(Outcome::Begun)).await?;
        // A panic is an end as well.
        let done = AssertUnwindSafe(act).catch_unwind().await;
        let done = done.unwrap_or(Err(Problem::Unexpected));
        let ended = match &done {
            Ok(_) => row(Outcome::Done),
            Err(problem) => {
                let mut failed = row(Outcome::Failed);
                let problem = ("problem", problem.as_str().to_owned());
                failed.arguments.push(problem);
                failed
            }
        };
        if let Err(error) = audit.append(ended).await {
            // The log holds that it was begun, and under which request: its end is known here alone.
            let problem = done.as_ref().err().map(|problem| problem.as_str());
            tracing::error!(%error, problem, "Gantry could not record in the audit log how a change ended");
        }
        done.map_err(Refusal::Problem)
    });
    // Only a runtime that ends cancels it.
    writing.await.unwrap_or(Err(Refusal::Store))
}
