//! Server functions. They are public endpoints: each one determines the viewer and answers with that viewer's data
//! only.

mod images;
mod long;
mod repositories;
mod search;

pub use images::all_images;
pub use repositories::all_repositories;
pub use search::search;

/// Awaits an answer and sets the response status if it is an error.
#[cfg(feature = "ssr")]
async fn answer<Value>(
    asking: impl Future<Output = Result<Value, crate::error::AppError>>,
) -> Result<Value, crate::error::AppError> {
    let response = leptos::prelude::use_context::<leptos_axum::ResponseOptions>();
    let answer = asking.await;
    if let Err(error) = &answer {
        error.set_status(response.as_ref());
    }
    answer
}
