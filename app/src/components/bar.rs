//! Bars that show the parts of a whole.

use leptos::prelude::*;

/// A part of a [`Bar`].
#[derive(Debug, Clone, PartialEq)]
pub struct BarPart {
    /// The size of the part, in any unit that all parts share.
    pub value: f64,
    /// The colour: the part of the CSS class after `bar-`.
    pub look: &'static str,
    /// The label, shown on hover.
    pub title: String,
}

/// A bar of parts, as SVG: the strict content security policy does not allow widths in `style`.
#[component]
pub fn Bar(
    /// The parts, from left to right. Parts of size zero are not drawn.
    parts: Vec<BarPart>,
    /// A description of the bar for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let total: f64 = parts.iter().map(|part| part.value).sum();
    let mut left = 0.0;
    let segments: Vec<_> = parts
        .into_iter()
        .filter(|part| part.value > 0.0)
        .map(|part| {
            let width = part.value / total * 1000.0;
            let x = left;
            left += width;
            view! {
                <rect class=format!("bar-{}", part.look) x=format!("{x:.1}") width=format!("{width:.1}") height="8">
                    <title>{part.title}</title>
                </rect>
            }
        })
        .collect();
    view! {
        <svg class="bar" viewBox="0 0 1000 8" preserveAspectRatio="none" role="img" aria-label=label>
            {segments}
        </svg>
    }
}
