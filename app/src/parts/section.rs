//! The parts of a page that need their own grant.

use leptos::prelude::*;
use model::{Action, GrantedVia, Locale, Problem, Section};

use super::problem::explain;
use crate::{
    components::{
        alert::{Alert, Urgency},
        icon::Icon,
        maybe_link::LinkMode,
    },
    messages::{common::CommonTexts, errors::ErrorsTexts},
};

/// Renders a section's content, or why it has none: withheld, unavailable, or `absent`, the text for content that is
/// granted but does not exist.
pub fn section<Value, Content: IntoView + 'static>(
    section: Section<Value>,
    absent: impl Into<String>,
    locale: Locale,
    show: impl FnOnce(Value) -> Content,
) -> AnyView {
    match section {
        Section::Shown { value, .. } => show(value).into_any(),
        Section::Withheld { action, statement } => {
            view! { <Withheld action statement locale /> }.into_any()
        }
        Section::Absent { .. } => view! { <p class="absent">{absent.into()}</p> }.into_any(),
        Section::Unavailable { problem } => view! { <Unavailable problem locale /> }.into_any(),
    }
}

/// A section in a word or two. A withheld section names the missing action.
pub fn gist<Value>(
    section: Section<Value>,
    absent: &'static str,
    locale: Locale,
    say: impl FnOnce(Value) -> String,
) -> AnyView {
    match section {
        Section::Shown { value, .. } => say(value).into_any(),
        Section::Absent { .. } => absent.into_any(),
        Section::Withheld { action, .. } => {
            let words = CommonTexts(locale).withheld(action.as_str());
            view! { <span class="quiet">{words}</span> }.into_any()
        }
        Section::Unavailable { .. } => {
            view! { <span class="quiet">{CommonTexts(locale).unknown()}</span> }.into_any()
        }
    }
}

/// The text for withheld content: the missing action and, for viewers who may read the policy, the statement that
/// decides.
#[component]
pub fn Withheld(
    /// The missing action.
    action: Action,
    /// The statement that decides, for viewers who may read the policy.
    statement: Option<String>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = CommonTexts(locale);
    let why = match statement {
        Some(statement) => texts.withheld_by(&statement),
        None if LinkMode::here().leads() => texts.withheld_hint().to_owned(),
        // Readers of a page without links are not members of a team.
        None => texts.withheld_from_link().to_owned(),
    };
    view! {
        <p class="withheld" data-withheld=action.as_str()>
            <Icon name="withheld" />
            <span>
                <strong>{texts.withheld(action.as_str())}</strong>
                " "
                {why}
            </span>
        </p>
    }
}

/// The text for content that ECR did not return.
#[component]
pub fn Unavailable(
    /// What went wrong.
    problem: Problem,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let (happened, next) = explain(problem, ErrorsTexts(locale));
    view! {
        <Alert urgency=Urgency::Warning title=happened>
            <p>{next}</p>
        </Alert>
    }
}

/// The team and principal that grant what is shown.
pub fn through(through: &GrantedVia, locale: Locale) -> String {
    let texts = CommonTexts(locale);
    match through {
        GrantedVia::Team { team, principal } => {
            texts.granted_through(team.as_str(), principal.short_name())
        }
        GrantedVia::Review => texts.granted_by_review().to_owned(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::testing::text_of;

    fn said(part: Section<String>) -> String {
        text_of(section(part, "Not set.", Locale::En, |value| value))
    }

    #[test]
    fn withheld_content_names_the_action_and_the_statement() {
        let withheld = |statement: Option<&str>| Section::Withheld {
            action: Action::GetLifecyclePolicy,
            statement: statement.map(str::to_owned),
        };
        let with_statement = said(withheld(Some("OnlyPlatform")));
        assert!(
            with_statement.contains("ecr:GetLifecyclePolicy is not granted"),
            "{with_statement}"
        );
        assert!(
            with_statement.contains("statement OnlyPlatform"),
            "{with_statement}"
        );
        let without_statement = said(withheld(None));
        assert!(
            !without_statement.contains("statement"),
            "{without_statement}"
        );
    }

    #[test]
    fn absent_and_unavailable_content_have_different_texts() {
        let through = GrantedVia::Review;
        assert_eq!(
            said(Section::Absent {
                through,
                as_of: None
            }),
            "Not set."
        );
        let problem = Problem::Throttled;
        let unavailable = said(Section::Unavailable { problem });
        assert!(unavailable.contains("asked to slow down"), "{unavailable}");
    }
}
