//! Buttons that copy.

use leptos::prelude::*;
use model::Locale;

use super::{icon::Icon, way::Linking};
use crate::messages::common::CommonTexts;

/// A button that copies a text. The `Behaviours` island answers to it; without JavaScript it is not
/// shown, and where no script ever runs it is not there.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: String,
    /// What that is, in words, for the button's name: "digest", "pull command".
    #[prop(into)]
    what: String,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let label = format!("{} {what}", CommonTexts(locale).copy());
    Linking::here().leads().then(|| {
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
    /// What it is, for the button's name.
    #[prop(into)]
    what: String,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    // A region that scrolls must be reachable by keyboard.
    view! {
        <div class="copy-block">
            <pre tabindex="0"><code>{text.clone()}</code></pre>
            <CopyButton text what locale />
        </div>
    }
}
