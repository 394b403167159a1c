//! "My access": what each of a person's principals can do in each repository.

use serde::{Deserialize, Serialize};

use crate::{
    Page, RepositoryAt, policy::PrincipalGrants, registry::Registries, viewer::GrantedVia,
};

/// The access page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessDetail {
    /// The person's principals.
    pub principals: Vec<GrantedVia>,
    /// Repositories in which at least one action is granted to at least one of the principals.
    pub repositories: Page<AccessRow>,
    /// The registries that the viewer may know about.
    pub registries: Registries,
}

/// What a person's principals can do in one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRow {
    /// The repository.
    pub repository: RepositoryAt,
    /// Whether the person sees its images or tags.
    pub is_shown: bool,
    /// One entry per principal.
    pub grants: Vec<PrincipalGrants>,
}
