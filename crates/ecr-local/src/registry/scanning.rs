//! Scans: which pushes start one, and which images can be scanned.

use super::{
    Account, EcrError, ErrorKind, Image, ImageStatus, Images, Reference, RepositoryFilter,
    Timestamp, matches_wildcard,
};

impl Account {
    /// The first scanning rule whose filter matches this repository: the scan frequency, and the filter.
    #[must_use]
    pub fn scanning_rule(&self, repository: &str) -> Option<(&str, &RepositoryFilter)> {
        self.scanning.rules.iter().find_map(|rule| {
            let names = |filter: &&RepositoryFilter| matches_wildcard(&filter.filter, repository);
            let filter = rule.repository_filters.iter().find(names)?;
            Some((rule.scan_frequency.as_str(), filter))
        })
    }

    /// Whether a scanning rule starts a scan when an image is pushed to this repository. The repository's own setting
    /// can start one too.
    #[must_use]
    pub fn scans_pushes(&self, repository: &str) -> bool {
        self.scanning_rule(repository)
            .is_some_and(|(frequency, _)| frequency != "MANUAL")
    }
}

impl Images {
    /// Records a scan at that moment (`StartImageScan`; seeds back-date it).
    ///
    /// # Errors
    /// `ImageNotFoundException`, `ImageArchivedException`, `UnsupportedImageTypeException`.
    pub fn scan(&mut self, reference: &Reference, at: Timestamp) -> Result<(), EcrError> {
        let image = self.find_mut(reference)?;
        if image.status != ImageStatus::Active {
            return Err(EcrError::new(
                ErrorKind::ImageArchived,
                "An archived image cannot be scanned",
            ));
        }
        if !image.is_scannable() {
            return Err(EcrError::new(
                ErrorKind::UnsupportedImageType,
                "An index or an artifact that is no container image cannot be scanned",
            ));
        }
        image.scanned_at = Some(at);
        Ok(())
    }
}

impl Image {
    /// Whether ECR scans such a manifest: a container image, but not an index or another artifact.
    #[must_use]
    pub fn is_scannable(&self) -> bool {
        !self.manifest.kind.is_index()
            && self.manifest.subject.is_none()
            && self.has_container_config()
    }

    /// Whether its config is that of a container image.
    pub(super) fn has_container_config(&self) -> bool {
        matches!(
            self.manifest.config_media_type.as_deref(),
            Some(
                "application/vnd.docker.container.image.v1+json"
                    | "application/vnd.oci.image.config.v1+json"
            )
        )
    }
}
