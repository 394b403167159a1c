//! The live list of repositories.

use leptos::prelude::*;
use model::{RegistryAlias, registry::MixedRegistries};

use super::live::{LiveList, live_list};
use crate::{
    api::all_repositories, locale::spoken_here, parts::repository_table::RepositoriesLook,
};

/// Makes the server-rendered list of repositories live: it filters while the reader types.
#[island]
pub fn RepositoriesTable(
    /// Whether the server was still reading the registries when it rendered the list.
    incomplete: bool,
    /// The registries that the list names, if its rows are from several.
    mixed: Option<MixedRegistries>,
    /// The registry whose page contains the list.
    within: Option<RegistryAlias>,
    /// Whether all rows are an administrator's review.
    names_only: bool,
    /// The server-rendered list: a form `data-filters`, and `data-static`, the table and its surroundings.
    children: Children,
) -> impl IntoView {
    let look = RepositoriesLook {
        locale: spoken_here(),
        mixed,
        within: within.clone(),
        names_only,
    };
    let load = move || {
        let within = within.clone();
        async move {
            let mut whole = all_repositories().await?;
            if let Some(within) = within {
                whole.rows.retain(|row| row.repository.registry == within);
            }
            Ok(whole)
        }
    };
    live_list(
        LiveList::of_this_page(|query| query),
        incomplete,
        load,
        look,
        children,
    )
}
