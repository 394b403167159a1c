//! Server function for a repository's images. The browser filters the list.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{Whole, image::ImageRow};

use super::long::Long;
use crate::error::AppError;

/// Returns every image of a repository.
///
/// # Errors
/// [`AppError::NotFound`] for a name that is invalid, does not exist or is not granted; [`AppError::Withheld`],
/// [`AppError::Problem`] and [`AppError::SignedOut`].
#[server(endpoint = "images", input = GetUrl, output = Long)]
pub async fn all_images(
    /// The registry's alias.
    registry: String,
    /// The repository's name.
    name: String,
) -> Result<Whole<ImageRow>, AppError> {
    super::answer(async {
        let request = crate::request::Request::current()?;
        let repository = model::RepositoryAt::read(&registry, &name);
        let repository = repository.map_err(|_| crate::request::unknown_name())?;
        let viewer = request.viewer()?;
        Ok(request
            .gantry
            .repositories
            .all_images(viewer, &repository)
            .await?)
    })
    .await
}
