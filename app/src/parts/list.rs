//! What every list says of itself.

use leptos::prelude::*;
use model::{Locale, Timestamp};

use crate::{components::time::Time, messages::common::CommonTexts};

/// How many of what, as of when, and whether more is on its way.
#[component]
pub fn ListSummary(
    /// How many, in words.
    count: String,
    /// When ECR said so. None before its first answer.
    as_of: Option<Timestamp>,
    /// The words for a list that is still being read; none for one that is whole.
    incomplete: Option<&'static str>,
    /// The server's time.
    now: Timestamp,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let as_of = as_of.map(|at| {
        view! {
            <span>{CommonTexts(locale).as_of()} " " <Time at now locale /></span>
        }
    });
    view! {
        <p class="list-summary">
            <strong>{count}</strong>
            {as_of}
            {incomplete.map(|words| view! { <span class="list-incomplete">{words}</span> })}
        </p>
    }
}
