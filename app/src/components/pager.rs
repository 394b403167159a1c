//! Paging of a long list.

use leptos::prelude::*;
use model::Locale;

use crate::messages::common::CommonTexts;

/// Links to the previous and the next page. Empty if there is only one page.
#[component]
pub fn Pager<Link>(
    /// The number of this page, from 1.
    number: u32,
    /// The number of pages.
    pages: u32,
    /// The URL of a page.
    link: Link,
    /// The language.
    locale: Locale,
) -> impl IntoView
where
    Link: Fn(u32) -> String,
{
    let texts = CommonTexts(locale);
    let previous = (number > 1).then(|| {
        view! { <a class="button" rel="prev" href=link(number - 1)>{texts.previous_page()}</a> }
    });
    let next = (number < pages).then(|| {
        view! { <a class="button" rel="next" href=link(number + 1)>{texts.next_page()}</a> }
    });
    (pages > 1).then(|| {
        view! {
            <nav class="pager" aria-label=texts.pages()>
                {previous}
                <span>{texts.page_of(number, pages)}</span>
                {next}
            </nav>
        }
    })
}
