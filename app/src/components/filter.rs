//! The fields of a filter form.

use leptos::prelude::*;

use super::icon::Icon;

/// The text box of a filter. The `/` key moves the focus to it.
#[component]
pub fn FilterBox(
    /// What the box filters: its accessible name.
    label: &'static str,
    /// The placeholder.
    hint: &'static str,
    /// The current text.
    value: String,
) -> impl IntoView {
    view! {
        <label class="filter-box">
            <span class="visually-hidden">{label}</span>
            <Icon name="search" />
            <input
                type="search"
                name="q"
                value=value
                placeholder=hint
                maxlength="256"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                data-filter
            />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
    }
}

/// A date field of a filter.
#[component]
pub fn FilterDay(
    /// The field's name.
    name: &'static str,
    /// The label: the first or last day of what.
    label: &'static str,
    /// The chosen day, such as `2026-11-22`; empty for none.
    chosen: String,
) -> impl IntoView {
    view! {
        <label class="filter-day">
            <span>{label}</span>
            <input class="field" type="date" name=name value=chosen autocomplete="off" />
        </label>
    }
}

/// A select box of a filter. The empty value does not filter.
#[component]
pub fn FilterChoice(
    /// The field's name.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// The text of the empty value.
    any: &'static str,
    /// The values, each with its text.
    options: Vec<(String, String)>,
    /// The chosen value; empty for no filter.
    chosen: String,
) -> impl IntoView {
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect();
    view! {
        <label class="filter-choice">
            <span class="visually-hidden">{label}</span>
            <select name=name autocomplete="off">
                <option value="">{any}</option>
                {options}
            </select>
        </label>
    }
}
