//! CPU-intensive work, on threads that do not answer requests.

/// Runs a piece of work on a thread that does not answer requests, and waits for it. The work
/// finishes even if the caller stops waiting. If it panics, the caller panics too. Only for work
/// that belongs to no person: the crawler limits how much of it there is.
pub async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Only a runtime that ends cancels the work, and it also cancels the waiting caller.
            Err(_) => std::future::pending().await,
        },
    }
}
