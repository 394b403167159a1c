//! The result of a request for a preview.

use leptos::prelude::*;
use model::{Locale, lifecycle::PreviewRequest};

use crate::{
    components::alert::{Alert, Urgency},
    messages::lifecycle::LifecycleTexts,
};

/// What happened, whether anything was changed, and what to do next.
#[component]
pub fn Requested(outcome: PreviewRequest, locale: Locale) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    let (urgency, title, text) = match outcome {
        PreviewRequest::Started => (Urgency::Note, texts.started_title(), texts.started()),
        PreviewRequest::Unanswered => {
            let title = texts.unanswered_title();
            (Urgency::Warning, title, texts.unanswered())
        }
        refused => {
            let text = match refused {
                PreviewRequest::Withheld => texts.start_withheld(),
                PreviewRequest::Undecided => texts.start_undecided(),
                PreviewRequest::NotRecorded => texts.start_not_recorded(),
                PreviewRequest::Throttled => texts.start_throttled(),
                _ => texts.start_failed(),
            };
            (Urgency::Failure, texts.not_started_title(), text)
        }
    };
    view! {
        <div class="preview-requested" role="status">
            <Alert urgency title>
                <p>{text}</p>
            </Alert>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::testing::text_of;

    #[test]
    fn every_result_says_whether_anything_was_changed() {
        for (locale, unchanged) in [
            (Locale::En, ["Nothing was changed", "No image"]),
            (Locale::Zh, ["没有任何", "不会更改"]),
        ] {
            for outcome in PreviewRequest::ALL {
                let text = text_of(view! { <Requested outcome=*outcome locale /> });
                assert!(unchanged.iter().any(|words| text.contains(words)), "{text}");
            }
        }
    }
}
