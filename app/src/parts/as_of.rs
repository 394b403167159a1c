//! When ECR said so.

use leptos::prelude::*;
use model::{Locale, Timestamp};

use crate::{components::time::Time, messages::common::CommonTexts};

/// As of when something is shown; nothing before ECR's first answer.
#[component]
pub fn AsOf(
    /// When ECR said so.
    as_of: Option<Timestamp>,
    /// The server's time.
    now: Timestamp,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    as_of.map(|at| {
        view! {
            <p class="quiet as-of">{CommonTexts(locale).as_of()} <Time at now locale /></p>
        }
    })
}
