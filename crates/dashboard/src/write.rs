//! Changes: recorded before they are made, with their result.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use model::{Problem, audit::Outcome};
use store::audit::{Audit, Entry};

use crate::Refusal;

/// Makes a granted change and records it: its start before it is made, and its result afterwards.
/// All of this runs in a separate task, so if the caller leaves, the change continues and its
/// result is still recorded.
///
/// # Errors
/// [`Refusal::Store`] if the start cannot be recorded. The change is then not made.
/// [`Refusal::Problem`] if the change failed.
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
        // A panic is a result too.
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
            // The audit log contains the start and its request. The result is known only here.
            let problem = done.as_ref().err().map(|problem| problem.as_str());
            tracing::error!(%error, problem, "Gantry could not record in the audit log how a change ended");
        }
        done.map_err(Refusal::Problem)
    });
    // Only a runtime that ends cancels the task.
    writing.await.unwrap_or(Err(Refusal::Store))
}
