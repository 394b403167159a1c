//! The parts of a form that narrows a list.

use leptos::prelude::*;

use super::icon::Icon;

/// The box that people type into; `/` goes to it.
#[component]
pub fn FilterBox(
    /// What is filtered: the box's name.
    label: &'static str,
    /// What to type.
    hint: &'static str,
    /// What it holds.
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

/// A day that narrows a list.
#[component]
pub fn FilterDay(
    /// The field's name.
    name: &'static str,
    /// What it is the first or last day of.
    label: &'static str,
    /// The chosen day, `2026-11-22`; empty for none.
    chosen: String,
) -> impl IntoView {
    view! {
        <label class="filter-day">
            <span>{label}</span>
            <input class="field" type="date" name=name value=chosen autocomplete="off" />
        </label>
    }
}

/// A choice that narrows a list; the empty value leaves it as it is.
#[component]
pub fn FilterChoice(
    /// The field's name.
    name: &'static str,
    /// What is chosen.
    label: &'static str,
    /// What the empty value says.
    any: &'static str,
    /// The values, and what each says.
    options: Vec<(String, String)>,
    /// The chosen value; empty for any.
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
