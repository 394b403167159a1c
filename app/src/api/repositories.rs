//! Server function for the list of repositories. The browser filters the list.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{Whole, repository::RepositoryRow};

use super::long::Long;
use crate::error::AppError;

/// Returns every repository that the viewer may see.
///
/// # Errors
/// [`AppError::SignedOut`].
#[server(endpoint = "repositories", input = GetUrl, output = Long)]
pub async fn all_repositories() -> Result<Whole<RepositoryRow>, AppError> {
    super::answer(async {
        let request = crate::request::Request::current()?;
        Ok(request.gantry.repositories.all(request.viewer()?).await)
    })
    .await
}
