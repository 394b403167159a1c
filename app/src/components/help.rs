//! The help dialog: keyboard shortcuts, and the terms for tags.

use leptos::prelude::*;
use model::Locale;

use crate::messages::keyboard::KeyboardTexts;

/// What each key does, and what the terms for tags mean. The `?` key opens the dialog.
#[component]
pub fn KeyboardHelp(
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = KeyboardTexts(locale);
    let key = |keys: &'static str, does: &'static str| {
        view! {
            <div>
                <dt><kbd>{keys}</kbd></dt>
                <dd>{does}</dd>
            </div>
        }
    };
    view! {
        <dialog id="keyboard-help" class="dialog" aria-labelledby="keyboard-help-title">
            <h2 id="keyboard-help-title">{texts.title()}</h2>
            <dl class="keys">
                {key("Ctrl K", texts.palette())}
                {key("/", texts.filter())}
                {key("j", texts.next_row())}
                {key("k", texts.previous_row())}
                {key("Enter", texts.open())}
                {key("c", texts.copy())}
                {key("Shift", texts.range())}
                {key("?", texts.help())}
                {key("Esc", texts.close())}
            </dl>
            <h3>{texts.tags_title()}</h3>
            <p>{texts.tags()}</p>
            <form method="dialog">
                <button class="button" type="submit">{texts.close_button()}</button>
            </form>
        </dialog>
    }
}
