//! Links to other pages, on pages that may or may not contain links.

use leptos::{either::Either, prelude::*};

/// Whether the parts of a page link to other pages. A page sets it once, as a context; the default is that they do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LinkMode {
    /// Links are rendered.
    #[default]
    Everywhere,
    /// The page has no links, no forms and nothing that needs a script.
    Nowhere,
}

impl LinkMode {
    /// The mode of the current page.
    pub fn here() -> Self {
        use_context().unwrap_or_default()
    }

    /// Whether the page may contain links and parts that need a script.
    pub fn leads(self) -> bool {
        self == Self::Everywhere
    }
}

/// A link. On a page without links, only its text.
#[component]
pub fn MaybeLink<Words: IntoView + 'static>(
    /// The URL.
    #[prop(into)]
    href: String,
    /// The CSS classes.
    #[prop(optional)]
    class: Option<&'static str>,
    /// A description of the target, shown on hover.
    #[prop(optional, into)]
    title: Option<String>,
    /// The relation of the target to this page (`rel`).
    #[prop(optional)]
    rel: Option<&'static str>,
    /// The link text.
    children: TypedChildren<Words>,
) -> impl IntoView {
    let words = children.into_inner()();
    if LinkMode::here().leads() {
        Either::Left(view! {
            <a class=class href=href title=title rel=rel>
                {words}
            </a>
        })
    } else {
        Either::Right(view! {
            <span class=class title=title>
                {words}
            </span>
        })
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn written(linking: LinkMode) -> String {
        Owner::new_root(None).with(|| {
            provide_context(linking);
            view! { <MaybeLink href="/there" class="tag" title="a tag">"prod"</MaybeLink> }
                .to_html()
        })
    }

    #[test]
    fn a_link_is_rendered_as_text_on_a_page_without_links() {
        let link = written(LinkMode::Everywhere);
        assert!(
            link.starts_with("<a") && link.contains("href=\"/there\""),
            "{link}"
        );
        let words = written(LinkMode::Nowhere);
        assert!(
            words.starts_with("<span") && words.contains("prod"),
            "{words}"
        );
        assert!(
            !words.contains("/there") && words.contains("a tag"),
            "{words}"
        );
    }
}
