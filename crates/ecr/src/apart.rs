//! Work that keeps a processor busy, away from the threads that answer requests.

/// Does a piece of work away from the threads that answer requests, and waits for it. It is finished even if nobody waits
/// for it any more; should it panic, so does who waits. For what is nobody's own: the crawler bounds how much there is.
pub async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Only a runtime that ends cancels work, and the one who waits with it.
            Err(_) => std::future::pending().await,
        },
    }
}
