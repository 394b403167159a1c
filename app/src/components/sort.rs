//! Column heads that sort a table.

use leptos::{either::Either, prelude::*};
use model::Locale;

use super::{icon::Icon, maybe_link::LinkMode};
use crate::messages::common::CommonTexts;

/// A column head: a link that sorts by the column or reverses the order. On pages without links, only the name.
#[component]
pub fn SortHead(
    /// The column's name in URLs. The stylesheet sets the column's width by it.
    column: &'static str,
    /// The column's label.
    label: &'static str,
    /// The URL of the list with the order after a click.
    href: String,
    /// Whether the list is sorted by this column, and if so whether in descending order.
    descending: Option<bool>,
    /// Whether the cells are numbers, which are aligned to the right.
    #[prop(optional)]
    number: bool,
    /// What the column's values mean, if the label does not say it.
    #[prop(optional_no_strip)]
    hint: Option<&'static str>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = CommonTexts(locale);
    let (sorted, icon, title) = match descending {
        Some(true) => (
            Some("descending"),
            Some("down"),
            Some(texts.sorted_descending()),
        ),
        Some(false) => (
            Some("ascending"),
            Some("up"),
            Some(texts.sorted_ascending()),
        ),
        None => (None, None, None),
    };
    let words = if LinkMode::here().leads() {
        Either::Left(view! {
            <a href=href data-sort title=title>
                {label}
                {icon.map(|name| view! { <Icon name /> })}
            </a>
        })
    } else {
        Either::Right(label)
    };
    view! {
        <th scope="col" aria-sort=sorted title=hint class=format!("col-{column}") class:number=number>
            {words}
        </th>
    }
}
