//! When ECR said so.

use leptos::prelude::*;
use model::{Locale, Timestamp};

use crate::{components::time::ExactTime, messages::common::CommonTexts};

/// As of when something is shown: exactly, because a page that stays open does not grow older by itself. Nothing
/// before ECR's first answer.
#[component]
pub fn AsOf(
    /// When ECR said so.
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
