//! A remark that stands out.

use leptos::prelude::*;

/// How urgent an [`Alert`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Good to know.
    Note,
    /// Something is missing or odd.
    Warning,
    /// Something failed.
    Failure,
}

impl Urgency {
    fn class(self) -> &'static str {
        match self {
            Self::Note => "alert alert-note",
            Self::Warning => "alert alert-warning",
            Self::Failure => "alert alert-failure",
        }
    }
}

/// A remark that stands out: what it is about, then the rest.
#[component]
pub fn Alert(
    /// How urgent it is.
    urgency: Urgency,
    /// What it is about, in a few words.
    #[prop(into)]
    title: String,
    /// The rest.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=urgency.class()>
            <p class="alert-title">{title}</p>
            <div class="alert-body">{children()}</div>
        </div>
    }
}
