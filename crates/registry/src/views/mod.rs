//! What people ask of Gantry, one method a question.

use model::{
    Digest, Page, Problem, RegistryAlias, RepositoryName, Tag, Whole,
    access::AccessDetail,
    image::{ImageDetail, ImageRow, TagDetail},
    lifecycle::LifecycleDetail,
    policy::PolicyDetail,
    query::{ImageQuery, RepositoryQuery},
    repository::{RepositoryDetail, RepositoryList, RepositoryRow},
    search::SearchResults,
};
use thiserror::Error;

use crate::Viewer;

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is no such thing, or nothing of it is granted: the two look the same on purpose.
    #[error("no such registry, repository, tag or image for this viewer")]
    NotFound,
    /// It is there and shown to the viewer, but this action on it is not granted.
    #[error("{0} is not granted")]
    Withheld(model::Action),
    /// ECR could not be asked.
    #[error("the registry could not be asked: {0:?}")]
    Problem(Problem),
}

/// Gantry, wired: registries, gate and inventory.
#[derive(Debug)]
pub struct Gantry {}

impl Gantry {
    /// A page of the repositories that the viewer may see.
    pub async fn repositories(&self, _viewer: &Viewer, _query: &RepositoryQuery) -> RepositoryList {
        RepositoryList {
            page: model::query::paginate(vec![], 0, 1, model::Timestamp(0)),
            namespaces: vec![],
            teams: vec![],
        }
    }

    /// All of them, for the browser to filter.
    pub async fn all_repositories(&self, _viewer: &Viewer) -> Whole<RepositoryRow> {
        Whole {
            rows: vec![],
            as_of: None,
            incomplete: false,
            now: model::Timestamp(0),
        }
    }

    /// The head of a repository's page.
    pub async fn repository(
        &self,
        _viewer: &Viewer,
        _registry: &RegistryAlias,
        _name: &RepositoryName,
    ) -> Result<RepositoryDetail, Refusal> {
        Err(Refusal::NotFound)
    }

    /// A page of a repository's images.
    pub async fn images(
        &self,
        _viewer: &Viewer,
        _registry: &RegistryAlias,
        _name: &RepositoryName,
        _query: &ImageQuery,
    ) -> Result<Page<ImageRow>, Refusal> {
        Err(Refusal::NotFound)
    }

    /// All of them, for the browser to filter.
    pub async fn all_images(
        &self,
        _viewer: &Viewer,
        _registry: &RegistryAlias,
        _name: &RepositoryName,
    ) -> Result<Whole<ImageRow>, Refusal> {
        Err(Refusal::NotFound)
    }

    /// A tag's page.
    pub async fn tag(
        &self,
        _viewer: &Viewer,
        _registry: &RegistryAlias,
        _name: &RepositoryName,
        _tag: &Tag,
    ) -> Result<TagDetail, Refusal> {
        Err(Refusal::NotFound)
    }

    /// An image's page.
    pub async fn image(
        &self,
        _viewer: &Viewer,
        _registry: &RegistryAlias,
        _name: &RepositoryName,
        _digest: &Digest,
    ) -> Result<ImageDetail, Refusal> {
        Err(Refusal::NotFound)
    }

    /// A repository policy's page.
    pub async fn policy(
        &self,
        _viewer: &Viewer,
        _registry: &RegistryAlias,
        _name: &RepositoryName,
    ) -> Result<PolicyDetail, Refusal> {
        Err(Refusal::NotFound)
    }

    /// A lifecycle policy's page.
    pub async fn lifecycle(
        &self,
        _viewer: &Viewer,
        _registry: &RegistryAlias,
        _name: &RepositoryName,
    ) -> Result<LifecycleDetail, Refusal> {
        Err(Refusal::NotFound)
    }

    /// Asks ECR to preview the lifecycle policy.
    pub async fn start_lifecycle_preview(
        &self,
        _viewer: &Viewer,
        _registry: &RegistryAlias,
        _name: &RepositoryName,
    ) -> Result<(), Refusal> {
        Err(Refusal::NotFound)
    }

    /// What the viewer's principals may do where, for the names that hold every word of `text`.
    pub async fn access(&self, _viewer: &Viewer, _text: &str, _page: u32) -> AccessDetail {
        AccessDetail {
            principals: vec![],
            repositories: model::query::paginate(vec![], 0, 1, model::Timestamp(0)),
        }
    }

    /// Repositories, tags and digests that match a text.
    pub async fn search(&self, _viewer: &Viewer, _text: &str) -> SearchResults {
        SearchResults {
            hits: vec![],
            incomplete: false,
        }
    }
}
