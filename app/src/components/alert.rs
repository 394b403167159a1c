//! Alerts.

use leptos::prelude::*;

/// How urgent an [`Alert`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Information.
    Note,
    /// Something is missing or unusual.
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

/// An alert: a short title, then the details.
#[component]
pub fn Alert(
    /// How urgent it is.
    urgency: Urgency,
    /// The title, in a few words.
    #[prop(into)]
    title: String,
    /// The details.
    children: Children,
) -> impl IntoView {
    // Screen readers read an error at once, and other alerts in document order.
    let role = (urgency == Urgency::Failure).then_some("alert");
    view! {
        <div class=urgency.class() role=role>
            <p class="alert-title">{title}</p>
            <div class="alert-body">{children()}</div>
        </div>
    }
}
