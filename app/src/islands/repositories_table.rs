//! The live list of repositories.

use leptos::prelude::*;

use super::live::{LiveList, live_list};
use crate::{api::all_repositories, browser, parts::repository_table::RepositoriesLook};

/// Makes the server-rendered list of repositories live: it filters while the reader types.
#[island]
pub fn RepositoriesTable(
    /// The server-rendered list: a form `data-filters`, and `data-static`, the table and its surroundings.
    children: Children,
) -> impl IntoView {
    let look = browser::look::<RepositoriesLook>();
    let within = look.as_ref().and_then(|look| look.within.clone());
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
    live_list(LiveList::of_this_page(|query| query), load, look, children)
}
