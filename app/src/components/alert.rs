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
    // Read out at once where something failed, and in its turn otherwise.
    let role = (urgency == Urgency::Failure).then_some("alert");
    view! {
        <div class=urgency.class() role=role>
            <p class="alert-title">{title}</p>
            <div class="alert-body">{children()}</div>
        </div>
    }
}
