//! When data was read from ECR.

use leptos::prelude::*;
use model::{Locale, Timestamp};

use crate::{components::time::ExactTime, messages::common::CommonTexts};

/// The time at which data was read from ECR. It is an exact time, because the page may stay open for long. Empty before
/// ECR's first answer.
#[component]
pub fn AsOf(
    /// When ECR answered.
    as_of: Option<Timestamp>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    as_of.map(|at| {
        view! {
            <p class="quiet as-of">{CommonTexts(locale).as_of()} <ExactTime at /></p>
        }
    })
}
