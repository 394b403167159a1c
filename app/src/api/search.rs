//! Server function for the palette's search.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::search::SearchResults;

use crate::compact::CompactOutput;
use crate::error::AppError;

/// Returns the repositories, tags and digests that match a text and that the viewer may see.
///
/// # Errors
/// [`AppError::SignedOut`].
#[server(endpoint = "search", input = GetUrl, output = CompactOutput)]
pub async fn search(
    /// The text to search for.
    text: String,
) -> Result<SearchResults, AppError> {
    super::answer(async {
        let request = crate::request::Request::current()?;
        Ok(request.gantry.search.find(request.viewer()?, &text).await)
    })
    .await
}
