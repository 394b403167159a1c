//! The list of repositories, in the browser's hands.

use leptos::prelude::*;
use model::{RegistryAlias, registry::MixedRegistries};

use super::live::{LiveList, live_list};
use crate::{
    api::all_repositories, locale::spoken_here, parts::repository_table::RepositoriesLook,
};

/// Lets the list of repositories, rendered by the server, answer while one types.
#[island]
pub fn RepositoriesTable(
    /// Whether the server was still reading when it rendered the list.
    incomplete: bool,
    /// What the list says of registries, where its rows are of several.
    mixed: Option<MixedRegistries>,
    /// The registry whose page it is on.
    within: Option<RegistryAlias>,
    /// Whether all rows are an administrator's review.
    names_only: bool,
    /// The list: a form `data-filters`, and `data-static` the table with what belongs to it.
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
                whole.rows.retain(|row| row.registry == within);
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
