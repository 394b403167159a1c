//! A repository's page: its head and its images.

use std::sync::Arc;

use access::{
    RowGrants, Viewer,
    acts::{DescribeRepositories, GetLifecyclePolicy, ListTagsForResource},
    now,
};
use ecr::{content::resource_tags, inventory::Known};
use model::{
    PAGE_ROWS, Page, RepositoryAt, Section, Tag, Visibility, Whole,
    image::ImageRow,
    pull::USUAL_TAGS,
    query::{ImageQuery, paginate_by},
    repository::{RepositoryDetail, RepositorySettings},
};

use super::Repositories;
use crate::{
    Refusal,
    catalog::{Opened, granted_throughout, section},
};

/// Everything on a repository's page.
#[derive(Debug, Clone)]
pub struct RepositoryOverview {
    /// The head.
    pub detail: RepositoryDetail,
    /// The images that the page's query asks for.
    pub images: Page<ImageRow>,
    /// The tag that the commands take, and its image. None where no tag that can be pulled has one of the
    /// [`USUAL_TAGS`].
    pub example: Option<(Tag, ImageRow)>,
    /// How many live links of the viewer lead here; for an administrator, of everyone. None where that is not known,
    /// or links are disabled.
    pub live_links: Option<u32>,
}

impl Repositories {
    /// A repository's page, with the images that a query asks for.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when nothing of it is granted, [`Refusal::Withheld`] when only its policy is,
    /// [`Refusal::Problem`] when nothing is known of the images and they could not be read.
    pub async fn page(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
        query: &ImageQuery,
    ) -> Result<RepositoryOverview, Refusal> {
        granted_throughout!(self.catalog.open(viewer, repository), |opened| async {
            let grants = opened.images().await?;
            let detail = self.detail(opened, &grants).await;
            let example = self.usual_tag(&grants);
            let live_links = self.live_links.of(opened).await;
            Ok(RepositoryOverview {
                images: self.images_page(opened, grants, PAGE_ROWS, query).await?,
                detail,
                example,
                // A count is no reason to show nothing of the repository.
                live_links: live_links.ok(),
            })
        })
    }

    /// The head of the page and as many of its images as a share link shows.
    ///
    /// # Errors
    /// As [`Repositories::page`].
    pub(crate) async fn shared(
        &self,
        page_rows: u32,
        viewer: &Viewer,
        repository: &RepositoryAt,
        query: &ImageQuery,
    ) -> Result<(RepositoryDetail, Page<ImageRow>), Refusal> {
        granted_throughout!(self.catalog.open(viewer, repository), |opened| async {
            let grants = opened.images().await?;
            let detail = self.detail(opened, &grants).await;
            let images = self.images_page(opened, grants, page_rows, query).await?;
            Ok((detail, images))
        })
    }

    /// All images, for the browser to filter.
    ///
    /// # Errors
    /// As [`Repositories::page`].
    pub async fn all_images(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
    ) -> Result<Whole<ImageRow>, Refusal> {
        let whole = |known: Known<Vec<ImageRow>>, _| Whole {
            incomplete: known.as_of.is_none(),
            rows: known.value,
            as_of: known.as_of,
            problem: known.problem,
            now: now(),
        };
        granted_throughout!(self.catalog.open(viewer, repository), |opened| async {
            let grants = opened.images().await?;
            self.image_rows(opened, grants, whole).await
        })
    }

    async fn images_page(
        &self,
        opened: &Opened<'_>,
        grants: RowGrants,
        page_rows: u32,
        query: &ImageQuery,
    ) -> Result<Page<ImageRow>, Refusal> {
        let query = query.clone();
        let page = move |known: Known<Vec<ImageRow>>, visibility| {
            let total = u32::try_from(known.value.len()).unwrap_or(u32::MAX);
            let query = match visibility {
                Visibility::Images => query,
                Visibility::Tags | Visibility::Name => query.over_tags(),
            };
            let matching = query.apply(&known.value);
            let page = paginate_by(page_rows, matching, total, query.page, now());
            let mut page = page.map(ImageRow::clone);
            page.as_of = known.as_of;
            page.incomplete = known.as_of.is_none();
            page.problem = known.problem;
            page
        };
        self.image_rows(opened, grants, page).await
    }

    /// Applies `show` to a repository's images.
    async fn image_rows<T: Send + 'static>(
        &self,
        opened: &Opened<'_>,
        grants: RowGrants,
        show: impl FnOnce(Known<Vec<ImageRow>>, Visibility) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let inventory = Arc::clone(&self.catalog.inventory);
        let listing = move || {
            let known = inventory.images(&grants);
            match known.problem {
                Some(problem) if known.as_of.is_none() => Err(Refusal::Problem(problem)),
                _ => Ok(show(known, grants.list.visibility())),
            }
        };
        self.catalog.work.run(opened.person(), listing).await
    }

    /// The tag that people most likely deploy from, and its image: the first of [`USUAL_TAGS`] that can be pulled.
    fn usual_tag(&self, grants: &RowGrants) -> Option<(Tag, ImageRow)> {
        let usual = USUAL_TAGS.iter().filter_map(|tag| tag.parse().ok());
        let mut found = usual.filter_map(|tag: Tag| {
            let known = self.catalog.inventory.tagged(grants, &tag);
            let image = known.value.filter(|image| !image.is_archived())?;
            Some((tag, image))
        });
        found.next()
    }

    async fn detail(&self, opened: &Opened<'_>, grants: &RowGrants) -> RepositoryDetail {
        let inventory = &self.catalog.inventory;
        let summary = inventory.summary(grants);
        let (settings, resource_tags, lifecycle) = futures::join!(
            self.settings(opened),
            self.resource_tags(opened),
            self.has_lifecycle(opened)
        );
        let is_set = |grant: &_| {
            let policy = inventory.policy(grant);
            policy.map(|(_, document)| document.text().is_some())
        };
        RepositoryDetail {
            repository: opened.entry.repository().clone(),
            visibility: grants.list.visibility(),
            through: vec![grants.list.through().clone()],
            // Both follow from what a caller of ECR has to know: account, region and name.
            arn: opened.entry.facts().arn.clone(),
            source: opened.source(),
            pull: opened.pull(),
            settings,
            resource_tags,
            policy: match opened.ask_policy() {
                Ok(grant) => section(&grant, Ok(Known::timeless(is_set(&grant)))),
                Err(denial) => denial.withholds(None),
            },
            lifecycle,
            counts: summary.value.map(|it| it.counts).unwrap_or_default(),
            as_of: summary.as_of,
            now: now(),
        }
    }

    async fn settings(&self, opened: &Opened<'_>) -> Section<RepositorySettings> {
        let inventory = &self.catalog.inventory;
        opened
            .section::<DescribeRepositories, _>(async |grant| Ok(inventory.settings(grant)))
            .await
    }

    async fn resource_tags(&self, opened: &Opened<'_>) -> Section<Vec<(String, String)>> {
        let inventory = &self.catalog.inventory;
        opened
            .section::<ListTagsForResource, _>(async |grant| {
                let read = inventory.resource_tags(grant, opened.person()).await;
                let shown = |tags: &[_]| (!tags.is_empty()).then(|| resource_tags(tags));
                read.map(|known| known.map(|tags| shown(&tags)))
            })
            .await
    }

    async fn has_lifecycle(&self, opened: &Opened<'_>) -> Section<()> {
        let inventory = &self.catalog.inventory;
        opened
            .section::<GetLifecyclePolicy, _>(async |grant| {
                let read = inventory.lifecycle(grant, opened.person()).await;
                read.map(|known| known.map(|policy| policy.is_some().then_some(())))
            })
            .await
    }
}
