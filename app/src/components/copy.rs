//! Copy buttons.

use leptos::prelude::*;
use model::Locale;

use super::{icon::Icon, maybe_link::LinkMode};
use crate::messages::common::CommonTexts;

/// A button that copies a text. The `Behaviours` island handles the click. Without JavaScript the button is hidden, and
/// pages without scripts do not contain it.
#[component]
pub fn CopyButton(
    /// The text to copy.
    #[prop(into)]
    text: String,
    /// What the text is, for the button's accessible name: "digest", "pull command".
    #[prop(into)]
    what: String,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let label = format!("{} {what}", CommonTexts(locale).copy());
    LinkMode::here().leads().then(|| {
        view! {
            <button type="button" class="copy" data-copy=text aria-label=label.clone() title=label>
                <Icon name="copy" />
            </button>
        }
    })
}

/// A command or snippet with its copy button.
#[component]
pub fn CopyBlock(
    /// The text.
    #[prop(into)]
    text: String,
    /// What the text is, for the button's accessible name.
    #[prop(into)]
    what: String,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    // The keyboard must be able to reach a region that scrolls.
    view! {
        <div class="copy-block">
            <pre tabindex="0"><code>{text.clone()}</code></pre>
            <CopyButton text what locale />
        </div>
    }
}
