//! Tabs without JavaScript: a radio button chooses the panel, the stylesheet shows it.

use leptos::prelude::*;

/// A tab and its panel.
pub struct Tab {
    /// The radio button's value.
    pub value: &'static str,
    /// What the tab says.
    pub label: String,
    /// What it shows.
    pub panel: AnyView,
}

/// Tabs, up to eight. The radio buttons share `name`; the surrounding form may send them.
#[component]
pub fn Tabs(
    /// The radio buttons' name, unique on the page.
    name: &'static str,
    /// What is chosen between.
    #[prop(into)]
    legend: String,
    /// The tabs.
    tabs: Vec<Tab>,
    /// The value of the tab that is chosen at first.
    chosen: &'static str,
) -> impl IntoView {
    let (heads, panels): (Vec<_>, Vec<_>) = tabs
        .into_iter()
        .map(|tab| {
            let id = format!("{name}-{}", tab.value);
            let head = view! {
                <input type="radio" id=id.clone() name=name value=tab.value checked=tab.value == chosen />
                <label for=id>{tab.label}</label>
            };
            (head, view! { <div class="tab-panel">{tab.panel}</div> })
        })
        .unzip();
    view! {
        <fieldset class="tabs">
            <legend class="visually-hidden">{legend}</legend>
            {heads}
            <div class="tab-panels">{panels}</div>
        </fieldset>
    }
}
