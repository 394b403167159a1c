//! A repository's page: its head and its images.

use std::sync::Arc;

use access::{
    Viewer,
    acts::{
        BatchGetImage, DescribeRepositories, GetLifecyclePolicy, GetRepositoryPolicy,
        ListTagsForResource,
    },
    now,
};
use ecr::{content::resource_tags, inventory::Known};
use model::{
    PAGE_ROWS, Page, RegistryAlias, RepositoryName, Section, Sight, Whole,
    image::ImageRow,
    query::{ImageQuery, paginate_by},
    repository::{RepositoryCounts, RepositoryDetail, RepositorySettings},
};

use super::Repositories;
use crate::{
    Refusal,
    catalog::{Opened, Seen, section},
};

impl Repositories {
    /// The head of a repository's page.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if nothing of it is granted, [`Refusal::Withheld`] if only its policy
    /// is granted.
    pub async fn page(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Result<RepositoryDetail, Refusal> {
        let opened = self.catalog.open(viewer, registry, name).await?;
        let seen = opened.images(viewer).await?;
        let (counts, as_of) = self.counts(viewer, &opened, &seen);
        let (resource_tags, lifecycle) = futures::join!(
            self.resource_tags(viewer, &opened),
            self.has_lifecycle(viewer, &opened)
        );
        let may_read = self
            .catalog
            .gate
            .ask_policy(viewer, opened.entry.policies());
        Ok(RepositoryDetail {
            registry: registry.clone(),
            name: name.clone(),
            sight: seen.sight(),
            through: vec![seen.through().clone()],
            // A caller of ECR needs the account, region and name anyway, and both follow from
            // these.
            arn: opened.entry.facts().arn.clone(),
            source: opened.source(),
            pull: opened.pull(viewer),
            settings: self.settings(viewer, &opened),
            resource_tags,
            policy: match &may_read {
                Ok(grant) => section(
                    grant,
                    Ok(Known::timeless(
                        self.catalog
                            .inventory
                            .policy(grant)
                            .map(|(_, document)| document.text().is_some()),
                    )),
                ),
                Err(denial) => denial.withholds(None),
            },
            lifecycle,
            counts,
            as_of,
            now: now(),
        })
    }

    /// A page of a repository's images.
    ///
    /// # Errors
    /// As [`crate::Repositories::page`], and [`Refusal::Problem`] if the images were never read and
    /// could not be read now.
    pub async fn images(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
        query: &ImageQuery,
    ) -> Result<Page<ImageRow>, Refusal> {
        self.images_by(PAGE_ROWS, viewer, registry, name, query)
            .await
    }

    /// A page of images with this page size.
    pub(crate) async fn images_by(
        &self,
        page_rows: u32,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
        query: &ImageQuery,
    ) -> Result<Page<ImageRow>, Refusal> {
        let query = query.clone();
        let page = move |known: Known<Vec<ImageRow>>, sight| {
            let total = u32::try_from(known.value.len()).unwrap_or(u32::MAX);
            let query = match sight {
                Sight::Images => query,
                Sight::Tags | Sight::Name => query.over_tags(),
            };
            let matching = query.apply(&known.value);
            let page = paginate_by(page_rows, matching, total, query.page, now());
            let mut page = page.map(ImageRow::clone);
            page.as_of = known.as_of;
            page.incomplete = known.as_of.is_none();
            page.problem = known.problem;
            page
        };
        self.image_rows(viewer, registry, name, page).await
    }

    /// All images, for the browser to filter.
    ///
    /// # Errors
    /// As [`Repositories::images`].
    pub async fn all_images(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Result<Whole<ImageRow>, Refusal> {
        let whole = |known: Known<Vec<ImageRow>>, _| Whole {
            incomplete: known.as_of.is_none(),
            rows: known.value,
            as_of: known.as_of,
            problem: known.problem,
            now: now(),
        };
        self.image_rows(viewer, registry, name, whole).await
    }

    /// Applies `show` to a repository's images.
    async fn image_rows<T: Send + 'static>(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
        show: impl FnOnce(Known<Vec<ImageRow>>, Sight) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let opened = self.catalog.open(viewer, registry, name).await?;
        let seen = opened.images(viewer).await?;
        let manifests = opened.ask::<BatchGetImage>(viewer).ok();
        let settings = opened.ask(viewer).ok();
        let inventory = Arc::clone(&self.catalog.inventory);
        let listing = move || {
            let known = match &seen {
                Seen::Images(grant) => {
                    inventory.images(grant, manifests.as_ref(), settings.as_ref())
                }
                Seen::Tags(grant) => inventory.listing(grant, settings.as_ref()),
            };
            match known.problem {
                Some(problem) if known.as_of.is_none() => Err(Refusal::Problem(problem)),
                _ => Ok(show(known, seen.sight())),
            }
        };
        self.catalog.work.run(&viewer.id, listing).await
    }

    fn counts(
        &self,
        viewer: &Viewer,
        opened: &Opened<'_>,
        seen: &Seen,
    ) -> (RepositoryCounts, Option<model::Timestamp>) {
        match seen {
            Seen::Images(grant) => {
                let manifests = opened.ask::<BatchGetImage>(viewer).ok();
                let known = self.catalog.inventory.summary(grant, manifests.as_ref());
                (
                    known
                        .value
                        .map(|summary| summary.counts)
                        .unwrap_or_default(),
                    known.as_of,
                )
            }
            Seen::Tags(grant) => {
                let known = self.catalog.inventory.listed(grant);
                let (images, tags) = known.value.unwrap_or_default();
                (
                    RepositoryCounts {
                        images,
                        tags,
                        ..RepositoryCounts::default()
                    },
                    known.as_of,
                )
            }
        }
    }

    fn settings(&self, viewer: &Viewer, opened: &Opened<'_>) -> Section<RepositorySettings> {
        match opened.ask::<DescribeRepositories>(viewer) {
            Ok(grant) => section(
                &grant,
                Ok(Known::timeless(self.catalog.inventory.settings(&grant))),
            ),
            Err(denial) => {
                denial.withholds(opened.ask::<GetRepositoryPolicy>(viewer).ok().as_ref())
            }
        }
    }

    async fn resource_tags(
        &self,
        viewer: &Viewer,
        opened: &Opened<'_>,
    ) -> Section<Vec<(String, String)>> {
        match opened.ask::<ListTagsForResource>(viewer) {
            Ok(grant) => {
                let read = self
                    .catalog
                    .inventory
                    .resource_tags(&grant, &opened.person)
                    .await;
                let shown = |tags: &[_]| (!tags.is_empty()).then(|| resource_tags(tags));
                section(&grant, read.map(|known| known.map(|tags| shown(&tags))))
            }
            Err(denial) => {
                denial.withholds(opened.ask::<GetRepositoryPolicy>(viewer).ok().as_ref())
            }
        }
    }

    async fn has_lifecycle(&self, viewer: &Viewer, opened: &Opened<'_>) -> Section<()> {
        match opened.ask::<GetLifecyclePolicy>(viewer) {
            Ok(grant) => {
                let read = self
                    .catalog
                    .inventory
                    .lifecycle(&grant, &opened.person)
                    .await;
                let is_set = read.map(|known| known.map(|policy| policy.is_some().then_some(())));
                section(&grant, is_set)
            }
            Err(denial) => {
                denial.withholds(opened.ask::<GetRepositoryPolicy>(viewer).ok().as_ref())
            }
        }
    }
}
