//! Tabs without JavaScript: a radio button chooses the panel, the stylesheet shows it.

use leptos::prelude::*;

/// A tab and its panel.
pub struct Tab {
    /// The radio button's value.
    pub value: &'static str,
    /// The label.
    pub label: String,
    /// The panel.
    pub panel: AnyView,
}

/// Up to eight tabs. The radio buttons share `name`; the surrounding form may send them.
#[component]
pub fn Tabs(
    /// The name of the radio buttons, unique on the page.
    name: &'static str,
    /// The accessible name of the group.
    #[prop(into)]
    legend: String,
    /// The tabs.
    tabs: Vec<Tab>,
    /// The value of the tab that is selected first.
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
