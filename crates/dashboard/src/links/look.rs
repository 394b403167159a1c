//! The current state of a link's target.

use std::time::Duration;

use access::Viewer;
use model::{
    Digest, Tag, Timestamp,
    link::{LINK_ROWS, LinkScope, LinkTarget, SharedView},
    query::ImageQuery,
};

use super::Links;
use crate::{Refusal, catalog::Opened};

/// The maximum age of the current state that a link shows. A link is opened once, by a person who needs the current
/// state.
pub(super) const AGE: Duration = Duration::from_secs(5);

impl Links {
    /// Waits for what an image's page reads beside the list of images, in a reading no older than [`AGE`]. When the oldest
    /// part of it was read; `None` if the target has no such parts.
    pub(super) async fn read_parts(
        &self,
        opened: &Opened<'_>,
        target: &LinkTarget,
    ) -> Option<Timestamp> {
        match &target.scope {
            LinkScope::Image(digest) => {
                Box::pin(self.images.read_recently(opened, digest, AGE)).await
            }
            LinkScope::Repository | LinkScope::Tag(_) => None,
        }
    }

    /// What a viewer sees of a link's target now, as the pages show it.
    pub(super) async fn look_at_target(
        &self,
        viewer: &Viewer,
        target: &LinkTarget,
        page: u32,
    ) -> Result<SharedView, Refusal> {
        // Each page is a large future, and a link is opened inside others, so it goes on the heap.
        match &target.scope {
            LinkScope::Repository => Box::pin(self.repository_view(viewer, target, page)).await,
            LinkScope::Tag(tag) => Box::pin(self.tag_view(viewer, target, tag)).await,
            LinkScope::Image(digest) => Box::pin(self.image_view(viewer, target, digest)).await,
        }
    }

    async fn repository_view(
        &self,
        viewer: &Viewer,
        target: &LinkTarget,
        page: u32,
    ) -> Result<SharedView, Refusal> {
        let newest_first = ImageQuery {
            page,
            ..ImageQuery::default()
        };
        let shared = self
            .repositories
            .shared(LINK_ROWS, viewer, &target.repository, &newest_first);
        let (detail, images) = shared.await?;
        Ok(SharedView::Repository {
            detail: Box::new(detail),
            images,
        })
    }

    async fn tag_view(
        &self,
        viewer: &Viewer,
        target: &LinkTarget,
        tag: &Tag,
    ) -> Result<SharedView, Refusal> {
        let detail = self.images.tag(viewer, &target.repository, tag).await;
        detail.map(Box::new).map(SharedView::Tag)
    }

    async fn image_view(
        &self,
        viewer: &Viewer,
        target: &LinkTarget,
        digest: &Digest,
    ) -> Result<SharedView, Refusal> {
        let detail = self.images.image(viewer, &target.repository, digest);
        detail.await.map(Box::new).map(SharedView::Image)
    }
}
