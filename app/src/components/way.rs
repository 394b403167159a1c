//! Ways to other pages, and places from which none leads away.

use leptos::{either::Either, prelude::*};

/// Whether the parts of a page lead to other pages. A page says so once, as a context; where none
/// does, they do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Linking {
    /// To wherever there is more.
    #[default]
    Everywhere,
    /// Nowhere: the page stands for itself, without links, forms or what needs a script.
    Nowhere,
}

impl Linking {
    /// What the page at hand says.
    pub fn here() -> Self {
        use_context().unwrap_or_default()
    }

    /// Whether something may stand here that leads away or needs a script.
    pub fn leads(self) -> bool {
        self == Self::Everywhere
    }
}

/// A link; where nothing leads away, its words alone.
#[component]
pub fn Way(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its classes.
    #[prop(optional)]
    class: Option<&'static str>,
    /// More of what it leads to, on hover.
    #[prop(optional, into)]
    title: Option<String>,
    /// What the other end is to this page.
    #[prop(optional)]
    rel: Option<&'static str>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    if Linking::here().leads() {
        Either::Left(view! {
            <a class=class href=href title=title rel=rel>
                {children()}
            </a>
        })
    } else {
        Either::Right(view! {
            <span class=class title=title>
                {children()}
            </span>
        })
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn written(linking: Linking) -> String {
        Owner::new_root(None).with(|| {
            provide_context(linking);
            view! { <Way href="/there" class="tag" title="a tag">"prod"</Way> }.to_html()
        })
    }

    #[test]
    fn a_way_is_a_link_unless_nothing_leads_away() {
        let link = written(Linking::Everywhere);
        assert!(
            link.starts_with("<a") && link.contains("href=\"/there\""),
            "{link}"
        );
        let words = written(Linking::Nowhere);
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
