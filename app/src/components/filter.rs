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
    // A value that is not offered filters all the same: it must be seen, and be cleared.
    let is_offered = chosen.is_empty() || options.iter().any(|(value, _)| *value == chosen);
    let other = (!is_offered).then(|| (chosen.clone(), chosen.clone()));
    let options: Vec<_> = options
        .into_iter()
        .chain(other)
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_is_not_offered_is_shown_and_can_be_cleared() {
        let html = |chosen: &str| {
            let (options, chosen) = (vec![("a".to_owned(), "A".to_owned())], chosen.to_owned());
            view! { <FilterChoice name="namespace" label="" any="Any" options chosen /> }.to_html()
        };
        let nope = html("<nope>");
        assert!(nope.contains("selected>&lt;nope&gt;</option>"), "{nope}");
        assert_eq!(html("a").matches("<option").count(), 2);
        assert_eq!(html("").matches("selected").count(), 0);
    }
}
