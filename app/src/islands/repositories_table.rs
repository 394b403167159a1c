//! The list of repositories, in the browser's hands.

use leptos::prelude::*;

use super::live::{LiveList, live_list};
use crate::{
    api::all_repositories, locale::spoken_here, parts::repository_table::RepositoriesLook,
};

/// Lets the list of repositories, rendered by the server, answer while one types.
#[island]
pub fn RepositoriesTable(
    /// Whether the server was still reading when it rendered the list.
    incomplete: bool,
    /// The list: a form `data-filters`, and `data-static` the table with what belongs to it.
    children: Children,
) -> impl IntoView {
    let look = RepositoriesLook(spoken_here());
    live_list(
        LiveList::of_this_page(|query| query),
        incomplete,
        all_repositories,
        look,
        children,
    )
}
