//! Parts of a whole, side by side.

use leptos::prelude::*;

/// A part of a [`Bar`].
#[derive(Debug, Clone, PartialEq)]
pub struct BarPart {
    /// How much of the whole, in any unit that the parts share.
    pub value: f64,
    /// Its colour: the part of the class after `bar-`.
    pub look: &'static str,
    /// What it is, shown on hover.
    pub title: String,
}

/// A bar of parts, as SVG: a strict content security policy has no place for widths in `style`.
#[component]
pub fn Bar(
    /// The parts, left to right; those of nothing are left out.
    parts: Vec<BarPart>,
    /// What the bar shows, for those who do not see it.
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
