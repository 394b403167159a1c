//! The URLs of lifecycle policies and their previews.

use model::{RegistryAlias, RepositoryName, lifecycle::PreviewRequest};

use super::{value_of, with_query};

/// A POST starts a preview of a lifecycle policy (`registry`, `name`).
pub const START_PREVIEW: &str = "/lifecycle/preview";

/// A lifecycle policy's page.
pub fn lifecycle(registry: &RegistryAlias, name: &RepositoryName) -> String {
    format!("/lifecycle/{registry}/{name}")
}

/// The same after a preview was requested, with how that ended.
pub fn preview_requested(
    registry: &RegistryAlias,
    name: &RepositoryName,
    outcome: PreviewRequest,
) -> String {
    let outcome = outcome.as_str().to_owned();
    with_query(&lifecycle(registry, name), [("preview", outcome)])
}

/// How a request for a preview ended, as the page's query says.
pub fn read_preview_requested(query: &str) -> Option<PreviewRequest> {
    PreviewRequest::parse(&value_of(query, "preview")?)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;
    use crate::paths::query_of;

    #[test]
    fn a_lifecycle_page_says_how_the_request_for_a_preview_ended() {
        let (registry, name) = ("retail".parse().unwrap(), "a/b".parse().unwrap());
        for outcome in PreviewRequest::ALL {
            let url = preview_requested(&registry, &name, *outcome);
            assert!(url.starts_with("/lifecycle/retail/a/b?"), "{url}");
            assert_eq!(read_preview_requested(query_of(&url)), Some(*outcome));
        }
        assert_eq!(read_preview_requested("preview=<b>"), None);
    }
}
