//! ECR's preview of a lifecycle policy.

use leptos::prelude::*;

use crate::error::AppError;

/// Asks ECR to try the lifecycle policy out; it deletes nothing. A plain form may send this too, and
/// is led back to the lifecycle page.
///
/// # Errors
/// [`AppError::NotFound`] for names that are none, do not exist or are not granted;
/// [`AppError::Withheld`], [`AppError::Problem`], [`AppError::Store`] where it cannot be recorded, and [`AppError::SignedOut`].
#[server(endpoint = "lifecycle-preview")]
pub async fn start_lifecycle_preview(
    /// The registry's alias.
    registry: String,
    /// The repository's name.
    name: String,
) -> Result<(), AppError> {
    super::answer(async {
        let request = crate::request::Request::current()?;
        let registry = registry.parse().map_err(|_| AppError::unknown_name())?;
        let name = name.parse().map_err(|_| AppError::unknown_name())?;
        let viewer = request.viewer()?;
        let gantry = &request.gantry;
        gantry
            .start_lifecycle_preview(viewer, &request.occasion, &registry, &name)
            .await?;
        leptos_axum::redirect(&crate::paths::lifecycle(&registry, &name));
        Ok(())
    })
    .await
}
