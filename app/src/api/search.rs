//! What the palette finds.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::search::SearchResults;

use crate::error::AppError;

/// Repositories, tags and digests that match a text, among those that the viewer may see.
///
/// # Errors
/// [`AppError::SignedOut`].
#[server(endpoint = "search", input = GetUrl)]
pub async fn search(
    /// What to look for.
    text: String,
) -> Result<SearchResults, AppError> {
    super::answer(async {
        let request = crate::request::Request::current()?;
        Ok(request.gantry.search.find(request.viewer()?, &text).await)
    })
    .await
}
